"""What rings when an agent is rung. Plain values, and the questions about them; reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KIND_NUMBER = "number"
BY_HAND = -1


@dataclass(frozen=True, slots=True)
class Device:
    """One telephone of an agent. `number`: what is dialled over `trunk`, for a device that is a number outside; `shown` to its owner."""

    account: str
    kind: str
    number: str = field(default="", repr=False)
    trunk: str = ""
    shown: str = ""

    @property
    def asks(self) -> bool:
        """Must whoever answers press a key first? Anybody, or a machine, may answer a number outside."""
        return self.kind == KIND_NUMBER


@dataclass(frozen=True, slots=True)
class Choice:
    """An agent's devices, which ring together. `permanent`: the first one's line stays up. `answer_seconds`: by itself, or BY_HAND."""

    person_id: str
    devices: tuple[Device, ...] = ()
    permanent: bool = False
    answer_seconds: int = BY_HAND
    language: str = "zh-CN"

    def device(self, account: str) -> Device | None:
        """The device with this account."""
        return next((device for device in self.devices if device.account == account), None)


@dataclass(frozen=True)
class Choices:
    """What all agents chose. An account that is in nobody's choice is a device by itself."""

    by_person: Mapping[str, Choice] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    """account -> person"""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """account -> kind"""

    def of(self, account: str) -> Choice | None:
        """The choice that this account is part of; None where its owner is rung at it alone."""
        choice = self.by_person.get(self.owners.get(account, ""))
        return choice if choice and choice.device(account) else None

    def answer_seconds(self, account: str) -> int:
        """After how many seconds a ring at this account is answered by itself; BY_HAND."""
        choice = self.by_person.get(self.owners.get(account, ""))
        return choice.answer_seconds if choice else BY_HAND

    def reachable(self, registered: frozenset[str], lines: frozenset[str]) -> frozenset[str]:
        """The accounts that can be rung: `registered` in the engine; `lines`: whose permanent line (person) is up."""
        found = {account for account in registered if self.of(account) is None}
        for choice in self.by_person.values():
            up = choice.person_id in lines if choice.permanent else any(_ringable(device, registered) for device in choice.devices)
            if up:
                found |= {device.account for device in choice.devices}
        return frozenset(found)


def _ringable(device: Device, registered: frozenset[str]) -> bool:
    return bool(device.number and device.trunk) if device.asks else device.account in registered
