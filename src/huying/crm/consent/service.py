"""What customers agreed to, and who is not to be called. Whoever dials asks `refusal` first. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.consent.model import CustomerConsentRow, DoNotCallRow
from huying.crm.customers.document import ConsentFields, DoNotCall
from huying.crm.customers.model import CustomerNumberRow
from huying.crm.customers.numbers import matchable
from huying.foundation.errors import InvalidInput

MOST_KINDS = 30


async def do_not_call_of(
    session: AsyncSession, customer_ids: Collection[str], numbers: Collection[str], now: datetime
) -> tuple[dict[str, DoNotCall], dict[str, DoNotCall]]:
    """What holds now: by customer, and by number."""
    row = DoNotCallRow
    holding = or_(row.until.is_(None), row.until > now)
    statement = select(row).where(or_(row.customer_id.in_(customer_ids), row.number.in_(numbers)), holding)
    found = list(await session.scalars(statement))
    return (
        {one.customer_id: _refusal(one) for one in found if one.customer_id},
        {one.number: _refusal(one) for one in found if one.number},
    )


async def refusal(session: AsyncSession, number: str, now: datetime) -> DoNotCall | None:
    """Why this number (as typed, or in E.164) is not to be called: it itself, or every customer who has it. None when it may be."""
    wanted = matchable(number) or number
    owners = set(await session.scalars(select(CustomerNumberRow.customer_id).where(CustomerNumberRow.number == wanted)))
    customers, numbers = await do_not_call_of(session, owners, [wanted], now)
    if wanted in numbers:
        return numbers[wanted]
    return next(iter(customers.values())) if owners and owners == set(customers) else None


async def refuse_all(
    session: AsyncSession,
    business_id: str,
    given: Mapping[tuple[str, str], DoNotCall | None],
    person_id: str | None,
    now: datetime,
) -> None:
    """Say of each (customer, "") or ("", number in E.164) that it is not to be called; None: may be again. The same again keeps its
    author and time."""
    if not given:
        return
    row = DoNotCallRow
    ids, numbers = {one for one, _ in given if one}, {number for one, number in given if not one}
    known: dict[tuple[str, str], DoNotCallRow] = {}
    for one in await session.scalars(select(row).where(or_(row.customer_id.in_(ids), row.number.in_(numbers)))):
        known[(one.customer_id, "") if one.customer_id else ("", one.number)] = one
    for whose, wanted in given.items():
        held = known.get(whose)
        if wanted is None:
            if held is not None:
                await session.delete(held)
            continue
        reason = wanted.reason.strip()
        if held is None:
            held = row(business_id=business_id, customer_id=whose[0] or None, number=whose[1])
            session.add(held)
        elif (held.reason, held.until) == (reason, wanted.until):
            continue
        held.reason, held.until, held.at, held.person_id = reason, wanted.until, now, person_id
    await session.flush()


async def state_consents(
    session: AsyncSession, business_id: str, customer_id: str, given: Sequence[ConsentFields], person_id: str | None, now: datetime
) -> None:
    """Keep what a customer said, as far as it is not what holds already. Raises InvalidInput."""
    held = await _held(session, customer_id)
    for one in given:
        kind = str(one.get("kind", "")).strip().lower()
        if not kind or len(kind) > 40:
            raise InvalidInput("A consent needs a kind of at most 40 letters: calls, sms, email, recording, data.", field="consents")
        if kind not in held and len(held) >= MOST_KINDS:
            raise InvalidInput(f"A customer has at most {MOST_KINDS} kinds of consent.", field="consents")
        source, at = str(one.get("source", "")).strip(), one.get("at") or now
        if at > now:
            raise InvalidInput("A consent cannot be of the future.", field="consents")
        if held.get(kind) == bool(one.get("given")):
            continue
        held[kind] = bool(one.get("given"))
        session.add(
            CustomerConsentRow(
                business_id=business_id, customer_id=customer_id, kind=kind, given=held[kind], at=at, source=source, person_id=person_id
            )
        )
    await session.flush()


async def _held(session: AsyncSession, customer_id: str) -> dict[str, bool]:
    row = CustomerConsentRow
    said = await session.scalars(select(row).where(row.customer_id == customer_id).order_by(row.at, row.id))
    return {one.kind: one.given for one in said}


def _refusal(row: DoNotCallRow) -> DoNotCall:
    return DoNotCall(row.reason, row.until, row.at, row.person_id)
