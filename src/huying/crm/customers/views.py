"""Customers as they travel over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.crm.customers.service import Customer, CustomerFields, Number

CustomerClass = Literal["vip", "gold", "normal"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class NumberView(BaseModel):
    """A telephone number: read in E.164, written as people write it."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)]
    label: Short = ""


class CustomerView(BaseModel):
    """A customer."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    id: str
    name: str
    customer_class: CustomerClass = Field(alias="class")
    company: str
    address: str
    email: str
    language: str
    note: str
    warning: str
    numbers: list[NumberView]
    created_at: datetime
    updated_at: datetime


class CustomerChange(BaseModel):
    """Fields that change; absent ones stay."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True)

    name: Name | None = None
    customer_class: CustomerClass | None = Field(default=None, alias="class")
    company: Short | None = None
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None
    email: Short | None = None
    language: Annotated[str, StringConstraints(max_length=20)] | None = None
    note: Long | None = None
    warning: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None
    numbers: Annotated[list[NumberView], Field(max_length=20)] | None = None

    def fields(self) -> CustomerFields:
        """The given fields, for the service."""
        given: CustomerFields = {}
        for name, value in self.model_dump(exclude_unset=True, exclude_none=True, by_alias=False).items():
            if name == "numbers":
                given["numbers"] = [Number(item["number"], item["label"]) for item in value]
            else:
                given[name] = value  # type: ignore[literal-required]
        return given


class NewCustomer(CustomerChange):
    """A new customer; the name must be given."""

    name: Name


class CustomerPage(BaseModel):
    """One page of customers and how many there are in all."""

    items: list[CustomerView]
    total: int


def customer_view(customer: Customer) -> CustomerView:
    """A customer for the browser."""
    return CustomerView.model_validate(asdict(customer))
