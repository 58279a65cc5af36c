"""Routes of hints for numbers; warnings of a customer stand with the customer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

from huying.admin.guard import CallerOf, requires
from huying.crm.customers.document import Hint, WarningFields
from huying.crm.customers.views import HintView, Level
from huying.crm.hints.model import NumberHintRow
from huying.crm.hints.service import add_number_hint, as_hint, list_number_hints, remove_number_hint
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/number-hints", tags=["customers"])


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

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    level: Level = "info"
    until: AwareDatetime | None = None


@router.get("", dependencies=[requires("customers.view")])
async def read_hints(
    caller: CallerOf,
    ground: GroundOf,
    number: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> NumberHintPage:
    """Hints for one number, or for all; also those that have ended."""
    async with ground.database.business(caller.business_id) as session:
        rows, total = await list_number_hints(session, number, limit, offset)
    return NumberHintPage(items=[_view(row, ground.clock()) for row in rows], total=total)


@router.post("", status_code=201, dependencies=[requires("customers.edit")])
async def make_hint(caller: CallerOf, ground: GroundOf, given: NumberHintIn) -> NumberHintView:
    """A new hint for a number, whoever has it."""
    now, said = ground.clock(), WarningFields(text=given.text, level=given.level, until=given.until)
    async with ground.database.business(caller.business_id) as session:
        return _view(await add_number_hint(session, caller.business_id, given.number, said, caller.person_id, now), now)


@router.delete("/{hint_id}", status_code=204, dependencies=[requires("customers.edit")])
async def forget_hint(caller: CallerOf, ground: GroundOf, hint_id: IdPath) -> None:
    """Take a hint away."""
    async with ground.database.business(caller.business_id) as session:
        await remove_number_hint(session, hint_id)


def hint_view(hint: Hint) -> HintView:
    """A hint for the browser."""
    return HintView.model_validate(hint, from_attributes=True)


def _view(row: NumberHintRow, now: datetime) -> NumberHintView:
    return NumberHintView(number=row.number, **hint_view(as_hint(row, now)).model_dump())
