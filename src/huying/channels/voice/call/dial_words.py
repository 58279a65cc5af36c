"""The words of calls that agents begin, and of calls to persons."""

from __future__ import annotations

from dataclasses import dataclass, field

# --- what can happen -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DialBegun:
    """It stands in the journal that the agent wants to call. `has_called_in`: his telephone did so itself, and waits to be answered."""

    account: str = ""
    has_called_in: bool = False


# --- what the call wants done ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RingOutside:
    """Ring a number over a trunk; `shown` is what the called party sees."""

    leg_id: str
    number: str = field(repr=False)
    trunk: str
    shown: str
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class Beep:
    """A short tone that only this leg hears, in the middle of a conversation too."""

    playback_id: str
    leg_id: str
