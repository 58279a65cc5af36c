"""Finds customers who are likely the same: the same number, the same code, the same name and address or e-mail.
Those whom somebody said to be different are left out. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.document import Customer
from huying.crm.customers.finding import CANDIDATES, rows_of
from huying.crm.customers.reading import documents
from huying.crm.customers.search import encoded, folded, literal
from huying.crm.customers.service import get_customer
from huying.crm.merging.apart import all_apart, apart_from, likely_groups

MOST_GROUPS = 500
MOST_IN_GROUP = 20
_LISTED = "c.merged_into IS NULL"
_PLACE = "lower(regexp_replace(concat(a.province, a.city, a.district, a.street), '\\s', '', 'g'))"
_CODE = "upper(regexp_replace(c.code, '[^A-Za-z0-9]', '', 'g'))"


def _groups(met: str, joined: str) -> TextClause:
    """Customers who share what is met, as ids."""
    return text(
        f"SELECT {met} AS met, array_agg(DISTINCT c.id::text) AS ids FROM customer c {joined} WHERE {_LISTED} AND {met} <> ''"  # noqa: S608
        " GROUP BY 1 HAVING count(DISTINCT c.id) > 1 ORDER BY 1 LIMIT :most"
    )


_SHARED = "(SELECT number FROM customer_number GROUP BY number HAVING count(*) > 1)"
_GROUPS = {
    "number": _groups("n.number", f"JOIN customer_number n ON n.customer_id = c.id AND n.number IN {_SHARED}"),
    "code": _groups(_CODE, ""),
    "name_address": _groups(f"c.name || ' ' || {_PLACE}", f"JOIN customer_address a ON a.customer_id = c.id AND {_PLACE} <> ''"),
    "name_email": _groups("c.name || ' ' || e.email", "JOIN customer_email e ON e.customer_id = c.id"),
}
_NEAR = text(f"""
    SELECT DISTINCT c.id::text AS id FROM customer c WHERE {_LISTED} AND c.id <> CAST(:id AS uuid) AND (
        c.id IN (SELECT customer_id FROM customer_number WHERE number = ANY(:numbers))
        OR c.id IN (SELECT id FROM customer WHERE name = :name) OR c.id = ANY(CAST(:candidates AS uuid[]))) LIMIT 200
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class Reason:
    """Why customers are likely the same: number, code, name_address, name_email, and what they share."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Likely:
    """Customers who are likely the same."""

    customers: list[Customer]
    reasons: list[Reason]


async def duplicates_of(session: AsyncSession, customer_id: str) -> list[Likely]:
    """Who is likely the same as this customer, each with the reasons; the strongest first. Raises NotFound."""
    customer = await get_customer(session, customer_id)
    told = {"id": customer.id, "name": customer.name, "numbers": [one.number for one in customer.numbers]}
    candidates = await _with_code(session, customer.code)
    ids = [row.id for row in await session.execute(_NEAR, told | {"candidates": candidates})]
    apart = await apart_from(session, customer.id)
    others = await documents(session, await rows_of(session, [one for one in ids if one not in apart]))
    found = [Likely([other], reasons) for other in others if (reasons := alike(customer, other))]
    return sorted(found, key=lambda one: (-len(one.reasons), one.customers[0].name))[:MOST_IN_GROUP]


async def all_duplicates(session: AsyncSession, limit: int, offset: int) -> tuple[list[Likely], int]:
    """Groups of customers who are likely the same, and how many groups there are (at most so many are looked for)."""
    groups: list[tuple[set[str], list[Reason]]] = []
    apart = await all_apart(session)
    for kind, statement in _GROUPS.items():
        for row in await session.execute(statement, {"most": MOST_GROUPS + len(apart)}):
            for ids in likely_groups(row.ids, apart):
                _put(groups, ids, Reason(kind, row.met))
    page = groups[offset : offset + limit]
    wanted = {customer_id for ids, _ in page for customer_id in sorted(ids)[:MOST_IN_GROUP]}
    known = {one.id: one for one in await documents(session, await rows_of(session, wanted))} if wanted else {}
    return [Likely([known[one] for one in sorted(ids) if one in known], reasons) for ids, reasons in page], len(groups)


def alike(one: Customer, other: Customer) -> list[Reason]:
    """Why two customers are likely the same."""
    found = [Reason("number", number) for number in sorted({n.number for n in one.numbers} & {n.number for n in other.numbers})]
    if plain_code(one.code) and plain_code(one.code) == plain_code(other.code):
        found.append(Reason("code", other.code))
    if folded(one.name) == folded(other.name):
        lines = {_plain(a.line()): a.line() for a in one.addresses}
        found += [Reason("name_address", lines[_plain(a.line())]) for a in other.addresses if _plain(a.line()) in lines]
        found += [Reason("name_email", email) for email in sorted({e.email for e in one.emails} & {e.email for e in other.emails})]
    return found


def plain_code(code: str) -> str:
    """A code without what people write in different ways."""
    return "".join(one for one in code.upper() if one.isascii() and one.isalnum())


def _plain(line: str) -> str:
    return "".join(one for one in folded(line) if one.isalnum())


def _put(groups: list[tuple[set[str], list[Reason]]], ids: set[str], reason: Reason) -> None:
    """Into the group that shares a customer, or into one of its own; groups that come together become one."""
    met = [group for group in groups if group[0] & ids]
    reasons = [one for _, known in met for one in known] + [reason]
    together = ids.union(*(group[0] for group in met))
    if met:
        groups[groups.index(met[0])] = (together, reasons)
        for group in met[1:]:
            groups.remove(group)
    else:
        groups.append((together, reasons))


async def _with_code(session: AsyncSession, code: str) -> list[str]:
    forms: Iterable[str] = dict.fromkeys((encoded("".join(code.split())), plain_code(code).lower()))
    patterns = [f"% {literal(form)} %" for form in forms if form]
    if not patterns:
        return []
    found = await session.execute(CANDIDATES, {"near": "[]", "words": json.dumps([patterns]), "beginnings": [], "most": MOST_IN_GROUP})
    return [str(row.customer_id) for row in found]
