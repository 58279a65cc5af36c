"""Warnings of customers and hints for numbers. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.document import Hint, WarningFields
from huying.crm.customers.numbers import to_e164
from huying.crm.hints.model import LEVELS, CustomerWarningRow, NumberHintRow
from huying.foundation.errors import InvalidInput, NotFound

MOST_TEXT = 1000
MOST_WARNINGS = 20


async def hints_of_customers(session: AsyncSession, customer_ids: Collection[str], now: datetime) -> list[tuple[str, Hint]]:
    """The warnings of customers, the newest first, also those that have ended."""
    row = CustomerWarningRow
    rows = await session.scalars(select(row).where(row.customer_id.in_(customer_ids)).order_by(row.at.desc(), row.id.desc()))
    return [(one.customer_id, as_hint(one, now)) for one in rows]


async def hints_for_number(session: AsyncSession, number: str, now: datetime) -> list[Hint]:
    """What holds now for a number in E.164, the newest first."""
    row = NumberHintRow
    rows = await session.scalars(select(row).where(row.number == number).order_by(row.at.desc(), row.id.desc()))
    return [hint for hint in (as_hint(one, now) for one in rows) if hint.active]


async def list_number_hints(session: AsyncSession, number: str, limit: int, offset: int) -> tuple[list[NumberHintRow], int]:
    """Hints for numbers, of one number (as typed) or of all, the newest first, and how many there are."""
    row = NumberHintRow
    conditions = [row.number == to_e164(number)] if number else []
    total = await session.scalar(select(func.count()).select_from(row).where(*conditions)) or 0
    statement = select(row).where(*conditions).order_by(row.at.desc(), row.id.desc()).limit(limit).offset(offset)
    return list(await session.scalars(statement)), total


async def add_number_hint(
    session: AsyncSession, business_id: str, number: str, given: WarningFields, person_id: str | None, now: datetime
) -> NumberHintRow:
    """A new hint. Raises InvalidNumber, InvalidInput."""
    text, level = _checked(given, "info")
    row = NumberHintRow(business_id=business_id, number=to_e164(number), text=text, level=level)
    row.until, row.at, row.person_id = given.get("until"), now, person_id
    session.add(row)
    await session.flush()
    return row


async def remove_number_hint(session: AsyncSession, hint_id: str) -> None:
    """Take a hint away. Raises NotFound."""
    row = await session.get(NumberHintRow, hint_id)
    if row is None:
        raise NotFound("There is no such hint.")
    await session.delete(row)
    await session.flush()


async def replace_warnings(
    session: AsyncSession, business_id: str, given: Mapping[str, Sequence[WarningFields]], person_id: str | None, now: datetime
) -> None:
    """Bring customers' warnings to these lists (by customer); those with a known id are changed, others are new. Raises InvalidInput."""
    if not given:
        return
    rows = await session.scalars(select(CustomerWarningRow).where(CustomerWarningRow.customer_id.in_(given)))
    known = {(row.customer_id, row.id): row for row in rows}
    for customer_id, wanted in given.items():
        if len(wanted) > MOST_WARNINGS:
            raise InvalidInput(f"A customer has at most {MOST_WARNINGS} warnings.", field="warnings")
        for one in wanted:
            text, level = _checked(one, "warning")
            row = known.pop((customer_id, one.get("id") or ""), None)
            if row is None:
                row = CustomerWarningRow(business_id=business_id, customer_id=customer_id, at=now, person_id=person_id)
                session.add(row)
            row.text, row.level, row.until = text, level, one.get("until")
    for row in known.values():
        await session.delete(row)
    await session.flush()


def as_hint(row: CustomerWarningRow | NumberHintRow, now: datetime) -> Hint:
    """A row as a value."""
    return Hint(row.id, row.text, row.level, row.until, row.at, row.person_id, row.until is None or row.until > now)


def _checked(given: WarningFields, usual: str) -> tuple[str, str]:
    text, level = str(given.get("text", "")).strip(), given.get("level") or usual
    if not text or len(text) > MOST_TEXT:
        raise InvalidInput(f"Say what is to be minded, in at most {MOST_TEXT} letters.", field="text")
    if level not in LEVELS:
        raise InvalidInput(f"The level is one of {', '.join(LEVELS)}.", field="level")
    return text, level
