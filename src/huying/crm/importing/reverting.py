"""What a row of an import changed of a customer who was there, and which of it can be put back. Pure: documents come as arguments.

What is kept of a row, as JSON: `texts` and `fields` {name: [before, after]}; `added` {part: what joined the list}; `do_not_call`
[before, after]; `assets` {id: {"made": values} or {"texts": {name: [before, after]}}}; `updated_at` [before, after]. What is still as the
import wrote it goes back; what was changed since stays, and is told by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huying.crm.customers.document import Address, Customer, DoNotCall

Kept = Mapping[str, Any]
LISTS = ("numbers", "emails", "addresses", "tags", "warnings")


@dataclass(slots=True)
class PutBack:
    """What a customer becomes again: `texts` and `fields` to write, `gone` what leaves each list, `do_not_call` (None: nothing to do)
    as a one-tuple; `left`: what was changed since."""

    texts: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    gone: dict[str, list[Any]] = field(default_factory=dict)
    do_not_call: tuple[dict[str, Any] | None] | None = None
    left: list[str] = field(default_factory=list)


def difference(before: Customer, after: Customer, assets: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a row."""
    old, new = texts_of(before), texts_of(after)
    codes = {**before.fields, **after.fields}
    fields = {code: (before.fields.get(code), after.fields.get(code)) for code in codes}
    there, now = _lists(before), _lists(after)
    found: dict[str, Any] = {
        "texts": {name: [old[name], new[name]] for name in old if old[name] != new[name]},
        "fields": {code: list(pair) for code, pair in fields.items() if pair[0] != pair[1]},
        "added": {name: [one for one in now[name] if one not in there[name]] for name in LISTS},
        "assets": dict(assets),
    }
    found["added"] = {name: items for name, items in found["added"].items() if items}
    if _refusal(before.do_not_call) != _refusal(after.do_not_call):
        found["do_not_call"] = [_refusal(before.do_not_call), _refusal(after.do_not_call)]
    changed = {name: value for name, value in found.items() if value}
    return changed | {"updated_at": [before.updated_at.isoformat(), after.updated_at.isoformat()]} if changed else {}


def put_back(kept: Kept, now: Customer) -> PutBack:
    """What can be put back of a customer as he is now."""
    found = PutBack()
    texts = texts_of(now)
    for name, (before, after) in kept.get("texts", {}).items():
        if texts[name] == after:
            found.texts[name] = before
        elif texts[name] != before:
            found.left.append(name)
    for code, (before, after) in kept.get("fields", {}).items():
        if now.fields.get(code) == after:
            found.fields[code] = before
        elif now.fields.get(code) != before:
            found.left.append(f"fields.{code}")
    there = _lists(now)
    for name, items in kept.get("added", {}).items():
        found.gone[name] = [one for one in items if one in there[name]]
        keys = {_key(one) for one in there[name]}
        if any(_key(one) in keys for one in items if one not in there[name]):
            found.left.append(name)
    if "do_not_call" in kept:
        before, after = kept["do_not_call"]
        held = _refusal(now.do_not_call)
        if held == after:
            found.do_not_call = (before,)
        elif held != before:
            found.left.append("do_not_call")
    return found


def put_back_asset(kept: Kept, now: Mapping[str, Any]) -> tuple[dict[str, Any] | None, bool]:
    """The values of an asset that go back (None: it was made by the import and goes), and whether something was changed since."""
    if "made" in kept:
        same = all(now.get(name) == value for name, value in kept["made"].items())
        return (None, False) if same else ({}, True)
    texts = kept.get("texts", {})
    back = {name: before for name, (before, after) in texts.items() if now.get(name) == after}
    return back, any(now.get(name) not in (before, after) for name, (before, after) in texts.items())


def texts_of(customer: Customer) -> dict[str, Any]:
    """What of a customer is one value, by the names of his row."""
    names = ("name", "code", "customer_class", "language", "note")
    company = customer.company
    belongs = {"company_id": company.id if company else None, "company_role": company.role if company else ""}
    return {name: getattr(customer, name) for name in names} | belongs


def _lists(customer: Customer) -> dict[str, list[Any]]:
    """Each list as JSON; the first of each item (of an address all but the postcode) is by what it is known."""
    return {
        "numbers": [[one.number, one.label] for one in customer.numbers],
        "emails": [[one.email, one.label] for one in customer.emails],
        "addresses": [_address(one) for one in customer.addresses],
        "tags": [[one.id] for one in customer.tags],
        "warnings": [[one.id, one.text, one.level, one.until.isoformat() if one.until else None] for one in customer.warnings],
    }


def _address(one: Address) -> list[str]:
    return ["".join((one.province, one.city, one.district, one.street)), one.kind, one.postcode]


def _key(item: Sequence[Any]) -> Any:
    return item[0]


def _refusal(told: DoNotCall | None) -> dict[str, Any] | None:
    if told is None:
        return None
    when = {"until": told.until.isoformat() if told.until else None, "at": told.at.isoformat() if told.at else None}
    return {"reason": told.reason, "person_id": told.person_id} | when
