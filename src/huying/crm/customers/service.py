"""What one can do with customers: add, change, read, search, and find by the number they call from. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import AssetRow
from huying.crm.customers.model import CLASSES, CustomerNumberRow, CustomerRow
from huying.crm.customers.numbers import digits_of, matchable, to_e164
from huying.crm.customers.search import like_pattern, search_text
from huying.foundation.database import Database
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id


class NumberTaken(Conflict):
    """This number belongs to another customer already: open that one, or remove the number there first."""

    code = "number-taken"


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number in E.164 with a free label (home, work)."""

    number: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer with the numbers, the first of which is the main one."""

    id: str
    name: str
    customer_class: str
    company: str
    address: str
    email: str
    language: str
    note: str
    warning: str
    numbers: tuple[Number, ...]
    created_at: datetime
    updated_at: datetime


class CustomerFields(TypedDict, total=False):
    """Fields that may be given; absent ones stay as they are. Numbers as people write them."""

    name: str
    customer_class: str
    company: str
    address: str
    email: str
    language: str
    note: str
    warning: str
    numbers: list[Number]


_TEXTS = ("name", "customer_class", "company", "address", "email", "language", "note", "warning")


async def add_customer(session: AsyncSession, business_id: str, fields: CustomerFields, now: datetime) -> Customer:
    """A new customer. Raises InvalidInput, NumberTaken."""
    row = CustomerRow(id=new_id(), business_id=business_id, created_at=now, customer_class="normal", name="", search="")
    for name in ("company", "address", "email", "language", "note", "warning"):
        setattr(row, name, "")
    _fill(row, fields, now)
    if not row.name:
        raise InvalidInput("A customer needs a name.", field="name")
    session.add(row)
    await session.flush()
    await _replace_numbers(session, row, fields.get("numbers", []))
    return await get_customer(session, row.id)


async def change_customer(session: AsyncSession, customer_id: str, fields: CustomerFields, now: datetime) -> Customer:
    """Change the given fields; `numbers` replaces the whole list. Raises NotFound, InvalidInput, NumberTaken."""
    row = await _row(session, customer_id)
    _fill(row, fields, now)
    if not row.name:
        raise InvalidInput("A customer needs a name.", field="name")
    if "numbers" in fields:
        await _replace_numbers(session, row, fields["numbers"])
    await session.flush()
    return await get_customer(session, customer_id)


async def get_customer(session: AsyncSession, customer_id: str) -> Customer:
    """One customer. Raises NotFound."""
    row = await _row(session, customer_id)
    numbers = await _numbers(session, [row.id])
    return _customer(row, numbers)


async def find_by_number(session: AsyncSession, number: str) -> Customer | None:
    """The customer who has this number, as it was delivered by the trunk or typed."""
    wanted = matchable(number)
    if not wanted:
        return None
    customer_id = await session.scalar(select(CustomerNumberRow.customer_id).where(CustomerNumberRow.number == wanted))
    return await get_customer(session, customer_id) if customer_id else None


_CALLER = (
    select(CustomerRow.id, CustomerRow.language)
    .join(CustomerNumberRow, CustomerNumberRow.customer_id == CustomerRow.id)
    .where(
        CustomerNumberRow.business_id == bindparam("business_id"),
        CustomerRow.business_id == bindparam("business_id"),
        CustomerNumberRow.number == bindparam("number"),
    )
)


async def identify_caller(database: Database, business_id: str, number: str) -> tuple[str, str]:
    """Id and language of the business's customer who has this number; empty texts when there is none. One round trip: a caller waits."""
    wanted = matchable(number)
    rows = await database.system_statement(_CALLER, {"business_id": business_id, "number": wanted}) if wanted else []
    return (rows[0].id, rows[0].language) if rows else ("", "")


async def class_of(database: Database, business_id: str, customer_id: str) -> str:
    """The class of the business's customer; empty when there is none. One round trip: a caller waits. Raises Unavailable."""
    if not customer_id:
        return ""
    statement = select(CustomerRow.customer_class).where(CustomerRow.business_id == business_id, CustomerRow.id == customer_id)
    rows = await database.system_statement(statement)
    return str(rows[0].customer_class) if rows else ""


async def names_of(session: AsyncSession, customer_ids: Sequence[str]) -> dict[str, str]:
    """The names of customers by id; unknown ids are left out."""
    if not customer_ids:
        return {}
    rows = await session.execute(select(CustomerRow.id, CustomerRow.name).where(CustomerRow.id.in_(customer_ids)))
    return dict(rows.all())


async def search_customers(session: AsyncSession, typed: str, limit: int, offset: int) -> tuple[list[Customer], int]:
    """One page of customers by name, and how many there are in all.

    Every word typed must be found in the name, company, pinyin, initials, a number or a serial number.
    """
    condition = [_matches(word) for word in typed.split()[:8]]
    total = await session.scalar(select(func.count()).select_from(CustomerRow).where(*condition)) or 0
    statement = select(CustomerRow).where(*condition).order_by(CustomerRow.name, CustomerRow.id).limit(limit).offset(offset)
    rows = list(await session.scalars(statement))
    numbers = await _numbers(session, [row.id for row in rows])
    return [_customer(row, numbers) for row in rows], total


def _matches(word: str) -> ColumnElement[bool]:
    pattern = like_pattern(word)
    found: list[ColumnElement[bool]] = [
        CustomerRow.search.like(pattern),
        exists().where(AssetRow.customer_id == CustomerRow.id, func.lower(AssetRow.serial).like(pattern)),
    ]
    digits = digits_of(word).lstrip("0")
    if len(digits) >= 3 and len(digits_of(word)) >= len(word) - 4:
        found.append(exists().where(CustomerNumberRow.customer_id == CustomerRow.id, CustomerNumberRow.number.like(f"%{digits}%")))
    return or_(*found)


def _fill(row: CustomerRow, fields: CustomerFields, now: datetime) -> None:
    given: Mapping[str, object] = fields
    for name in _TEXTS:
        if name in given:
            setattr(row, name, str(given[name]).strip())
    if row.customer_class not in CLASSES:
        raise InvalidInput(f"The class is one of {', '.join(CLASSES)}.", field="class")
    row.search = search_text(row.name, row.company)
    row.updated_at = now


async def _replace_numbers(session: AsyncSession, row: CustomerRow, numbers: Sequence[Number]) -> None:
    wanted = {to_e164(item.number): item.label for item in numbers}
    taken = await session.scalar(
        select(CustomerNumberRow.number).where(CustomerNumberRow.number.in_(wanted), CustomerNumberRow.customer_id != row.id).limit(1)
    )
    if taken is not None:
        raise NumberTaken(number=taken)
    await session.execute(delete(CustomerNumberRow).where(CustomerNumberRow.customer_id == row.id))
    for position, (number, label) in enumerate(wanted.items()):
        session.add(
            CustomerNumberRow(business_id=row.business_id, number=number, customer_id=row.id, label=label.strip(), position=position)
        )
    await session.flush()


async def _row(session: AsyncSession, customer_id: str) -> CustomerRow:
    row = await session.get(CustomerRow, customer_id)
    if row is None:
        raise NotFound("There is no such customer.")
    return row


async def _numbers(session: AsyncSession, customer_ids: Sequence[str]) -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = {}
    if customer_ids:
        statement = select(CustomerNumberRow).where(CustomerNumberRow.customer_id.in_(customer_ids)).order_by(CustomerNumberRow.position)
        for row in await session.scalars(statement):
            found.setdefault(row.customer_id, []).append(Number(row.number, row.label))
    return found


def _customer(row: CustomerRow, numbers: Mapping[str, list[Number]]) -> Customer:
    return Customer(
        id=row.id,
        name=row.name,
        customer_class=row.customer_class,
        company=row.company,
        address=row.address,
        email=row.email,
        language=row.language,
        note=row.note,
        warning=row.warning,
        numbers=tuple(numbers.get(row.id, ())),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
