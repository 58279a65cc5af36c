"""Creates and updates many customers in one transaction, with what is wrong said for each row. Never commits.

`put_customers` takes a batch (some hundred rows) and needs a number of queries that does not grow with it. A row that is wrong is told in
its outcome and costs the others nothing; of rows that name the same customer the later ones come after the earlier ones. A row that
updates adds: numbers, e-mails, addresses and tags join those that are there, texts that are given replace, empty ones change nothing.
Everything else is as `CustomerFields` says. An appliance or vehicle is known by its serial number, or plate, or VIN.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import AssetRow
from huying.crm.assets.service import DAYS, TEXTS, AssetFields, check_asset
from huying.crm.companies.service import company_ids
from huying.crm.customers.document import Customer, CustomerFields
from huying.crm.customers.model import CustomerNumberRow, CustomerRow
from huying.crm.customers.plates import tidy_plate
from huying.crm.customers.reading import documents
from huying.crm.customers.service import new_row
from huying.crm.customers.writing import Checked, Write, checked, checked_numbers, fill_rows, write_parts
from huying.crm.fields.checking import Field
from huying.crm.fields.service import definitions, fill_fields
from huying.foundation.errors import HuyingError
from huying.foundation.ids import new_id
from huying.foundation.many_rows import put_objects

MatchBy = Literal["code", "number", "code_or_number", "none"]
Existing = Literal["update", "skip", "create"]
Outcome = Literal["created", "updated", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One row: its number in the file, the customer, and one appliance or vehicle."""

    row: int
    fields: CustomerFields
    asset: AssetFields | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row. `code`: an error's code (invalid-number, fields-wrong, serial-taken, several-match, ...)."""

    code: str
    message: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of a row."""

    row: int
    outcome: Outcome
    customer_id: str | None = None
    error: RowError | None = None
    before: Customer | None = None
    """The customer as he was before the batch, in the first row that updates him."""
    assets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Beside `before`: what became of his assets, by id: {"made": values} or {"texts": {name: [before, after]}}."""


class _SeveralMatch(HuyingError):
    """Several customers fit this row: give the customer number, or merge them first."""

    code = "several-match"


class _SerialTaken(HuyingError):
    """An appliance with this serial number belongs to another customer."""

    code = "serial-taken"


@dataclass(slots=True)
class _Known:
    """Who is there already, by code and by number; grows with the rows that are taken in."""

    by_code: dict[str, set[str]] = field(default_factory=dict)
    by_number: dict[str, set[str]] = field(default_factory=dict)
    rows: dict[str, CustomerRow] = field(default_factory=dict)
    called: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By customer: name and code."""

    def meet(self, given: Checked, name: str, match: MatchBy) -> set[str]:
        """The ids of the customers whom a row means: by its code, else by its numbers. Of several with a number those of the same name;
        somebody with another code is somebody else."""
        code = given.given.get("code", "").strip()
        if code and match in ("code", "code_or_number") and code in self.by_code:
            return self.by_code[code]
        if match not in ("number", "code_or_number") or not given.numbers:
            return set()
        holders = set().union(*(self.by_number.get(one.number, set()) for one in given.numbers))
        found = {one for one in holders if not code or self.called[one][1] in ("", code)}
        same = {one for one in found if self.called[one][0] == name.strip()}
        return same if len(found) > 1 and same else found

    def learn(self, row: CustomerRow, given: Checked) -> None:
        """So that a later row finds this one."""
        self.rows[row.id] = row
        name, code = self.called.get(row.id, ("", ""))
        code = given.given.get("code", "").strip() or code
        self.called[row.id] = (given.given.get("name", "").strip() or name, code)
        if code:
            self.by_code.setdefault(code, set()).add(row.id)
        for one in given.numbers or ():
            self.by_number.setdefault(one.number, set()).add(row.id)


async def put_customers(
    session: AsyncSession,
    business_id: str,
    rows: Sequence[BulkRow],
    *,
    match: MatchBy,
    existing: Existing,
    person_id: str | None,
    now: datetime,
) -> list[BulkOutcome]:
    """Create or update a customer for each row; gives what became of each, in their order.

    `match`: how customers who are there are known; `existing`: what is done with them. Raises Unavailable alone.
    """
    fields, asset_fields = await definitions(session, "customer"), await definitions(session, "asset")
    known = await _known(session, rows)
    documents_of = {one.id: one for one in await documents(session, list(known.rows.values()), now)}
    serials = await _serials(session, rows)
    companies = await company_ids(session, business_id, {_company(row.fields) for row in rows}, now)
    outcomes: list[BulkOutcome] = []
    writes: dict[str, Write] = {}
    assets: list[tuple[str, AssetFields]] = []
    for row in rows:
        try:
            outcome, write = _one(row, known, documents_of, writes, fields, match, existing, business_id, now)
            if write is not None:
                asset = _asset(row.asset, write.row.id, serials, asset_fields)
                write.company_id = companies.get(_company(write.checked.given), write.row.company_id)
                known.learn(write.row, write.checked)
                writes[write.row.id] = write
                if asset is not None:
                    assets.append((write.row.id, asset))
            outcomes.append(outcome)
        except HuyingError as error:
            outcomes.append(BulkOutcome(row.row, "failed", None, RowError(error.code, error.message, error.details)))
    fill_rows(writes.values(), now)
    await put_objects(session, CustomerRow, [write.row for write in writes.values()])
    changed = await _put_assets(session, business_id, assets)
    for write in writes.values():
        write.found_anew = write.row.id in changed or _is_found_anew(write, documents_of.get(write.row.id))
    await write_parts(session, business_id, list(writes.values()), person_id, now)
    return [_with_before(one, documents_of, changed) for one in outcomes]


def _is_found_anew(write: Write, before: Customer | None) -> bool:
    """Whether he is found by something else than before, his assets apart."""
    if before is None or "numbers" in write.checked.given or "emails" in write.checked.given:
        return True
    company_id = before.company.id if before.company else None
    return (write.row.name, write.row.code, write.row.company_id) != (before.name, before.code, company_id)


def _with_before(outcome: BulkOutcome, held: dict[str, Customer], assets: Mapping[str, Mapping[str, Any]]) -> BulkOutcome:
    """Told once for each customer."""
    before = held.pop(outcome.customer_id or "", None) if outcome.outcome == "updated" else None
    return replace(outcome, before=before, assets=assets.get(before.id, {})) if before else outcome


def _one(
    row: BulkRow,
    known: _Known,
    held: Mapping[str, Customer],
    writes: Mapping[str, Write],
    fields: Sequence[Field],
    match: MatchBy,
    existing: Existing,
    business_id: str,
    now: datetime,
) -> tuple[BulkOutcome, Write | None]:
    given = _without_empty(row.fields)
    met = known.meet(_reach(given), given.get("name", ""), match) if existing != "create" else set()
    if len(met) > 1:
        raise _SeveralMatch(customer_ids=sorted(met))
    if not met:
        made = Write(new_row(business_id, now), checked(given, fields, new=True))
        return BulkOutcome(row.row, "created", made.row.id), made
    customer_id = next(iter(met))
    if existing == "skip":
        return BulkOutcome(row.row, "skipped", customer_id), None
    earlier = writes.get(customer_id)
    merged = _added(given, held.get(customer_id), earlier.checked if earlier else None)
    values = earlier.checked.fields if earlier and earlier.checked.fields is not None else known.rows[customer_id].fields
    made = Write(known.rows[customer_id], checked(merged, fields if "fields" in merged else (), values))
    return BulkOutcome(row.row, "updated", customer_id), made


def _reach(given: CustomerFields) -> Checked:
    """Code and numbers, by which a customer is known. Raises InvalidNumber."""
    return checked(CustomerFields(code=given.get("code", ""), numbers=given.get("numbers", [])), ())


def _without_empty(given: CustomerFields) -> CustomerFields:
    kept = {name: value for name, value in given.items() if value not in ("", [], {})}
    kept.pop("share_numbers", None)
    if "fields" in kept and isinstance(kept["fields"], dict):
        kept["fields"] = {code: value for code, value in kept["fields"].items() if value not in ("", None, [])}
    return cast(CustomerFields, kept)


def _added(given: CustomerFields, held: Customer | None, earlier: Checked | None) -> CustomerFields:
    """What is given, joined with what an earlier row of the batch gave, and with the lists that are there. A list to which nothing is
    added is left out, so that it is not written again."""
    before: dict[str, Any] = dict(earlier.given) if earlier else {}
    merged: dict[str, Any] = {**before, **given}
    lists = (("numbers", "number"), ("emails", "email"), ("addresses", ""), ("tags", ""))
    for name, key in lists:
        if name not in given:
            continue
        there = list(before[name]) if name in before else list(getattr(held, name)) if held else []
        new = list(given[name])  # type: ignore[literal-required]
        if name == "numbers":
            there = checked_numbers(there)
            new = [replace(one, main=one.main and not there) for one in checked_numbers(new)]
        if name == "tags":
            there = [getattr(one, "name", one) for one in there]
        if key:
            met = {getattr(one, key) for one in there}
            more = [one for one in new if getattr(one, key) not in met]
        elif name == "addresses":
            lines = {one.line() for one in there}
            more = [one for one in new if one.line() not in lines]
        else:
            more = [one for one in dict.fromkeys(new) if one not in there]
        merged[name] = there + more
        if not more and name not in before:
            del merged[name]
    if "fields" in given and "fields" in before:
        merged["fields"] = {**before["fields"], **given["fields"]}
    if "consents" in given:
        merged["consents"] = [*before.get("consents", ()), *given["consents"]]
    if "warnings" in given:
        there = list(before["warnings"]) if "warnings" in before else _warnings_of(held)
        known = {one["text"] for one in there}
        more = [one for one in given["warnings"] if one["text"] not in known]
        merged["warnings"] = there + more
        if not more and "warnings" not in before:
            del merged["warnings"]
    return cast(CustomerFields, merged)


def _warnings_of(held: Customer | None) -> list[dict[str, object]]:
    """Warnings are a list that is replaced, so those that are there are given again."""
    if held is None:
        return []
    return [{"id": one.id, "text": one.text, "level": one.level, "until": one.until} for one in held.warnings]


def _asset(given: AssetFields | None, customer_id: str, serials: dict[str, str], fields: Sequence[Field]) -> AssetFields | None:
    """An asset that is fit to be written. Raises InvalidInput, FieldsWrong."""
    if not given or not any(given.values()):
        return None
    told: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    told["plate"] = tidy_plate(str(told.get("plate", "")))
    told["vin"] = "".join(str(told.get("vin", "")).split()).upper()
    told.setdefault("kind", "vehicle" if told["plate"] or told["vin"] else "appliance")
    serial = str(told.get("serial", ""))
    check_asset(
        told["kind"], str(told.get("model", "")), serial, told["plate"] or told["vin"], told.get("purchased_on"), told.get("warranty_until")
    )
    told["fields"] = fill_fields({}, told.get("fields") or {}, fields)
    if serial and serials.setdefault(serial, customer_id) != customer_id:
        raise _SerialTaken(serial=serial)
    return cast(AssetFields, told)


async def _put_assets(session: AsyncSession, business_id: str, given: Sequence[tuple[str, AssetFields]]) -> dict[str, dict[str, Any]]:
    """Write them; gives what became of them, by customer and id."""
    held, touched = dict[str, list[AssetRow]](), dict[str, AssetRow]()
    before: dict[str, dict[str, Any]] = {}
    mine = AssetRow.customer_id.in_({customer_id for customer_id, _ in given})
    for there in await session.scalars(select(AssetRow).where(mine).with_for_update()):
        held.setdefault(there.customer_id, []).append(there)
        before[there.id] = _values(there)
    for customer_id, told in given:
        rows = held.setdefault(customer_id, [])
        row = next((one for one in rows if _same_asset(one, told)), None)
        if row is None:
            row = AssetRow(id=new_id(), business_id=business_id, customer_id=customer_id, fields={})
            for name in TEXTS:
                setattr(row, name, "")
            rows.append(row)
        touched[row.id] = row
        for name in ("kind", *TEXTS, *DAYS):
            if told.get(name):
                setattr(row, name, told[name])  # type: ignore[literal-required]
        row.fields = {**row.fields, **told.get("fields", {})}
    await put_objects(session, AssetRow, list(touched.values()))
    changed: dict[str, dict[str, Any]] = {}
    for row in touched.values():
        old, new = before.get(row.id), _values(row)
        texts = {name: [old[name], new[name]] for name in new if old[name] != new[name]} if old else {}
        if old is None or texts:
            changed.setdefault(row.customer_id, {})[row.id] = {"texts": texts} if old else {"made": new}
    return changed


def _values(row: AssetRow) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in ("kind", *TEXTS, *DAYS, "fields")}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def _same_asset(row: AssetRow, told: AssetFields) -> bool:
    return any(told.get(name) and getattr(row, name) == told[name] for name in ("serial", "vin", "plate"))


def _company(given: CustomerFields) -> str:
    return (given.get("company") or {}).get("name", "")


async def _known(session: AsyncSession, rows: Sequence[BulkRow]) -> _Known:
    codes = {code for row in rows if (code := row.fields.get("code", "").strip())}
    numbers: set[str] = set()
    for row in rows:
        try:
            numbers |= {one.number for one in checked_numbers(row.fields.get("numbers", []))}
        except HuyingError:
            continue  # told when its turn comes
    known, held = _Known(), CustomerNumberRow
    with_number = select(held.customer_id, held.number).where(held.number.in_(numbers))
    owners = (await session.execute(with_number)).all() if numbers else []
    wanted = or_(CustomerRow.code.in_(codes), CustomerRow.id.in_({owner.customer_id for owner in owners}))
    for row_there in await session.scalars(select(CustomerRow).where(wanted, CustomerRow.merged_into.is_(None)).with_for_update()):
        known.rows[row_there.id] = row_there
        known.called[row_there.id] = (row_there.name, row_there.code)
        if row_there.code:
            known.by_code.setdefault(row_there.code, set()).add(row_there.id)
    for owner in owners:
        if owner.customer_id in known.rows:
            known.by_number.setdefault(owner.number, set()).add(owner.customer_id)
    return known


async def _serials(session: AsyncSession, rows: Sequence[BulkRow]) -> dict[str, str]:
    wanted: Collection[str] = {serial for row in rows if row.asset and (serial := str(row.asset.get("serial", "")).strip())}
    if not wanted:
        return {}
    found = await session.execute(select(AssetRow.serial, AssetRow.customer_id).where(AssetRow.serial.in_(wanted)))
    return dict(found.all())
