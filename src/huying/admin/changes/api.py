"""Routes of the changes of the business's settings: what was changed by whom, and undoing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.service import Listed, find_change, kind_of, list_changes, lock_changes, undo
from huying.admin.changes.thing import SEALED, things
from huying.admin.changing import CONFIGURATION_SUBJECT
from huying.admin.guard import CallerOf, requires
from huying.admin.model import PersonRow
from huying.foundation.http import GroundOf

router = APIRouter(prefix="/api/changes", tags=["admin"])


class ByView(BaseModel):
    """Who did it; the name is empty when the person is not there any more."""

    id: str
    name: str


class ChangeView(BaseModel):
    """A change of one thing. `before` of what was made and `after` of what was deleted are null. `thing_name`: language -> name."""

    number: int
    at: datetime
    by: ByView
    what: str
    thing_id: str
    thing_name: dict[str, str]
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None
    undone_by: int | None


class ChangePage(BaseModel):
    """Changes, the latest first. `kinds`: what can be asked for as `what`."""

    items: list[ChangeView]
    kinds: list[str]


class UndoIn(BaseModel):
    """`force`: also put back what was changed again since."""

    model_config = ConfigDict(extra="forbid")

    force: bool = False


@router.get("", dependencies=[requires("audit.view")])
async def changes(
    caller: CallerOf,
    ground: GroundOf,
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    what: Annotated[str | None, Query(max_length=60)] = None,
) -> ChangePage:
    """The changes of the business's settings."""
    async with ground.database.business(caller.business_id) as session:
        items = await _views(session, await list_changes(session, before, limit, what))
    return ChangePage(items=items, kinds=sorted(things()))


@router.post("/{number}/undo", status_code=201, dependencies=[requires("audit.view")])
async def undo_change(caller: CallerOf, ground: GroundOf, number: Annotated[int, Path(ge=1)], given: UndoIn | None = None) -> ChangeView:
    """Put back what a change changed. Needs the permission that changing the thing needs."""
    async with ground.database.business(caller.business_id) as session:
        await lock_changes(session, caller.business_id)
        change = await find_change(session, number)
        caller.must(kind_of(change).permission)
        done = await undo(session, change, caller.person_id, ground.clock(), force=bool(given and given.force))
        view = (await _views(session, [Listed(done, None)]))[0]
    await ground.bus.publish(CONFIGURATION_SUBJECT, {"business_id": caller.business_id, "what": view.what})
    return view


async def _views(session: AsyncSession, listed: Sequence[Listed]) -> list[ChangeView]:
    rows = [item.row for item in listed]
    people = await _people(session, {row.person_id for row in rows if row.person_id})
    names = await _names(session, {(row.what, row.thing_id) for row in rows})
    return [
        ChangeView(
            number=row.number,
            at=row.at,
            by=ByView(id=row.person_id or "", name=people.get(row.person_id or "", "")),
            what=row.what,
            thing_id=row.thing_id,
            thing_name=dict(names.get((row.what, row.thing_id), {})),
            action=row.action,
            before=_shown(row.before),
            after=_shown(row.after),
            undoes=row.undoes,
            undone_by=item.undone_by,
        )
        for item in listed
        for row in (item.row,)
    ]


def _shown(state: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if state is None else {name: value for name, value in state.items() if not name.startswith(SEALED)}


async def _people(session: AsyncSession, ids: Collection[str]) -> Mapping[str, str]:
    rows = await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def _names(session: AsyncSession, ids: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Mapping[str, str]]:
    found: dict[tuple[str, str], Mapping[str, str]] = {}
    for what, thing in things().items():
        wanted = {thing_id for kind, thing_id in ids if kind == what}
        if wanted:
            found |= {(what, thing_id): name for thing_id, name in (await thing.names(session, wanted)).items()}
    return found
