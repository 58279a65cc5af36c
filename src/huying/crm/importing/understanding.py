"""What a business calls its classes and fields, so that its tables can be read. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.callers.service import load_classes
from huying.crm.fields.model import CustomFieldRow
from huying.crm.fields.service import list_fields
from huying.crm.importing.drafting import ReadField, Understanding
from huying.crm.importing.targets import FIELD_PREFIX, Target, targets_with
from huying.crm.importing.values import CellWrong, choice, day, email, several, yes_or_no


async def own_fields(session: AsyncSession) -> list[CustomFieldRow]:
    """The business's own fields of customers."""
    return await list_fields(session, "customer")


def targets_of(fields: Sequence[CustomFieldRow]) -> dict[str, Target]:
    """What a column may become in this business."""
    return targets_with({row.code: row.name.values() for row in fields})


async def understand(session: AsyncSession, columns: Sequence[str], targets: Sequence[str]) -> Understanding:
    """How rows with these columns are read when each becomes this target."""
    fields = await own_fields(session)
    known = targets_of(fields)
    chosen = tuple(code if code in known else "" for code in targets)
    classes = {name.lower(): one.code for one in await load_classes(session) for name in (one.code, *one.name.values())}
    readers = {row.code: _reader(row) for row in fields}
    required = {FIELD_PREFIX + row.code: next(iter(row.name.values()), row.code) for row in fields if row.required}
    return Understanding(tuple(columns), chosen, classes, readers, required)


def _reader(row: CustomFieldRow) -> ReadField:
    """How a cell becomes a value of this field."""
    known = {str(name).lower(): str(one["code"]) for one in row.choices for name in (one["code"], *_names(one))}
    plain: dict[str, Callable[[str], object]] = {
        "number": _number,
        "date": lambda cell: day(cell).isoformat(),
        "yes_no": yes_or_no,
        "email": email,
        "choice": lambda cell: choice(cell, known, "unknown-choice"),
        "multi": lambda cell: [choice(part, known, "unknown-choice") for part in several(cell)],
    }
    return plain.get(row.kind, str)


def _names(one: Mapping[str, object]) -> list[str]:
    name = one.get("name")
    return [str(text) for text in name.values()] if isinstance(name, Mapping) else []


def _number(cell: str) -> int | float:
    try:
        found = float(cell.replace(",", "").replace("，", ""))
    except ValueError:
        raise CellWrong("not-a-number") from None
    if not abs(found) < 1e15:
        raise CellWrong("not-a-number")
    return int(found) if found.is_integer() else found
