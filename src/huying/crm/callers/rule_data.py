"""What an administrator gives of a rule for callers, and the one form in which its value is stored and compared. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huying.crm.customers.numbers import to_e164
from huying.foundation.errors import InvalidInput
from huying.routing.caller_rules import BY

SHORTEST_PREFIX, LONGEST_PREFIX = 2, 16


@dataclass(frozen=True, slots=True)
class RuleData:
    """What an administrator gives; `value` as people write it."""

    matches: str
    value: str
    effect: str
    rank: int = 0
    head_start_seconds: int = 0
    agent_id: str | None = None
    seconds: int = 0
    reason: str = ""
    until: datetime | None = None


def normal_value(matches: str, value: str) -> str:
    """The value as it is stored and compared. Raises InvalidInput."""
    value = value.strip()
    if matches == "hidden":
        return ""
    if matches == "number":
        return to_e164(value)
    if matches == "prefix":
        digits = "".join(value.removeprefix("+").split())
        if (
            not value.startswith("+")
            or not digits.isascii()
            or not digits.isdigit()
            or not SHORTEST_PREFIX <= len(digits) + 1 <= LONGEST_PREFIX
        ):
            raise InvalidInput("Write the beginning of a number with + and the country code, such as +8610.", field="value")
        return f"+{digits}"
    if matches == "class":
        return value
    raise InvalidInput(f"A rule matches one of {', '.join(BY)}.", field="matches")
