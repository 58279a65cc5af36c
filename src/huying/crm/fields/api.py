"""Routes of the business's own fields."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.crm.fields.model import CustomFieldRow
from huying.crm.fields.service import FieldData, add_field, change_field, data_of, find_field, list_fields
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/customer-fields", tags=["customers"])

Subject = Literal["customer", "company", "asset"]
Kind = Literal["text", "number", "date", "choice", "multi", "yes_no", "phone", "email", "url"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Names = Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")], Text], Field(min_length=1, max_length=20)]


class ChoiceView(BaseModel):
    """One of what can be chosen; the code is what is kept."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
    name: Names


class FieldView(BaseModel):
    """A field. `section`: the heading under which it stands in the form; one that is not `active` keeps its values and is not shown."""

    id: str
    subject: Subject
    code: str
    name: dict[str, str]
    kind: Kind
    required: bool
    choices: list[ChoiceView]
    section: str
    position: int
    active: bool


class FieldPage(BaseModel):
    """The fields in the order of the form."""

    items: list[FieldView]
    total: int


class FieldChange(BaseModel):
    """What changes of a field. Subject, code and kind never do."""

    model_config = ConfigDict(extra="forbid")

    name: Names | None = None
    required: bool | None = None
    choices: Annotated[list[ChoiceView], Field(max_length=500)] | None = None
    section: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None
    active: bool | None = None


class NewField(BaseModel):
    """A new field."""

    model_config = ConfigDict(extra="forbid")

    subject: Subject
    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: Names
    kind: Kind
    required: bool = False
    choices: Annotated[list[ChoiceView], Field(max_length=500)] = []
    section: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    position: Annotated[int, Field(ge=0, le=10_000)] = 0


@router.get("", dependencies=[requires("customers.view")])
async def read_fields(
    caller: CallerOf,
    ground: GroundOf,
    subject: Annotated[Literal["", "customer", "company", "asset"], Query()] = "",
    all_of_them: Annotated[bool, Query(alias="all")] = False,
) -> FieldPage:
    """The business's own fields; with `all` also those that were taken away."""
    async with ground.database.business(caller.business_id) as session:
        items = [_view(row) for row in await list_fields(session, subject, all_of_them=all_of_them)]
    return FieldPage(items=items, total=len(items))


@router.post("", status_code=201, dependencies=[requires("customers.manage")])
async def make_field(caller: CallerOf, ground: GroundOf, given: NewField) -> FieldView:
    """A new field."""
    async with changing(ground, caller, "custom_field") as change:
        row = await add_field(change.session, caller.business_id, FieldData(**given.model_dump()))
        change.note(row.id, "made")
        return _view(row)


@router.patch("/{field_id}", dependencies=[requires("customers.manage")])
async def edit_field(caller: CallerOf, ground: GroundOf, field_id: IdPath, given: FieldChange) -> FieldView:
    """Change what is given; `active` false takes the field away and keeps its values."""
    async with changing(ground, caller, "custom_field") as change:
        await change.begin(field_id)
        held = data_of(await find_field(change.session, field_id))
        told = given.model_dump(exclude_unset=True, exclude_none=True)
        row = await change_field(change.session, field_id, FieldData(**{name: told.get(name, getattr(held, name)) for name in _NAMES}))
        change.note(row.id, "changed")
        return _view(row)


_NAMES = tuple(FieldData.__dataclass_fields__)


def _view(row: CustomFieldRow) -> FieldView:
    return FieldView.model_validate({name: getattr(row, name) for name in FieldView.model_fields})
