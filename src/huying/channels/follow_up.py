"""A contact that an agent follows up: whose it is, since when, and until when. Pure; the record of the contact keeps it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The promise of a person to see to a contact further; open until `done_at`."""

    by: str
    since: datetime
    done_at: datetime | None = None
    why: str = ""
    """Of a customer who wants to be called back: why nothing could be booked (`bookings.WHY_NOT`); otherwise empty."""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None


def may_close(follow_up: FollowUp, person_id: str, *, may_all: bool) -> bool:
    """Its owner may, and who may see to everybody's contacts."""
    return may_all or follow_up.by == person_id


def marked(before: FollowUp | None, person_id: str, now: datetime, why: str = "") -> FollowUp:
    """Somebody follows it up: an open one stays its owner's, otherwise it is this person's from now on. `why` is kept with it."""
    kept = before if before is not None and before.open else FollowUp(person_id, now)
    return replace(kept, why=why or kept.why)


def closed(before: FollowUp, now: datetime) -> FollowUp:
    """It is done; what was done before stays as it was."""
    return replace(before, done_at=now) if before.open else before
