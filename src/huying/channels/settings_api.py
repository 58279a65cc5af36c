"""Routes by which entry points are changed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel
from sqlalchemy import select

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.administration import EntryData, list_entry_points, put_entry_point
from huying.channels.model import EntryPointRow
from huying.foundation.http import GroundOf
from huying.routing.settings.queue_views import Given, Id, Names

router = APIRouter(prefix="/api", tags=["settings"])

Kind = Literal["number", "web"]


class EntryPointView(BaseModel):
    """Where customers enter."""

    id: str
    kind: Kind
    address: str
    name: dict[str, str]
    flow_id: str
    language: str
    active: bool
    person_id: str | None
    """Of a direct number: whose it is; then the flow is not asked."""


class EntryPointPage(BaseModel):
    """Entry points and how many there are."""

    items: list[EntryPointView]
    total: int


class EntryPointIn(Given):
    """Where an entry leads."""

    name: Names
    flow_id: str
    language: Literal["zh-CN", "en"] = "zh-CN"
    active: bool = True
    person_id: Id | None = None
    """An agent whose direct number it is."""


@router.get("/entry-points", dependencies=[requires("settings.manage")])
async def read_entry_points(caller: CallerOf, ground: GroundOf) -> EntryPointPage:
    """All entry points, also inactive ones."""
    async with ground.database.business(caller.business_id) as session:
        items = [EntryPointView.model_validate(row, from_attributes=True) for row in await list_entry_points(session)]
    return EntryPointPage(items=items, total=len(items))


@router.put("/entry-points/{kind}/{address}", dependencies=[requires("settings.manage")])
async def write_entry_point(
    caller: CallerOf, ground: GroundOf, kind: Kind, address: Annotated[str, Path(max_length=60)], given: EntryPointIn
) -> EntryPointView:
    """Make or change an entry; contacts in progress go on as they began."""
    data = EntryData(given.name, given.flow_id, given.language, given.active, given.person_id)
    async with changing(ground, caller, "entry_point") as change:
        await change.begin_found(select(EntryPointRow.id).where(EntryPointRow.kind == kind, EntryPointRow.address == address))
        row, made = await put_entry_point(change.session, caller.business_id, kind, address, data)
        change.note(row.id, "made" if made else "changed")
        return EntryPointView.model_validate(row, from_attributes=True)
