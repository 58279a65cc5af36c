"""Which contacts of the live view are callbacks that are booked and not over, and what they are about. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OPEN = ("scheduled", "waiting", "ringing", "dialling")


def is_booked(row: Mapping[str, Any]) -> bool:
    """Whether this is a callback at a time that is still to come, or just being made."""
    return bool(row.get("callback") and row["callback"]["due_at"] and row["state"] in OPEN)


def booked_about(rows: Mapping[str, Mapping[str, Any]], contact_id: str) -> bool:
    """Whether the customer of this contact is booked to be called back about it."""
    return any(is_booked(row) and row["callback"]["previous_contact_id"] == contact_id for row in rows.values())
