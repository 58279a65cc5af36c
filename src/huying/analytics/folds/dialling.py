"""Fold of calls that agents begin, and of persons who are rung: who, how far it is, what came of it. Never raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from huying.channels.dialling import events as d
from huying.channels.events import ContactEnded
from huying.channels.voice.events import SegmentStarted
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


@dataclass(frozen=True, slots=True)
class PersonRinging:
    """A person's telephones that ring."""

    ring_id: str
    agent_id: str
    since: datetime
    expires_at: str
    why: str
    quiet: bool


@dataclass(slots=True)
class DialFold:
    """What there is of it now."""

    dial: Dial | None = None
    ringing: PersonRinging | None = None
    limit_at: str = ""

    def apply(self, event: Event, at: datetime) -> None:
        """Take the contact's next event."""
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

    def _stage(self, stage: str, at: datetime) -> None:
        if self.dial is not None and self.dial.stage != stage:
            self.dial = replace(self.dial, stage=stage, since=at)

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
