"""Routes by which queues and reasons for a break are changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import select

from huying.admin.changing import Change, changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf, IdPath
from huying.routing.model import BreakReasonRow, QueueRow
from huying.routing.service import load_queues
from huying.routing.settings.administration import add, change_queue, find, find_break_reason
from huying.routing.settings.queue_checks import check_given, check_readable, keep_readable
from huying.routing.settings.queue_views import Given, Names, NewQueue, Position, QueueChange, QueueView, queue_view

router = APIRouter(prefix="/api", tags=["routing"], dependencies=[requires("queues.manage")])


class ReasonIn(Given):
    """A reason for a break; what is left out stays as it is. `most_seconds`: how long it may last, 0 for as long as one likes."""

    name: Names
    active: bool = True
    position: Position | None = None
    colour: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-fA-F]{6})?$")] | None = None
    most_seconds: Annotated[int, Field(ge=0, le=86_400)] | None = None


class ReasonView(BaseModel):
    """A reason for a break."""

    id: str
    code: str
    name: dict[str, str]
    position: int
    active: bool
    colour: str
    most_seconds: int


class ReasonPage(BaseModel):
    """All reasons for a break, in their order."""

    items: list[ReasonView]
    total: int


@router.post("/queues", status_code=201)
async def make_queue(caller: CallerOf, ground: GroundOf, given: NewQueue) -> QueueView:
    """A new queue."""
    async with changing(ground, caller, "queue") as change:
        row = await add(change.session, QueueRow, caller.business_id, given.code, given.name)
        change.note(row.id, "made")
        return await _fill(change, row, given, caller.language)


@router.patch("/queues/{queue_id}")
async def patch_queue(caller: CallerOf, ground: GroundOf, queue_id: IdPath, given: QueueChange) -> QueueView:
    """Change a queue; calls that wait already go by the new rules from now on."""
    async with changing(ground, caller, "queue") as change:
        await change.begin(queue_id)
        row = await find(change.session, QueueRow, queue_id)
        change.note(row.id, "changed")
        before = await load_queues(change.session)
        view = await _fill(change, row, given, caller.language)
        await keep_readable(change, before)
        return view


async def _fill(change: Change, row: QueueRow, given: QueueChange, language: str) -> QueueView:
    sent = given.given()
    await check_given(change.session, row.id, sent)
    await change_queue(change.session, row, sent)
    queue = (await load_queues(change.session))[row.id]
    if "requirements" in sent:
        check_readable(queue, language)
    return queue_view(queue, language)


@router.get("/break-reasons")
async def list_break_reasons(caller: CallerOf, ground: GroundOf) -> ReasonPage:
    """All reasons for a break, also inactive ones."""
    async with ground.database.business(caller.business_id) as session:
        rows = await session.scalars(select(BreakReasonRow).order_by(BreakReasonRow.position, BreakReasonRow.code))
        items = [ReasonView.model_validate(row, from_attributes=True) for row in rows]
    return ReasonPage(items=items, total=len(items))


@router.put("/break-reasons/{code}", status_code=204)
async def write_break_reason(caller: CallerOf, ground: GroundOf, code: Annotated[str, Path(max_length=40)], given: ReasonIn) -> None:
    """Make or change a reason for a break."""
    async with changing(ground, caller, "break_reason") as change:
        row = await find_break_reason(change.session, code)
        made = row is None
        if row is None:
            row = await add(change.session, BreakReasonRow, caller.business_id, code, given.name)
        else:
            await change.begin(row.id)
        for name, value in given.model_dump(exclude_none=True).items():
            setattr(row, name, value)
        change.note(row.id, "made" if made else "changed")
