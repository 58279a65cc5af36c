"""Which customer a row means, and what is done with it. Pure: candidates come as arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from huying.crm.importing.drafting import Draft
from huying.crm.importing.targets import FIELD_PREFIX
from huying.crm.importing.values import Problem

Act = Literal["create", "update", "skip", "fail"]
CREATE: Act = "create"
UPDATE: Act = "update"
SKIP: Act = "skip"
FAIL: Act = "fail"


@dataclass(frozen=True, slots=True)
class Known:
    """A customer who is there already."""

    id: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Book:
    """The customers whom some rows may mean, by code and by number (E.164)."""

    by_code: Mapping[str, Sequence[Known]]
    by_number: Mapping[str, Sequence[Known]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a row: `act`, with whom, and why not."""

    act: Act
    customer: Known | None = None
    problems: tuple[Problem, ...] = ()


def decide(draft: Draft, book: Book, match: str, existing: str, required: Mapping[str, str] | None = None) -> Decision:
    """What is done with this row. `required`: targets of fields that a new customer must have, with their names."""
    found = _meant(draft, book, match)
    if len(found) > 1 and existing != CREATE:
        return Decision(FAIL, problems=(Problem("several-match", details={"count": len(found)}),))
    if found and existing == SKIP:
        return Decision(SKIP, found[0], (Problem("skipped-existing"),))
    if found and existing == UPDATE:
        return Decision(UPDATE, found[0])
    if not draft.texts.get("name"):
        return Decision(FAIL, problems=(Problem("name-missing"),))
    missing = [name for target, name in (required or {}).items() if target.removeprefix(FIELD_PREFIX) not in draft.fields]
    if missing:
        return Decision(FAIL, problems=tuple(Problem("field-missing", details={"field": name}) for name in missing))
    return Decision(CREATE)


def keys_of(draft: Draft, match: str) -> set[str]:
    """By what a row is known again: two rows that share one may mean the same customer."""
    keys = {f"code {draft.code}"} if draft.code and match in ("code", "code_or_number") else set()
    return keys | {number for number, _ in draft.numbers} if match in ("number", "code_or_number") else keys


def _meant(draft: Draft, book: Book, match: str) -> list[Known]:
    """Everybody whom the row may mean: by the code if it says so, else by number; of several with the number those of the same name.

    Somebody with another code is somebody else.
    """
    if match in ("code", "code_or_number") and draft.code:
        by_code = list(book.by_code.get(draft.code, ()))
        if by_code or match == "code":
            return by_code
    if match not in ("number", "code_or_number"):
        return []
    holders = {known.id: known for number, _ in draft.numbers for known in book.by_number.get(number, ())}
    found = [known for known in holders.values() if not draft.code or known.code in ("", draft.code)]
    same = [known for known in found if known.name == draft.texts.get("name")]
    return same if len(found) > 1 and same else found
