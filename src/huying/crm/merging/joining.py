"""What one customer becomes of several: whose value is kept, and which rows come together. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huying.crm.merging.parting import ONE, Person, Row, key_of

CHOSEN = ("name", "code", "class", "company", "language", "note")
MOST_NOTE = 4000


def join(into: str, people: Mapping[str, Person], values: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, list[Row]]]:
    """The scalars and the parts of the survivor. `people`: by id, the survivor first; `values`: part -> whose value is kept.

    What is not chosen is the survivor's, or where he has none that of the first who has one; notes that differ are put one below the other.
    """
    scalars = dict(people[into].scalars)
    others = [person for key, person in people.items() if key != into]
    for name in ("code", "language"):
        scalars[name] = _chosen(values.get(name), people, name) or _first(people.values(), name)
    for name in ("name", "class"):
        scalars[name] = _chosen(values.get(name), people, name) or scalars[name]
    belongs = people[values["company"]] if "company" in values else next(
        (one for one in people.values() if one.scalars["company_id"]), people[into])  # fmt: skip
    scalars["company_id"], scalars["company_role"] = belongs.scalars["company_id"], belongs.scalars["company_role"]
    notes = dict.fromkeys(str(one.scalars["note"]) for one in people.values() if one.scalars["note"])
    scalars["note"] = people[values["note"]].scalars["note"] if "note" in values else "\n".join(notes)[:MOST_NOTE]
    scalars["fields"] = _fields(people, values)
    return scalars, {name: _rows(name, people[into], others) for name in people[into].parts}


def _fields(people: Mapping[str, Person], values: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for person in reversed(list(people.values())):
        found |= person.scalars.get("fields") or {}
    for part, whose in values.items():
        if part.startswith("fields."):
            code, held = part.removeprefix("fields."), people[whose].scalars.get("fields") or {}
            found.pop(code, None)
            found |= {code: held[code]} if code in held else {}
    return found


def _rows(name: str, into: Person, others: Sequence[Person]) -> list[Row]:
    """The survivor's rows, and those of the others that he has not; one main number, one usual address, one refusal."""
    rows = {key_of(name, row): row for row in into.parts[name]}
    for other in others:
        for row in other.parts[name]:
            rows.setdefault(key_of(name, row), row)
    found = list(rows.values())
    for flag in ("main", "usual"):
        marked = [place for place, row in enumerate(found) if row.get(flag)]
        found = [dict(row) | {flag: False} if place in marked[1:] else row for place, row in enumerate(found)]
    if name in ("numbers", "emails", "addresses"):
        found = [dict(row) | {"position": place} for place, row in enumerate(found)]
    return found[:1] if name == ONE else found


def _chosen(whose: str | None, people: Mapping[str, Person], name: str) -> Any:
    return people[whose].scalars[name] if whose else None


def _first(people: Any, name: str) -> Any:
    return next((one.scalars[name] for one in people if one.scalars[name]), "")
