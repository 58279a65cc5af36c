"""Which numbers may be called back, and how they are dialled. Knows the numbering plan and the business's rules, nothing else."""

from __future__ import annotations

import phonenumbers

from huying.channels.callback.settings import CallbackSettings
from huying.crm.customers.numbers import DEFAULT_REGION, matchable
from huying.foundation.errors import Forbidden

COSTLY = frozenset({phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST})


class NumberNotAllowed(Forbidden):
    """This number cannot be called back: give another one, with its area code."""

    code = "number-not-allowed"


def number_to_call(text: str, settings: CallbackSettings) -> str:
    """The number in E.164, when it may be called back. Raises NumberNotAllowed."""
    number = matchable(text)
    if not number or number.startswith(settings.denied_prefixes or ("never",)):
        raise NumberNotAllowed
    if settings.allowed_prefixes and not number.startswith(settings.allowed_prefixes):
        raise NumberNotAllowed
    if phonenumbers.number_type(phonenumbers.parse(number)) in COSTLY:
        raise NumberNotAllowed
    return number


def dialled(number: str, region: str = DEFAULT_REGION) -> str:
    """What is dialled over the trunk for a number in E.164: as one dials it at home, digits only."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    text = phonenumbers.format_out_of_country_calling_number(parsed, region)
    return "".join(sign for sign in text if sign.isdigit())
