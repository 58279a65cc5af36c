"""Fold of calls that agents begin, and of persons who are rung: who, how far it is, what came of it. Never raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from huying.channels.dialling import events as d
from huying.channels.events import ContactEnded
from huying.channels.voice.events import SegmentStarted
from huying.channels.voice.party_events import TransferStarted
from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class Dial:
    """A call that an agent began. `stage`: own (his telephone rings), ringing (the called one), over; `result` when nobody was reached."""

    agent_id: str
    direction: str
    number_class: str
    called_id: str
    queue_id: str
    previous_contact_id: str
    since: datetime
    stage: str = "own"
    result: str = ""
    passed_on: str = ""
    """What it was passed on to instead (mailbox, number, agent, queue); `why`: do_not_disturb, or nothing in particular."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class PersonRinging:
    """A person's telephones that ring."""

    ring_id: str
    agent_id: str
    since: datetime
    expires_at: str
    why: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Of an internal call: whether the one who called holds his colleague, is muted, was lost."""

    held_since: datetime | None = None
    muted: bool = False
    lost_since: datetime | None = None


DIALLED, CALLED = "dialled", "called"


@dataclass(frozen=True, slots=True)
class PersonCall:
    """An agent dialled, or was rung by a caller whom no queue offered him. `other_id`: the colleague on the other side, of internal calls.

    `result` is empty while it goes on, and when a conversation came of what was dialled.
    """

    agent_id: str
    role: str
    at: datetime
    other_id: str = ""
    result: str = ""
    ended_at: datetime | None = None


@dataclass(slots=True)
class DialFold:
    """What there is of it now, and `calls`: what there was, by an id of each."""

    dial: Dial | None = None
    ringing: PersonRinging | None = None
    limit_at: str = ""
    caller: Caller = Caller()
    calls: dict[str, PersonCall] = field(default_factory=dict)

    def apply(self, event: Event, at: datetime) -> None:
        """Take the contact's next event."""
        self._keep(event, at)
        match event:
            case d.DialRequested():
                self.dial = Dial(
                    event.agent_id, event.direction, event.number_class, event.called_id, event.queue_id, event.previous_contact_id, at
                )
            case d.PersonRang():
                self.ringing = PersonRinging(event.ring_id, event.agent_id, at, event.expires_at, event.why, event.quiet)
            case d.PersonRingEnded():
                self.ringing = None
            case d.CallLimitSet(ends_at=ends_at):
                self.limit_at = ends_at
            case ContactEnded():
                self.ringing, self.limit_at = None, ""
                self._stage("over", at)
            case d.DialStarted():
                self._stage("ringing", at)
            case SegmentStarted():
                self._stage("over", at)
            case d.DialEnded(result=result) if self.dial is not None:
                self.dial = replace(self.dial, stage="over", result=result)
            case TransferStarted(target_kind=kind, why=why) if self.dial is not None and self.dial.stage != "over":
                self.dial = replace(self.dial, passed_on=kind, why=why)
            case _:
                self._of_caller(event, at)

    def _of_caller(self, event: Event, at: datetime) -> None:
        match event:
            case d.CallerHeld(held=held):
                self.caller = replace(self.caller, held_since=at if held else None)
            case d.CallerMuted(muted=muted):
                self.caller = replace(self.caller, muted=muted)
            case d.CallerLost():
                self.caller = replace(self.caller, lost_since=at)
            case d.CallerRejoined():
                self.caller = replace(self.caller, lost_since=None)
            case d.CallerChanged(agent_id=agent_id) if self.dial is not None:
                self.dial, self.caller = replace(self.dial, agent_id=agent_id), Caller()

    def _keep(self, event: Event, at: datetime) -> None:
        match event:
            case d.DialRequested():
                self.calls[DIALLED] = PersonCall(event.agent_id, DIALLED, at, event.called_id)
            case d.DialEnded(result=result):
                self._end(DIALLED, result, at)
            case d.PersonRang():
                dialler = self.calls.get(DIALLED)
                other = dialler.agent_id if dialler and dialler.agent_id != event.agent_id else ""
                self.calls[event.ring_id] = PersonCall(event.agent_id, CALLED, at, other)
            case d.PersonRingEnded(ring_id=ring_id, result=result):
                self._end(ring_id, result, at)
            case ContactEnded():
                for call_id, call in list(self.calls.items()):
                    self._end(call_id, "withdrawn" if call.role == CALLED else "", at)

    def _end(self, call_id: str, result: str, at: datetime) -> None:
        call = self.calls.get(call_id)
        if call is not None and call.ended_at is None:
            self.calls[call_id] = replace(call, result=result, ended_at=at)

    def _stage(self, stage: str, at: datetime) -> None:
        if self.dial is not None and self.dial.stage != stage:
            self.dial = replace(self.dial, stage=stage, since=at)

    @property
    def colleague(self) -> str:
        """Of an internal call: who stands where customers stand; empty for others."""
        return self.dial.agent_id if self.dial is not None and self.dial.direction == "internal" else ""

    @property
    def dialling(self) -> bool:
        """Does somebody of the house call, and is nobody on the line yet?"""
        return self.dial is not None and self.dial.stage != "over"

    def agents(self, *, ended: bool) -> Iterator[str]:
        """Agents whom the contact concerns besides those who have a part in the conversation."""
        if self.ringing is not None:
            yield self.ringing.agent_id
        if self.dial is not None and (self.dialling or self.dial.direction == "internal" or ended):
            yield self.dial.agent_id
