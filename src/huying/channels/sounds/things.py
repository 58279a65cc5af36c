"""How the changes of standard recordings are read and put back. Their files are kept by what they are, and never removed."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.channels.sounds.model import StandardSoundRow

THINGS = (RowThing(StandardSoundRow, "queues.manage"),)
