"""Contacts left without a disposition: the same figure in the history's tables, in reports and live, and it opens to its contacts."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from random_journals import START, acts_about_closing
from sqlalchemy import text

from huying.analytics.live_background import DatabaseBackground
from huying.analytics.live_view import LiveView
from huying.analytics.projection import Projection
from huying.analytics.spans import day_of
from huying.channels.dispositions.events import DispositionNotGiven
from huying.foundation.journal.postgres import PostgresJournal

RANGE = {"from": (START - timedelta(hours=1)).isoformat(), "to": (START + timedelta(hours=2)).isoformat()}


async def get(world: Any, path: str, **params: object) -> Any:
    answer = await world.client.get(path, params={**RANGE, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_it_is_the_same_in_reports_and_live_and_opens_to_its_contacts(world: Any) -> None:
    journal, random = PostgresJournal(world.database), Random(8)
    acts = acts_about_closing(world.entries, random)
    following = Projection(world.database, journal, batch=7)
    while acts:
        size = random.randint(1, 9)
        await journal.append(acts[:size])
        del acts[:size]
        following = Projection(world.database, journal, batch=7) if random.random() < 0.5 else following
        await following.catch_up()
    last = {act.stream_id: act.event for act in acts_about_closing(world.entries, Random(8))}
    left = {contact_id: event for contact_id, event in last.items() if isinstance(event, DispositionNotGiven)}
    assert len(left) > 3
    queues = await get(world, "/api/reports/queues", interval="total")
    agents = await get(world, "/api/reports/agents", interval="total")
    assert queues["total"]["values"]["no_disposition"] == agents["total"]["values"]["no_disposition"] == len(left)
    for row in queues["totals"]:
        behind = await get(world, "/api/contacts", queue_id=row["queue_id"], no_disposition=True)
        wanted = {contact_id for contact_id, event in left.items() if event.queue_id == row["queue_id"]}
        assert {item["contact_id"] for item in behind["items"]} == wanted
        assert row["values"]["no_disposition"] == len(wanted)
    for row in agents["totals"]:
        behind = await get(world, "/api/contacts", agent_id=row["agent_id"], no_disposition=True)
        wanted = {contact_id for contact_id, event in left.items() if event.agent_id == row["agent_id"]}
        assert {item["contact_id"] for item in behind["items"]} == wanted
        assert row["values"]["no_disposition"] == len(wanted)
    assert {item["contact_id"] for item in (await get(world, "/api/contacts", no_disposition=True))["items"]} == set(left)
    background = DatabaseBackground(world.database)
    setting = (await background.settings())[world.centre.business_id]
    view = LiveView(world.centre.business_id, setting.routing, setting.zone, START)
    for entry in world.entries:
        view.take(entry)
    for day in (day_of(START, setting.zone), day_of(START + timedelta(days=1), setting.zone)):
        view.today.next_day(day)
        view.take_history(await background.measures_since(world.centre.business_id, day, None))
        sums = sum(view.today.terms(queue_id).no_disposition for queue_id in world.centre.queue_ids)
        whole = {"from": day.start.isoformat(), "to": day.end.isoformat(), "interval": "total"}
        report = (await world.client.get("/api/reports/queues", params=whole)).json()
        assert sums == (report["total"]["values"]["no_disposition"] if report["total"] else 0)


async def test_history_made_anew_says_the_same(world: Any) -> None:
    journal = PostgresJournal(world.database)
    await journal.append(acts_about_closing(world.entries, Random(8)))
    await Projection(world.database, journal).catch_up()
    before = await get(world, "/api/reports/queues", interval="1h")
    async with world.database.system() as session:
        await session.execute(text("UPDATE projection SET version = 0"))
    await Projection(world.database, journal, batch=11).catch_up()
    assert await get(world, "/api/reports/queues", interval="1h") == before
