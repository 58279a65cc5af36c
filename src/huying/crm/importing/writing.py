"""Writes drafts as customers. Each row's fate is told, with what it overwrote; a wrong one costs the others nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.service import AssetFields
from huying.crm.customers.bulk import BulkOutcome, BulkRow, Existing, MatchBy, RowError, put_customers
from huying.crm.customers.document import Address, Customer, CustomerFields, DoNotCall, Email, Number
from huying.crm.customers.reading import read_by_id
from huying.crm.importing.drafting import Draft, draft_of
from huying.crm.importing.job import Result
from huying.crm.importing.model import CustomerImportLineRow, CustomerImportRow
from huying.crm.importing.reverting import difference
from huying.crm.importing.understanding import understand
from huying.crm.importing.values import Problem

_DETAILS = ("number", "name", "code", "serial", "count", "field", "known", "most")


async def write_rows(session: AsyncSession, row: CustomerImportRow, lines: Sequence[CustomerImportLineRow], now: datetime) -> list[Result]:
    """Write these rows of an import."""
    understanding = await understand(session, row.columns, row.targets)
    read = [(line.number, *draft_of(line.cells or [], understanding)) for line in lines]
    wrong = [Result(number, "failed", None, [one.to_json() for one in problems]) for number, _, problems in read if problems]
    told = [bulk_row(number, draft) for number, draft, problems in read if not problems]
    match, existing = cast(MatchBy, row.options["match"]), cast(Existing, row.options["existing"])
    outcomes = await put_customers(session, row.business_id, told, match=match, existing=existing, person_id=row.person_id, now=now)
    after = {one.customer.id: one.customer for one in await read_by_id(session, [one.before.id for one in outcomes if one.before], now)}
    return wrong + [_result(one, after) for one in outcomes]


def bulk_row(number: int, draft: Draft) -> BulkRow:
    """A draft as many customers at once are written."""
    texts = draft.texts
    fields: dict[str, Any] = {name: texts[name] for name in ("name", "code", "language", "note") if texts.get(name)}
    if "class" in texts:
        fields["customer_class"] = texts["class"]
    if texts.get("company"):
        role = {"role": texts["company_role"]} if texts.get("company_role") else {}
        fields["company"] = {"name": texts["company"], **role}
    if texts.get("warning"):
        fields["warnings"] = [{"text": texts["warning"], "level": "warning"}]
    if draft.numbers:
        fields["numbers"] = [Number(one, label) for one, label in draft.numbers]
    if draft.emails:
        fields["emails"] = [Email(one) for one in draft.emails]
    if draft.address:
        fields["addresses"] = [_address(draft.address)]
    if draft.tags:
        fields["tags"] = draft.tags
    if draft.do_not_call is not None:
        fields["do_not_call"] = DoNotCall() if draft.do_not_call else None
    if draft.fields:
        fields["fields"] = dict(draft.fields)
    asset = AssetFields(**draft.asset) if draft.asset else None  # type: ignore[typeddict-item]
    return BulkRow(number, CustomerFields(**fields), asset)  # type: ignore[typeddict-item]


def _address(told: Mapping[str, str]) -> Address:
    parts = {name: told.get(name, "") for name in ("province", "city", "district", "street", "postcode")}
    return Address(kind="home", default=False, **parts)


def _result(outcome: BulkOutcome, after: Mapping[str, Customer]) -> Result:
    problems = []
    if outcome.error is not None:
        problems = [one.to_json() for one in _problems(outcome.error)]
    elif outcome.outcome == "skipped":
        problems = [Problem("skipped-existing").to_json()]
    overwritten: dict[str, Any] | None = {} if outcome.outcome == "updated" else None
    if outcome.before is not None:
        overwritten = difference(outcome.before, after[outcome.before.id], outcome.assets)
    return Result(outcome.row, outcome.outcome, outcome.customer_id, problems, overwritten)


def _problems(error: RowError) -> list[Problem]:
    """What is wrong, as reports and pages know it."""
    wrong = error.details.get("problems")
    if isinstance(wrong, Mapping):
        return [Problem("field-missing" if why == "required" else str(why), details={"field": code}) for code, why in wrong.items()]
    if error.code == "invalid-input" and error.details.get("field") == "name":
        return [Problem("name-missing")]
    details = {name: error.details[name] for name in _DETAILS if name in error.details}
    several = error.details.get("customer_ids")
    if isinstance(several, list):
        details["count"] = len(several)
    return [Problem(error.code, details={"message": error.message, **details})]
