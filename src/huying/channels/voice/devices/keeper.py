"""Keeps permanent lines: who works and wants one has one; who has stopped has none. Decides nothing about calls."""

from __future__ import annotations

import asyncio

import structlog

from huying.channels.voice.devices.engine import DevicesEngine
from huying.channels.voice.routing_owner import RoutingOwner
from huying.routing.router import work
from huying.routing.router.presence import Status

log = structlog.get_logger()

EVERY_SECONDS = 3.0
AGAIN_SECONDS = 30.0
"""After a line that could not be put up."""
GONE = "unreachable"


class LineKeeper:
    """One look every few seconds, and at once when an agent begins, stops, or chooses ready."""

    def __init__(self, devices: DevicesEngine, routing: RoutingOwner) -> None:
        self._devices, self._routing = devices, routing
        self._tried: dict[str, float] = {}
        devices.tell_closed_lines(self._closed)

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                self.look()
            except Exception:  # whatever it is, the next look must come
                log.exception("lines.not_kept")

    def look(self) -> None:
        """Put up the lines of those who are ready, and close those of people who have gone."""
        router = self._routing.router
        for person_id in self._devices.line_people():
            presence = router.presence(person_id)
            if presence is None or not presence.signed_in:
                self._devices.drop_line(person_id)
        for presence in router.presences():
            person_id, ready = presence.agent_id, presence.signed_in and presence.status is Status.READY
            lacks = ready and self._devices.wants_line(person_id) and not self._devices.has_line(person_id)
            if lacks and self._now() - self._tried.get(person_id, -AGAIN_SECONDS) >= AGAIN_SECONDS:
                self.begin(person_id)

    def account_of(self, leg_id: str) -> str:
        """The account whose telephone has the call's leg; empty for the one its agent signed in at."""
        return self._devices.account_of(leg_id)

    def begin(self, person_id: str) -> None:
        """The agent begins to work, or wants calls again."""
        self._tried[person_id] = self._now()
        self._devices.want_line(person_id)

    def _closed(self, person_id: str) -> None:
        """The agent hung his line up: he is not ready any longer, until he says so."""
        presence = self._routing.router.presence(person_id)
        if presence and presence.signed_in and presence.status is Status.READY:
            self._routing.handle(work.ChooseStatus(person_id, Status.BREAK.value, GONE, "system"))

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
