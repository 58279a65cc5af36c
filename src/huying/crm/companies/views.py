"""Companies as they travel over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.crm.companies.service import Company, CompanyParts
from huying.crm.customers.document import Address, Number
from huying.crm.customers.views import AddressView, Long, Name, Short


class CompanyNumberView(BaseModel):
    """A telephone number: read in E.164, written as people write it."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)]
    label: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    main: bool = False


class CompanyView(BaseModel):
    """A company. `customers`: how many customers belong to it (GET /api/customers?company_id= lists them)."""

    id: str
    name: str
    code: str
    note: str
    numbers: list[CompanyNumberView]
    addresses: list[AddressView]
    fields: dict[str, Any]
    customers: int
    created_at: datetime
    updated_at: datetime


class CompanyPage(BaseModel):
    """One page of companies and how many there are in all."""

    items: list[CompanyView]
    total: int


class CompanyChange(BaseModel):
    """Parts that change; absent ones stay. A list replaces the whole list; of `fields` only the given codes change (null empties)."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    code: Short | None = None
    note: Long | None = None
    numbers: Annotated[list[CompanyNumberView], Field(max_length=20)] | None = None
    addresses: Annotated[list[AddressView], Field(max_length=20)] | None = None
    fields: dict[str, Any] | None = None

    def given(self) -> CompanyParts:
        """The given parts, for the service."""
        found: dict[str, Any] = self.model_dump(exclude_unset=True, exclude_none=True)
        if self.fields is not None:
            found["fields"] = dict(self.fields)
        if "numbers" in found:
            found["numbers"] = [Number(**one) for one in found["numbers"]]
        if "addresses" in found:
            found["addresses"] = [Address(**one) for one in found["addresses"]]
        return cast(CompanyParts, found)


class NewCompany(CompanyChange):
    """A new company; the name must be given."""

    name: Name


def company_view(company: Company) -> CompanyView:
    """A company for the browser."""
    told = asdict(company)
    told["numbers"] = [{name: one[name] for name in ("number", "label", "main")} for one in told["numbers"]]
    return CompanyView.model_validate(told)
