"""Routes of notices to the staff: publish and withdraw for leads, read and confirm for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.admin.guard import CallerOf, requires
from huying.channels.notices import service
from huying.channels.notices.events import NoticePublished, NoticeWithdrawn
from huying.channels.notices.model import NoticeReadRow, NoticeRow
from huying.channels.telling import tell
from huying.foundation.clock import utc_now
from huying.foundation.errors import Forbidden
from huying.foundation.http import GroundOf, IdPath
from huying.routing.settings.queue_views import Given, Id

router = APIRouter(prefix="/api/notices", tags=["notices"])

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class NoticeIn(Given):
    """A notice. `audience_id`: the group or the queue."""

    audience: Literal["all", "group", "queue"] = "all"
    audience_id: Id | None = None
    title: Title
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""
    importance: Literal["normal", "confirm"] = "normal"
    ends_at: AwareDatetime


class NoticeOut(BaseModel):
    """A notice as one person sees it."""

    notice_id: str
    made_by: str
    made_at: datetime
    audience: str
    audience_id: str | None
    title: str
    text: str
    importance: str
    ends_at: datetime
    withdrawn_at: datetime | None
    read_at: datetime | None
    confirmed_at: datetime | None


class ReaderOut(BaseModel):
    """Whether one person has read and confirmed it."""

    person_id: str
    name: str
    read_at: datetime | None
    confirmed_at: datetime | None


@router.get("", dependencies=[requires("colleagues.talk")])
async def list_notices(caller: CallerOf, ground: GroundOf, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[NoticeOut]:
    """What was told to one and what one has told, also what is over; the latest first."""
    async with ground.database.business(caller.business_id) as session:
        return [_out(row, read) for row, read in await service.notices_for(session, caller.person_id, None, limit)]


@router.post("", status_code=201, dependencies=[requires("notices.publish")])
async def publish_notice(caller: CallerOf, ground: GroundOf, given: NoticeIn) -> NoticeOut:
    """Tell a group, the people of a queue, or everybody."""
    new = service.NewNotice(**{**given.model_dump(), "ends_at": given.ends_at.astimezone(UTC)})
    async with ground.database.business(caller.business_id) as session:
        now = ground.clock()
        row = await service.publish(session, caller.business_id, caller.person_id, new, now)
        told = NoticePublished(caller.person_id, row.id, row.audience, row.audience_id or "", row.importance)
        await journal_act(session, caller.business_id, told, now)
        people = await service.people_of(session, row)
    await tell(ground.bus, caller.business_id, people)
    return _out(row, None)


@router.post("/{notice_id}/withdraw", status_code=204, dependencies=[requires("notices.publish")])
async def withdraw_notice(caller: CallerOf, ground: GroundOf, notice_id: IdPath) -> None:
    """Take it back: its maker may, and who manages people."""
    async with ground.database.business(caller.business_id) as session:
        row = await service.find_notice(session, notice_id)
        if row.made_by != caller.person_id and not caller.may("people.manage"):
            raise Forbidden("Only who made the notice takes it back.")
        service.withdraw(row, ground.clock())
        await journal_act(session, caller.business_id, NoticeWithdrawn(caller.person_id, row.id), ground.clock())
        people = await service.people_of(session, row)
    await tell(ground.bus, caller.business_id, people)


@router.post("/{notice_id}/read", status_code=204, dependencies=[requires("colleagues.talk")])
async def read_notice(caller: CallerOf, ground: GroundOf, notice_id: IdPath) -> None:
    """One has read it."""
    await _note(caller, ground, notice_id, confirmed=False)


@router.post("/{notice_id}/confirm", status_code=204, dependencies=[requires("colleagues.talk")])
async def confirm_notice(caller: CallerOf, ground: GroundOf, notice_id: IdPath) -> None:
    """One says that one has read it."""
    await _note(caller, ground, notice_id, confirmed=True)


@router.get("/{notice_id}/readers", dependencies=[requires("notices.publish")])
async def list_readers(caller: CallerOf, ground: GroundOf, notice_id: IdPath) -> list[ReaderOut]:
    """Everybody it is for, and who has read and confirmed it."""
    async with ground.database.business(caller.business_id) as session:
        row = await service.find_notice(session, notice_id)
        return [ReaderOut.model_validate(reader, from_attributes=True) for reader in await service.readers(session, row)]


async def notice_rows(session: AsyncSession, _business_id: str, person_id: str) -> dict[str, Mapping[str, object]]:
    """What holds now for the person, as rows of the live feed."""
    found = await service.notices_for(session, person_id, utc_now())
    return {f"notice:{row.id}": _out(row, read).model_dump(mode="json") for row, read in found}


async def _note(caller: CallerOf, ground: GroundOf, notice_id: str, *, confirmed: bool) -> None:
    async with ground.database.business(caller.business_id) as session:
        row = await service.find_notice(session, notice_id)
        await service.note_read(session, row, caller.person_id, ground.clock(), confirmed=confirmed)
    await tell(ground.bus, caller.business_id, [caller.person_id])


def _out(row: NoticeRow, read: NoticeReadRow | None) -> NoticeOut:
    own = {name: getattr(row, name) for name in NoticeOut.model_fields if hasattr(row, name)}
    return NoticeOut(notice_id=row.id, **own, read_at=read.read_at if read else None, confirmed_at=read.confirmed_at if read else None)
