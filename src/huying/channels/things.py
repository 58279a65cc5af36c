"""How the changes of channels' settings are read and put back."""

from __future__ import annotations

from huying.admin.changes.rows import RowThing
from huying.channels.callback.model import CallbackSettingsRow
from huying.channels.devices.model import DeviceRulesRow, WorkSettingRow
from huying.channels.model import EntryPointRow

THINGS = (
    RowThing(EntryPointRow, "settings.manage"),
    RowThing(DeviceRulesRow, "people.manage", name=""),
    RowThing(WorkSettingRow, "people.manage", name="", deleted=True),
    RowThing(CallbackSettingsRow, "queues.manage", name=""),
)
