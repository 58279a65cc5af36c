"""Routes of the history and of figures. Who may see one's own contacts alone gets those."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.admin.people import business_of
from huying.analytics.asked_time import moment_of, range_of
from huying.analytics.contact_story import concerns, read_story
from huying.analytics.history import ContactFilter, list_contacts
from huying.analytics.report_views import ReportView, agent_report_view, queue_report_view
from huying.analytics.reports import ReportRange, agent_report, queue_report
from huying.analytics.views import ContactDetailView, ContactPage, contact_view, detail_view
from huying.foundation.errors import NotFound
from huying.foundation.http import GroundOf, IdPath
from huying.foundation.journal.postgres import PostgresJournal

router = APIRouter(prefix="/api", tags=["analytics"])

ID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
OptionalId = Annotated[str | None, Query(pattern=ID)]
Since = Annotated[str, Query(alias="from", max_length=40)]
Until = Annotated[str, Query(alias="to", max_length=40)]
Word = Annotated[str, Query(pattern="^[a-z_]{0,30}$")]
Interval = Literal["15m", "1h", "1d", "total"]


@router.get("/contacts", dependencies=[requires("contacts.view_own")])
async def contacts(
    caller: CallerOf,
    ground: GroundOf,
    since: Since = "",
    until: Until = "",
    queue_id: OptionalId = None,
    agent_id: OptionalId = None,
    customer_id: OptionalId = None,
    ending: Word = "",
    origin: Word = "",
    offer_result: Word = "",
    direction: Word = "",
    mos_below: Annotated[float | None, Query(ge=1, le=4.5)] = None,
    no_disposition: bool = False,
    search: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> ContactPage:
    """Contacts, the newest first. With a queue, an ending or an origin, the times are those of entering the queue."""
    async with ground.database.business(caller.business_id) as session:
        zone = await _zone(session, caller.business_id)
        wanted = ContactFilter(
            since=moment_of(since, zone) if since else None,
            until=moment_of(until, zone, end=True) if until else None,
            queue_id=queue_id,
            agent_id=agent_id,
            customer_id=customer_id,
            ending=ending,
            origin=origin,
            offer_result=offer_result,
            direction=direction,
            mos_below=mos_below,
            no_disposition=no_disposition,
            search=search,
            of_person=None if caller.may("contacts.view") else caller.person_id,
        )
        lines, total = await list_contacts(session, wanted, limit, offset)
    return ContactPage(items=[contact_view(line) for line in lines], total=total)


@router.get("/contacts/{contact_id}", dependencies=[requires("contacts.view_own")])
async def contact(contact_id: IdPath, caller: CallerOf, ground: GroundOf) -> ContactDetailView:
    """One contact: its timeline, queues, offers with their explanations, conversations and recordings."""
    async with ground.database.business(caller.business_id) as session:
        story = await read_story(session, PostgresJournal(ground.database), caller.business_id, contact_id)
        if not caller.may("contacts.view") and not concerns(story.fold, caller.person_id):
            raise NotFound("There is no such contact.")
        return detail_view(story, may_listen=caller.may("live.listen"))


@router.get("/reports/queues", dependencies=[requires("reports.view")], response_model_by_alias=True)
async def queues_report(
    caller: CallerOf, ground: GroundOf, since: Since = "", until: Until = "", interval: Interval = "1d", queue_id: OptionalId = None
) -> ReportView:
    """Figures of queues by interval, with sums and formulas. Without times: today."""
    now = ground.clock()
    async with ground.database.business(caller.business_id) as session:
        zone = await _zone(session, caller.business_id)
        asked = ReportRange(range_of(since, until, zone, now), interval, zone)
        table, targets = await queue_report(session, asked, queue_id)
    return queue_report_view(table, targets, asked.whole, zone.key, now)


@router.get("/reports/agents", dependencies=[requires("reports.view")], response_model_by_alias=True)
async def agents_report(
    caller: CallerOf, ground: GroundOf, since: Since = "", until: Until = "", interval: Interval = "1d", agent_id: OptionalId = None
) -> ReportView:
    """Figures of agents by interval, with sums and formulas. Without times: today."""
    now = ground.clock()
    async with ground.database.business(caller.business_id) as session:
        zone = await _zone(session, caller.business_id)
        asked = ReportRange(range_of(since, until, zone, now), interval, zone)
        table = await agent_report(session, asked, agent_id, now)
    return agent_report_view(table, asked.whole, zone.key, now)


async def _zone(session: AsyncSession, business_id: str) -> ZoneInfo:
    return ZoneInfo((await business_of(session, business_id)).time_zone)
