"""Reads customers with all their parts: one query for each kind of part, however many customers. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.companies.model import CompanyAddressRow, CompanyRow
from huying.crm.consent.model import CustomerConsentRow
from huying.crm.consent.service import do_not_call_of
from huying.crm.customers.document import Address, Belonging, Consent, Customer, DoNotCall, Email, Hint, Number, Tag
from huying.crm.customers.model import CustomerAddressRow, CustomerEmailRow, CustomerNumberRow, CustomerRow
from huying.crm.hints.service import hints_of_customers
from huying.crm.tagging.model import CustomerTagRow, TagRow
from huying.foundation.clock import utc_now


@dataclass(slots=True)
class Parts:
    """The parts of some customers, by customer."""

    numbers: dict[str, list[Number]] = field(default_factory=lambda: defaultdict(list))
    emails: dict[str, list[Email]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, list[Address]] = field(default_factory=lambda: defaultdict(list))
    tags: dict[str, list[Tag]] = field(default_factory=lambda: defaultdict(list))
    consents: dict[str, list[Consent]] = field(default_factory=lambda: defaultdict(list))
    do_not_call: dict[str, DoNotCall] = field(default_factory=dict)
    warnings: dict[str, list[Hint]] = field(default_factory=lambda: defaultdict(list))
    companies: dict[str, str] = field(default_factory=dict)


async def documents(session: AsyncSession, rows: Sequence[CustomerRow], now: datetime | None = None) -> list[Customer]:
    """The customers of these rows, in their order. `now` decides what still holds."""
    parts = await _parts(session, rows, now or utc_now())
    return [_document(row, parts) for row in rows]


async def _parts(session: AsyncSession, rows: Sequence[CustomerRow], now: datetime) -> Parts:
    parts, ids = Parts(), [row.id for row in rows]
    if not ids:
        return parts
    await _reach(session, ids, parts, now)
    for address in await session.scalars(
        select(CustomerAddressRow).where(CustomerAddressRow.customer_id.in_(ids)).order_by(CustomerAddressRow.position)
    ):
        parts.addresses[address.customer_id].append(address_of(address))
    tags = select(CustomerTagRow.customer_id, TagRow.id, TagRow.name, TagRow.colour, TagRow.listed).join(
        TagRow, TagRow.id == CustomerTagRow.tag_id
    )
    for customer_id, tag_id, name, colour, listed in await session.execute(
        tags.where(CustomerTagRow.customer_id.in_(ids)).order_by(TagRow.name)
    ):
        parts.tags[customer_id].append(Tag(tag_id, name, colour, listed))
    said = select(CustomerConsentRow).where(CustomerConsentRow.customer_id.in_(ids))
    for row in await session.scalars(said.order_by(CustomerConsentRow.at.desc(), CustomerConsentRow.id.desc())):
        known = parts.consents[row.customer_id]
        known.append(Consent(row.kind, row.given, row.at, row.source, row.person_id, all(one.kind != row.kind for one in known)))
    for customer_id, hint in await hints_of_customers(session, ids, now):
        parts.warnings[customer_id].append(hint)
    company_ids = {row.company_id for row in rows if row.company_id}
    if company_ids:
        found = await session.execute(select(CompanyRow.id, CompanyRow.name).where(CompanyRow.id.in_(company_ids)))
        parts.companies = dict(found.all())
    return parts


async def _reach(session: AsyncSession, ids: Sequence[str], parts: Parts, now: datetime) -> None:
    statement = select(CustomerNumberRow).where(CustomerNumberRow.customer_id.in_(ids))
    numbers = list(await session.scalars(statement.order_by(CustomerNumberRow.main.desc(), CustomerNumberRow.position)))
    parts.do_not_call, refused = await do_not_call_of(session, ids, {row.number for row in numbers}, now)
    for row in numbers:
        parts.numbers[row.customer_id].append(Number(row.number, row.label, row.main, refused.get(row.number)))
    for email in await session.scalars(
        select(CustomerEmailRow).where(CustomerEmailRow.customer_id.in_(ids)).order_by(CustomerEmailRow.position)
    ):
        parts.emails[email.customer_id].append(Email(email.email, email.label))


def address_of(row: CustomerAddressRow | CompanyAddressRow) -> Address:
    """An address from a row of a customer or a company."""
    return Address(row.kind, row.province, row.city, row.district, row.street, row.postcode, row.usual)


def _document(row: CustomerRow, parts: Parts) -> Customer:
    company = parts.companies.get(row.company_id or "")
    return Customer(
        id=row.id,
        name=row.name,
        code=row.code,
        customer_class=row.customer_class,
        company=Belonging(row.company_id or "", company, row.company_role) if company is not None else None,
        language=row.language,
        note=row.note,
        numbers=tuple(parts.numbers[row.id]),
        emails=tuple(parts.emails[row.id]),
        addresses=tuple(parts.addresses[row.id]),
        tags=tuple(parts.tags[row.id]),
        consents=tuple(parts.consents[row.id]),
        do_not_call=parts.do_not_call.get(row.id),
        warnings=tuple(parts.warnings[row.id]),
        fields=dict(row.fields),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
