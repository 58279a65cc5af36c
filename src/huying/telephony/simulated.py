"""Parties that need no telephone: how one behaves, and how that is written as the address of a destination."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from huying.foundation.errors import InvalidInput
from huying.telephony.port import Destination, PhoneAccount

ANSWER = "answer"
BUSY = "busy"
REFUSE = "refuse"
SILENT = "silent"
"""Rings and is never answered."""
UNREACHABLE = "unreachable"
SIMULATED = "simulated"
"""The kind of a destination, and of an account."""
BEHAVIOURS = (ANSWER, BUSY, REFUSE, SILENT, UNREACHABLE)


@dataclass(frozen=True, slots=True)
class SimulatedParty:
    """Someone who is called. Answers (or refuses) after a while, presses keys, sounds a tone (Hz), and hangs up after talking."""

    behaviour: str = ANSWER
    answer_after_seconds: float = 1.0
    talk_seconds: float = 3600.0
    keys: str = ""
    tone: int = 440

    def destination(self) -> Destination:
        """The party as a destination of `Engine.originate`."""
        values = {
            "behaviour": self.behaviour,
            "after": f"{self.answer_after_seconds:g}",
            "talk": f"{self.talk_seconds:g}",
            "keys": self.keys,
            "tone": str(self.tone),
        }
        return Destination(kind=SIMULATED, address=urlencode(values))


def party_of_account(account: PhoneAccount) -> SimulatedParty:
    """Who answers at a simulated account: as its `entry` says, else somebody whose ways follow from the account's name."""
    if account.entry:
        return parse_party(account.entry)
    ways = hashlib.sha256(account.name.encode()).digest()
    return SimulatedParty(ANSWER, 1.5 + ways[0] / 64, 90.0 + ways[1], "", 500 + ways[2] * 2)


def parse_party(address: str) -> SimulatedParty:
    """Read the address of a simulated destination; raises InvalidInput."""
    values = dict(parse_qsl(address, keep_blank_values=True))
    try:
        party = SimulatedParty(
            behaviour=values.get("behaviour", ANSWER),
            answer_after_seconds=float(values.get("after", 1)),
            talk_seconds=float(values.get("talk", 3600)),
            keys=values.get("keys", ""),
            tone=int(values.get("tone", 440)),
        )
    except ValueError:
        raise InvalidInput("The address of the simulated party is not valid.", address=address) from None
    if party.behaviour not in BEHAVIOURS or not set(party.keys) <= set("0123456789*#ABCD"):
        raise InvalidInput("The address of the simulated party is not valid.", address=address)
    return party
