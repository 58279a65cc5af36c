"""How the changes of dialling are read and put back."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.channels.dialling.model import DialRuleRow, DialSettingsRow

THINGS = (
    RowThing(DialSettingsRow, "queues.manage", name=""),
    RowThing(DialRuleRow, "queues.manage", deleted=True),
)
