"""Routes of dispositions, and of what queues ask of the desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import select

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.dispositions.model import DispositionRow
from huying.channels.dispositions.service import DispositionData, load_desks, load_tree, put_disposition, put_queue_desk
from huying.channels.dispositions.tree import Disposition, QueueDesk, Tree
from huying.foundation.http import GroundOf, IdPath
from huying.routing.settings.queue_views import Given, Names

router = APIRouter(prefix="/api", tags=["dispositions"])

HeadStart = Annotated[int, Field(ge=-86_400, le=86_400)]


class DispositionView(BaseModel):
    """A way to close a contact, or a branch of such ways; below another one, or outermost."""

    id: str
    parent_id: str | None
    code: str
    name: dict[str, str]
    position: int
    active: bool
    note_required: bool
    follow_up_required: bool
    date_required: bool


class QueueDeskView(BaseModel):
    """What a queue asks of the desk. `branches`: the dispositions (ids) it shows with all below them; none: all."""

    queue_id: str
    forced: bool
    branches: list[str]
    offer_messages: bool
    message_head_start_seconds: int
    task_head_start_seconds: int


class DispositionPage(BaseModel):
    """The whole tree, each before what stands below it, and what queues ask; queues that ask nothing special are left out."""

    items: list[DispositionView]
    queues: list[QueueDeskView]


class DispositionIn(Given):
    """What a disposition is to be. Without a position it becomes the last, when it is new or moves."""

    name: Names
    parent_id: Annotated[str, StringConstraints(max_length=40)] | None = None
    position: Annotated[int, Field(ge=0, le=100_000)] | None = None
    active: bool = True
    note_required: bool = False
    follow_up_required: bool = False
    date_required: bool = False


class QueueDeskIn(Given):
    """What a queue asks of the desk."""

    forced: bool = False
    branches: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=500)] = []
    offer_messages: bool = False
    message_head_start_seconds: HeadStart = 0
    task_head_start_seconds: HeadStart = 0


@router.get("/dispositions", dependencies=[requires("contacts.view_own")])
async def read_dispositions(caller: CallerOf, ground: GroundOf) -> DispositionPage:
    """All dispositions, also those no longer in use, which old contacts were closed with."""
    async with ground.database.business(caller.business_id) as session:
        tree, desks = await load_tree(session), await load_desks(session)
    return DispositionPage(items=disposition_views(tree), queues=queue_desk_views(desks))


@router.put("/dispositions/{code}", status_code=204, dependencies=[requires("queues.manage")])
async def write_disposition(
    caller: CallerOf, ground: GroundOf, code: Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")], given: DispositionIn
) -> None:
    """Make or change a way to close contacts, or move it."""
    async with changing(ground, caller, "disposition") as change:
        await change.begin_found(select(DispositionRow.id).where(DispositionRow.code == code))
        thing_id, made = await put_disposition(change.session, caller.business_id, code, DispositionData(**given.model_dump()))
        change.note(thing_id, "made" if made else "changed")


@router.put("/queues/{queue_id}/desk", status_code=204, dependencies=[requires("queues.manage")])
async def write_queue_desk(caller: CallerOf, ground: GroundOf, queue_id: IdPath, given: QueueDeskIn) -> None:
    """Say what this queue asks of the desk."""
    desk = QueueDesk(**{**given.model_dump(), "branches": tuple(given.branches)})
    async with changing(ground, caller, "queue_desk") as change:
        await change.begin(queue_id)
        made = await put_queue_desk(change.session, caller.business_id, queue_id, desk)
        change.note(queue_id, "made" if made else "changed")


def disposition_views(tree: Tree, shown: list[Disposition] | None = None) -> list[DispositionView]:
    """For the browser; all, or those that are shown."""
    return [DispositionView.model_validate(one, from_attributes=True) for one in (tree.walk() if shown is None else shown)]


def queue_desk_views(desks: dict[str, QueueDesk]) -> list[QueueDeskView]:
    """For the browser."""
    fields = [name for name in QueueDeskView.model_fields if name not in ("queue_id", "branches")]
    return [
        QueueDeskView(queue_id=queue_id, branches=list(desk.branches), **{name: getattr(desk, name) for name in fields})
        for queue_id, desk in desks.items()
    ]
