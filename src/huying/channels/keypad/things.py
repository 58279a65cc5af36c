"""How the changes of codes are read and put back."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.channels.keypad.model import FeatureCodeRow

THINGS = (RowThing(FeatureCodeRow, "settings.manage", name="", deleted=True),)
