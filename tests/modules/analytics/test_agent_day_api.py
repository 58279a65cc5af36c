"""An agent's day through HTTP: it says what the journal says, sums as the report does, and is shown to whom it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from random_journals import START

from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_AGENT, Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.events import AgentGroupsChosen, AgentMoved, AgentSignedIn, AgentStateChanged, AgentStatusChosen
from huying.routing.model import BreakReasonRow

DAY = "2026-03-09"
"""The business's day on which the random centre begins (23:40 in Shanghai)."""


async def day_of(world: Any, agent_id: str, date: str = DAY) -> Any:
    answer = await world.client.get(f"/api/agents/{agent_id}/day", params={"date": date})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_day_says_what_the_journal_says(world: Any) -> None:
    agent_id = world.centre.agent_ids[0]
    days = [await day_of(world, agent_id, date) for date in (DAY, "2026-03-10")]
    assert (days[0]["since"], days[0]["until"]) == ("2026-03-08T16:00:00Z", "2026-03-09T16:00:00Z")
    assert days[0]["until"] == days[1]["since"]
    stretches = [one for day in days for one in day["intervals"]]
    assert all(before["until"] <= after["since"] for before, after in pairwise(stretches))
    entries = [entry for entry in world.entries if entry.stream == STREAM_AGENT and entry.stream_id == agent_id]
    talking = [one for one in stretches if one["state"] == "talking"]
    written = {entry.at for entry in entries}
    assert {datetime.fromisoformat(one["since"]) for one in stretches} - written <= {datetime.fromisoformat(days[1]["since"])}
    begun = {entry.at for entry in entries if isinstance(entry.event, AgentStateChanged) and entry.event.state == "talking"}
    assert begun <= {datetime.fromisoformat(one["since"]) for one in talking}
    chosen = [entry for entry in entries if isinstance(entry.event, AgentStatusChosen)]
    assert [one["at"] for day in days for one in day["changes"] if one["kind"] == "AgentStatusChosen"] == [
        entry.at.isoformat().replace("+00:00", "Z") for entry in chosen
    ]
    conversations = {one["contact_id"] for day in days for one in day["conversations"]}
    assert conversations == {one["contact_id"] for one in talking}


async def test_the_sums_are_those_of_the_report(world: Any) -> None:
    for agent_id in world.centre.agent_ids:
        for date in (DAY, "2026-03-10"):
            day = await day_of(world, agent_id, date)
            asked = {"from": date, "to": date, "interval": "total", "agent_id": agent_id}
            report = (await world.client.get("/api/reports/agents", params=asked)).json()
            if report["total"] is not None:
                assert day["values"] == report["total"]["values"]
            assert sum(one["seconds"] for one in day["breaks"]) == day["values"]["break_seconds"]


async def test_breaks_beyond_their_limit_are_counted(world: Any) -> None:
    async with world.database.business(world.centre.business_id) as session:
        session.add(BreakReasonRow(business_id=world.centre.business_id, code="meal", name={"en": "Meal"}, most_seconds=1))
    days = [await day_of(world, agent_id, date) for agent_id in world.centre.agent_ids for date in (DAY, "2026-03-10")]
    meals = [one for day in days for one in day["breaks"] if one["reason"] == "meal"]
    assert meals
    assert all(one["seconds"] - one["count"] <= one["over_seconds"] < one["seconds"] for one in meals)
    assert sum(one["over_seconds"] for one in meals) == sum(day["over_seconds"] for day in days)


async def test_what_a_lead_did_has_his_name(world: Any) -> None:
    agent_id, lead_id = world.centre.agent_ids[:2]
    number = max(entry.number for entry in world.entries if entry.stream_id == agent_id)
    at = START + timedelta(hours=2, minutes=30)
    events = [AgentSignedIn("line", "break"), AgentGroupsChosen(["g"], "lead", lead_id), AgentMoved(lead_id, ["h"])]
    entries = [Entry(world.centre.business_id, STREAM_AGENT, agent_id, number + n, at, event) for n, event in enumerate(events, 1)]
    await PostgresJournal(world.database).append(entries)
    told = (await day_of(world, agent_id, "2026-03-10"))["changes"][-2:]
    assert [(one["kind"], one["by"], one["by_name"], one["data"]) for one in told] == [
        ("AgentGroupsChosen", "lead", "Agent 1", {"left": ["g"]}),
        ("AgentMoved", "lead", "Agent 1", {"groups": ["h"]}),
    ]


async def test_one_sees_ones_own_day(world: Any) -> None:
    mine, other = world.centre.agent_ids[:2]
    world.be("agent", mine)
    assert (await day_of(world, mine))["name"]
    assert (await world.client.get(f"/api/agents/{other}/day")).status_code == 404
    world.be("lead")
    assert (await world.client.get(f"/api/agents/{new_id()}/day")).status_code == 404
    assert (await world.client.get(f"/api/agents/{mine}/day", params={"date": "9999-99-99"})).status_code == 422
    assert (await day_of(world, mine, (START + timedelta(days=400)).date().isoformat()))["intervals"] == []
