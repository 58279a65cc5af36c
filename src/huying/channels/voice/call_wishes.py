"""Calls between colleagues that are begun as soon as both are free: who waits is a row, who is free the router's word."""

from __future__ import annotations

import asyncio

import structlog

from huying.channels.dialling.numbers import Dialled
from huying.channels.reach.service import CALLED, EXPIRED
from huying.channels.voice.dial_calls import DialCalls, Wish
from huying.channels.voice.directory import Directory
from huying.channels.voice.directory import Wish as Waiting
from huying.channels.voice.routing_owner import RoutingOwner
from huying.foundation.clock import Clock
from huying.foundation.errors import HuyingError

log = structlog.get_logger()

LOOK_SECONDS = 1.0
READ_SECONDS = 60.0


class CallWishes:
    """Watches those who wait."""

    def __init__(self, directory: Directory, routing: RoutingOwner, calls: DialCalls, clock: Clock) -> None:
        self._directory = directory
        self._routing = routing
        self._calls = calls
        self._clock = clock
        self._waiting: list[Waiting] = []

    async def read(self) -> None:
        """Read who waits. Raises Unavailable."""
        self._waiting = list(await self._directory.wishes())

    async def run(self) -> None:
        """Watch for ever."""
        since = READ_SECONDS
        while True:
            try:
                if since >= READ_SECONDS:
                    await self.read()
                    since = 0.0
                await self.look()
            except HuyingError as error:
                log.info("call_wishes.not_now", reason=error.message)
            except Exception:  # the next one must be looked at all the same
                log.exception("call_wishes.failed")
            await asyncio.sleep(LOOK_SECONDS)
            since += LOOK_SECONDS

    async def look(self) -> None:
        """Look at everybody who waits once. Raises what a call raises that cannot be begun."""
        for waits in list(self._waiting):
            if waits in self._waiting:  # it may have been read anew meanwhile
                await self._look(waits)

    async def _look(self, waits: Waiting) -> None:
        if waits.expires_at <= self._clock():
            self._waiting.remove(waits)
            await self._directory.end_wish(waits, EXPIRED)
        elif self._free(waits.person_id) and self._free(waits.called_id):
            self._waiting.remove(waits)
            if await self._directory.end_wish(waits, CALLED):
                await self._call(waits)

    def _free(self, person_id: str) -> bool:
        presence = self._routing.router.presence(person_id)
        return bool(presence and presence.signed_in and presence.reachable and not presence.works)

    async def _call(self, waits: Waiting) -> None:
        presence = self._routing.router.presence(waits.person_id)
        extension = self._calls.extension_of(waits.called_id)
        if presence is None or not extension:
            return
        wish = Wish(
            business_id=waits.business_id,
            agent_id=waits.person_id,
            found=Dialled(extension, "internal"),
            account=presence.account,
            called_id=waits.called_id,
            wish_id=waits.wish_id,
        )
        await self._calls.begin(wish)
