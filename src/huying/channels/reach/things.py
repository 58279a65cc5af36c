"""How the changes of reach are read and put back."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.channels.reach.model import DutyRosterRow, PersonReachRow

THINGS = (
    RowThing(PersonReachRow, "queues.manage", key="person_id", name=""),
    RowThing(DutyRosterRow, "hours.manage", deleted=True),
)
