"""Hears that an agent's browser has fallen silent: his page is gone and no sound packet comes from his leg any more.

A page that reloads leaves a leg that nobody can reach (its socket is gone), and a network that breaks tells nobody. So legs whose
desk feed is gone are looked at every second, all others now and then. Sound that flows is never interrupted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from huying.channels.voice.call import words as w
from huying.channels.voice.call.outgoing import INTERNAL
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

    def __init__(
        self, switchboard: Switchboard, routing: RoutingOwner, engine: Engine, account_of: Callable[[str], str] = lambda _leg_id: ""
    ) -> None:
        """`account_of`: whose telephone has a leg, where an agent has several; empty for the one he signed in at."""
        self._switchboard = switchboard
        self._routing = routing
        self._engine = engine
        self._account_of = account_of
        self._without_feed: set[str] = set()
        self._seen: dict[str, tuple[int, int]] = {}

    def feed_changed(self, person_id: str, connected: bool) -> None:
        """A desk's live feed stands or is gone."""
        (self._without_feed.discard if connected else self._without_feed.add)(person_id)

    def is_away(self, person_id: str) -> bool:
        """Whether the desk's live feed is known to be gone."""
        return person_id in self._without_feed

    async def run(self) -> None:
        """Look for ever."""
        round_number = 0
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            round_number += 1
            suspects = [(owner, *ear) for owner in self._switchboard.owners.values() for ear in listeners(owner)]
            await asyncio.gather(*(self._look(*suspect) for suspect in suspects if self._is_due(suspect[1], round_number)))
            if round_number % SLOWLY == 0:
                self._forget_old()

    def _is_due(self, agent_id: str, round_number: int) -> bool:
        return agent_id in self._without_feed or round_number % SLOWLY == 0

    async def _look(self, owner: CallOwner, agent_id: str, leg_id: str) -> None:
        presence = self._routing.router.presence(agent_id)
        account = self._account_of(leg_id) or (presence.account if presence else "")
        if not self._switchboard.is_browser(account):
            return
        try:
            packets = await self._engine.received_packets(leg_id)
        except HuyingError:
            return
        except Exception:  # whatever it is, the others must be looked at
            log.exception("call.sound_not_looked_at", contact_id=owner.contact_id)
            return
        before, still = self._seen.get(leg_id, (-1, 0))
        still = still + 1 if packets == before else 0
        self._seen[leg_id] = (packets, still)
        if still >= (STILL_LOOKS if agent_id in self._without_feed else 1):
            log.info("call.agent_silent", contact_id=owner.contact_id, agent_id=agent_id)
            owner.post(w.AgentSilent(leg_id))

    def _forget_old(self) -> None:
        alive = {leg for owner in self._switchboard.owners.values() for _, leg in listeners(owner)}
        self._seen = {leg: seen for leg, seen in self._seen.items() if leg in alive}


def listeners(owner: CallOwner) -> list[tuple[str, str]]:
    """The agents of a conversation who should be heard, with their legs."""
    state = owner.call.state
    if state.phase is not Phase.TALKING:
        return []
    found = [(segment.agent_id, segment.leg_id) for segment in state.segments if segment.lost_since is None]
    caller = state.outgoing
    if caller and caller.kind == INTERNAL and not state.caller_lost:
        found.append((caller.agent_id, state.caller_leg))
    side = state.side
    if side and side.party_agent and side.lost_since is None:
        found.append((side.party_agent, side.leg_id))
    return found
