"""The route of an agent's own calls."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from huying.admin.guard import CallerOf, requires
from huying.admin.people import business_of
from huying.analytics.asked_time import range_of
from huying.analytics.own_calls import OwnCallFilter, list_own_calls
from huying.channels.desk.views import FollowUpView
from huying.foundation.http import GroundOf

router = APIRouter(prefix="/api/desk", tags=["desk"])

Kind = Literal["in", "out", "internal", "missed"]


class _View(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class TakenView(_View):
    """Who else held the call, and since when."""

    agent_id: str
    name: str
    at: datetime


class ColleagueOnCall(_View):
    """The other side of an internal call."""

    agent_id: str
    name: str


class OtherNoteView(_View):
    """What somebody else wrote when closing the contact."""

    name: str
    at: datetime
    note: str


class OwnRecordingView(_View):
    """A recording of one's own part of the conversation."""

    id: str
    seconds: float


class OwnCallView(_View):
    """One's own call. `missed`: timed_out, refused, unreachable, no_answer, busy, withdrawn, or empty; `not_reached`: what came of one's
    own call that nobody answered. `note` is one's own summary."""

    contact_id: str
    kind: Kind
    at: datetime
    missed: str
    not_reached: str
    colleague: ColleagueOnCall | None
    channel: str
    state: str
    remote_number: str
    remote_name: str
    customer_id: str | None
    customer_name: str | None
    number_called: str
    queue_id: str | None
    ending: str | None
    talk_seconds: float | None
    hold_seconds: float | None
    disposition: str
    note: str
    note_at: datetime | None
    written_later: bool
    other: OtherNoteView | None
    follow_up: FollowUpView | None
    taken: TakenView | None
    recordings: list[OwnRecordingView]


class OwnCallPage(BaseModel):
    """Calls, and how many of each kind the time and the search leave."""

    items: list[OwnCallView]
    counts: dict[Kind, int]


@router.get("/calls", dependencies=[requires("contacts.view_own")])
async def own_calls(
    caller: CallerOf,
    ground: GroundOf,
    since: Annotated[str, Query(alias="from", max_length=40)] = "",
    until: Annotated[str, Query(alias="to", max_length=40)] = "",
    kind: Kind | None = None,
    search: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> OwnCallPage:
    """One's own calls, the newest first; without times those of today. Recordings only where one may hear one's own."""
    async with ground.database.business(caller.business_id) as session:
        zone = ZoneInfo((await business_of(session, caller.business_id)).time_zone)
        wanted = OwnCallFilter(caller.person_id, range_of(since, until, zone, ground.clock()), kind or "", search)
        calls, counts = await list_own_calls(session, wanted, limit, offset)
    views = [OwnCallView.model_validate(call) for call in calls]
    if not caller.may("recordings.listen_own"):
        views = [view.model_copy(update={"recordings": []}) for view in views]
    return OwnCallPage.model_validate({"items": views, "counts": counts})
