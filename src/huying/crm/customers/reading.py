"""Reads customers with all their parts in one statement, since somebody waits at every screen that shows them. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.companies.model import CompanyAddressRow
from huying.crm.customers.document import Address, Belonging, Consent, Customer, DoNotCall, Email, Hint, Number, Tag
from huying.crm.customers.model import CustomerAddressRow, CustomerRow
from huying.crm.customers.search import Findable
from huying.foundation.clock import utc_now

_HOLDS = "(d.until IS NULL OR d.until > CAST(:now AS timestamptz))"
_DOCUMENTS = f"""
    SELECT c.id::text AS id, c.name, c.code, c.class, c.company_id::text AS company_id, c.company_role, f.name AS company,
        c.language, c.note, c.fields, c.created_at, c.updated_at,
        (SELECT json_agg(json_build_array(n.number, n.label, n.main, d.id IS NOT NULL, d.reason, d.until, d.at, d.person_id)
            ORDER BY n.main DESC, n.position) FROM customer_number n LEFT JOIN do_not_call d
            ON d.business_id = n.business_id AND d.number = n.number AND d.number <> '' AND {_HOLDS} WHERE n.customer_id = c.id) AS numbers,
        (SELECT json_agg(json_build_array(e.email, e.label) ORDER BY e.position)
            FROM customer_email e WHERE e.customer_id = c.id) AS emails,
        (SELECT json_agg(json_build_array(a.kind, a.province, a.city, a.district, a.street, a.postcode, a.usual) ORDER BY a.position)
            FROM customer_address a WHERE a.customer_id = c.id) AS addresses,
        (SELECT json_agg(json_build_array(t.id, t.name, t.colour, t.listed) ORDER BY t.name)
            FROM customer_tag h JOIN tag t ON t.id = h.tag_id WHERE h.customer_id = c.id) AS tags,
        (SELECT json_agg(json_build_array(s.kind, s.given, s.at, s.source, s.person_id) ORDER BY s.at DESC, s.id DESC)
            FROM customer_consent s WHERE s.customer_id = c.id) AS consents,
        (SELECT json_build_array(d.reason, d.until, d.at, d.person_id)
            FROM do_not_call d WHERE d.customer_id = c.id AND d.customer_id IS NOT NULL AND {_HOLDS}) AS do_not_call,
        (SELECT json_agg(json_build_array(w.id, w.text, w.level, w.until, w.at, w.person_id) ORDER BY w.at DESC, w.id DESC)
            FROM customer_warning w WHERE w.customer_id = c.id) AS warnings,
        (SELECT json_agg(json_build_array(o.plate, o.serial, o.vin) ORDER BY o.id) FROM asset o WHERE o.customer_id = c.id) AS things
    FROM customer c LEFT JOIN company f ON f.id = c.company_id
"""  # noqa: S608
_BY_ID = text(f"{_DOCUMENTS} WHERE c.id = ANY(CAST(:ids AS uuid[]))")
_BY_NUMBER = text(f"""{_DOCUMENTS} JOIN customer_number m ON m.customer_id = c.id WHERE m.number = :number AND c.merged_into IS NULL
    ORDER BY m.main DESC, c.name, c.id LIMIT :most""")


@dataclass(frozen=True, slots=True)
class Read:
    """A customer, and what he can be found by."""

    customer: Customer
    found_by: Findable


async def documents(session: AsyncSession, rows: Sequence[CustomerRow], now: datetime | None = None) -> list[Customer]:
    """The customers of these rows, in their order. `now` decides what still holds."""
    await session.flush()
    return [read.customer for read in await read_by_id(session, [row.id for row in rows], now)]


async def read_by_id(session: AsyncSession, ids: Sequence[str], now: datetime | None = None) -> list[Read]:
    """These customers, in this order; ids that are not there are left out."""
    if not ids:
        return []
    now = now or utc_now()
    found = {row["id"]: _read(row, now) for row in (await session.execute(_BY_ID, {"ids": list(ids), "now": now})).mappings()}
    return [found[one] for one in ids if one in found]


async def read_by_number(session: AsyncSession, number: str, now: datetime | None = None, most: int = 20) -> list[Customer]:
    """Who has this number (E.164); those whose main number it is first."""
    now = now or utc_now()
    rows = (await session.execute(_BY_NUMBER, {"number": number, "most": most, "now": now})).mappings()
    return [_read(row, now).customer for row in rows]


def address_of(row: CustomerAddressRow | CompanyAddressRow) -> Address:
    """An address from a row of a customer or a company."""
    return Address(row.kind, row.province, row.city, row.district, row.street, row.postcode, row.usual)


def _read(row: Mapping[Any, Any], now: datetime) -> Read:
    numbers = tuple(_number(*told) for told in row["numbers"] or ())
    emails = tuple(Email(*told) for told in row["emails"] or ())
    company = row["company"]
    customer = Customer(
        id=row["id"],
        name=row["name"],
        code=row["code"],
        customer_class=row["class"],
        company=Belonging(row["company_id"], company, row["company_role"]) if company is not None else None,
        language=row["language"],
        note=row["note"],
        numbers=numbers,
        emails=emails,
        addresses=tuple(Address(*told) for told in row["addresses"] or ()),
        tags=tuple(Tag(*told) for told in row["tags"] or ()),
        consents=_consents(row["consents"] or ()),
        do_not_call=_refusal(*row["do_not_call"]) if row["do_not_call"] else None,
        warnings=tuple(_hint(now, *told) for told in row["warnings"] or ()),
        fields=dict(row["fields"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
    plates, serials, vins = (tuple(filter(None, texts)) for texts in zip(*(row["things"] or [("", "", "")]), strict=True))
    reached = tuple(one.number for one in numbers), tuple(one.email for one in emails)
    return Read(customer, Findable(row["name"], company or "", row["code"], reached[0], plates, serials, vins, reached[1]))


def _number(number: str, label: str, main: bool, refused: bool, *told: Any) -> Number:
    return Number(number, label, main, _refusal(*told) if refused else None)


def _refusal(reason: str, until: str | None, at: str | None, person_id: str | None) -> DoNotCall:
    return DoNotCall(reason, _moment(until), _moment(at), person_id)


def _consents(told: Sequence[Sequence[Any]]) -> tuple[Consent, ...]:
    found: list[Consent] = []
    for kind, given, at, source, person_id in told:
        found.append(Consent(kind, given, datetime.fromisoformat(at), source, person_id, all(one.kind != kind for one in found)))
    return tuple(found)


def _hint(now: datetime, hint_id: str, said: str, level: str, until: str | None, at: str, person_id: str | None) -> Hint:
    end = _moment(until)
    return Hint(hint_id, said, level, end, datetime.fromisoformat(at), person_id, end is None or end > now)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
