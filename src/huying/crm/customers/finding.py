"""Finds customers: by typing, by class, tag and company, by number. Reads only.

A whole number, plate, serial, VIN or code leads to who has it, and to nobody else. Other typing goes by the table `customer_search`: its
indexes of beginnings, and where these do not tell enough that of three-letter parts. Row security forbids PostgreSQL to use the latter in a
query of a business (LIKE might tell of foreign rows before they are hidden), so the ids come from the function `customer_candidates`, which
looks at the transaction's business alone; what is shown is read of `customer` under row security as everything else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Text, cast, column, exists, func, literal, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.document import Customer
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.numbers import matchable
from huying.crm.customers.plates import tidy_plate
from huying.crm.customers.reading import read_by_id, read_by_number
from huying.crm.customers.search import SHORT, Match, beginnings, closeness, ending_patterns, matches, near_patterns, patterns, words_typed
from huying.crm.tagging.model import CustomerTagRow, TagRow

MOST_FOUND = 500
"""So many are looked at when somebody types; who wants others types more."""
MOST_FILTERED = 20_000
"""The same when class, tag or company narrow it down afterwards."""
MOST_COUNTED = 10_000

CANDIDATES = text(
    "SELECT customer_id, stage FROM customer_candidates(CAST(:near AS jsonb), CAST(:words AS jsonb), CAST(:beginnings AS text[]), :most)"
)
"""`words`: LIKE patterns that all must be met, each with its alternatives, and `near` stricter ones that come before; `beginnings`: of
name, pinyin or initials. Stages: 0 whole keys, 1 their beginnings, 2 near, 3 any part."""
_MET = (
    text("""
        SELECT customer_id, min(stage) AS stage FROM (
            SELECT customer_id, 0 AS stage FROM customer_candidates('[]', CAST(:endings AS jsonb), '{}', :most)
            UNION ALL SELECT customer_id, 1 + stage
            FROM customer_candidates(CAST(:near AS jsonb), CAST(:words AS jsonb), CAST(:beginnings AS text[]), :most)) AS every
        GROUP BY customer_id
    """)
    .columns(column("customer_id", CustomerRow.id.type), column("stage", Integer()))
    .subquery("met")
)
_IS = text("""
    SELECT customer_id::text AS id FROM customer_number WHERE number = CAST(:number AS text) AND number <> ''
    UNION SELECT customer_id::text FROM asset WHERE plate = CAST(:plate AS text) AND plate <> ''
    UNION SELECT customer_id::text FROM asset WHERE serial IN (CAST(:typed AS text), upper(:typed)) AND serial <> ''
    UNION SELECT customer_id::text FROM asset WHERE vin = upper(CAST(:typed AS text)) AND vin <> ''
    UNION SELECT id::text FROM customer WHERE code IN (CAST(:typed AS text), upper(:typed)) AND code <> ''
    LIMIT :most
""")


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
    statement = select(CustomerRow.id).where(*conditions).order_by(CustomerRow.name, CustomerRow.id).limit(limit).offset(offset)
    read = await read_by_id(session, list(await session.scalars(statement)), now)
    return Page([Found(one.customer) for one in read], min(total, MOST_COUNTED), total > MOST_COUNTED)


async def _typed(session: AsyncSession, wanted: Wanted, limit: int, offset: int, now: datetime) -> Page:
    words = words_typed(wanted.typed)
    if not words:
        return Page([], 0)
    most = MOST_FILTERED if wanted.narrowed else MOST_FOUND
    exactly = await _who_is(session, wanted.typed.strip())
    stage: ColumnElement[int] = literal(0) if exactly else _MET.c.stage
    rows = select(CustomerRow.id, stage.label("stage"), func.count().over().label("total"))
    rows = rows.where(CustomerRow.id.in_(exactly)) if exactly else rows.join(_MET, _MET.c.customer_id == CustomerRow.id)
    rows = rows.where(*_conditions(wanted)).order_by("stage", func.length(CustomerRow.name), CustomerRow.name, CustomerRow.id)
    stages_of = {"near": near_patterns(words), "words": patterns(words), "endings": ending_patterns(words)}
    told = {name: json.dumps(found) for name, found in stages_of.items()} | {"beginnings": beginnings(wanted.typed), "most": most + 1}
    found = (await session.execute(rows.limit(limit).offset(offset), {} if exactly else told)).all()
    total = found[0].total if found else 0
    read = await read_by_id(session, [row.id for row in found], now)
    stages = {row.id: row.stage for row in found}
    read.sort(key=lambda one: (stages[one.customer.id], closeness(one.found_by, words)))
    items = [Found(one.customer, tuple(matches(one.found_by, words))) for one in read]
    return Page(items, min(total, most), total > most)


async def _who_is(session: AsyncSession, typed: str) -> list[str]:
    """The ids of the customers whose number, plate, serial, VIN or code this is as a whole."""
    plate = tidy_plate(typed)
    told = {"number": matchable(typed), "plate": plate, "typed": typed, "most": MOST_FOUND}
    return list(await session.scalars(_IS, told)) if len(plate) > SHORT else []


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


async def customers_with_number(session: AsyncSession, number: str, now: datetime | None = None, most: int = 20) -> list[Customer]:
    """Who has this number, as the trunk delivered it or as it was typed; those whose main number it is first."""
    wanted = matchable(number)
    return await read_by_number(session, wanted, now, most) if wanted else []


async def rows_of(session: AsyncSession, customer_ids: Collection[str]) -> Sequence[CustomerRow]:
    """The rows of these customers."""
    return list(await session.scalars(select(CustomerRow).where(CustomerRow.id.in_(customer_ids))))


async def chosen_after(session: AsyncSession, wanted: Wanted, after: tuple[str, str] | None, limit: int, now: datetime) -> list[Customer]:
    """Of all whom class, tag and company choose (not what was typed), the next by name after (name, id): for passing through many."""
    row = CustomerRow
    statement = select(row).where(*_conditions(wanted)).order_by(row.name, row.id).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(row.name, row.id) > tuple_(after[0], cast(after[1], row.id.type)))
    read = await read_by_id(session, [one.id for one in await session.scalars(statement)], now)
    return [one.customer for one in read]
