"""Warnings of customers and hints for numbers. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.document import Hint, WarningFields
from huying.crm.customers.numbers import digits_of, to_e164
from huying.crm.customers.search import like_pattern
from huying.crm.hints.model import LEVELS, CustomerWarningRow, NumberHintRow
from huying.foundation.errors import InvalidInput, NotFound

MOST_TEXT = 1000
MOST_WARNINGS = 20
BROUGHT_BACK = timedelta(days=30)
_THERE = NumberHintRow.removed_at.is_(None)


async def hints_for_number(session: AsyncSession, number: str, now: datetime) -> list[Hint]:
    """What holds now for a number in E.164, the newest first."""
    row = NumberHintRow
    rows = await session.scalars(select(row).where(row.number == number, _THERE).order_by(row.at.desc(), row.id.desc()))
    return [hint for hint in (as_hint(one, now) for one in rows) if hint.active]


async def list_number_hints(
    session: AsyncSession, number: str, limit: int, offset: int, typed: str = "", holding_at: datetime | None = None
) -> tuple[list[NumberHintRow], int]:
    """Hints for numbers, the newest first, and how many there are: of one number (as people write it) or all, with `typed` in the text or
    among the digits, and those alone that hold at a time."""
    row = NumberHintRow
    conditions: list[ColumnElement[bool]] = [_THERE]
    if number:
        conditions.append(row.number == to_e164(number))
    if typed.strip():
        digits = digits_of(typed).lstrip("0")
        within = row.text.ilike(like_pattern(typed))
        conditions.append(or_(within, row.number.contains(digits)) if digits else within)
    if holding_at is not None:
        conditions.append(or_(row.until.is_(None), row.until > holding_at))
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


async def change_number_hint(session: AsyncSession, hint_id: str, number: str | None, given: WarningFields) -> NumberHintRow:
    """Change what is given. Raises NotFound, InvalidNumber, InvalidInput."""
    row = await _number_hint(session, hint_id)
    row.number = row.number if number is None else to_e164(number)
    row.text, row.level = _checked({"text": row.text, "level": row.level, **given}, row.level)
    row.until = given.get("until", row.until)
    await session.flush()
    return row


async def remove_number_hint(session: AsyncSession, hint_id: str, now: datetime) -> None:
    """Take a hint away, so that it can be brought back for some days; those of long ago go for good. Raises NotFound."""
    row = NumberHintRow
    await session.execute(delete(row).where(row.removed_at < now - BROUGHT_BACK))
    (await _number_hint(session, hint_id)).removed_at = now
    await session.flush()


async def bring_back_number_hint(session: AsyncSession, hint_id: str) -> NumberHintRow:
    """A hint that was taken away is there again. Raises NotFound."""
    row = await session.get(NumberHintRow, hint_id)
    if row is None:
        raise NotFound("There is no such hint any more.")
    row.removed_at = None
    await session.flush()
    return row


async def _number_hint(session: AsyncSession, hint_id: str) -> NumberHintRow:
    row = await session.get(NumberHintRow, hint_id)
    if row is None or row.removed_at is not None:
        raise NotFound("There is no such hint.")
    return row


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
