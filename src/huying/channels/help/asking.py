"""What may happen to a request for help, and when it may not. Pure: plain values in, an error or the new state out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from huying.foundation.errors import Conflict, InvalidInput, NotFound

ANSWERED, DONE, WITHDRAWN, CALL_ENDED = "answered", "done", "withdrawn", "call_ended"
LONGEST_TEXT = 1000
MOST_ASKED = 200


class HelpTakenAlready(Conflict):
    """Somebody else helps already."""

    code = "help-taken"


class HelpOver(Conflict):
    """This request for help is over."""

    code = "help-over"


class NobodyToAsk(InvalidInput):
    """There is nobody whom this would ask: choose others."""

    code = "nobody-to-ask"


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """A request for help as it stands."""

    help_id: str
    contact_id: str
    asked_by: str
    asked: frozenset[str]
    taken_by: str | None = None
    taken_at: datetime | None = None
    ended_at: datetime | None = None
    ending: str = ""

    @property
    def is_open(self) -> bool:
        """Is help still wanted or being given?"""
        return self.ended_at is None


def whom(found: Collection[str], asker: str) -> list[str]:
    """Who is asked of those that were found. Raises NobodyToAsk."""
    asked = sorted(set(found) - {asker})[:MOST_ASKED]
    if not asked:
        raise NobodyToAsk
    return asked


def taken(request: HelpRequest, person_id: str, now: datetime) -> HelpRequest:
    """The person helps; saying so twice changes nothing. Raises NotFound, HelpOver, HelpTakenAlready."""
    _must_be_asked(request, person_id)
    if request.taken_by == person_id:
        return request
    if request.taken_by is not None:
        raise HelpTakenAlready
    return replace(request, taken_by=person_id, taken_at=now)


def ended(request: HelpRequest, person_id: str, now: datetime, *, answered: bool = False) -> HelpRequest:
    """The asker withdraws it, or who helps says it is done (by a message: answered). Raises NotFound, HelpOver, HelpTakenAlready."""
    if person_id == request.asked_by and not answered:
        if not request.is_open:
            raise HelpOver
        return replace(request, ended_at=now, ending=WITHDRAWN)
    held = taken(request, person_id, now)
    return replace(held, ended_at=now, ending=ANSWERED if answered else DONE)


def call_ended(request: HelpRequest, now: datetime) -> HelpRequest:
    """The agent is not in the contact any more; one that is over stays as it is."""
    return replace(request, ended_at=now, ending=CALL_ENDED) if request.is_open else request


def lets_join(request: HelpRequest, contact_id: str, person_id: str) -> bool:
    """Does the request allow this person to join the call? Who was asked may while nobody else helps."""
    asked = request.is_open and request.contact_id == contact_id and person_id in request.asked
    return asked and request.taken_by in (None, person_id)


def _must_be_asked(request: HelpRequest, person_id: str) -> None:
    if person_id not in request.asked:
        raise NotFound("There is no such request for help to you.")
    if not request.is_open:
        raise HelpOver
