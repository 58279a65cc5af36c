"""Routes of duty telephones: who has which when, and who has it now."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints, model_validator
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.hours import Hours, span_of
from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.admin.model import BusinessRow
from huying.channels.dialling.numbers import read
from huying.channels.dialling.service import read_dial_settings
from huying.channels.reach.model import DutyRosterRow
from huying.channels.reach.service import find_roster, list_rosters
from huying.channels.reach.stored import roster_of
from huying.foundation.errors import Conflict, InvalidInput
from huying.foundation.http import Caller, GroundOf, IdPath
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Code, Given, Id, Names, Position

router = APIRouter(prefix="/api/duty-rosters", tags=["hours"])

Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class OnDutyData(Given):
    """Somebody who is called: an agent, or a number."""

    kind: Literal["agent", "number"]
    id: Id | None = None
    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = Field(default="", repr=False)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not (self.id if self.kind == "agent" else self.number):
            raise ValueError("it is not said who")
        return self


People = Annotated[list[OnDutyData], Field(max_length=20)]


class ShiftData(Given):
    """Hours on days of the week (1 is Monday) in which these people are called, one after the other."""

    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]
    start: Clock
    end: Clock
    people: People


class SubstitutionData(Given):
    """From then until then these people are called instead."""

    begins: datetime
    ends: datetime
    people: People


class DutyRosterData(Given):
    """A duty telephone."""

    code: Code
    name: Names
    position: Position = 0
    active: bool = True
    shifts: Annotated[list[ShiftData], Field(max_length=100)] = []
    substitutions: Annotated[list[SubstitutionData], Field(max_length=200)] = []
    otherwise: People = []
    ring_seconds: Annotated[int, Field(ge=5, le=120)] = 25
    mailbox_queue_id: Id | None = None


class DutyRosterView(DutyRosterData):
    """A duty telephone that there is, with whoever has it now. `now_by`: substitution, shift, otherwise."""

    id: str
    now: People
    now_by: str


class DutyRosterPage(BaseModel):
    """The duty telephones."""

    items: list[DutyRosterView]
    total: int


@router.get("", dependencies=[requires("queues.view")])
async def read_rosters(caller: CallerOf, ground: GroundOf) -> DutyRosterPage:
    """All of them, and who has them now."""
    async with ground.database.business(caller.business_id) as session:
        zone = await _zone(session, caller)
        items = [_view(row, zone, ground.clock()) for row in await list_rosters(session)]
    return DutyRosterPage(items=items, total=len(items))


@router.post("", status_code=201, dependencies=[requires("hours.manage")])
async def make_roster(caller: CallerOf, ground: GroundOf, given: DutyRosterData) -> DutyRosterView:
    """A new one; flows name it by its code."""
    async with changing(ground, caller, "duty_roster") as change:
        row = DutyRosterRow(business_id=caller.business_id)
        await _fill(change.session, row, given)
        change.session.add(row)
        await change.session.flush()
        change.note(row.id, "made")
        return _view(row, await _zone(change.session, caller), ground.clock())


@router.put("/{roster_id}", dependencies=[requires("hours.manage")])
async def write_roster(caller: CallerOf, ground: GroundOf, roster_id: IdPath, given: DutyRosterData) -> DutyRosterView:
    """Change one; the next call goes by it."""
    async with changing(ground, caller, "duty_roster") as change:
        await change.begin(roster_id)
        row = await find_roster(change.session, roster_id)
        await _fill(change.session, row, given)
        await change.session.flush()
        change.note(roster_id, "changed")
        return _view(row, await _zone(change.session, caller), ground.clock())


@router.delete("/{roster_id}", status_code=204, dependencies=[requires("hours.manage")])
async def remove_roster(caller: CallerOf, ground: GroundOf, roster_id: IdPath) -> None:
    """Take one away; flows that name it take their other exit."""
    async with changing(ground, caller, "duty_roster") as change:
        await change.begin(roster_id)
        await change.session.delete(await find_roster(change.session, roster_id))
        change.note(roster_id, "removed")


async def _fill(session: AsyncSession, row: DutyRosterRow, given: DutyRosterData) -> None:
    taken = [one for one in await list_rosters(session) if one.code == given.code and one.id != row.id]
    if taken:
        raise Conflict("There is a duty telephone of this code already: choose another.", field="code")
    routing, plan = await load_routing(session), (await read_dial_settings(session)).plan
    people = [*given.otherwise]
    for part in (*given.shifts, *given.substitutions):
        people += part.people  # type: ignore[attr-defined]
    for one in people:
        if one.kind == "agent" and one.id not in routing.agents:
            raise InvalidInput("There is no such agent.", field="people")
        if one.kind == "number":
            one.number = read(one.number, plan).number
    for shift in given.shifts:
        span_of(Hours(shift.start, shift.end))
    if any(one.begins.tzinfo is None or one.ends.tzinfo is None or one.ends <= one.begins for one in given.substitutions):
        raise InvalidInput("A substitution begins before it ends, at times with a zone.", field="substitutions")
    if given.mailbox_queue_id and given.mailbox_queue_id not in routing.queues:
        raise InvalidInput("There is no such queue.", field="mailbox_queue_id")
    for name, value in given.model_dump(mode="json", exclude_none=True).items():
        setattr(row, name, value)
    row.mailbox_queue_id = given.mailbox_queue_id


async def _zone(session: AsyncSession, caller: Caller) -> ZoneInfo:
    row = await session.get(BusinessRow, caller.business_id)
    assert row
    return ZoneInfo(row.time_zone)


def _view(row: DutyRosterRow, zone: ZoneInfo, now: datetime) -> DutyRosterView:
    people, by = roster_of(row, zone).people(now)
    values = {name: getattr(row, name) for name in DutyRosterData.model_fields}
    on_duty = [OnDutyData(kind=one.kind, id=one.id or None, number=one.number) for one in people]  # type: ignore[arg-type]
    return DutyRosterView(**values, id=row.id, now=on_duty, now_by=by)
