"""Hears that an agent's browser has fallen silent: his page is gone and no sound packet comes from his leg any more.

A page that reloads leaves a leg that nobody can reach (its socket is gone), and a network that breaks tells nobody. So legs whose
desk feed is gone are looked at every second, all others now and then. Sound that flows is never interrupted.
"""

from __future__ import annotations

import asyncio

import structlog

from huying.channels.voice.call import words as w
from huying.channels.voice.call.state import Phase
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.errors import HuyingError
from huying.telephony.port import Engine

log = structlog.get_logger()

LOOK_SECONDS = 1.0
SLOWLY = 3
"""Legs whose feed stands are looked at in every n-th round."""
STILL_LOOKS = 2
"""So many looks without a new packet make a leg silent."""


class SilenceWatch:
    """One round a second over the conversations with agents at browsers."""

    def __init__(self, switchboard: Switchboard, routing: RoutingOwner, engine: Engine) -> None:
        self._switchboard = switchboard
        self._routing = routing
        self._engine = engine
        self._without_feed: set[str] = set()
        self._seen: dict[str, tuple[int, int]] = {}

    def feed_changed(self, person_id: str, connected: bool) -> None:
        """A desk's live feed stands or is gone."""
        (self._without_feed.discard if connected else self._without_feed.add)(person_id)

    async def run(self) -> None:
        """Look for ever."""
        round_number = 0
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            round_number += 1
            suspects = [owner for owner in self._switchboard.owners.values() if self._is_due(owner, round_number)]
            await asyncio.gather(*(self._look(owner) for owner in suspects))
            if round_number % SLOWLY == 0:
                self._forget_old()

    def _is_due(self, owner: CallOwner, round_number: int) -> bool:
        segment = owner.call.state.segment
        if owner.call.state.phase is not Phase.TALKING or segment is None or segment.lost_since is not None:
            return False
        return segment.agent_id in self._without_feed or round_number % SLOWLY == 0

    async def _look(self, owner: CallOwner) -> None:
        segment = owner.call.state.segment
        presence = self._routing.router.presence(segment.agent_id) if segment else None
        if segment is None or presence is None or not self._switchboard.is_browser(presence.account):
            return
        try:
            packets = await self._engine.received_packets(segment.leg_id)
        except HuyingError:
            return
        except Exception:  # whatever it is, the others must be looked at
            log.exception("call.sound_not_looked_at", contact_id=owner.contact_id)
            return
        before, still = self._seen.get(segment.leg_id, (-1, 0))
        still = still + 1 if packets == before else 0
        self._seen[segment.leg_id] = (packets, still)
        if still >= (STILL_LOOKS if segment.agent_id in self._without_feed else 1):
            log.info("call.agent_silent", contact_id=owner.contact_id, agent_id=segment.agent_id)
            owner.post(w.AgentSilent(segment.leg_id))

    def _forget_old(self) -> None:
        alive = {owner.call.state.segment.leg_id for owner in self._switchboard.owners.values() if owner.call.state.segment}
        self._seen = {leg: seen for leg, seen in self._seen.items() if leg in alive}
