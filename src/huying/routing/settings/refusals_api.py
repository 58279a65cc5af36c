"""Routes by which the reasons for refusing what rings are changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf
from huying.routing.refusals import add_refusal_reason, find_refusal_reason, refusal_reasons
from huying.routing.settings.administration import CODE
from huying.routing.settings.queue_views import Given, Names, Position

router = APIRouter(prefix="/api/refusal-reasons", tags=["routing"], dependencies=[requires("queues.manage")])

Code = Annotated[str, Path(max_length=40, pattern=f"^{CODE.pattern}$")]


class RefusalReasonIn(Given):
    """A reason for refusing; what is left out stays as it is."""

    name: Names
    active: bool = True
    position: Position | None = None


class RefusalReasonView(BaseModel):
    """A reason for refusing."""

    code: str
    name: dict[str, str]
    position: int
    active: bool


class RefusalReasonPage(BaseModel):
    """All reasons for refusing, in their order."""

    items: list[RefusalReasonView]
    total: int


@router.get("")
async def list_refusal_reasons(caller: CallerOf, ground: GroundOf) -> RefusalReasonPage:
    """All reasons for refusing what rings, also inactive ones."""
    async with ground.database.business(caller.business_id) as session:
        items = [RefusalReasonView.model_validate(one, from_attributes=True) for one in await refusal_reasons(session)]
    return RefusalReasonPage(items=items, total=len(items))


@router.put("/{code}", status_code=204)
async def write_refusal_reason(caller: CallerOf, ground: GroundOf, code: Code, given: RefusalReasonIn) -> None:
    """Make or change a reason for refusing."""
    async with changing(ground, caller, "refusal_reason") as change:
        row = await find_refusal_reason(change.session, code)
        made = row is None
        if row is None:
            row = await add_refusal_reason(change.session, caller.business_id, code, given.name)
        else:
            await change.begin(row.id)
        for name, value in given.model_dump(exclude_none=True).items():
            setattr(row, name, value)
        change.note(row.id, "made" if made else "changed")
