"""What one can do with companies. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.companies.model import CompanyAddressRow, CompanyNumberRow, CompanyRow
from huying.crm.customers.document import Address, Number
from huying.crm.customers.lists import replace_lists
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.numbers import digits_of, matchable
from huying.crm.customers.reading import address_of
from huying.crm.customers.search import like_pattern, search_text
from huying.crm.customers.writing import checked_addresses, checked_numbers, refresh_search
from huying.crm.fields.service import definitions, fill_fields
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id


class CompanyTaken(Conflict):
    """There is a company of this name already: open that one."""

    code = "company-taken"


@dataclass(frozen=True, slots=True)
class Company:
    """A company with its parts. `customers`: how many customers belong to it."""

    id: str
    name: str
    code: str
    note: str
    numbers: tuple[Number, ...]
    addresses: tuple[Address, ...]
    fields: Mapping[str, Any]
    customers: int
    created_at: datetime
    updated_at: datetime


class CompanyParts(TypedDict, total=False):
    """Parts that may be given; absent ones stay. Lists replace the whole list; of `fields` only the given codes change."""

    name: str
    code: str
    note: str
    numbers: list[Number]
    addresses: list[Address]
    fields: dict[str, Any]


async def list_companies(session: AsyncSession, typed: str, limit: int, offset: int) -> tuple[list[Company], int]:
    """One page by name, and how many there are; typing finds name, pinyin, initials, code and numbers."""
    conditions = []
    for word in typed.split()[:8]:
        found = [CompanyRow.search.like(like_pattern(word)), func.lower(CompanyRow.code).like(like_pattern(word))]
        if len(digits_of(word)) >= 3:
            number = CompanyNumberRow.number.like(f"%{digits_of(word).lstrip('0')}%")
            found.append(CompanyRow.id.in_(select(CompanyNumberRow.company_id).where(number)))
        conditions.append(or_(*found))
    total = await session.scalar(select(func.count()).select_from(CompanyRow).where(*conditions)) or 0
    statement = select(CompanyRow).where(*conditions).order_by(CompanyRow.name, CompanyRow.id).limit(limit).offset(offset)
    return await _documents(session, list(await session.scalars(statement))), total


async def get_company(session: AsyncSession, company_id: str) -> Company:
    """One company. Raises NotFound."""
    return (await _documents(session, [await _row(session, company_id)]))[0]


async def add_company(session: AsyncSession, business_id: str, given: CompanyParts, now: datetime) -> Company:
    """A new company. Raises InvalidInput, CompanyTaken, FieldsWrong."""
    row = CompanyRow(id=new_id(), business_id=business_id, name="", code="", note="", fields={}, search="", created_at=now)
    await _fill(session, row, given, now, new=True)
    session.add(row)
    await session.flush()
    await _replace_parts(session, row, given)
    return await get_company(session, row.id)


async def change_company(session: AsyncSession, company_id: str, given: CompanyParts, now: datetime) -> Company:
    """Change what is given. Raises NotFound, InvalidInput, CompanyTaken, FieldsWrong."""
    row = await _row(session, company_id)
    renamed = given.get("name", row.name).strip() != row.name
    await _fill(session, row, given, now)
    await _replace_parts(session, row, given)
    if renamed:
        await refresh_search(session, list(await session.scalars(select(CustomerRow.id).where(CustomerRow.company_id == company_id))))
    return await get_company(session, company_id)


async def companies_with_number(session: AsyncSession, number: str) -> list[Company]:
    """Which companies have this number, as the trunk delivered it or as it was typed."""
    wanted = matchable(number)
    if not wanted:
        return []
    ids = select(CompanyNumberRow.company_id).where(CompanyNumberRow.number == wanted)
    rows = await session.scalars(select(CompanyRow).where(CompanyRow.id.in_(ids)).order_by(CompanyRow.name).limit(20))
    return await _documents(session, list(rows))


async def company_ids(session: AsyncSession, business_id: str, names: Collection[str], now: datetime) -> dict[str, str]:
    """The ids of companies by name; those that are not there are made."""
    wanted = {name: " ".join(name.split())[:200] for name in names if name.strip()}
    if not wanted:
        return {}
    known = await _by_name(session, wanted.values())
    for name in dict.fromkeys(wanted.values()):
        if name not in known:
            row = CompanyRow(id=new_id(), business_id=business_id, name=name, search=search_text(name), created_at=now, updated_at=now)
            session.add(row)
            known[name] = row.id
    await session.flush()
    return {name: known[tidy] for name, tidy in wanted.items()}


async def _by_name(session: AsyncSession, names: Collection[str]) -> dict[str, str]:
    rows = await session.execute(select(CompanyRow.name, CompanyRow.id).where(CompanyRow.name.in_(set(names))))
    return dict(rows.all())


async def _fill(session: AsyncSession, row: CompanyRow, given: CompanyParts, now: datetime, *, new: bool = False) -> None:
    if "name" in given or new:
        name = " ".join(given.get("name", "").split())
        if not name or len(name) > 200:
            raise InvalidInput("A company needs a name of at most 200 letters.", field="name")
        with session.no_autoflush:
            other = (await _by_name(session, [name])).get(name)
        if other is not None and other != row.id:
            raise CompanyTaken(company_id=other, name=name)
        row.name, row.search = name, search_text(name)
    row.code = given.get("code", row.code).strip()
    row.note = given.get("note", row.note).strip()
    if "fields" in given or new:
        with session.no_autoflush:
            row.fields = fill_fields(row.fields, given.get("fields", {}), await definitions(session, "company"))
    row.updated_at = now


async def _replace_parts(session: AsyncSession, row: CompanyRow, given: CompanyParts) -> None:
    if "numbers" in given:
        numbers = {row.id: checked_numbers(given["numbers"])}
        await replace_lists(session, CompanyNumberRow, "company_id", row.business_id, numbers)
    if "addresses" in given:
        addresses = {row.id: checked_addresses(given["addresses"])}
        await replace_lists(session, CompanyAddressRow, "company_id", row.business_id, addresses)
    await session.flush()


async def _documents(session: AsyncSession, rows: Sequence[CompanyRow]) -> list[Company]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    numbers: dict[str, list[Number]] = {}
    held = select(CompanyNumberRow).where(CompanyNumberRow.company_id.in_(ids))
    for number in await session.scalars(held.order_by(CompanyNumberRow.main.desc(), CompanyNumberRow.position)):
        numbers.setdefault(number.company_id, []).append(Number(number.number, number.label, number.main))
    addresses: dict[str, list[Address]] = {}
    places = select(CompanyAddressRow).where(CompanyAddressRow.company_id.in_(ids)).order_by(CompanyAddressRow.position)
    for place in await session.scalars(places):
        addresses.setdefault(place.company_id, []).append(address_of(place))
    belong = select(CustomerRow.company_id, func.count()).where(CustomerRow.company_id.in_(ids), CustomerRow.merged_into.is_(None))
    counts = dict((await session.execute(belong.group_by(CustomerRow.company_id))).all())
    return [
        Company(
            row.id,
            row.name,
            row.code,
            row.note,
            tuple(numbers.get(row.id, ())),
            tuple(addresses.get(row.id, ())),
            dict(row.fields),
            counts.get(row.id, 0),
            row.created_at,
            row.updated_at,
        )
        for row in rows
    ]


async def _row(session: AsyncSession, company_id: str) -> CompanyRow:
    row = await session.get(CompanyRow, company_id)
    if row is None:
        raise NotFound("There is no such company.")
    return row
