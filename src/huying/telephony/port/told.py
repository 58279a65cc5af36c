"""What the engine is told in: sounds, accounts, trunks, and where a leg is to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file by absolute path without extension; the engine takes the best format that lies there."""

    path: str


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone of a country's plan: `ring`, `busy`, `congestion`."""

    name: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Silence."""

    milliseconds: int


Media = Sound | Tone | Silence


@dataclass(frozen=True, slots=True)
class PhoneAccount:
    """A SIP account: an agent's browser, a desk phone, or a web visitor's one-time account.

    `kind` is `browser`, `phone`, `visitor` or `simulated`. A visitor may register nowhere and reaches only `entry`, given back as
    `LegEntered.entry_token`. What an agent's account dials enters as a leg with its `account`. A simulated account needs no telephone:
    it is always reachable, and rung it behaves as `entry` (the address of a `simulated.SimulatedParty`) says, or as its name lets it.
    """

    name: str
    secret: str = field(repr=False)
    kind: str
    display_name: str = ""
    entry: str = ""
    codecs: Sequence[str] = ()
    """In the order they are wished for; none: what is usual for its kind."""


@dataclass(frozen=True, slots=True)
class Trunk:
    """A SIP peer identified by address, such as a carrier or gateway. `addresses` are IPs or CIDR networks.

    With `channel_limit` calls on the trunk (0: no limit) one more outbound leg ends with `EndCause.CONGESTION`.
    """

    name: str
    addresses: Sequence[str]
    port: int = 5060
    transport: str = "udp"
    codecs: Sequence[str] = ("alaw", "ulaw")
    username: str = ""
    secret: str = field(default="", repr=False)
    channel_limit: int = 0


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an outbound leg goes: an account's name, or a number over a trunk, or a simulated party."""

    kind: str  # account | number | simulated
    address: str
    trunk: str = ""
