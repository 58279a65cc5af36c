"""Routes of tags."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.crm.tagging.model import TagRow
from huying.crm.tagging.service import add_tag, change_tag, list_tags, remove_tag
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/tags", tags=["customers"])

TagName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Colour = Annotated[str, StringConstraints(pattern=r"^(#[0-9a-fA-F]{6})?$")]


class TagView(BaseModel):
    """A tag. `listed`: offered to everybody; `used`: by how many customers; `colour`: #rrggbb or empty."""

    id: str
    name: str
    colour: str
    listed: bool
    used: int


class TagPage(BaseModel):
    """All tags, the listed ones first."""

    items: list[TagView]
    total: int


class TagChange(BaseModel):
    """What changes of a tag."""

    model_config = ConfigDict(extra="forbid")

    name: TagName | None = None
    colour: Colour | None = None
    listed: bool | None = None


class NewTag(BaseModel):
    """A new listed tag."""

    model_config = ConfigDict(extra="forbid")

    name: TagName
    colour: Colour = ""


@router.get("", dependencies=[requires("customers.view")])
async def read_tags(caller: CallerOf, ground: GroundOf) -> TagPage:
    """All tags."""
    async with ground.database.business(caller.business_id) as session:
        items = [_view(row, used) for row, used in await list_tags(session)]
    return TagPage(items=items, total=len(items))


@router.post("", status_code=201, dependencies=[requires("customers.manage")])
async def make_tag(caller: CallerOf, ground: GroundOf, given: NewTag) -> TagView:
    """A new listed tag."""
    async with changing(ground, caller, "tag") as change:
        row = await add_tag(change.session, caller.business_id, given.name, given.colour)
        change.note(row.id, "made")
        return _view(row, 0)


@router.patch("/{tag_id}", dependencies=[requires("customers.manage")])
async def edit_tag(caller: CallerOf, ground: GroundOf, tag_id: IdPath, given: TagChange) -> TagView:
    """Change what is given."""
    async with changing(ground, caller, "tag") as change:
        await change.begin(tag_id)
        row = await change_tag(change.session, tag_id, given.name, given.colour, given.listed)
        change.note(row.id, "changed")
        return next(_view(one, used) for one, used in await list_tags(change.session) if one.id == tag_id)


@router.delete("/{tag_id}", status_code=204, dependencies=[requires("customers.manage")])
async def forget_tag(caller: CallerOf, ground: GroundOf, tag_id: IdPath) -> None:
    """Take a tag away, from everybody who has it."""
    async with changing(ground, caller, "tag") as change:
        await change.begin(tag_id)
        await remove_tag(change.session, tag_id)
        change.note(tag_id, "removed")


def _view(row: TagRow, used: int) -> TagView:
    return TagView(id=row.id, name=row.name, colour=row.colour, listed=row.listed, used=used)
