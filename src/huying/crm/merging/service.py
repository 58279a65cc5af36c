"""Merges customers into one, and takes that back. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.writing import refresh_search
from huying.crm.merging.events import CustomersMerged, CustomersParted
from huying.crm.merging.joining import CHOSEN, join
from huying.crm.merging.model import CustomerMergeRow
from huying.crm.merging.parting import Row, part
from huying.crm.merging.rows import person_of, read_person, told, write_parts, write_scalars
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id

MOST_MERGED = 10


class CannotPart(Conflict):
    """The customer was changed since in what came from the others, so nobody can say what is whose: change that back first."""

    code = "cannot-part"


class MergedOn(Conflict):
    """There was a later merge with this customer: take that one back first."""

    code = "merged-on"


class AlreadyParted(Conflict):
    """This merge was taken back already."""

    code = "already-undone"


async def merge_customers(
    session: AsyncSession, business_id: str, into: str, from_ids: Sequence[str], values: Mapping[str, str], person_id: str, now: datetime
) -> CustomerMergeRow:
    """Make one customer of several; gives what is needed to take it back. `values`: part (name, code, class, company, language, note,
    fields.CODE) -> the id of the customer whose value is kept. Raises NotFound, InvalidInput."""
    others = [one for one in dict.fromkeys(from_ids) if one != into]
    if not others or len(others) > MOST_MERGED:
        raise InvalidInput(f"Choose between 1 and {MOST_MERGED} other customers.", field="from")
    if any(part not in CHOSEN and not part.startswith("fields.") for part in values) or not set(values.values()) <= {into, *others}:
        raise InvalidInput(f"Choose the values of {', '.join(CHOSEN)} or fields.CODE, of the customers that are merged.", field="values")
    await _lock(session, [into, *others])
    people = {one: await read_person(session, one) for one in (into, *others)}
    scalars, parts = join(into, people, values)
    await write_parts(session, [into, *others], {into: parts})
    await write_scalars(session, into, scalars | {"updated_at": now})
    gone = [*others, *(inner for other in others for inner in people[other].merged)]
    await session.execute(update(CustomerRow).where(CustomerRow.id.in_(gone)).values(merged_into=into))
    await session.flush()
    session.expunge_all()  # rows were changed below the session
    await refresh_search(session, [into, *others])
    row = CustomerMergeRow(id=new_id(), business_id=business_id, into_id=into, from_ids=others, at=now, person_id=person_id)
    row.before, row.after = {key: told(one) for key, one in people.items()}, told(await read_person(session, into))
    session.add(row)
    await journal_act(session, business_id, CustomersMerged(person_id, row.id, into, tuple(others)), now)
    await session.flush()
    return row


async def undo_merge(session: AsyncSession, merge_id: str, person_id: str, now: datetime) -> CustomerMergeRow:
    """Take a merge back: all are again as they were; what was added to the survivor since stays with him.
    Raises NotFound, AlreadyParted, MergedOn, CannotPart (`parts`: what was changed)."""
    row = await session.get(CustomerMergeRow, merge_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such merge.")
    if row.undone_at is not None:
        raise AlreadyParted
    await _refuse_merged_on(session, row)
    into, from_ids = row.into_id, list(row.from_ids)
    await _lock(session, [into])
    before = {key: person_of(kept) for key, kept in row.before.items()}
    parted = part(before[into], [before[one] for one in from_ids], person_of(row.after), await read_person(session, into))
    if parted.clashes:
        raise CannotPart(parts=parted.clashes)
    whose: dict[str, Mapping[str, Sequence[Row]]] = {into: parted.parts, **{one: before[one].parts for one in from_ids}}
    await write_parts(session, list(whose), whose)
    await write_scalars(session, into, parted.scalars | {"updated_at": now})
    for one in from_ids:
        await write_scalars(session, one, before[one].scalars)
        await session.execute(update(CustomerRow).where(CustomerRow.id.in_(before[one].merged)).values(merged_into=one))
    await session.flush()
    session.expunge_all()  # rows were changed below the session
    await refresh_search(session, [into, *from_ids])
    found = await session.get_one(CustomerMergeRow, merge_id)
    found.undone_at, found.undone_by = now, person_id
    await journal_act(session, found.business_id, CustomersParted(person_id, merge_id), now)
    await session.flush()
    return found


async def merges_of(session: AsyncSession, customer_id: str) -> list[CustomerMergeRow]:
    """The merges into a customer, the latest first."""
    row = CustomerMergeRow
    return list(await session.scalars(select(row).where(row.into_id == customer_id).order_by(row.at.desc(), row.id.desc())))


async def _refuse_merged_on(session: AsyncSession, row: CustomerMergeRow) -> None:
    merge = CustomerMergeRow
    later = select(merge.id).where(merge.into_id == row.into_id, merge.undone_at.is_(None), merge.id > row.id).order_by(merge.id.desc())
    found = await session.scalar(later.limit(1))
    survivor = await session.get(CustomerRow, row.into_id)
    if found is None and survivor is not None and survivor.merged_into is not None:
        found = await session.scalar(select(merge.id).where(merge.into_id == survivor.merged_into, merge.undone_at.is_(None)).limit(1))
        raise MergedOn(merge_id=found or "", customer_id=survivor.merged_into)
    if found is not None:
        raise MergedOn(merge_id=found)


async def _lock(session: AsyncSession, ids: Sequence[str]) -> None:
    """Nobody else changes these customers until the end. Raises NotFound when one is not there, or was merged."""
    wanted = select(CustomerRow.id).where(CustomerRow.id.in_(ids), CustomerRow.merged_into.is_(None)).order_by(CustomerRow.id)
    if len(list(await session.scalars(wanted.with_for_update()))) != len(ids):
        raise NotFound("One of these customers is not there any more, or was merged already.")
