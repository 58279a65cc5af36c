"""Customers as they travel over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal, cast

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from huying.crm.customers.document import Address, Customer, CustomerFields, DoNotCall, Email, Number
from huying.crm.customers.finding import Found

CustomerClass = Literal["vip", "gold", "normal"]
AddressKind = Literal["home", "office", "delivery", "billing", "service", "other"]
Level = Literal["warning", "info"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
GivenId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class DoNotCallView(BaseModel):
    """Not to be called, why, until when (null: for good), said when and noted by whom."""

    reason: str
    until: datetime | None
    at: datetime | None
    person_id: str | None


class NumberView(BaseModel):
    """A telephone number in E.164. One of them is the main one. `do_not_call`: this number is not to be called, whoever has it."""

    number: str
    label: str
    main: bool
    do_not_call: DoNotCallView | None


class EmailView(BaseModel):
    """An e-mail address."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]
    label: Short = ""


class AddressView(BaseModel):
    """An address. What is not known apart stands in `street`."""

    kind: AddressKind = "home"
    province: Short = ""
    city: Short = ""
    district: Short = ""
    street: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    postcode: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    default: bool = False


class BelongingView(BaseModel):
    """The company a customer belongs to, and as what."""

    id: str
    name: str
    role: str


class CustomerTagView(BaseModel):
    """A tag on a customer."""

    id: str
    name: str
    colour: str
    listed: bool


class ConsentView(BaseModel):
    """A statement. `current`: the latest of its kind, which holds; the others are the past."""

    kind: str
    given: bool
    at: datetime
    source: str
    person_id: str | None
    current: bool


class HintView(BaseModel):
    """Something to mind. One that has ended is not `active`."""

    id: str
    text: str
    level: Level
    until: datetime | None
    at: datetime
    person_id: str | None
    active: bool


class CustomerView(BaseModel):
    """A customer with all parts. `address`, `email` and `warning` are the usual ones in one line, to read alone."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    id: str
    name: str
    code: str
    customer_class: CustomerClass = Field(alias="class")
    company: BelongingView | None
    language: str
    note: str
    numbers: list[NumberView]
    emails: list[EmailView]
    addresses: list[AddressView]
    tags: list[CustomerTagView]
    consents: list[ConsentView]
    do_not_call: DoNotCallView | None
    warnings: list[HintView]
    fields: dict[str, Any]
    address: str
    email: str
    warning: str
    created_at: datetime
    updated_at: datetime


class MatchView(BaseModel):
    """What of a customer was met by what was typed."""

    kind: Literal["name", "pinyin", "initials", "number", "plate", "serial", "vin", "code", "company", "email"]
    text: str


class CustomerLine(CustomerView):
    """A customer in a list. `matched`: what was met by what was typed; empty without."""

    matched: list[MatchView]


class CustomerPage(BaseModel):
    """One page of customers and how many there are in all; with `more` there are more than `total`."""

    items: list[CustomerLine]
    total: int
    more: bool


class DoNotCallIn(BaseModel):
    """Not to be called, why, and until when."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    until: AwareDatetime | None = None


class NumberIn(BaseModel):
    """A number as people write it. `do_not_call` given: nobody is to call it; null: it may be called again; absent: as it is."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)]
    label: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    main: bool = False
    do_not_call: DoNotCallIn | None = None


class CompanyIn(BaseModel):
    """The company by id, or by name (made when there is none of the name)."""

    model_config = ConfigDict(extra="forbid")

    id: GivenId | None = None
    name: Name | None = None
    role: Short | None = None


class ConsentIn(BaseModel):
    """What the customer said: calls, sms, email, recording, data, or a word of the business's own. `at`: now when absent."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    given: bool
    source: Short = ""
    at: AwareDatetime | None = None


class WarningIn(BaseModel):
    """Something to mind. With the id of one that is there it changes that one."""

    model_config = ConfigDict(extra="forbid")

    id: GivenId | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    level: Level = "warning"
    until: AwareDatetime | None = None


class CustomerChange(BaseModel):
    """Parts that change; absent ones stay. A list replaces the whole list, but `consents` are added to what was said before, and of
    `fields` only the given codes change (null empties). `company` and `do_not_call` null: none. A number that another customer has
    is refused (number-taken) unless `share_numbers`."""

    model_config = ConfigDict(extra="forbid", validate_by_name=False, validate_by_alias=True)

    name: Name | None = None
    code: Short | None = None
    customer_class: CustomerClass | None = Field(default=None, alias="class")
    company: CompanyIn | None = None
    language: Annotated[str, StringConstraints(max_length=20)] | None = None
    note: Long | None = None
    numbers: Annotated[list[NumberIn], Field(max_length=20)] | None = None
    emails: Annotated[list[EmailView], Field(max_length=20)] | None = None
    addresses: Annotated[list[AddressView], Field(max_length=20)] | None = None
    tags: Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=50)] | None = None
    consents: Annotated[list[ConsentIn], Field(max_length=30)] | None = None
    do_not_call: DoNotCallIn | None = None
    warnings: Annotated[list[WarningIn], Field(max_length=20)] | None = None
    fields: dict[str, Any] | None = None
    share_numbers: bool = False

    def given(self) -> CustomerFields:
        """The given parts, for the service."""
        told: dict[str, Any] = self.model_dump(exclude_unset=True)
        found: dict[str, Any] = {name: value for name, value in told.items() if value is not None or name in ("company", "do_not_call")}
        if "numbers" in found:
            found["call_again"] = [one["number"] for one in found["numbers"] if one.get("do_not_call", 0) is None]
        if found.get("company"):
            found["company"] = {name: value for name, value in found["company"].items() if value is not None}
        if found.get("do_not_call"):
            found["do_not_call"] = DoNotCall(**found["do_not_call"])
        for name, made in (("numbers", _number), ("emails", _email), ("addresses", _address)):
            if name in found:
                found[name] = [made(one) for one in found[name]]
        return cast(CustomerFields, found)


class NewCustomer(CustomerChange):
    """A new customer; the name must be given."""

    name: Name


def customer_view(customer: Customer) -> CustomerView:
    """A customer for the browser."""
    return CustomerView.model_validate(_told(customer))


def line_view(found: Found) -> CustomerLine:
    """A customer in a list."""
    return CustomerLine.model_validate(_told(found.customer) | {"matched": [asdict(match) for match in found.matched]})


def _told(customer: Customer) -> dict[str, Any]:
    return asdict(customer) | {"address": customer.address, "email": customer.email, "warning": customer.warning}


def _number(told: dict[str, Any]) -> Number:
    refused = told.pop("do_not_call", None)
    return Number(**told, do_not_call=DoNotCall(**refused) if refused else None)


def _email(told: dict[str, Any]) -> Email:
    return Email(**told)


def _address(told: dict[str, Any]) -> Address:
    return Address(**told)
