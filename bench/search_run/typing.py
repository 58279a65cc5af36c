"""What people type to find a customer who is there: taken from customers drawn by lot, in the ways people type. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from sqlalchemy import text

from huying.crm.customers.search import full_pinyin, initials
from huying.foundation.database import Database

_DRAWN = text("""
    SELECT c.id::text AS id, c.name, c.code, coalesce(f.name, '') AS company,
        (SELECT number FROM customer_number n WHERE n.customer_id = c.id ORDER BY position LIMIT 1) AS number,
        coalesce((SELECT max(serial) FROM asset a WHERE a.customer_id = c.id), '') AS serial,
        coalesce((SELECT max(plate) FROM asset a WHERE a.customer_id = c.id), '') AS plate
    FROM (SELECT * FROM customer TABLESAMPLE BERNOULLI (5) LIMIT 20000) c LEFT JOIN company f ON f.id = c.company_id
""")


@dataclass(frozen=True, slots=True)
class Person:
    """A customer who is there; the number without +86."""

    id: str
    name: str
    code: str
    company: str
    number: str
    serial: str
    plate: str


Way = Callable[[Person, Random], str]


def _part(written: str, dice: Random, length: int) -> str:
    start = dice.randint(0, max(len(written) - length, 0))
    return written[start : start + length] if len(written) >= length else ""


def _chinese(person: Person) -> bool:
    return ord(person.name[0]) > 0x2E80


WAYS: Mapping[str, Way] = {
    "whole name": lambda one, _: one.name,
    "one character": lambda one, dice: dice.choice(one.name) if _chinese(one) else "",
    "two characters of the name": lambda one, dice: _part(one.name, dice, 2) if _chinese(one) else "",
    "pinyin": lambda one, _: full_pinyin(one.name) if _chinese(one) else "",
    "part of the pinyin": lambda one, dice: _part(full_pinyin(one.name), dice, 5) if _chinese(one) else "",
    "surname in pinyin": lambda one, _: full_pinyin(one.name[0]) if _chinese(one) else "",
    "initials": lambda one, _: initials(one.name) if _chinese(one) else "",
    "surname and given name apart": lambda one, _: f"{one.name[0]} {one.name[1:]}" if _chinese(one) else "",
    "pinyin apart": lambda one, _: f"{full_pinyin(one.name[0])} {full_pinyin(one.name[1:])}" if _chinese(one) else "",
    "English name": lambda one, dice: dice.choice(one.name.split()) if not _chinese(one) else "",
    "whole number": lambda one, _: one.number,
    "beginning of the number": lambda one, _: one.number[:6],
    "last four digits": lambda one, _: one.number[-4:],
    "six digits within": lambda one, dice: _part(one.number, dice, 6),
    "three digits": lambda one, dice: _part(one.number, dice, 3),
    "whole plate": lambda one, _: one.plate,
    "part of the plate": lambda one, _: one.plate[-4:] if one.plate else "",
    "whole serial": lambda one, _: one.serial,
    "part of the serial": lambda one, dice: _part(one.serial, dice, 5) if one.serial else "",
    "code": lambda one, _: one.code,
    "part of the company": lambda one, dice: _part(one.company, dice, 4) if one.company else "",
    "company's initials": lambda one, _: initials(one.company) if one.company else "",
    "surname and last four digits": lambda one, _: f"{one.name[0]} {one.number[-4:]}" if _chinese(one) else "",
    "pinyin and company": lambda one, _: f"{full_pinyin(one.name)} {one.company[:4]}" if one.company and _chinese(one) else "",
    "nobody": lambda one, dice: f"{one.number[:7]}0{dice.randint(0, 9)}zq",
}


async def draw(database: Database, business_id: str, dice: Random, of_each: int) -> list[tuple[str, str, Person]]:
    """(way, what is typed, who is meant), mixed."""
    async with database.business(business_id) as session:
        rows = (await session.execute(_DRAWN)).all()
    people = [Person(row.id, row.name, row.code, row.company, row.number.removeprefix("+86"), row.serial, row.plate) for row in rows]
    dice.shuffle(people)
    found: list[tuple[str, str, Person]] = []
    for name, way in WAYS.items():
        typed = ((name, written, one) for one in people if (written := way(one, dice)))
        found += [one for one, _ in zip(typed, range(of_each), strict=False)]
    dice.shuffle(found)
    return found
