"""What the live view reads of the database: names and settings, and today's queue entries out of the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from huying.admin.model import BusinessRow, PersonRow
from huying.analytics.live import Setting
from huying.analytics.model import QueueEntryFactRow
from huying.analytics.reports import MEASURE_COLUMNS, measure_of
from huying.analytics.spans import Span
from huying.analytics.terms import EntryMeasure
from huying.analytics.today import ContactMeasures
from huying.channels.book.model import GROUPS, BookSettingsRow
from huying.channels.reach.model import PersonReachRow
from huying.foundation.database import Database
from huying.routing.configuration import RoutingSettings
from huying.routing.service import load_routing

OVERLAP = timedelta(seconds=30)
"""Clocks differ and transactions take time: what was projected so much earlier is read again."""


class DatabaseBackground:
    """Implements Background."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def settings(self) -> Mapping[str, Setting]:
        """See Background."""
        async with self._database.system() as session:
            zones = (await session.execute(select(BusinessRow.id, BusinessRow.time_zone))).all()
            routing = await load_routing(session)
            people = (await session.execute(select(PersonRow.business_id, PersonRow.id, PersonRow.name))).all()
            of_groups = set(await session.scalars(select(BookSettingsRow.business_id).where(BookSettingsRow.presence == GROUPS)))
            quiet = frozenset(await session.scalars(select(PersonReachRow.person_id).where(PersonReachRow.do_not_disturb)))
        return {
            business_id: Setting(
                ZoneInfo(zone),
                RoutingSettings(
                    {key: queue for key, queue in routing.queues.items() if queue.business_id == business_id},
                    {key: agent for key, agent in routing.agents.items() if agent.business_id == business_id},
                ),
                {person_id: name for of, person_id, name in people if of == business_id},
                not_disturbed=quiet,
                presence_of_groups=business_id in of_groups,
            )
            for business_id, zone in zones
        }

    async def measures_since(self, business_id: str, day: Span, changed_since: datetime | None) -> Sequence[ContactMeasures]:
        """See Background."""
        row = QueueEntryFactRow
        statement = select(row.number, *MEASURE_COLUMNS).where(row.started_at >= day.start, row.started_at < day.end)
        if changed_since is not None:
            statement = statement.where(row.projected_at >= changed_since - OVERLAP)
        found: dict[str, tuple[int, list[EntryMeasure]]] = {}
        async with self._database.business(business_id) as session:
            for number, *columns in await session.execute(statement.order_by(row.started_at)):
                measure = measure_of(*columns)
                found.setdefault(measure.contact_id, (number, []))[1].append(measure)
        return [ContactMeasures(contact_id, number, measures) for contact_id, (number, measures) in found.items()]
