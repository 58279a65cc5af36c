"""Finds customers: by typing, by class, tag and company, by number. Reads only.

Typing goes by the table `customer_search` and its index of three-letter parts. Row security forbids PostgreSQL to use that index in a
query of a business (LIKE might tell of foreign rows before they are hidden), so the ids come from the function `customer_candidates`, which
looks at the transaction's business alone; what is shown is read of `customer` under row security as everything else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, cast, exists, func, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.document import Customer
from huying.crm.customers.model import CustomerNumberRow, CustomerRow
from huying.crm.customers.numbers import matchable
from huying.crm.customers.reading import documents
from huying.crm.customers.search import Match, matches, stages, words_typed
from huying.crm.customers.writing import findable
from huying.crm.tagging.model import CustomerTagRow, TagRow

MOST_FOUND = 500
"""So many are looked at when somebody types; who wants others types more."""
MOST_FILTERED = 20_000
"""The same when class, tag or company narrow it down afterwards."""
MOST_COUNTED = 10_000

CANDIDATES = text("SELECT customer_id, stage FROM customer_candidates(CAST(:stages AS jsonb), :most)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which customers to list. `tag`: its id or name."""

    typed: str = ""
    customer_class: str = ""
    tag: str = ""
    company_id: str = ""

    @property
    def narrowed(self) -> bool:
        """Does anything besides typing choose?"""
        return bool(self.customer_class or self.tag or self.company_id)


@dataclass(frozen=True, slots=True)
class Found:
    """A customer, and what of him was met by what was typed."""

    customer: Customer
    matched: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Customers, and how many there are. With `more` there are more than `total`."""

    items: list[Found]
    total: int
    more: bool = False


async def find_customers(session: AsyncSession, wanted: Wanted, limit: int, offset: int, now: datetime) -> Page:
    """One page: of what was typed the closest first (whole words, beginnings, parts), of all by name."""
    if wanted.typed.strip():
        return await _typed(session, wanted, limit, offset, now)
    conditions = _conditions(wanted)
    counted = select(CustomerRow.id).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    total = await session.scalar(select(func.count()).select_from(counted)) or 0
    statement = select(CustomerRow).where(*conditions).order_by(CustomerRow.name, CustomerRow.id).limit(limit).offset(offset)
    rows = list(await session.scalars(statement))
    found = [Found(customer) for customer in await documents(session, rows, now)]
    return Page(found, min(total, MOST_COUNTED), total > MOST_COUNTED)


async def _typed(session: AsyncSession, wanted: Wanted, limit: int, offset: int, now: datetime) -> Page:
    words = words_typed(wanted.typed)
    if not words:
        return Page([], 0)
    most = MOST_FILTERED if wanted.narrowed else MOST_FOUND
    told = {"stages": json.dumps(_with_number(wanted.typed, stages(words))), "most": most + 1}
    stage_of = {str(row.customer_id): int(row.stage) for row in await session.execute(CANDIDATES, told)}
    statement = select(CustomerRow.id, CustomerRow.name).where(CustomerRow.id.in_(stage_of), *_conditions(wanted))
    known = [(stage_of[row.id], row.name, row.id) for row in await session.execute(statement)] if stage_of else []
    known.sort()
    ids = [customer_id for _, _, customer_id in known[offset : offset + limit]]
    rows = {row.id: row for row in await session.scalars(select(CustomerRow).where(CustomerRow.id.in_(ids)))} if ids else {}
    customers = await documents(session, [rows[one] for one in ids], now)
    found_by = await findable(session, ids) if ids else {}
    items = [Found(one, tuple(matches(found_by[one.id], words))) for one in customers]
    return Page(items, min(len(known), most), len(stage_of) > most)


def _with_number(typed: str, tried: list[list[list[str]]]) -> list[list[list[str]]]:
    """A whole number as people write it is met by its E.164 form first."""
    number = matchable(typed)
    return [[[f"% {number.lstrip('+')} %"]], *tried] if number else [[], *tried]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [CustomerRow.merged_into.is_(None)]
    if wanted.customer_class:
        found.append(CustomerRow.customer_class == wanted.customer_class)
    if wanted.company_id:
        found.append(CustomerRow.company_id == wanted.company_id)
    if wanted.tag:
        has = CustomerTagRow
        tag = select(TagRow.id).where(or_(cast(TagRow.id, Text) == wanted.tag, TagRow.name == wanted.tag))
        found.append(exists().where(has.customer_id == CustomerRow.id, has.tag_id.in_(tag)))
    return found


def with_number(number: str) -> Select[str]:
    """The ids of the customers who have this number (E.164)."""
    return select(CustomerNumberRow.customer_id).where(CustomerNumberRow.number == number)


async def customers_with_number(session: AsyncSession, number: str, now: datetime | None = None, most: int = 20) -> list[Customer]:
    """Who has this number, as the trunk delivered it or as it was typed; those whose main number it is first."""
    wanted = matchable(number)
    if not wanted:
        return []
    statement = (
        select(CustomerRow)
        .join(CustomerNumberRow, CustomerNumberRow.customer_id == CustomerRow.id)
        .where(CustomerNumberRow.number == wanted, CustomerRow.merged_into.is_(None))
        .order_by(CustomerNumberRow.main.desc(), CustomerRow.name, CustomerRow.id)
        .limit(most)
    )
    return await documents(session, list(await session.scalars(statement)), now)


async def rows_of(session: AsyncSession, customer_ids: Collection[str]) -> Sequence[CustomerRow]:
    """The rows of these customers."""
    return list(await session.scalars(select(CustomerRow).where(CustomerRow.id.in_(customer_ids))))


async def chosen_after(session: AsyncSession, wanted: Wanted, after: tuple[str, str] | None, limit: int, now: datetime) -> list[Customer]:
    """Of all whom class, tag and company choose (not what was typed), the next by name after (name, id): for passing through many."""
    row = CustomerRow
    statement = select(row).where(*_conditions(wanted)).order_by(row.name, row.id).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(row.name, row.id) > tuple_(after[0], cast(after[1], row.id.type)))
    return await documents(session, list(await session.scalars(statement)), now)
