"""Numbers as people type them and as they are kept: E.164 where it can be, else the digits as they are dialled. Pure."""

from __future__ import annotations

import re

from huying.crm.customers.numbers import matchable
from huying.foundation.errors import InvalidInput

_BETWEEN = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]")
LEAST_DIGITS = 7
"""Shorter ones are extensions and service numbers (10086), which are dialled as they are."""
_DIALLED = re.compile(r"\+?[0-9*#]{1,32}")


def dialable(text: str) -> str:
    """The number in the form that is kept and dialled. Raises InvalidInput for what no telephone can dial."""
    plain = _BETWEEN.sub("", text.strip())
    if not _DIALLED.fullmatch(plain):
        raise InvalidInput("A number has digits, * and #, and may begin with +.", field="number")
    if not plain.startswith("+") and len(plain) < LEAST_DIGITS:
        return plain
    return matchable(plain) or plain
