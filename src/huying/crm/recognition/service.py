"""Who has a telephone number, and what is to be minded about it. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.companies.service import Company, companies_with_number
from huying.crm.consent.service import refusal
from huying.crm.customers.document import Customer, DoNotCall, Hint
from huying.crm.customers.numbers import matchable
from huying.crm.customers.reading import read_by_number
from huying.crm.hints.service import hints_for_number


@dataclass(frozen=True, slots=True)
class Recognised:
    """All who have a number. `number`: E.164, or as it was given when it is none. `do_not_call`: why nobody is to call it."""

    number: str
    customers: list[Customer]
    companies: list[Company]
    hints: list[Hint]
    do_not_call: DoNotCall | None


async def recognise(session: AsyncSession, number: str, now: datetime) -> Recognised:
    """Who has this number, as the trunk delivered it or as it was typed."""
    wanted = matchable(number)
    if not wanted:
        return Recognised(number, [], [], [], None)
    customers = await read_by_number(session, wanted, now)
    companies = await companies_with_number(session, wanted)
    hints = await hints_for_number(session, wanted, now)
    refused = _refusal(wanted, customers) if customers else await refusal(session, wanted, now)
    return Recognised(wanted, customers, companies, hints, refused)


def _refusal(number: str, customers: Sequence[Customer]) -> DoNotCall | None:
    """What `consent.refusal` says, of customers who have been read already."""
    of_number = next((one.do_not_call for one in customers[0].numbers if one.number == number), None)
    every = all(customer.do_not_call for customer in customers)
    return of_number or (customers[0].do_not_call if every else None)
