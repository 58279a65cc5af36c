"""What an administrator gives of a rule for callers, and the one form in which its value is stored and compared. Knows no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from huying.crm.customers.numbers import matchable, to_e164
from huying.foundation.errors import InvalidInput
from huying.routing.treatment.caller_rules import BY

SHORT_NUMBER = re.compile(r"[0-9]{1,20}")
"""Numbers without a country code: services, extensions of a gateway."""
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


def comparable(number: str) -> str:
    """The form in which a caller's number is compared with rules: E.164, or a short number as it is; empty for a hidden one."""
    return matchable(number) or (number if SHORT_NUMBER.fullmatch(number) else "")


def normal_value(matches: str, value: str) -> str:
    """The value as it is stored and compared. Raises InvalidInput."""
    value = value.strip()
    if matches == "hidden":
        return ""
    if matches == "number":
        return value if SHORT_NUMBER.fullmatch(value) and not matchable(value) else to_e164(value)
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
