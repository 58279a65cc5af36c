"""Who has a telephone number, and what is to be minded about it. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.companies.service import Company, companies_with_number
from huying.crm.consent.service import refusal
from huying.crm.customers.document import Customer, DoNotCall, Hint
from huying.crm.customers.finding import customers_with_number
from huying.crm.customers.numbers import matchable
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
    return Recognised(
        wanted,
        await customers_with_number(session, wanted, now),
        await companies_with_number(session, wanted),
        await hints_for_number(session, wanted, now),
        await refusal(session, wanted, now),
    )
