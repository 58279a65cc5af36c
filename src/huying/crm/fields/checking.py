"""Whether values fit the business's own fields, and in which form they are kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

KINDS = ("text", "number", "date", "choice", "multi", "yes_no", "phone", "email", "url")
SUBJECTS = ("customer", "company", "asset")
MOST_TEXT = 4000
CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")


@dataclass(frozen=True, slots=True)
class Field:
    """A definition, as far as values are checked by it. `choices`: the codes of a choice or multi."""

    code: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """The values after a change, and what is wrong: code of the field -> code of the problem."""

    values: Mapping[str, Any]
    problems: Mapping[str, str]


def check(fields: Sequence[Field], held: Mapping[str, Any], given: Mapping[str, Any], phone: Callable[[str], str]) -> Checked:
    """Put what is given over what is held; None and empty texts empty a field. Values of fields that are no longer defined stay.

    `phone` gives the E.164 form or an empty text. Problems: unknown-field, required, not-a-text, too-long, not-a-number, not-a-date,
    no-such-choice, not-yes-or-no, not-a-phone, not-an-email, not-a-url.
    """
    known = {field.code: field for field in fields}
    values, problems = dict(held), dict[str, str]()
    for code, value in given.items():
        if code not in known:
            problems[code] = "unknown-field"
        elif value is None or value == [] or (isinstance(value, str) and not value.strip()):
            values.pop(code, None)
        else:
            kept, problem = _value(known[code], value, phone)
            if problem:
                problems[code] = problem
            else:
                values[code] = kept
    for field in fields:
        if field.required and field.code not in values and field.code not in problems:
            problems[field.code] = "required"
    return Checked(values, problems)


def _value(field: Field, value: Any, phone: Callable[[str], str]) -> tuple[Any, str]:
    """The value as it is kept, or what is wrong with it."""
    match field.kind:
        case "number":
            return _number(value)
        case "date":
            return _date(value)
        case "choice":
            return (value, "") if isinstance(value, str) and value in field.choices else (None, "no-such-choice")
        case "multi":
            wanted = [value] if isinstance(value, str) else value
            fits = isinstance(wanted, list) and all(isinstance(one, str) and one in field.choices for one in wanted)
            return (list(dict.fromkeys(wanted)), "") if fits else (None, "no-such-choice")
        case "yes_no":
            return (value, "") if isinstance(value, bool) else (None, "not-yes-or-no")
        case _:
            return _text(field.kind, value, phone)


def _text(kind: str, value: Any, phone: Callable[[str], str]) -> tuple[Any, str]:
    if not isinstance(value, str):
        return None, "not-a-text"
    text = value.strip()
    if len(text) > MOST_TEXT:
        return None, "too-long"
    if kind == "phone":
        return phone(text), "" if phone(text) else "not-a-phone"
    if kind == "email":
        return text.lower(), "" if is_email(text) else "not-an-email"
    if kind == "url":
        return text, "" if _is_url(text) else "not-a-url"
    return text, ""


def is_email(text: str) -> bool:
    """Does this look like an e-mail address?"""
    return len(text) <= 254 and _EMAIL.match(text) is not None


def _number(value: Any) -> tuple[Any, str]:
    if isinstance(value, bool):
        return None, "not-a-number"
    if isinstance(value, int | float):
        return (value, "") if abs(value) < 1e15 else (None, "not-a-number")  # NaN compares false
    try:
        number = float(value.strip().replace(",", ""))
    except (AttributeError, ValueError):
        return None, "not-a-number"
    if not abs(number) < 1e15:
        return None, "not-a-number"
    return int(number) if number.is_integer() else number, ""


def _date(value: Any) -> tuple[Any, str]:
    try:
        return date.fromisoformat(str(value).strip().replace("/", "-")).isoformat(), ""
    except ValueError:
        return None, "not-a-date"


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
