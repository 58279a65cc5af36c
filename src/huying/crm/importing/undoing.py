"""Takes rows of an import back: customers that were made go where nobody used them since, what was overwritten of others is put back.

A batch needs a number of statements that does not grow with it. Never commits.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import TextClause, delete, exists, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import AssetRow
from huying.crm.companies.model import CompanyRow
from huying.crm.consent.model import DoNotCallRow
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.reading import documents
from huying.crm.customers.writing import refresh_search
from huying.crm.importing.job import Result, TakeBack
from huying.crm.importing.model import CustomerImportLineRow
from huying.crm.importing.reverting import PutBack, put_back, put_back_asset
from huying.crm.importing.values import Problem
from huying.crm.merging.model import CustomerMergeRow
from huying.crm.purchases.model import PurchaseRow
from huying.foundation.many_rows import put_objects

UsedCustomers = Callable[[AsyncSession, Sequence[str]], Awaitable[Collection[str]]]
"""Which of these customers other wings know of: they have contacts, tasks ... Wired from above."""


def _without(table: str, same: str) -> TextClause:
    """Takes rows of a part away, of these customers and by what stands in `key`, `more` and `last`."""
    return text(
        f"DELETE FROM {table} held USING jsonb_to_recordset(CAST(:told AS jsonb)) told (customer_id uuid, key text, more text, last text)"  # noqa: S608
        f" WHERE held.customer_id = told.customer_id AND {same}"
    )


_WITHOUT = {
    "numbers": _without("customer_number", "held.number = told.key AND held.label = told.more"),
    "emails": _without("customer_email", "held.email = told.key AND held.label = told.more"),
    "addresses": _without(
        "customer_address",
        "concat(held.province, held.city, held.district, held.street) = told.key AND held.kind = told.more AND held.postcode = told.last",
    ),
    "tags": _without("customer_tag", "held.tag_id = CAST(told.key AS uuid)"),
    "warnings": _without("customer_warning", "held.id = CAST(told.key AS uuid)"),
}


def taker_back(used: UsedCustomers) -> TakeBack:
    """How rows are taken back. Of the given rows the first are done, up to one whose customer was met already; at least one."""

    async def take_back(session: AsyncSession, lines: Sequence[CustomerImportLineRow], now: datetime) -> list[Result]:
        chosen = _each_once(lines)
        gone = await _remove(session, [line.customer_id for line in chosen if line.outcome == "created" and line.customer_id], used)
        changed = [line for line in chosen if line.outcome == "updated"]
        left = await _put_back(session, changed, now)
        return [_fate(line, gone, left) for line in chosen]

    return take_back


def _each_once(lines: Sequence[CustomerImportLineRow]) -> list[CustomerImportLineRow]:
    """What came later is taken back before what came earlier, so a customer is met once in a batch."""
    met: set[str] = set()
    for place, line in enumerate(lines):
        if line.customer_id in met:
            return list(lines[:place])
        met.add(line.customer_id or "")
    return list(lines)


def _fate(line: CustomerImportLineRow, gone: Collection[str], left: Mapping[int, list[Problem]]) -> Result:
    if line.outcome == "created":
        if line.customer_id in gone:
            return Result(line.number, "removed", line.customer_id)
        return Result(line.number, "kept", line.customer_id, [Problem("kept-used").to_json()])
    problems = left.get(line.number, [])
    return Result(line.number, "left_alone" if problems else "reverted", line.customer_id, [one.to_json() for one in problems])


async def _remove(session: AsyncSession, ids: Sequence[str], used: UsedCustomers) -> set[str]:
    """Those that nobody changed, merged, sold to or met since go; gives them."""
    if not ids:
        return set()
    row = CustomerRow
    untouched = select(row.id).where(
        row.id.in_(ids),
        row.updated_at == row.created_at,
        row.merged_into.is_(None),
        ~exists().where(PurchaseRow.customer_id == row.id),
        ~exists().where(CustomerMergeRow.into_id == row.id),
    )
    gone = set(await session.scalars(untouched)) - set(await used(session, ids))
    if gone:
        await session.execute(delete(row).where(row.id.in_(gone)))
    return gone


async def _put_back(session: AsyncSession, lines: Sequence[CustomerImportLineRow], now: datetime) -> dict[int, list[Problem]]:
    """Put back what these rows overwrote; gives what could not be, by row."""
    left = {line.number: [Problem("not-kept")] for line in lines if line.overwritten is None}
    kept = {line.customer_id: line for line in lines if line.overwritten and line.customer_id}
    if not kept:
        return left
    wanted = select(CustomerRow).where(CustomerRow.id.in_(kept), CustomerRow.merged_into.is_(None)).with_for_update()
    rows = {row.id: row for row in await session.scalars(wanted.execution_options(populate_existing=True))}
    told = {one.id: one for one in await documents(session, list(rows.values()), now)}
    left |= {line.number: [Problem("customer-gone")] for customer_id, line in kept.items() if customer_id not in told}
    back = {customer_id: put_back(kept[customer_id].overwritten or {}, one) for customer_id, one in told.items()}
    await _refuse_taken(session, back)
    await _leave_lists(session, back)
    await _call_again(session, back, {customer_id: row.business_id for customer_id, row in rows.items()})
    await _put_assets_back(session, {customer_id: line for customer_id, line in kept.items() if customer_id in back}, back)
    for customer_id, one in back.items():
        _fill(rows[customer_id], one, kept[customer_id].overwritten or {}, now)
    await put_objects(session, CustomerRow, list(rows.values()))
    await refresh_search(session, list(rows))
    for customer_id, one in back.items():
        if one.left:
            details = {"name": told[customer_id].name, "parts": sorted(set(one.left))}
            left[kept[customer_id].number] = [Problem("changed-since", details=details)]
    return left


def _fill(row: CustomerRow, back: PutBack, kept: Mapping[str, Any], now: datetime) -> None:
    for name, value in back.texts.items():
        setattr(row, name, value)
    fields = {**row.fields, **back.fields}
    row.fields = {code: value for code, value in fields.items() if value is not None}
    before, after = (datetime.fromisoformat(one) for one in kept["updated_at"])
    row.updated_at = before if row.updated_at == after and not back.left else now


async def _refuse_taken(session: AsyncSession, back: Mapping[str, PutBack]) -> None:
    """A company that is gone cannot come back, nor a code that another customer has now."""
    companies = {one.texts["company_id"] for one in back.values() if one.texts.get("company_id")}
    codes = {one.texts["code"] for one in back.values() if one.texts.get("code")}
    there = set(await session.scalars(select(CompanyRow.id).where(CompanyRow.id.in_(companies)))) if companies else set[str]()
    held = select(CustomerRow.code, CustomerRow.id).where(CustomerRow.code.in_(codes), CustomerRow.merged_into.is_(None))
    owners = {(code, owner) for code, owner in await session.execute(held)} if codes else set[tuple[str, str]]()
    for customer_id, one in back.items():
        lost = {
            "company_id": one.texts.get("company_id") is not None and one.texts["company_id"] not in there,
            "code": any(code == one.texts.get("code") and owner != customer_id for code, owner in owners),
        }
        for name in (name for name, is_lost in lost.items() if is_lost):
            one.texts.pop(name)
            one.left.append(name)


async def _leave_lists(session: AsyncSession, back: Mapping[str, PutBack]) -> None:
    for name, statement in _WITHOUT.items():
        told = [
            {"customer_id": customer_id} | dict(zip(("key", "more", "last"), item, strict=False))
            for customer_id, one in back.items()
            for item in one.gone.get(name, ())
        ]
        if told:
            await session.execute(statement, {"told": json.dumps(told, ensure_ascii=False)})


async def _call_again(session: AsyncSession, back: Mapping[str, PutBack], business_of: Mapping[str, str]) -> None:
    wanted = {customer_id: one.do_not_call[0] for customer_id, one in back.items() if one.do_not_call}
    if not wanted:
        return
    row = DoNotCallRow
    known = {one.customer_id: one for one in await session.scalars(select(row).where(row.customer_id.in_(wanted)))}
    for customer_id, before in wanted.items():
        held = known.get(customer_id)
        if before is None:
            if held is not None:
                await session.delete(held)
            continue
        if held is None:
            held = row(business_id=business_of[customer_id], customer_id=customer_id, number="")
            session.add(held)
        held.reason, held.person_id = before["reason"], before["person_id"]
        held.until, at = _moment(before["until"]), _moment(before["at"])
        held.at = at or held.at
    await session.flush()


async def _put_assets_back(session: AsyncSession, lines: Mapping[str, CustomerImportLineRow], back: Mapping[str, PutBack]) -> None:
    kept = {asset_id: (customer_id, told) for customer_id, line in lines.items() for asset_id, told in _assets(line).items()}
    if not kept:
        return
    rows = list(await session.scalars(select(AssetRow).where(AssetRow.id.in_(kept)).with_for_update()))
    gone: list[str] = []
    for row in rows:
        customer_id, told = kept[row.id]
        names = told.get("made") or told.get("texts", {})
        values, changed = put_back_asset(told, {name: _plain(getattr(row, name)) for name in names})
        changed = changed or row.customer_id != customer_id
        if row.customer_id == customer_id and values is None:
            gone.append(row.id)
        for name, value in (values or {}).items():
            setattr(row, name, date.fromisoformat(value) if value and isinstance(getattr(row, name), date) else value)
        if changed:
            back[customer_id].left.append("assets")
    await put_objects(session, AssetRow, [row for row in rows if row.id not in gone])
    if gone:
        await session.execute(delete(AssetRow).where(AssetRow.id.in_(gone)))


def _assets(line: CustomerImportLineRow) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (line.overwritten or {}).get("assets", {})
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
