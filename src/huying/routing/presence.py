"""An agent's presence: what he chose (status), what is observed (state), and whether his device can be rung.

Presence is the fold of the agent's journal stream, so it is the same after a restart. It decides nothing but whether an
agent is free, and if not, why; who gets which work is the router's matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from huying.foundation.journal.entry import Event
from huying.routing.events import (
    AgentDeviceChanged,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateChanged,
    AgentStatusChosen,
)

LEAVING = "signing_out"
"""The reason of a break that ends in signing out as soon as the contact in hand is over."""


class Status(StrEnum):
    """Chosen by a person."""

    READY = "ready"
    BREAK = "break"


class State(StrEnum):
    """Observed."""

    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    HOLDING = "holding"
    AFTER_CALL = "after_call"


IN_CONTACT = frozenset({State.RINGING, State.TALKING, State.HOLDING})


@dataclass(frozen=True, slots=True)
class Presence:
    """One agent now. `idle_since`: end of the last handled contact, or the sign-in."""

    agent_id: str
    idle_since: datetime
    signed_in: bool = False
    account: str = ""
    status: Status = Status.BREAK
    reason: str = ""
    state: State = State.IDLE
    contact_id: str = ""
    queue_id: str = ""
    ends_at: datetime | None = None
    reachable: bool = False

    def obstacle(self) -> str:
        """Why no work can be offered now; empty when it can."""
        if not self.signed_in:
            return "signed_out"
        if self.state is not State.IDLE:
            return self.state.value
        if self.status is not Status.READY:
            return "on_break"
        return "" if self.reachable else "unreachable"


def after(presence: Presence, event: Event, at: datetime) -> Presence:
    """The presence after an event of the agent's stream. Events of other kinds change nothing."""
    match event:
        case AgentSignedIn(account=account, status=status):
            return replace(presence, signed_in=True, account=account, status=Status(status), reason="", idle_since=at, reachable=False)
        case AgentSignedOut():
            return Presence(agent_id=presence.agent_id, idle_since=at)
        case AgentStatusChosen(status=status, reason=reason):
            return replace(presence, status=Status(status), reason=reason)
        case AgentDeviceChanged(reachable=reachable):
            return replace(presence, reachable=reachable)
        case AgentStateChanged():
            return _with_state(presence, event, at)
    return presence


def _with_state(presence: Presence, event: AgentStateChanged, at: datetime) -> Presence:
    state = State(event.state)
    handled = presence.state in (State.TALKING, State.HOLDING, State.AFTER_CALL) and state is State.IDLE
    return replace(
        presence,
        state=state,
        contact_id=event.contact_id,
        queue_id=event.queue_id,
        ends_at=datetime.fromisoformat(event.ends_at) if event.ends_at else None,
        idle_since=at if handled else presence.idle_since,
    )
