"""The business's own fields: their definitions, and the values of customers, companies and assets checked by them. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.numbers import matchable
from huying.crm.fields.checking import CODE, KINDS, SUBJECTS, Field, check
from huying.crm.fields.model import CustomFieldRow
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id

MOST_FIELDS = 200
MOST_CHOICES = 500


class FieldTaken(Conflict):
    """There is a field of this code already, perhaps one that was taken away: choose another code, or bring that one back."""

    code = "field-taken"


class FieldsWrong(InvalidInput):
    """Some fields do not fit: see which, and what is wrong with each."""

    code = "fields-wrong"


@dataclass(frozen=True, slots=True)
class FieldData:
    """A field as an administrator gives it."""

    subject: str
    code: str
    name: Mapping[str, str]
    kind: str
    required: bool = False
    choices: Sequence[Mapping[str, Any]] = ()
    section: str = ""
    position: int = 0
    active: bool = True


async def list_fields(session: AsyncSession, subject: str = "", *, all_of_them: bool = False) -> list[CustomFieldRow]:
    """The fields in the order of the form; with `all_of_them` also those that were taken away."""
    row = CustomFieldRow
    statement = select(row).order_by(row.subject, row.position, row.code)
    if subject:
        statement = statement.where(row.subject == subject)
    if not all_of_them:
        statement = statement.where(row.active)
    return list(await session.scalars(statement))


async def definitions(session: AsyncSession, subject: str) -> list[Field]:
    """The definitions that values are checked by."""
    return [
        Field(row.code, row.kind, row.required, tuple(str(choice["code"]) for choice in row.choices))
        for row in await list_fields(session, subject)
    ]


def fill_fields(row_fields: Mapping[str, Any], given: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """The values after a change. Raises FieldsWrong (`fields`: code -> problem)."""
    checked = check(fields, row_fields, given, matchable)
    if checked.problems:
        raise FieldsWrong(fields=[f"fields.{code}" for code in checked.problems], problems=dict(checked.problems))
    return dict(checked.values)


async def find_field(session: AsyncSession, field_id: str) -> CustomFieldRow:
    """One field. Raises NotFound."""
    row = await session.get(CustomFieldRow, field_id)
    if row is None:
        raise NotFound("There is no such field.")
    return row


async def add_field(session: AsyncSession, business_id: str, data: FieldData) -> CustomFieldRow:
    """A new field. Raises InvalidInput, FieldTaken."""
    if (await session.scalar(select(func.count()).select_from(CustomFieldRow)) or 0) >= MOST_FIELDS:
        raise InvalidInput(f"There may be {MOST_FIELDS} fields.")
    if data.subject not in SUBJECTS:
        raise InvalidInput(f"A field is of one of {', '.join(SUBJECTS)}.", field="subject")
    if data.kind not in KINDS:
        raise InvalidInput(f"The kind is one of {', '.join(KINDS)}.", field="kind")
    if not CODE.match(data.code):
        raise InvalidInput("The code begins with a small letter and has small letters, digits and _ (at most 40).", field="code")
    same = (CustomFieldRow.subject == data.subject, CustomFieldRow.code == data.code)
    if await session.scalar(select(CustomFieldRow.id).where(*same)) is not None:
        raise FieldTaken(code=data.code)
    row = CustomFieldRow(id=new_id(), business_id=business_id, subject=data.subject, code=data.code, kind=data.kind)
    _fill(row, data)
    session.add(row)
    await session.flush()
    return row


async def change_field(session: AsyncSession, field_id: str, data: FieldData) -> CustomFieldRow:
    """Change a field but its subject, code and kind. Raises NotFound, InvalidInput."""
    row = await find_field(session, field_id)
    if (data.subject, data.code, data.kind) != (row.subject, row.code, row.kind):
        raise InvalidInput("Subject, code and kind of a field never change: make a new field, and take this one away.", field="kind")
    _fill(row, data)
    await session.flush()
    return row


def data_of(row: CustomFieldRow) -> FieldData:
    """A field as an administrator gives it."""
    names = ("subject", "code", "name", "kind", "required", "choices", "section", "position", "active")
    return FieldData(**{name: getattr(row, name) for name in names})


def _fill(row: CustomFieldRow, data: FieldData) -> None:
    codes = [str(choice["code"]) for choice in data.choices]
    if data.kind in ("choice", "multi") and not codes:
        raise InvalidInput("Say what can be chosen.", field="choices")
    if len(set(codes)) != len(codes) or len(codes) > MOST_CHOICES:
        raise InvalidInput(f"Each choice has a code of its own, and there are at most {MOST_CHOICES}.", field="choices")
    row.name, row.required, row.section, row.position = dict(data.name), data.required, data.section.strip(), data.position
    row.choices = [dict(choice) for choice in data.choices] if data.kind in ("choice", "multi") else []
    row.active = data.active
