"""What agents may choose as devices, and what goes on by itself in their work. Plain values and how they are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

KINDS = ("browser", "phone", "remote", "number")
BY_HAND = -1
AS_THE_QUEUE = -1


@dataclass(frozen=True, slots=True)
class ChosenDevices:
    """What rings, in order; with `permanent` the line of the first stays up. `language`: in which a telephone outside is spoken to."""

    kinds: tuple[str, ...]
    permanent: bool = False
    language: str = "zh-CN"


G711, OPUS = "g711", "opus"
"""What browsers speak: G.711 needs no conversion beside trunks; Opus bears losses, and is converted in every call with a trunk."""
NARROW = ("alaw", "ulaw")


@dataclass(frozen=True, slots=True)
class DeviceRules:
    """What a business allows."""

    kinds: tuple[str, ...] = ("browser", "phone")
    permanent: bool = False
    allowed_prefixes: tuple[str, ...] = ("+86",)
    """Numbers in E.164 begin with one of these; none allows all."""
    denied_prefixes: tuple[str, ...] = ()
    browser_sound: str = G711

    def codecs(self) -> tuple[str, ...]:
        """Of agents' browsers, the one to be spoken first."""
        return ("opus", *NARROW) if self.browser_sound == OPUS else (*NARROW, "opus")

    def allows_number(self, number: str) -> bool:
        """May this number (E.164) be somebody's device?"""
        if any(number.startswith(prefix) for prefix in self.denied_prefixes):
            return False
        return not self.allowed_prefixes or any(number.startswith(prefix) for prefix in self.allowed_prefixes)


USUAL_RULES = DeviceRules()


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """What goes on by itself for an agent. Seconds."""

    answer_seconds: int = BY_HAND
    after_call_seconds: int = AS_THE_QUEUE
    accept_seconds: int = BY_HAND
    """Of tasks and messages that are offered."""
    dial_seconds: int = BY_HAND
    most_talk_seconds: int = 0
    warn_seconds: int = 30


@dataclass(frozen=True, slots=True)
class PartialSettings:
    """What one row says; None leaves it to the wider one."""

    answer_seconds: int | None = None
    after_call_seconds: int | None = None
    accept_seconds: int | None = None
    dial_seconds: int | None = None
    most_talk_seconds: int | None = None
    warn_seconds: int | None = None


def together(narrowest_first: Iterable[PartialSettings]) -> WorkSettings:
    """Each value from the first row that has one: the agent's own, his groups' in their order, then everybody's."""
    rows = list(narrowest_first)
    found: dict[str, int] = {}
    for field in fields(WorkSettings):
        value = next((getattr(row, field.name) for row in rows if getattr(row, field.name) is not None), None)
        if value is not None:
            found[field.name] = value
    return WorkSettings(**found)
