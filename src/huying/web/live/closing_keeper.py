"""Journals that a contact was left without the disposition its queue insists on: after-call work ended by itself, or nobody finished it.

A contact must be seen so in two looks one after the other: history lags a moment behind, and who closes a contact may be just writing.
What happened while the web process was away is found at the next start.
"""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import BusinessRow
from huying.analytics.live import LiveCentre
from huying.channels.dispositions.acts import note_not_given
from huying.channels.dispositions.events import DispositionNotGiven
from huying.foundation.errors import HuyingError
from huying.foundation.http import Ground
from huying.web.live.hub import in_hand
from huying.web.views.unclosed import not_closed

log = structlog.get_logger(__name__)

LOOK_SECONDS = 15.0


class ClosingKeeper:
    """`run` is one task."""

    def __init__(self, ground: Ground, centre: LiveCentre) -> None:
        self._ground, self._centre = ground, centre
        self._seen: set[str] = set()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not self._centre.voice_is_up:
                self._seen.clear()
                continue
            try:
                await self.look()
            except HuyingError as error:
                log.debug("closing.database_away", code=error.code)
            except Exception:
                log.exception("closing.look_failed")

    async def look(self) -> None:
        """Journal what was left unclosed in the last look and still is."""
        async with self._ground.database.system() as session:
            businesses = list(await session.scalars(select(BusinessRow.id)))
        seen: set[str] = set()
        for business_id in businesses:
            async with self._ground.database.business(business_id) as session:
                left = await self._left(session, business_id)
                again = [one for one in left if one.contact_id in self._seen]
                await note_not_given(session, business_id, again, self._ground.clock())
            seen |= {one.contact_id for one in left}
        self._seen = seen

    async def _left(self, session: AsyncSession, business_id: str) -> list[DispositionNotGiven]:
        found = await not_closed(session)
        agents = self._centre.agents(business_id)
        return [
            DispositionNotGiven(row.contact_id, row.agent_id, row.queue_id)
            for row in found
            if row.contact_id not in in_hand(agents.get(row.agent_id, {}))
        ]
