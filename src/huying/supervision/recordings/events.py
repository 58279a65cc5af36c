"""What the hearing of recordings writes into the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class RecordingHeard(Event):
    """A person opened the sound of a recording; once for what is heard in one sitting."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    recording_id: str
    contact_id: str
