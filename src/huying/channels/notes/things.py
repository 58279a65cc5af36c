"""How the changes of the team's quick notes are read and put back."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.channels.notes.model import QuickNoteRow

THINGS = (RowThing(QuickNoteRow, "queues.manage", name="title"),)
