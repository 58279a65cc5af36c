"""Who has the duty telephone at a moment. Pure.

Weekly shifts, substitutions over them, and who has it otherwise; always in the order of calling.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Opening(Protocol):
    """Hours. Pure."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why not, and when that changes next."""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody to be called: an agent, or a number. `kind`: agent, number."""

    kind: str
    id: str = ""
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of the week in which these people are called, one after the other."""

    hours: Opening
    people: tuple[OnDuty, ...]


@dataclass(frozen=True, slots=True)
class Substitution:
    """From `begins` until `ends` these people are called instead."""

    begins: datetime
    ends: datetime
    people: tuple[OnDuty, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A duty telephone. Of several substitutions the last one counts; of several shifts the first."""

    roster_id: str
    code: str
    shifts: tuple[Shift, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    otherwise: tuple[OnDuty, ...] = ()
    ring_seconds: int = 25
    mailbox: str = ""
    """The queue (id) whose mailbox takes a message when nobody answers; empty: the flow's own exit."""

    def people(self, now: datetime) -> tuple[tuple[OnDuty, ...], str]:
        """Who is called now, in this order, and what says so: substitution, shift, otherwise. The last resort is `otherwise`."""
        for one in reversed(self.substitutions):
            if one.begins <= now < one.ends:
                return _each_once((*one.people, *self.otherwise)), "substitution"
        for shift in self.shifts:
            if shift.hours.state(now)[0]:
                return _each_once((*shift.people, *self.otherwise)), "shift"
        return _each_once(self.otherwise), "otherwise"


def _each_once(people: tuple[OnDuty, ...]) -> tuple[OnDuty, ...]:
    return tuple(dict.fromkeys(people))
