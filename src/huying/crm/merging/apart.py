"""Customers whom somebody said to be different: they are not suggested again until one of them is merged or gone. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.crm.customers.model import CustomerRow
from huying.crm.merging.events import CustomersToldAlike, CustomersToldApart
from huying.crm.merging.model import CustomerApartRow, CustomerMergeRow
from huying.foundation.errors import InvalidInput, NotFound

MOST_APART = 20

Apart = Mapping[str, Collection[str]]
"""By customer: who is not the same."""


async def tell_apart(session: AsyncSession, business_id: str, ids: Sequence[str], person_id: str, now: datetime) -> None:
    """Each of these customers is another one than each of the others; to say it again does no harm. Raises InvalidInput, NotFound."""
    wanted = _checked(ids)
    there = select(func.count()).where(CustomerRow.id.in_(wanted), CustomerRow.merged_into.is_(None))
    if await session.scalar(there) != len(wanted):
        raise NotFound("One of these customers is not there any more, or was merged already.")
    rows = [
        {"business_id": business_id, "one_id": one, "other_id": other, "at": now, "person_id": person_id}
        for one, other in combinations(wanted, 2)
    ]
    statement = insert(CustomerApartRow).values(rows)
    told = {name: statement.excluded[name] for name in ("at", "person_id")}
    await session.execute(statement.on_conflict_do_update(index_elements=["one_id", "other_id"], set_=told))
    await journal_act(session, business_id, CustomersToldApart(person_id, tuple(wanted)), now)


async def tell_alike(session: AsyncSession, business_id: str, ids: Sequence[str], person_id: str, now: datetime) -> None:
    """Take back that these customers are different. Raises InvalidInput, NotFound when nobody said it of any two of them."""
    wanted, row = _checked(ids), CustomerApartRow
    gone = await session.scalars(delete(row).where(row.one_id.in_(wanted), row.other_id.in_(wanted)).returning(row.one_id))
    if not gone.all():
        raise NotFound("Nobody said that these customers are different.")
    await journal_act(session, business_id, CustomersToldAlike(person_id, tuple(wanted)), now)


async def marks(session: AsyncSession, limit: int, offset: int) -> tuple[list[CustomerApartRow], int]:
    """The pairs that hold, the latest first, and how many there are."""
    row = CustomerApartRow
    total = await session.scalar(select(func.count()).select_from(row).where(_holds())) or 0
    wanted = select(row).where(_holds()).order_by(row.at.desc(), row.one_id, row.other_id).limit(limit).offset(offset)
    return list(await session.scalars(wanted)), total


async def all_apart(session: AsyncSession) -> dict[str, set[str]]:
    """Everybody of whom it was said, with those who are not the same."""
    return await _apart(session, select(CustomerApartRow.one_id, CustomerApartRow.other_id).where(_holds()))


async def apart_from(session: AsyncSession, customer_id: str) -> set[str]:
    """Who is not the same as this customer."""
    row = CustomerApartRow
    wanted = select(row.one_id, row.other_id).where(_holds(), or_(row.one_id == customer_id, row.other_id == customer_id))
    return (await _apart(session, wanted)).get(customer_id, set())


def likely_groups(ids: Iterable[str], apart: Apart) -> list[set[str]]:
    """Those of these customers who may still be the same, together; who is another one than everybody else is in no group. Pure."""
    left, groups = set(ids), list[set[str]]()
    while left:
        edge = [left.pop()]
        group = set(edge)
        while edge:
            reached = left - set(apart.get(edge.pop(), ()))
            left -= reached
            group |= reached
            edge += reached
        if len(group) > 1:
            groups.append(group)
    return groups


def _holds() -> ColumnElement[bool]:
    """A merge of one of the two since, that was not taken back, lifts it: he is another customer now."""
    row, merge, customer = CustomerApartRow, CustomerMergeRow, CustomerRow
    lifted = [
        condition
        for one in (row.one_id, row.other_id)
        for condition in (
            exists().where(merge.into_id == one, merge.undone_at.is_(None), merge.at >= row.at),
            exists().where(customer.id == one, customer.merged_into.is_not(None)),
        )
    ]
    return ~or_(*lifted)


async def _apart(session: AsyncSession, wanted: Select[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in await session.execute(wanted):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _checked(ids: Sequence[str]) -> list[str]:
    wanted = sorted(set(ids))
    if not 2 <= len(wanted) <= MOST_APART:
        raise InvalidInput(f"Choose between 2 and {MOST_APART} customers.", field="ids")
    return wanted
