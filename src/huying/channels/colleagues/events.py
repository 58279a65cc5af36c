"""What is journalled of messages between colleagues: not the messages, only that somebody's words were erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class ColleagueWordsErased(Event):
    """An administrator erased everything that a person had written to colleagues."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    person_id: str
    messages: int
