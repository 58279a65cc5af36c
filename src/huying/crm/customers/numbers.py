"""Telephone numbers in the one form that is stored and compared: E.164 (+8613800138000). Knows no database."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from huying.foundation.errors import InvalidInput

DEFAULT_REGION = "CN"
_MOBILE = re.compile(r"(\+86)?1[3-9][0-9]{9}")
"""The usual case, told without the library, since imports ask for it a hundred thousand times."""
_WHY = {
    phonenumbers.ValidationResult.TOO_SHORT: "too-short",
    phonenumbers.ValidationResult.TOO_LONG: "too-long",
    phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: "no-such-country",
}


class InvalidNumber(InvalidInput):
    """This is not a telephone number: write it with the area code, or with + and the country code."""

    code = "invalid-number"


@lru_cache(maxsize=4096)
def to_e164(text: str, region: str = DEFAULT_REGION) -> str:
    """The E.164 form of a number as people write it. Raises InvalidNumber (`why`: not-a-number, too-short, too-long, no-such-country).

    A possible length is enough; numbering plans change faster than tables of valid prefixes.
    """
    if _MOBILE.fullmatch(text) and (region == "CN" or text[0] == "+"):
        return f"+86{text[-11:]}"
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise InvalidNumber(number=text, why="not-a-number") from error
    if not phonenumbers.is_possible_number(number):
        raise InvalidNumber(number=text, why=_WHY.get(phonenumbers.is_possible_number_with_reason(number), "too-short"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def matchable(text: str, region: str = DEFAULT_REGION) -> str:
    """The E.164 form, or an empty text for what no customer can be found by (anonymous, short extensions, SIP names)."""
    try:
        return to_e164(text, region)
    except InvalidNumber:
        return ""


def digits_of(text: str) -> str:
    """The digits alone, for searching a part of a number."""
    return "".join(character for character in text if character.isdigit())
