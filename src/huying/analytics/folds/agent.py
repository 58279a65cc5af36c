"""Fold of one agent's entries: what the agent does now, and the intervals in which neither status nor state changed.

A session opens with AgentSignedIn. An interval exists while the agent is signed in, or still has a contact afterwards. Never
raises on what it is given: see the contact's fold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from huying.analytics.folds.facts import AgentInterval, Verdict
from huying.foundation.journal.entry import Entry, Event
from huying.routing.events import AgentDeviceChanged, AgentSignedIn, AgentSignedOut, AgentStateChanged, AgentStatusChosen

_TIMES = ("since", "status_since", "signed_in_at", "last_at")


@dataclass(slots=True)
class AgentFold:
    """An agent as the entries tell it. `present` is the interval that goes on; closed ones wait in `closed`."""

    business_id: str
    agent_id: str
    number: int = 0
    signed_in: bool = False
    signed_in_at: datetime | None = None
    account: str = ""
    status: str = ""
    reason: str = ""
    state: str = "idle"
    since: datetime | None = None
    status_since: datetime | None = None
    contact_id: str = ""
    queue_id: str = ""
    ends_at: str = ""
    reachable: bool = False
    queues: list[str] = field(default_factory=list)
    last_at: datetime | None = None
    ignored: int = 0
    present: AgentInterval | None = None
    closed: list[AgentInterval] = field(default_factory=list)

    _APPLY: ClassVar[dict[type[Event], Callable[[AgentFold, Any, datetime], bool | None]]] = {}

    def apply(self, entry: Entry, over_gap: bool = False) -> Verdict:
        """Take the stream's next entry. `over_gap` goes on although entries before it are not to be had."""
        if entry.number <= self.number:
            return Verdict.REPEATED
        if entry.number != self.number + 1 and not over_gap:
            return Verdict.GAP
        self.number, self.last_at = entry.number, entry.at
        step = self._APPLY.get(type(entry.event))
        if step is not None and step(self, entry.event, entry.at) is False:
            self.ignored += 1
        self._turn(entry.at)
        return Verdict.APPLIED

    def take_closed(self) -> list[AgentInterval]:
        """The intervals closed since the last call, oldest first; the fold forgets them."""
        closed, self.closed = self.closed, []
        return closed

    def _turn(self, at: datetime) -> None:
        """Close the present interval and begin the next where status, state or contact changed."""
        wanted = (self.status, self.reason, self.state, self.contact_id, self.queue_id) if self._counts() else None
        present = self.present
        if present is not None:
            if wanted == (present.status, present.reason, present.state, present.contact_id, present.queue_id):
                return
            self.closed.append(replace(present, ended_at=max(at, present.started_at)))
        self.present = AgentInterval(self.agent_id, self.number, at, *wanted) if wanted is not None else None

    def _counts(self) -> bool:
        return self.signed_in or self.state != "idle"

    # --- events ------------------------------------------------------------------------------------------------------

    def _signed_in(self, event: AgentSignedIn, at: datetime) -> None:
        if not self.signed_in:
            self.signed_in_at = at
            if self.state == "idle":
                self.since = at
        self.signed_in, self.account, self.queues = True, event.account, list(event.queues)
        if (self.status, self.reason) != (event.status, ""):
            self.status, self.reason, self.status_since = event.status, "", at
        self.status_since = self.status_since or at

    def _signed_out(self, _event: AgentSignedOut, at: datetime) -> bool:
        if not self.signed_in:
            return False
        self.signed_in, self.signed_in_at, self.status, self.reason, self.status_since = False, None, "", "", at
        return True

    def _status(self, event: AgentStatusChosen, at: datetime) -> bool:
        if not self.signed_in:
            return False
        if (self.status, self.reason) != (event.status, event.reason):
            self.status, self.reason, self.status_since = event.status, event.reason, at
        return True

    def _state(self, event: AgentStateChanged, at: datetime) -> None:
        if self.state != event.state or self.contact_id != event.contact_id:
            self.since = at
        self.state, self.contact_id, self.queue_id, self.ends_at = event.state, event.contact_id, event.queue_id, event.ends_at

    def _device(self, event: AgentDeviceChanged, _at: datetime) -> None:
        self.reachable = event.reachable

    # --- keeping a place between two runs --------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any]:
        """The fold without its closed intervals, as JSON."""
        value = asdict(replace(self, closed=[]))
        for name in _TIMES:
            value[name] = value[name].isoformat() if value[name] else None
        if self.present is not None:
            value["present"]["started_at"] = self.present.started_at.isoformat()
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The fold of `to_json`'s form."""
        told = dict(value)
        for name in _TIMES:
            told[name] = datetime.fromisoformat(told[name]) if told[name] else None
        if told["present"]:
            present = dict(told["present"])
            present["started_at"] = datetime.fromisoformat(present["started_at"])
            told["present"] = AgentInterval(**present)
        return cls(**told)


AgentFold._APPLY.update(
    {
        AgentSignedIn: AgentFold._signed_in,
        AgentSignedOut: AgentFold._signed_out,
        AgentStatusChosen: AgentFold._status,
        AgentStateChanged: AgentFold._state,
        AgentDeviceChanged: AgentFold._device,
    }
)
