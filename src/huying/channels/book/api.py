"""Routes of the address book: entries of the company, of a team and one's own; import and export; who may see whose presence."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from huying.admin.changing import Change, changing
from huying.admin.guard import CallerOf, requires
from huying.channels.book.csv_list import RowProblem, read_list, write_list
from huying.channels.book.entries import EntryData, add_entry, company_entries, fill, find_entry, list_entries, must_change, same_entries
from huying.channels.book.model import COMPANY, OWN, AddressEntryRow, BookSettingsRow
from huying.channels.book.numbers import dialable
from huying.channels.book.views import (
    AddressEntryChange,
    AddressEntryPage,
    AddressEntryView,
    AddressListIn,
    AddressListResult,
    AddressRowProblem,
    BookSettings,
    NewAddressEntry,
    Scope,
    entry_view,
)
from huying.foundation.errors import Forbidden, HuyingError
from huying.foundation.http import Caller, GroundOf, IdPath

router = APIRouter(prefix="/api/address-book", tags=["address-book"])


@router.get("", dependencies=[requires("desk.use")])
async def read_entries(
    caller: CallerOf,
    ground: GroundOf,
    search: Annotated[str, Query(max_length=100)] = "",
    scope: Scope | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> AddressEntryPage:
    """Entries by name; `search` finds name, firm, pinyin, initials and number."""
    async with ground.database.business(caller.business_id) as session:
        rows, total = await list_entries(session, caller, search=search, scope=scope or "", limit=limit, offset=offset)
    return AddressEntryPage(items=[entry_view(row, may_change=_may_change(caller, row)) for row in rows], total=total)


@router.post("", status_code=201, dependencies=[requires("desk.use")])
async def make_entry(caller: CallerOf, ground: GroundOf, given: NewAddressEntry) -> AddressEntryView:
    """A new entry: everybody's own; of a team by a lead; of the company by an administrator."""
    must_change(caller, given.scope)
    data = EntryData(**given.model_dump())
    if given.scope == OWN:
        async with ground.database.business(caller.business_id) as session:
            return entry_view(await add_entry(session, caller.business_id, caller.person_id, data), may_change=True)
    async with changing(ground, caller, "address_entry") as change:
        row = await add_entry(change.session, caller.business_id, caller.person_id, data)
        change.note(row.id, "made")
        return entry_view(row, may_change=True)


@router.get("/settings", dependencies=[requires("desk.use")])
async def read_settings(caller: CallerOf, ground: GroundOf) -> BookSettings:
    """Whose presence agents see."""
    async with ground.database.business(caller.business_id) as session:
        return _settings(await session.get(BookSettingsRow, caller.business_id))


@router.put("/settings", dependencies=[requires("settings.manage")])
async def write_settings(caller: CallerOf, ground: GroundOf, given: BookSettings) -> BookSettings:
    """Say whose presence agents see; it holds at once."""
    async with changing(ground, caller, "book_settings") as change:
        await change.begin(caller.business_id)
        row = await change.session.get(BookSettingsRow, caller.business_id)
        made = row is None
        if row is None:
            row = BookSettingsRow(business_id=caller.business_id)
            change.session.add(row)
        row.presence = given.presence
        await change.session.flush()
        change.note(caller.business_id, "made" if made else "changed")
        return _settings(row)


@router.put("/{entry_id}", dependencies=[requires("desk.use")])
async def write_entry(caller: CallerOf, ground: GroundOf, entry_id: IdPath, given: AddressEntryChange) -> AddressEntryView:
    """Replace an entry; whose it is stays."""
    async with ground.database.business(caller.business_id) as session:
        row = await find_entry(session, caller, entry_id)
        must_change(caller, row.scope, row.person_id)
        if row.scope == OWN:
            await fill(session, row, given.data(row.scope))
            return entry_view(row, may_change=True)
    async with changing(ground, caller, "address_entry") as change:
        await change.begin(entry_id)
        row = await find_entry(change.session, caller, entry_id)
        await fill(change.session, row, given.data(row.scope))
        change.note(entry_id, "changed")
        return entry_view(row, may_change=True)


@router.delete("/{entry_id}", status_code=204, dependencies=[requires("desk.use")])
async def remove_entry(caller: CallerOf, ground: GroundOf, entry_id: IdPath) -> None:
    """Remove an entry."""
    async with ground.database.business(caller.business_id) as session:
        row = await find_entry(session, caller, entry_id)
        must_change(caller, row.scope, row.person_id)
        if row.scope == OWN:
            await session.delete(row)
            return
    async with changing(ground, caller, "address_entry") as change:
        await change.begin(entry_id)
        await change.session.delete(await find_entry(change.session, caller, entry_id))
        change.note(entry_id, "removed")


@router.get("/company.csv", dependencies=[requires("settings.manage")], response_class=Response)
async def export_entries(caller: CallerOf, ground: GroundOf) -> Response:
    """The company's entries as CSV."""
    async with ground.database.business(caller.business_id) as session:
        rows = await company_entries(session)
    entries = (EntryData(COMPANY, row.name, row.number, row.organisation, row.other_number, row.note) for row in rows)
    headers = {"Content-Disposition": 'attachment; filename="address-book.csv"'}
    return Response(write_list(entries), media_type="text/csv; charset=utf-8", headers=headers)


class _Undone(Exception):
    """The transaction is given up."""


@router.post("/import", dependencies=[requires("settings.manage")])
async def import_entries(caller: CallerOf, ground: GroundOf, given: AddressListIn) -> AddressListResult:
    """Take in a CSV as the export writes it: all rows or, where one of them is wrong, none."""
    made, changed, problems = 0, 0, list[RowProblem]()
    try:
        async with changing(ground, caller, "address_entry") as change:
            known = same_entries(await company_entries(change.session))
            entries, problems = read_list(given.text)
            for number, data in entries:
                try:
                    is_new = await _take_in(change, caller, data, known)
                    made, changed = made + is_new, changed + (not is_new)
                except HuyingError as error:
                    problems.append(RowProblem(number, error.code, error.message))
            if problems or given.try_only:
                raise _Undone
    except _Undone:
        pass
    views = [AddressRowProblem(row=one.row, code=one.code, message=one.message) for one in sorted(problems, key=lambda one: one.row)]
    return AddressListResult(made=made, changed=changed, problems=views[:200])


def _settings(row: BookSettingsRow | None) -> BookSettings:
    return BookSettings.model_validate({"presence": row.presence} if row else {})


def _may_change(caller: Caller, row: AddressEntryRow) -> bool:
    try:
        must_change(caller, row.scope, row.person_id)
    except Forbidden:
        return False
    return True


async def _take_in(change: Change, caller: Caller, data: EntryData, known: dict[tuple[str, str], AddressEntryRow]) -> bool:
    """Make or replace one entry; whether it is new."""
    key = (data.name.casefold(), dialable(data.number))
    row = known.get(key)
    if row is None:
        row = known[key] = await add_entry(change.session, caller.business_id, caller.person_id, data)
        change.note(row.id, "made")
        return True
    if ("address_entry", row.id) not in change.done:
        await change.begin(row.id)
        change.note(row.id, "changed")
    await fill(change.session, row, data)
    return False
