"""What notices to the staff write into the journal: that one was made or withdrawn. Their words and readers stand in rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class NoticePublished(Event):
    """A notice was given to `audience`: all, group, queue (then `audience_id`). `importance`: normal, confirm."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    notice_id: str
    audience: str
    audience_id: str
    importance: str


@dataclass(frozen=True, slots=True)
class NoticeWithdrawn(Event):
    """A notice was taken back before its end."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    notice_id: str
