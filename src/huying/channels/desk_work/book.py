"""Where work for the desk is written down: what is to be offered, and what became of it. A port of the voice process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from huying.channels.desk_work.machine import NewWork


@dataclass(frozen=True, slots=True)
class Wanted:
    """Work that no voice process has taken yet."""

    business_id: str
    work: NewWork


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be written down of a piece of work: whose it is, and when it is over what came of it (done, cancelled)."""

    business_id: str
    contact_id: str
    subject: str
    subject_id: str
    holder_id: str
    result: str
    at: datetime


class WorkBook(Protocol):
    """Everything here may be done again."""

    async def wanted(self, now: datetime, limit: int) -> Sequence[Wanted]:
        """What is to be offered from now on or before, the oldest first. Raises Unavailable."""

    async def begun(self, contact_ids: Sequence[str]) -> None:
        """These stand in the journal. Raises Unavailable."""

    async def write(self, outcome: Outcome) -> None:
        """What became of one. Raises Unavailable."""

    async def unfinished(self) -> Sequence[Wanted]:
        """What was begun and is not over, as far as it was written down. Raises Unavailable."""


class NoBook:
    """Of a voice process that has no work for the desk."""

    async def wanted(self, _now: datetime, _limit: int) -> Sequence[Wanted]:
        """See WorkBook."""
        return ()

    async def begun(self, _contact_ids: Sequence[str]) -> None:
        """See WorkBook."""

    async def write(self, _outcome: Outcome) -> None:
        """See WorkBook."""

    async def unfinished(self) -> Sequence[Wanted]:
        """See WorkBook."""
        return ()
