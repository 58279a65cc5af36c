"""Whatever settings routes change, its changes are kept."""

from __future__ import annotations

import re
from pathlib import Path

import huying
from huying.admin.changes.thing import things
from huying.admin.permissions import PERMISSIONS

SOURCES = Path(huying.__file__).parent


def test_every_kind_that_is_changed_can_be_put_back() -> None:
    changed = {kind for path in SOURCES.rglob("*.py") for kind in re.findall(r'changing\(ground, caller, "(\w+)"\)', path.read_text())}
    assert {"queue", "agent", "trunk"} <= changed
    assert changed <= set(things())


def test_undoing_needs_a_permission_that_there_is() -> None:
    assert {thing.permission for thing in things().values()} <= set(PERMISSIONS)
    assert all(thing.what == kind for kind, thing in things().items())
