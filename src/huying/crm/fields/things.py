"""How the changes of the business's own fields are read and put back."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.crm.fields.model import CustomFieldRow

THINGS = (RowThing(CustomFieldRow, "customers.manage"),)
