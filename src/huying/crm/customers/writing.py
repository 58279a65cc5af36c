"""Writes the parts of customers, of one or of many at once, and keeps the text they are found by. Never commits.

What is given is checked before anything is written, so that one wrong row of many does not cost the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import AssetRow
from huying.crm.companies.model import CompanyRow
from huying.crm.consent.service import refuse_all, state_consents
from huying.crm.customers.document import ADDRESS_KINDS, Address, CustomerFields, Email, Number
from huying.crm.customers.lists import ADDRESS_TEXTS, replace_lists
from huying.crm.customers.model import (
    CLASSES,
    CustomerAddressRow,
    CustomerEmailRow,
    CustomerNumberRow,
    CustomerRow,
    CustomerSearchRow,
)
from huying.crm.customers.numbers import to_e164
from huying.crm.customers.search import Findable, index_text, keys_of
from huying.crm.fields.checking import Field, is_email
from huying.crm.fields.service import fill_fields
from huying.crm.hints.service import replace_warnings
from huying.crm.tagging.model import CustomerTagRow
from huying.crm.tagging.service import checked_name, tag_ids
from huying.foundation.errors import InvalidInput
from huying.foundation.many_rows import insert_rows

KEYS = ("name", "pinyin", "initials")
_FOUND_BY = ("text", *KEYS)
_SEARCH_AGAIN = (
    f"ON CONFLICT (customer_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _FOUND_BY)}"
    f" WHERE ({', '.join(f'customer_search.{name}' for name in _FOUND_BY)})"
    f" IS DISTINCT FROM ({', '.join(f'excluded.{name}' for name in _FOUND_BY)})"
)
"""What stands there already is not written again: most changes do not concern what a customer is found by, and its indexes are dear."""
TEXTS = ("name", "code", "customer_class", "language", "note")
MOST_NUMBERS = 20
OWNER = "customer_id"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was given for a customer, in the form that is kept. None: not given."""

    given: CustomerFields
    numbers: list[Number] | None
    emails: list[Email] | None
    addresses: list[Address] | None
    tags: list[str] | None
    fields: Mapping[str, Any] | None


@dataclass(slots=True)
class Write:
    """A customer's row, and what is to be written of it. `company_id`: as found or made for what was given; `found_anew`: what he is
    found by may be another than before."""

    row: CustomerRow
    checked: Checked
    company_id: str | None = field(default=None)
    found_anew: bool = True


def checked(given: CustomerFields, fields: Sequence[Field], held: Mapping[str, Any] | None = None, *, new: bool = False) -> Checked:
    """Check what is given. `held`: the values of own fields so far. Raises InvalidInput, InvalidNumber, FieldsWrong."""
    if "name" in given or new:
        name = str(given.get("name", "")).strip()
        if not name or len(name) > 200:
            raise InvalidInput("A customer needs a name of at most 200 letters.", field="name")
    if given.get("customer_class", "normal") not in CLASSES:
        raise InvalidInput(f"The class is one of {', '.join(CLASSES)}.", field="class")
    values = None
    if new or "fields" in given:
        values = fill_fields(held or {}, given.get("fields", {}), fields)
    return Checked(
        given,
        checked_numbers(given["numbers"]) if "numbers" in given else None,
        _emails(given["emails"]) if "emails" in given else None,
        checked_addresses(given["addresses"]) if "addresses" in given else None,
        list(dict.fromkeys(map(checked_name, given["tags"]))) if "tags" in given else None,
        values,
    )


async def write_parts(session: AsyncSession, business_id: str, writes: Sequence[Write], person_id: str | None, now: datetime) -> None:
    """Write what is given of these customers, whose rows are in the session already."""
    fill_rows(writes, now)
    await session.flush()
    await _replace_numbers(session, business_id, writes, person_id, now)
    emails = {write.row.id: write.checked.emails for write in writes if write.checked.emails is not None}
    await replace_lists(session, CustomerEmailRow, OWNER, business_id, emails)
    addresses = {write.row.id: write.checked.addresses for write in writes if write.checked.addresses is not None}
    await replace_lists(session, CustomerAddressRow, OWNER, business_id, addresses)
    await _replace_tags(session, business_id, writes)
    given_of = {write.row.id: write.checked.given for write in writes}
    again = {("", to_e164(number)): None for given in given_of.values() for number in given.get("call_again", ())}
    refused = {(customer_id, ""): given["do_not_call"] for customer_id, given in given_of.items() if "do_not_call" in given}
    await refuse_all(session, business_id, again | refused, person_id, now)
    warnings = {customer_id: given["warnings"] for customer_id, given in given_of.items() if "warnings" in given}
    await replace_warnings(session, business_id, warnings, person_id, now)
    for customer_id, given in given_of.items():
        if "consents" in given:
            await state_consents(session, business_id, customer_id, given["consents"], person_id, now)
    await session.flush()
    await refresh_search(session, [write.row.id for write in writes if write.found_anew])


def fill_rows(writes: Iterable[Write], now: datetime) -> None:
    """Put what is given into the customers' own rows; done again it changes nothing."""
    for write in writes:
        _fill(write, now)


async def refresh_search(session: AsyncSession, customer_ids: Collection[str]) -> None:
    """Write anew what these customers are found by; those that were merged are not found."""
    if not customer_ids:
        return
    rows = await _findable(session, customer_ids)
    gone = set(customer_ids) - rows.keys()
    if gone:
        await session.execute(delete(CustomerSearchRow).where(CustomerSearchRow.customer_id.in_(gone)))
    if rows:
        values = [
            {
                "customer_id": key,
                "business_id": business_id,
                "text": index_text(found_by),
                **dict(zip(KEYS, keys_of(found_by.name), strict=True)),
            }
            for key, (business_id, found_by) in rows.items()
        ]
        await insert_rows(session, CustomerSearchRow, values, _SEARCH_AGAIN)


def checked_numbers(given: Iterable[Number]) -> list[Number]:
    """Numbers in E.164, each once, exactly one of them the main one. Raises InvalidNumber, InvalidInput."""
    found: dict[str, Number] = {}
    for one in given:
        number = to_e164(one.number)
        if number not in found:
            found[number] = replace(one, number=number, label=one.label.strip()[:60])
    if len(found) > MOST_NUMBERS:
        raise InvalidInput(f"At most {MOST_NUMBERS} numbers.", field="numbers")
    main = next((number for number, one in found.items() if one.main), next(iter(found), ""))
    return [replace(one, main=number == main) for number, one in found.items()]


def checked_addresses(given: Iterable[Address]) -> list[Address]:
    """Addresses without blanks around, at most one of them the usual one; empty ones are left out. Raises InvalidInput."""
    found: list[Address] = []
    for one in given:
        if one.kind not in ADDRESS_KINDS:
            raise InvalidInput(f"An address is one of {', '.join(ADDRESS_KINDS)}.", field="addresses")
        tidy = replace(one, **{name: getattr(one, name).strip() for name in ADDRESS_TEXTS})
        if any(getattr(tidy, name) for name in ADDRESS_TEXTS):
            found.append(tidy)
    usual = next((place for place, one in enumerate(found) if one.default), 0)
    return [replace(one, default=place == usual) for place, one in enumerate(found)]


def _emails(given: Iterable[Email]) -> list[Email]:
    found = {one.email.strip().lower(): one.label.strip()[:60] for one in given if one.email.strip()}
    for email in found:
        if not is_email(email):
            raise InvalidInput("This is not an e-mail address.", field="emails", email=email)
    return [Email(email, label) for email, label in found.items()]


def _fill(write: Write, now: datetime) -> None:
    row, given = write.row, write.checked.given
    for name in TEXTS:
        if name in given:
            setattr(row, name, str(given[name]).strip())  # type: ignore[literal-required]
    if "company" in given:
        row.company_id = write.company_id
        company = given["company"]
        if company is None:
            row.company_role = ""
        elif "role" in company:
            row.company_role = company["role"].strip()
    if write.checked.fields is not None:
        row.fields = dict(write.checked.fields)
    row.updated_at = now


async def _replace_numbers(session: AsyncSession, business_id: str, writes: Sequence[Write], person_id: str | None, now: datetime) -> None:
    given = {write.row.id: write.checked.numbers for write in writes if write.checked.numbers is not None}
    await replace_lists(session, CustomerNumberRow, OWNER, business_id, given)
    refused = {("", one.number): one.do_not_call for numbers in given.values() for one in numbers if one.do_not_call is not None}
    await refuse_all(session, business_id, refused, person_id, now)


async def _replace_tags(session: AsyncSession, business_id: str, writes: Sequence[Write]) -> None:
    given = {write.row.id: write.checked.tags for write in writes if write.checked.tags is not None}
    if not given:
        return
    ids = await tag_ids(session, business_id, sorted({name for names in given.values() for name in names}))
    await session.execute(delete(CustomerTagRow).where(CustomerTagRow.customer_id.in_(given)))
    rows = [
        {"business_id": business_id, "customer_id": customer_id, "tag_id": ids[name]}
        for customer_id, names in given.items()
        for name in names
    ]
    await insert_rows(session, CustomerTagRow, rows, "ON CONFLICT DO NOTHING")


async def _findable(session: AsyncSession, customer_ids: Collection[str]) -> dict[str, tuple[str, Findable]]:
    """By customer: the business, and what it is found by."""
    row = CustomerRow
    statement = (
        select(row.id, row.business_id, row.name, row.code, CompanyRow.name.label("company"))
        .outerjoin(CompanyRow, CompanyRow.id == row.company_id)
        .where(row.id.in_(customer_ids), row.merged_into.is_(None))
    )
    rows = (await session.execute(statement)).all()
    numbers = await _texts(session, CustomerNumberRow.customer_id, CustomerNumberRow.number, customer_ids)
    emails = await _texts(session, CustomerEmailRow.customer_id, CustomerEmailRow.email, customer_ids)
    assets: dict[str, list[tuple[str, str, str]]] = {}
    owned = select(AssetRow.customer_id, AssetRow.plate, AssetRow.serial, AssetRow.vin).where(AssetRow.customer_id.in_(customer_ids))
    for customer_id, plate, serial, vin in await session.execute(owned.order_by(AssetRow.id)):
        assets.setdefault(customer_id, []).append((plate, serial, vin))
    found: dict[str, tuple[str, Findable]] = {}
    for one in rows:
        plates, serials, vins = (tuple(filter(None, texts)) for texts in zip(*assets.get(one.id, [("", "", "")]), strict=True))
        found_by = Findable(one.name, one.company or "", one.code, numbers.get(one.id, ()), plates, serials, vins, emails.get(one.id, ()))
        found[one.id] = (one.business_id, found_by)
    return found


async def _texts(session: AsyncSession, whose: Any, what: Any, customer_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for customer_id, text in await session.execute(select(whose, what).where(whose.in_(customer_ids)).order_by(what)):
        found[customer_id] = (*found.get(customer_id, ()), text)
    return found
