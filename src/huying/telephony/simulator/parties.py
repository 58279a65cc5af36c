"""How simulated people behave: those who call, and those whose telephones are rung. Descriptions only."""

from __future__ import annotations

from dataclasses import dataclass

from huying.telephony.simulated import ANSWER

WAIT = "w"
"""In `keys`: let one pause go by without pressing anything."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Someone who calls.

    Presses one key of `keys` every `key_pause_seconds` from the answer on; hangs up when `patience_seconds` have passed since the
    call began (or since a person was lost) without a person; hangs up `talk_seconds` after a person came. `tone` is what the
    caller sounds like, in Hz.
    """

    number_called: str = "4000000000"
    remote_number: str = ""
    remote_name: str = ""
    keys: str = ""
    key_pause_seconds: float = 1.0
    patience_seconds: float = 300.0
    talk_seconds: float = 60.0
    tone: int = 440
    trunk: str = "simulated"
    account: str = ""
    """Of a web visitor (the entry is taken from the account), or of an agent whose own telephone calls."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A registered telephone and the person at it. `behaviour` is one of `huying.telephony.simulated.BEHAVIOURS`.

    Hangs up `talk_seconds` after having been joined with somebody.
    """

    behaviour: str = ANSWER
    answer_after_seconds: float = 2.0
    talk_seconds: float = 3600.0
    tone: int = 660
    keys: str = ""
