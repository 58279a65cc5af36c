"""A row of a table as the draft of a customer, or what is wrong with it. Decides nothing about customers that are there already. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from huying.crm.customers.numbers import InvalidNumber, to_e164
from huying.crm.importing.targets import FIELD_PREFIX, NUMBER_TARGETS
from huying.crm.importing.values import CellWrong, Problem, choice, day, email, several, text, yes_or_no

LONGEST = {"note": 2000, "warning": 500, "address": 500, "name": 200, "company": 200}
USUAL_LONGEST = 200
MOST_NUMBERS = 20
LANGUAGES = {"zh-cn": "zh-CN", "zh": "zh-CN", "中文": "zh-CN", "汉语": "zh-CN", "en": "en", "english": "en", "英语": "en", "英文": "en"}

ReadField = Callable[[str], object]
"""A cell as the value of one of the business's own fields. Raises CellWrong."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """How this business's tables are read. `targets`: one for each column. `classes`: name in lower case -> code."""

    columns: tuple[str, ...]
    targets: tuple[str, ...]
    classes: Mapping[str, str]
    fields: Mapping[str, ReadField]
    required: Mapping[str, str] = field(default_factory=dict)
    """Targets of fields that a new customer must have, with their names."""
    region: str = "CN"


@dataclass(slots=True)
class Draft:
    """What a row says of a customer; what it does not say is absent. `numbers`: E.164 with the label."""

    texts: dict[str, str] = field(default_factory=dict)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    address: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    do_not_call: bool | None = None
    asset: dict[str, str | date] = field(default_factory=dict)
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The customer's code in another system, or nothing."""
        return self.texts.get("code", "")


def draft_of(cells: Sequence[str], understanding: Understanding) -> tuple[Draft, list[Problem]]:
    """The draft of a row and everything that is wrong with it; a draft with problems is not to be used."""
    draft, problems = Draft(), []
    if len(cells) > len(understanding.targets):
        problems.append(Problem("too-many-cells", details={"columns": len(understanding.targets), "cells": len(cells)}))
    for column, target, cell in zip(understanding.columns, understanding.targets, cells, strict=False):
        if not target or not cell.strip():
            continue
        try:
            _take(draft, target, text(cell, LONGEST.get(target, USUAL_LONGEST)), understanding)
        except CellWrong as wrong:
            problems.append(Problem(wrong.code, column, cell, wrong.details))
        except InvalidNumber:
            problems.append(Problem("invalid-number", column, cell))
    if len(draft.numbers) > MOST_NUMBERS:
        problems.append(Problem("too-many-numbers", details={"most": MOST_NUMBERS}))
    return draft, problems + _of_asset(draft)


def _take(draft: Draft, target: str, cell: str, understanding: Understanding) -> None:
    if not cell:
        return
    if target in NUMBER_TARGETS:
        _take_numbers(draft, cell, "" if target == "number" else target, understanding.region)
    elif target == "email":
        draft.emails += [one for one in map(email, several(cell)) if one not in draft.emails]
    elif target in ("address", "province", "city", "district", "postcode"):
        draft.address["street" if target == "address" else target] = cell
    elif target == "tags":
        draft.tags += [tag for tag in several(cell) if tag not in draft.tags]
    elif target == "do_not_call":
        draft.do_not_call = yes_or_no(cell)
    elif target.startswith("asset."):
        name = target.removeprefix("asset.")
        draft.asset[name] = day(cell) if name in ("purchased_on", "warranty_until") else cell
    elif target.startswith(FIELD_PREFIX):
        code = target.removeprefix(FIELD_PREFIX)
        draft.fields[code] = understanding.fields[code](cell)
    elif target == "class":
        draft.texts["class"] = choice(cell, understanding.classes, "unknown-class")
    elif target == "language":
        draft.texts["language"] = choice(cell, LANGUAGES, "unknown-language")
    else:
        draft.texts[target] = " ".join(cell.split()) if target in ("name", "company", "code") else cell


def _take_numbers(draft: Draft, cell: str, label: str, region: str) -> None:
    known = {number for number, _ in draft.numbers}
    for part in several(cell):
        number = to_e164(part, region)
        if number not in known:
            known.add(number)
            draft.numbers.append((number, label))


def _of_asset(draft: Draft) -> list[Problem]:
    asset = draft.asset
    bought, until = asset.get("purchased_on"), asset.get("warranty_until")
    if isinstance(bought, date) and isinstance(until, date) and until < bought:
        return [Problem("warranty-before-purchase")]
    return []
