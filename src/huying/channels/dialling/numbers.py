"""What a dialled text means: an extension, an emergency number, or a number outside and its class. Knows numbering plans, no people.

Classes: internal, emergency, local, national, mobile, international, premium.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ShortNumberCost, shortnumberinfo

from huying.foundation.errors import InvalidInput

CLASSES = ("internal", "local", "national", "mobile", "international", "premium")
"""What permissions are given for. Emergency numbers need none."""
EMERGENCY: Mapping[str, frozenset[str]] = {
    "CN": frozenset({"110", "119", "120", "122", "112"}),
    "HK": frozenset({"999", "112", "992"}),
    "MO": frozenset({"999", "110", "112"}),
    "TW": frozenset({"110", "119", "112"}),
    "JP": frozenset({"110", "119", "118"}),
    "KR": frozenset({"112", "119"}),
    "SG": frozenset({"999", "995", "112"}),
    "US": frozenset({"911", "112"}),
    "CA": frozenset({"911", "112"}),
    "AU": frozenset({"000", "112", "106"}),
    "GB": frozenset({"999", "112"}),
    "IN": frozenset({"112", "100", "101", "102", "108"}),
}
"""Country -> numbers that are always put through; elsewhere those that the numbering plan knows."""
FIRST_SLOT, LAST_SLOT = 701, 799
"""Where calls are parked."""
SEPARATORS = re.compile(r"[\s\-().·/]+")
DIALLABLE = re.compile(r"\+?[0-9*#]{2,32}")
TYPES = {
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.TOLL_FREE: "local",
}


class NotDiallable(InvalidInput):
    """This is not a number that can be dialled: write it with the area code, or with + and the country code."""

    code = "not-diallable"


@dataclass(frozen=True, slots=True)
class Plan:
    """How the business reads what is dialled."""

    country: str = "CN"
    """ISO 3166 code: numbers without + are read as in this country."""
    area_code: str = ""
    """Without the leading 0: what short numbers of the same town are completed by."""
    outside_prefix: str = ""
    """What people dial before a number outside, such as 0 or 9; it may be left out."""


@dataclass(frozen=True, slots=True)
class Dialled:
    """A number and its class. `number`: E.164, an extension, or a short number as it is dialled."""

    number: str = field(repr=False)
    kind: str
    short: bool = False
    """Dialled as it stands, in this country alone."""


def read(text: str, plan: Plan, extensions: Collection[str] = ()) -> Dialled:
    """What the text means; `extensions`: all internal numbers. No internal number hides an emergency number. Raises NotDiallable."""
    clean = SEPARATORS.sub("", text)
    if not DIALLABLE.fullmatch(clean):
        raise NotDiallable
    if is_emergency(clean, plan.country):
        return Dialled(clean, "emergency", short=True)
    if clean in extensions:
        return Dialled(clean, "internal")
    found = _outside(clean, plan)
    if found is None or (found.kind != "emergency" and not found.short and not _valid(found.number)):
        shorter = _without_prefix(clean, plan)
        found = (_outside(shorter, plan) if shorter else None) or found
    if found is None:
        raise NotDiallable
    return found


def _without_prefix(clean: str, plan: Plan) -> str:
    prefix = plan.outside_prefix
    return clean[len(prefix) :] if prefix and clean.startswith(prefix) and len(clean) > len(prefix) + 1 else ""


def _outside(clean: str, plan: Plan) -> Dialled | None:
    if is_emergency(clean, plan.country):
        return Dialled(clean, "emergency", short=True)
    return _long(clean, plan) or _short(clean, plan) or _in_town(clean, plan) or _possible(clean, plan)


def is_emergency(number: str, country: str) -> bool:
    """Is this an emergency number of the country?"""
    known = EMERGENCY.get(country)
    return number in known if known is not None else shortnumberinfo.is_emergency_number(number, country)


def _parsed(text: str, plan: Plan) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, plan.country)
    except phonenumbers.NumberParseException:
        return None


def _long(clean: str, plan: Plan) -> Dialled | None:
    number = _parsed(clean, plan)
    return _classed(number, plan) if number is not None and phonenumbers.is_valid_number(number) else None


def _in_town(clean: str, plan: Plan) -> Dialled | None:
    return _long(f"{plan.area_code}{clean}", plan) if plan.area_code and clean[:1] not in ("+", "0") else None


def _possible(clean: str, plan: Plan) -> Dialled | None:
    """Numbering plans change faster than tables of valid prefixes."""
    number = _parsed(clean, plan)
    return _classed(number, plan) if number is not None and phonenumbers.is_possible_number(number) else None


def _short(clean: str, plan: Plan) -> Dialled | None:
    """A number of a public service, such as 12345 or 95588; those that cost extra are premium."""
    if not clean.isdigit() or len(clean) > 8:
        return None
    number = _parsed(clean, plan)
    if number is None:
        return None
    if not shortnumberinfo.is_valid_short_number_for_region(number, plan.country) and not _service(clean, plan.country):
        return None
    costs = shortnumberinfo.expected_cost_for_region(number, plan.country)
    return Dialled(clean, "premium" if costs == ShortNumberCost.PREMIUM_RATE else "local", short=True)


def _service(clean: str, country: str) -> bool:
    """Service numbers of China that the tables of numbers do not all know: 10086, 12315, 95588, 96102."""
    return country == "CN" and 5 <= len(clean) <= 8 and clean[:2] in ("10", "11", "12", "95", "96")


def _classed(number: PhoneNumber, plan: Plan) -> Dialled:
    text = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.country_code != phonenumbers.country_code_for_region(plan.country):
        return Dialled(text, "premium" if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE else "international")
    found = TYPES.get(phonenumbers.number_type(number))
    if found is None:
        same_town = plan.area_code and phonenumbers.national_significant_number(number).startswith(plan.area_code)
        found = "local" if same_town else "national"
    return Dialled(text, found)


def _valid(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number))


def as_dialled(found: Dialled, plan: Plan, trunk_prefix: str = "") -> str:
    """What is sent over the trunk: digits, as one dials the number at home, after the trunk's own prefix."""
    if found.short or found.kind in ("internal", "emergency"):
        return f"{trunk_prefix}{found.number}"
    text = phonenumbers.format_out_of_country_calling_number(phonenumbers.parse(found.number), plan.country)
    return trunk_prefix + "".join(sign for sign in text if sign.isdigit())
