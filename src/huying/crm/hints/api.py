"""Routes of hints for numbers; warnings of a customer stand with the customer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

from huying.admin.guard import CallerOf, requires
from huying.crm.customers.document import Hint, WarningFields
from huying.crm.customers.views import HintView, Level
from huying.crm.hints.model import NumberHintRow
from huying.crm.hints.service import (
    add_number_hint,
    as_hint,
    bring_back_number_hint,
    change_number_hint,
    list_number_hints,
    remove_number_hint,
)
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/number-hints", tags=["customers"])


HintNumber = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)]
HintText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class NumberHintView(HintView):
    """Something to mind about whoever calls from a number (E.164)."""

    number: str


class NumberHintPage(BaseModel):
    """Hints, the newest first, and how many there are in all."""

    items: list[NumberHintView]
    total: int


class NumberHintIn(BaseModel):
    """A new hint; the number as people write it."""

    model_config = ConfigDict(extra="forbid")

    number: HintNumber
    text: HintText
    level: Level = "info"
    until: AwareDatetime | None = None


class NumberHintChange(BaseModel):
    """What changes of a hint; `until` null: for good."""

    model_config = ConfigDict(extra="forbid")

    number: HintNumber | None = None
    text: HintText | None = None
    level: Level | None = None
    until: AwareDatetime | None = None

    def fields(self) -> WarningFields:
        """The given fields, for the service; only the end may be emptied."""
        told = self.model_dump(exclude_unset=True, exclude={"number"})
        return cast(WarningFields, {name: value for name, value in told.items() if value is not None or name == "until"})


@router.get("", dependencies=[requires("customers.view")])
async def read_hints(
    caller: CallerOf,
    ground: GroundOf,
    number: Annotated[str, Query(max_length=40)] = "",
    search: Annotated[str, Query(max_length=100)] = "",
    active: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> NumberHintPage:
    """Hints for one number, or for all, with `search` in the text or among the digits; with `active` without those that have ended."""
    async with ground.database.business(caller.business_id) as session:
        now = ground.clock()
        rows, total = await list_number_hints(session, number, limit, offset, search, now if active else None)
    return NumberHintPage(items=[_view(row, now) for row in rows], total=total)


@router.post("", status_code=201, dependencies=[requires("customers.edit")])
async def make_hint(caller: CallerOf, ground: GroundOf, given: NumberHintIn) -> NumberHintView:
    """A new hint for a number, whoever has it."""
    now, said = ground.clock(), WarningFields(text=given.text, level=given.level, until=given.until)
    async with ground.database.business(caller.business_id) as session:
        return _view(await add_number_hint(session, caller.business_id, given.number, said, caller.person_id, now), now)


@router.patch("/{hint_id}", dependencies=[requires("customers.edit")])
async def edit_hint(caller: CallerOf, ground: GroundOf, hint_id: IdPath, given: NumberHintChange) -> NumberHintView:
    """Change what is given."""
    async with ground.database.business(caller.business_id) as session:
        return _view(await change_number_hint(session, hint_id, given.number, given.fields()), ground.clock())


@router.delete("/{hint_id}", status_code=204, dependencies=[requires("customers.edit")])
async def forget_hint(caller: CallerOf, ground: GroundOf, hint_id: IdPath) -> None:
    """Take a hint away; for 30 days it can be brought back."""
    async with ground.database.business(caller.business_id) as session:
        await remove_number_hint(session, hint_id, ground.clock())


@router.post("/{hint_id}/bring-back", dependencies=[requires("customers.edit")])
async def bring_back(caller: CallerOf, ground: GroundOf, hint_id: IdPath) -> NumberHintView:
    """A hint that was taken away is there again."""
    async with ground.database.business(caller.business_id) as session:
        return _view(await bring_back_number_hint(session, hint_id), ground.clock())


def hint_view(hint: Hint) -> HintView:
    """A hint for the browser."""
    return HintView.model_validate(hint, from_attributes=True)


def _view(row: NumberHintRow, now: datetime) -> NumberHintView:
    return NumberHintView(number=row.number, **hint_view(as_hint(row, now)).model_dump())
