"""An agent speaks in one call at a time: whoever takes a second one, or takes one back, has put the other one on hold.

A SIP telephone does so by itself; a browser with two calls leaves it to us. Nothing else about the calls is decided here.
"""

from __future__ import annotations

from collections.abc import Callable

from huying.channels.voice.call import words as w
from huying.channels.voice.call.outgoing import INTERNAL
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.switchboard import Switchboard
from huying.routing.router import work
from huying.routing.router.work import RoutingEvent


class OneVoice:
    """Stands between the calls and the router, and hears what agents do."""

    def __init__(self, switchboard: Switchboard, handle: Callable[[RoutingEvent], None]) -> None:
        self._switchboard = switchboard
        self._handle = handle

    def route(self, event: RoutingEvent) -> None:
        """Pass it on to the router; if an agent begins to speak in a call, hold his others."""
        self._handle(event)
        match event:
            case work.Engaged(agent_id, contact_id, "talking") | work.ContactHeld(agent_id, contact_id, False):
                self._speaks(agent_id, contact_id)

    def _speaks(self, agent_id: str, contact_id: str) -> None:
        here = self._switchboard.owner_of(contact_id)
        if here is None or not speaks_in(here.call.state, agent_id):
            return
        for owner in list(self._switchboard.owners.values()):
            if owner is not here and speaks_in(owner.call.state, agent_id):
                owner.post(w.HoldAsked(agent_id, True))


def speaks_in(state: CallState, agent_id: str) -> bool:
    """Whether this agent can be heard in the call's conversation. Somebody who consults is with the one he asks."""
    if state.phase is not Phase.TALKING or (state.side and state.side.agent_id == agent_id):
        return False
    caller, segment = state.outgoing, state.segment_of(agent_id)
    if caller and caller.kind == INTERNAL and caller.agent_id == agent_id:
        return not caller.away
    return segment is not None and segment.held_since is None and segment.lost_since is None


def consults(switchboard: Switchboard, agent_id: str) -> bool:
    """Whether this agent is asking somebody beside his call: then he has no ear left."""
    sides = (owner.call.state.side for owner in switchboard.owners.values())
    return any(side is not None and agent_id in (side.agent_id, side.party_agent) for side in sides)
