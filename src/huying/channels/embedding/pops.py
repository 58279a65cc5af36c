"""Addresses that open for a call: templates with placeholders, checked when they are set and filled when a call comes. Pure.

Placeholders stand in the path, query or fragment alone, and what is put there is percent-encoded: a caller cannot choose the host.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from huying.foundation.errors import InvalidInput

PLACEHOLDERS = ("number", "customer_code", "contact_id", "queue", "direction")
LONGEST = 1000
_MARK = re.compile(r"\{([^{}]*)\}")


class TemplateNotValid(InvalidInput):
    """Write an https address; {number}, {customer_code}, {contact_id}, {queue} and {direction} may stand behind the host."""

    code = "template-not-valid"


def checked_template(text: str) -> str:
    """The template as it is kept. Raises TemplateNotValid."""
    text = text.strip()
    names = set(_MARK.findall(text))
    rest = _MARK.sub("", text)
    host = urlsplit(_MARK.sub("x", text)).netloc
    begins = re.match(r"https://[^/?#{}@\\]+(?:[/?#]|$)", text)
    bad = {"{", "}"} & set(rest) or re.search(r"[\s\"<>\\^`|]", text)
    if len(text) > LONGEST or not begins or not host or bad or not names <= set(PLACEHOLDERS):
        raise TemplateNotValid(template=text[:200])
    return text


def filled(template: str, values: Mapping[str, str]) -> str:
    """The address for one call; what is not known is empty."""
    return _MARK.sub(lambda mark: quote(values.get(mark[1], ""), safe=""), template)
