"""Ends requests for help whose agent is not in the contact any more, whoever ended the call and whatever died meanwhile.

A request must be seen without its agent in two looks one after the other: the live rows may lag a moment behind the journal.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from huying.analytics.live import LiveCentre
from huying.channels.help import asking, service
from huying.channels.help.events import HelpEnded
from huying.channels.help.model import HelpRequestRow
from huying.channels.telling import tell
from huying.channels.voice.client import VoiceClient
from huying.foundation.errors import HuyingError
from huying.foundation.http import Ground
from huying.web.live.hub import agents_of

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0


class HelpKeeper:
    """`run` is one task."""

    def __init__(self, ground: Ground, centre: LiveCentre) -> None:
        self._ground, self._centre, self._voice = ground, centre, VoiceClient(ground.bus)
        self._without: set[str] = set()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not self._centre.voice_is_up:
                self._without.clear()
                continue
            try:
                await self.look()
            except HuyingError as error:
                log.debug("help.database_away", code=error.code)
            except Exception:
                log.exception("help.look_failed")

    async def look(self) -> None:
        """End what was without its agent in the last look and still is."""
        async with self._ground.database.system() as session:
            found = await service.open_requests(session)
        alone = {row.id: row for row in found if not self._is_there(row)}
        over = [row for help_id, row in alone.items() if help_id in self._without]
        self._without = set(alone) - {row.id for row in over}
        for row in over:
            await self._end(row)

    def _is_there(self, row: HelpRequestRow) -> bool:
        call = self._centre.contacts(row.business_id).get(row.contact_id, {})
        return call.get("state") != "ended" and row.asked_by in agents_of(call)

    async def _end(self, seen: HelpRequestRow) -> None:
        async with self._ground.database.business(seen.business_id) as session:
            row = await service.find_help(session, seen.id)
            before = service.request_of(row)
            after = asking.call_ended(before, self._ground.clock())
            service.put(row, after)
        if after == before:
            return
        with suppress(HuyingError):  # of a contact that is over the journal says so itself
            await self._voice.note_help(seen.business_id, seen.contact_id, HelpEnded(seen.id, after.ending))
        await tell(self._ground.bus, seen.business_id, {seen.asked_by, *seen.asked})
