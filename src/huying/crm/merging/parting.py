"""What is left of a merged customer when the others are taken out of him again. Pure.

A customer is its own row (scalars, with the values of own fields) and rows in parts (numbers, tags, assets ...), each known by a key. What
was added to the survivor since the merge stays with him, and so does what was changed in what was his alone. What came from the others and
was changed since belongs to nobody for sure: then the merge cannot be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
ONE = "do_not_call"
"""The part of which there is one."""
_KEYS = {"numbers": ("number",), "emails": ("email",), "tags": ("tag_id",), ONE: ()}
_ADDRESS = ("kind", "province", "city", "district", "street", "postcode")
_NOT_CONTENT = frozenset({"id", "customer_id", "business_id", "position", "at", "person_id"})
_FOR_ALL = frozenset({"customer_id", "business_id"})
UNTOUCHED = frozenset({"updated_at", "merged_into"})
"""Scalars that say nothing of what people changed."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as rows. `merged`: the ids of those who were merged into him before."""

    scalars: Row
    parts: Mapping[str, Sequence[Row]]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parted:
    """The survivor without the others; `clashes`: what cannot be parted (names of scalars, parts, fields.code)."""

    scalars: dict[str, Any]
    parts: dict[str, list[Row]]
    clashes: list[str] = field(default_factory=list)


def part(before: Person, others: Sequence[Person], after: Person, now: Person) -> Parted:
    """Take the others out of the survivor, who was `before`, became `after` by the merge, and is `now`."""
    clashes: list[str] = []
    scalars = dict(now.scalars)
    for name in before.scalars.keys() - UNTOUCHED - {"fields"}:
        scalars[name] = _value(name, before.scalars[name], after.scalars[name], now.scalars[name], clashes)
    old, merged, current = (person.scalars.get("fields") or {} for person in (before, after, now))
    values = {
        code: _value(f"fields.{code}", old.get(code), merged.get(code), current.get(code), clashes) for code in {*old, *merged, *current}
    }
    scalars["fields"] = {code: value for code, value in values.items() if value is not None}
    parts = {
        name: _rows(name, before.parts.get(name, ()), [one for other in others for one in other.parts.get(name, ())],
                    after.parts.get(name, ()), now.parts.get(name, ()), clashes)
        for name in now.parts
    }  # fmt: skip
    return Parted(scalars, parts, sorted(set(clashes)))


def key_of(name: str, row: Row) -> tuple[Any, ...]:
    """By what a row of a part is known; rows with the same key are the same."""
    if name == "addresses":
        return tuple("".join(str(row[one]).split()).lower() for one in _ADDRESS)
    return tuple(row[one] for one in _KEYS.get(name, ("id",)))


def _value(name: str, before: Any, after: Any, now: Any, clashes: list[str]) -> Any:
    if now == after:
        return before
    if before != after and now != before:
        clashes.append(name)
    return now


def _rows(
    name: str, before: Iterable[Row], others: Iterable[Row], after: Iterable[Row], now: Iterable[Row], clashes: list[str]
) -> list[Row]:
    own, foreign = _by_key(name, before), _by_key(name, others)
    merged, current = _by_key(name, after), _by_key(name, now)
    for key in foreign.keys() & merged.keys():
        if not _same(name, merged[key], current.get(key)):
            clashes.append(name)
    found = [own[key] if key in own and _same(name, row, merged.get(key)) else row
             for key, row in current.items() if key in own or key not in merged or key not in foreign]  # fmt: skip
    return [*found, *(own[key] for key in own.keys() - merged.keys() - current.keys())]


def _same(name: str, one: Row, other: Row | None) -> bool:
    apart = _NOT_CONTENT if name in ("numbers", "emails", "addresses", "tags") else _FOR_ALL
    return other is not None and all(one[key] == other.get(key) for key in one.keys() - apart)


def _by_key(name: str, rows: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    return {key_of(name, row): row for row in rows}
