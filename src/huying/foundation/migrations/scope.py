"""Which tables the migrations look after."""

from __future__ import annotations

UNMANAGED = ("journal",)


def include(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """The journal's tables are made by foundation.journal.tables (partitions cannot be derived from metadata)."""
    return not (kind == "table" and (name or "").startswith(UNMANAGED))
