"""What the keypad journals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class SoundHeardByPhone(Event):
    """Somebody heard a message or a recording of his over a telephone. Stands in the stream of acts."""

    closes_stream: ClassVar[bool] = True

    person_id: str
    recording_id: str
    contact_id: str
