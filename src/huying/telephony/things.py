"""How the changes of trunks are read and put back; their secrets stay sealed."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.telephony.model import TrunkRow

THINGS = (RowThing(TrunkRow, "settings.manage", deleted=True),)
