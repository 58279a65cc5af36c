"""The address book's entries: who sees which, who may change them, finding, making, changing. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.book.model import COMPANY, OWN, TEAM, AddressEntryRow
from huying.channels.book.numbers import dialable
from huying.crm.customers.numbers import digits_of
from huying.crm.customers.search import like_pattern, search_text
from huying.foundation.errors import Forbidden, InvalidInput, NotFound
from huying.foundation.http import Caller
from huying.routing.model import GroupMemberRow, WorkGroupRow

CHANGES_COMPANY = "settings.manage"
CHANGES_TEAM = "agents.steer"


@dataclass(frozen=True, slots=True)
class EntryData:
    """An entry as people write it."""

    scope: str
    name: str
    number: str
    organisation: str = ""
    other_number: str = ""
    note: str = ""
    group_id: str | None = None


def must_change(caller: Caller, scope: str, person_id: str | None = None) -> None:
    """Raise Forbidden (NotFound for somebody else's own) unless the caller may change entries of this scope."""
    if scope == OWN:
        if person_id not in (None, caller.person_id):
            raise NotFound("There is no such entry.")
        return
    if not caller.may(CHANGES_COMPANY if scope == COMPANY else CHANGES_TEAM):
        who = "administrators" if scope == COMPANY else "leads"
        raise Forbidden(f"These entries are kept by {who}: make one of your own.")


async def groups_of(session: AsyncSession, person_id: str) -> frozenset[str]:
    """The groups the person is in."""
    return frozenset(await session.scalars(select(GroupMemberRow.group_id).where(GroupMemberRow.person_id == person_id)))


async def list_entries(
    session: AsyncSession, caller: Caller, *, search: str, scope: str, limit: int, offset: int
) -> tuple[list[AddressEntryRow], int]:
    """One page of what the caller sees, by name, and how many there are. Every word typed must be found in name, firm or number."""
    wanted = [await _seen(session, caller), *(_matches(word) for word in search.split()[:8])]
    if scope:
        wanted.append(AddressEntryRow.scope == scope)
    total = await session.scalar(select(func.count()).select_from(AddressEntryRow).where(*wanted)) or 0
    found = select(AddressEntryRow).where(*wanted).order_by(AddressEntryRow.name, AddressEntryRow.id).limit(limit).offset(offset)
    return list(await session.scalars(found)), total


async def find_entry(session: AsyncSession, caller: Caller, entry_id: str) -> AddressEntryRow:
    """One entry that the caller sees. Raises NotFound."""
    row = await session.scalar(select(AddressEntryRow).where(AddressEntryRow.id == entry_id, await _seen(session, caller)))
    if row is None:
        raise NotFound("There is no such entry.")
    return row


async def add_entry(session: AsyncSession, business_id: str, person_id: str, data: EntryData) -> AddressEntryRow:
    """A new entry. Raises InvalidInput, NotFound."""
    row = AddressEntryRow(business_id=business_id, scope=data.scope, person_id=person_id if data.scope == OWN else None)
    await fill(session, row, data)
    session.add(row)
    await session.flush()
    return row


async def fill(session: AsyncSession, row: AddressEntryRow, data: EntryData) -> None:
    """Give the entry these values; its scope stays. Raises InvalidInput, NotFound."""
    if row.scope == TEAM and (data.group_id is None or await session.get(WorkGroupRow, data.group_id) is None):
        raise NotFound("There is no such group.")
    if not data.name.strip():
        raise InvalidInput("An entry needs a name.", field="name")
    row.group_id = data.group_id if row.scope == TEAM else None
    row.name, row.organisation, row.note = data.name.strip(), data.organisation.strip(), data.note.strip()
    row.number = dialable(data.number)
    row.other_number = dialable(data.other_number) if data.other_number.strip() else ""
    row.search = search_text(row.name, row.organisation)
    await session.flush()


async def company_entries(session: AsyncSession) -> list[AddressEntryRow]:
    """The whole company book, by name."""
    return list(await session.scalars(select(AddressEntryRow).where(AddressEntryRow.scope == COMPANY).order_by(AddressEntryRow.name)))


def same_entries(rows: Iterable[AddressEntryRow]) -> dict[tuple[str, str], AddressEntryRow]:
    """Entries by what makes two the same: name and number."""
    return {(row.name.casefold(), row.number): row for row in rows}


async def _seen(session: AsyncSession, caller: Caller) -> ColumnElement[bool]:
    row = AddressEntryRow
    if caller.may(CHANGES_TEAM):
        return or_(row.scope.in_((COMPANY, TEAM)), row.person_id == caller.person_id)
    mine: Collection[str] = await groups_of(session, caller.person_id)
    return or_(row.scope == COMPANY, and_(row.scope == TEAM, row.group_id.in_(mine)), row.person_id == caller.person_id)


def _matches(word: str) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [AddressEntryRow.search.like(like_pattern(word))]
    digits = digits_of(word).lstrip("0")
    if len(digits) >= 2 and len(digits_of(word)) >= len(word) - 4:
        found += [AddressEntryRow.number.like(f"%{digits}%"), AddressEntryRow.other_number.like(f"%{digits}%")]
    return or_(*found)
