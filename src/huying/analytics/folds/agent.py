"""Fold of one agent's entries: what the agent does now, and the intervals in which neither status nor state changed.

A session opens with AgentSignedIn. An interval exists while the agent is signed in, or still has a contact afterwards. With
several contacts in hand the interval's state is that of the foremost: calls before everything else, conversations before what
rings. Never raises on what it is given: see the contact's fold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from huying.analytics.folds.agent_place import as_json, of_json
from huying.analytics.folds.facts import AgentInterval, MissedOffer, Verdict, WorkInHand
from huying.foundation.journal.entry import Entry, Event
from huying.routing.events import (
    AgentDeviceChanged,
    AgentGroupsChosen,
    AgentMoved,
    AgentOfferMissed,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateChanged,
    AgentStatusChosen,
)
from huying.routing.router.work import CHANNELS

MISSED_KEPT = 10
"""How many missed offers in a row are remembered."""
FOREMOST = ("talking", "holding", "ringing", "after_call")


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
    status_by: str = ""
    """self, lead, system; with `status_person` of a lead."""
    status_person: str = ""
    works: dict[str, WorkInHand] = field(default_factory=dict)
    """By contact."""
    state: str = "idle"
    """With the next four: of the foremost contact in hand."""
    since: datetime | None = None
    contact_id: str = ""
    queue_id: str = ""
    ends_at: str = ""
    status_since: datetime | None = None
    reachable: bool = False
    queues: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Groups the agent does not work for now; `left_person` is the lead who said so, empty for the agent himself."""
    left_person: str = ""
    moved_person: str = ""
    """The lead who last changed the agent's groups during this session, at `moved_at`."""
    moved_at: datetime | None = None
    missed: list[MissedOffer] = field(default_factory=list)
    """Since the last conversation, or since the agent chose ready; the oldest first."""
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

    @property
    def rests_until(self) -> str:
        """ISO time until which the agent is passed over after a missed offer; it may be past. Empty when he is not."""
        return self.missed[-1].rests_until if self.missed else ""

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
            self.left, self.left_person, self.moved_person, self.moved_at, self.missed = [], "", "", None, []
            if self.state == "idle":
                self.since = at
        self.signed_in, self.account, self.queues = True, event.account, list(event.queues)
        if (self.status, self.reason) != (event.status, ""):
            self.status, self.reason, self.status_since = event.status, "", at
        self.status_since = self.status_since or at
        self.status_by, self.status_person = "self", ""

    def _signed_out(self, event: AgentSignedOut, at: datetime) -> bool:
        if not self.signed_in:
            return False
        self.signed_in, self.signed_in_at, self.status, self.reason, self.status_since = False, None, "", "", at
        self.status_by, self.status_person = event.by, event.by_person
        self.left, self.left_person, self.moved_person, self.moved_at, self.missed = [], "", "", None, []
        self.works = {}  # what was left of it ended with the work day
        self._show_foremost(at)
        return True

    def _status(self, event: AgentStatusChosen, at: datetime) -> bool:
        if not self.signed_in:
            return False
        if (self.status, self.reason) != (event.status, event.reason):
            self.status, self.reason, self.status_since = event.status, event.reason, at
        self.status_by, self.status_person = event.by, event.by_person
        if event.status == "ready":
            self.missed = []
        return True

    def _state(self, event: AgentStateChanged, at: datetime) -> None:
        if event.state == "idle":
            self.works = {key: one for key, one in self.works.items() if event.contact_id and key != event.contact_id}
        else:
            known = self.works.get(event.contact_id)
            since = known.since if known is not None and known.state == event.state else at
            work = WorkInHand(event.contact_id, event.state, since, event.queue_id, event.channel, event.ends_at)
            self.works = {**self.works, event.contact_id: work}
        if event.state == "talking":
            self.missed = []
        self._show_foremost(at)

    def _show_foremost(self, at: datetime) -> None:
        work = min(self.works.values(), key=_foremost, default=None)
        if work is None:
            self.since = self.since if self.state == "idle" else at
            self.state, self.contact_id, self.queue_id, self.ends_at = "idle", "", "", ""
            return
        self.state, self.contact_id, self.queue_id, self.ends_at = work.state, work.contact_id, work.queue_id, work.ends_at
        self.since = work.since

    def _device(self, event: AgentDeviceChanged, _at: datetime) -> None:
        self.reachable = event.reachable

    def _groups(self, event: AgentGroupsChosen, _at: datetime) -> bool:
        if not self.signed_in:
            return False
        self.left, self.left_person = list(event.left), event.by_person
        return True

    def _moved(self, event: AgentMoved, at: datetime) -> None:
        self.moved_person, self.moved_at = event.by_person, at

    def _missed(self, event: AgentOfferMissed, at: datetime) -> None:
        one = MissedOffer(event.offer_id, event.contact_id, event.queue_id, event.result, at, event.rests_until, event.reason)
        self.missed = [*self.missed, one][-MISSED_KEPT:]

    # --- keeping a place between two runs --------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any]:
        """The fold without its closed intervals, as JSON."""
        return as_json(replace(self, closed=[]))

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The fold of `to_json`'s form."""
        return cls(**of_json(value))


def _foremost(work: WorkInHand) -> tuple[int, int, datetime, str]:
    channel = CHANNELS.index(work.channel) if work.channel in CHANNELS else len(CHANNELS)
    state = FOREMOST.index(work.state) if work.state in FOREMOST else len(FOREMOST)
    return (channel, state, work.since, work.contact_id)


AgentFold._APPLY.update(
    {
        AgentSignedIn: AgentFold._signed_in,
        AgentSignedOut: AgentFold._signed_out,
        AgentStatusChosen: AgentFold._status,
        AgentStateChanged: AgentFold._state,
        AgentDeviceChanged: AgentFold._device,
        AgentGroupsChosen: AgentFold._groups,
        AgentMoved: AgentFold._moved,
        AgentOfferMissed: AgentFold._missed,
    }
)
