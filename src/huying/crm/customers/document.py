"""The document of a customer: all its parts as plain values, and what may be given to change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

ADDRESS_KINDS = ("home", "office", "delivery", "billing", "service", "other")


@dataclass(frozen=True, slots=True)
class DoNotCall:
    """Why somebody is not to be called, and until when."""

    reason: str = ""
    until: datetime | None = None
    at: datetime | None = None
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number with a free label (home, work). `main`: the one to call first. `do_not_call`: this number is not to be called."""

    number: str
    label: str = ""
    main: bool = False
    do_not_call: DoNotCall | None = None


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address with a free label."""

    email: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts; what is not known apart stands in `street`. `default`: the one to take when nothing is said."""

    kind: str = "home"
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""
    default: bool = False

    def line(self) -> str:
        """The address in one line; a municipality is not said twice."""
        parts = dict.fromkeys(part for part in (self.province, self.city, self.district, self.street) if part)
        return "".join(parts) if any(ord(one) > 0x2E80 for one in "".join(parts)) else ", ".join(reversed(parts))


@dataclass(frozen=True, slots=True)
class Belonging:
    """The company a customer belongs to, and as what."""

    id: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag on a customer."""

    id: str
    name: str
    colour: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """A customer's statement. `current`: the latest of its kind, which holds."""

    kind: str
    given: bool
    at: datetime
    source: str = ""
    person_id: str | None = None
    current: bool = True


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to mind about a customer or a number. `level`: warning, info. One that has ended is not `active`."""

    id: str
    text: str
    level: str
    until: datetime | None
    at: datetime
    person_id: str | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer with all parts; the main number first."""

    id: str
    name: str
    code: str
    customer_class: str
    company: Belonging | None
    language: str
    note: str
    numbers: tuple[Number, ...]
    emails: tuple[Email, ...]
    addresses: tuple[Address, ...]
    tags: tuple[Tag, ...]
    consents: tuple[Consent, ...]
    do_not_call: DoNotCall | None
    warnings: tuple[Hint, ...]
    fields: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime

    @property
    def address(self) -> str:
        """The usual address in one line."""
        usual = next((one for one in self.addresses if one.default), self.addresses[0] if self.addresses else None)
        return usual.line() if usual else ""

    @property
    def email(self) -> str:
        """The first e-mail address."""
        return self.emails[0].email if self.emails else ""

    @property
    def warning(self) -> str:
        """What holds of the warnings, in one line."""
        return " · ".join(one.text for one in self.warnings if one.active and one.level == "warning")


class WarningFields(TypedDict, total=False):
    """A warning as it is given; one with a known id keeps its author and time."""

    id: str
    text: str
    level: str
    until: datetime | None


class ConsentFields(TypedDict, total=False):
    """A statement as it is given; `at` is now when absent."""

    kind: str
    given: bool
    source: str
    at: datetime | None


class CompanyFields(TypedDict, total=False):
    """The company a customer belongs to: by id, or by name (made when there is none)."""

    id: str
    name: str
    role: str


class CustomerFields(TypedDict, total=False):
    """Parts that may be given; absent ones stay as they are. Lists replace the whole list, but `consents` are added, and of `fields`
    only the codes that are given change (None empties). Numbers as people write them; tags by name."""

    name: str
    code: str
    customer_class: str
    company: CompanyFields | None
    language: str
    note: str
    numbers: list[Number]
    call_again: list[str]
    """Those of the numbers that were not to be called and now may be."""
    emails: list[Email]
    addresses: list[Address]
    tags: list[str]
    consents: list[ConsentFields]
    do_not_call: DoNotCall | None
    warnings: list[WarningFields]
    fields: dict[str, Any]
    share_numbers: bool
    """Take a number that another customer has already."""
