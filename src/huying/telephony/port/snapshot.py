"""What the engine has of ours at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Who started the leg."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


@dataclass(frozen=True, slots=True)
class LegSnapshot:
    """A leg as the engine has it now."""

    leg_id: str
    answered: bool
    direction: Direction
    account: str
    remote_number: str
    number_called: str
    remote_name: str = ""
    trunk: str = ""
    entry_token: str = ""
    label: str = ""
    """What was written on it."""


@dataclass(frozen=True, slots=True)
class BridgeSnapshot:
    """A bridge as the engine has it now."""

    bridge_id: str
    legs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything of ours in the engine now."""

    legs: Mapping[str, LegSnapshot]
    bridges: Mapping[str, BridgeSnapshot]
    reachable_accounts: frozenset[str]
    recordings: frozenset[str]
    """Ids of recordings that are being written."""
    engine_start: str
    """Changes when the engine itself was restarted (all its calls are gone then)."""


NOTHING = Snapshot({}, {}, frozenset(), frozenset(), "")
"""What a dead engine has."""
