"""How the changes of the address book that all share, and of its settings, are read and put back."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.channels.book.model import AddressEntryRow, BookSettingsRow

THINGS = (RowThing(AddressEntryRow, "settings.manage"), RowThing(BookSettingsRow, "settings.manage", key="business_id", name=""))
