"""An agent's own calls: held and missed as the journal tells them, with who took them, recordings and the summary; and quickly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from random_journals import START
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from huying.analytics.model import OfferFactRow
from huying.analytics.own_calls import OwnCallFilter, list_own_calls
from huying.analytics.projection import Projection
from huying.analytics.spans import Span
from huying.channels.dialling.events import DialEnded, DialRequested, PersonRang, PersonRingEnded
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.model import RecordingRow
from huying.channels.notes.service import put_wrap_up
from huying.channels.service import wrap_up
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.postgres import PostgresJournal

RANGE = {"from": (START - timedelta(hours=1)).isoformat(), "to": (START + timedelta(hours=2)).isoformat(), "limit": 200}
AGAINST = ("timed_out", "refused", "unreachable")


async def calls(world: Any, agent_id: str, **params: object) -> Any:
    world.be("agent", agent_id)
    answer = await world.client.get("/api/desk/calls", params={**RANGE, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def stories(world: Any) -> list[dict[str, Any]]:
    world.be("lead")
    return [(await world.client.get(f"/api/contacts/{contact_id}")).json() for contact_id in world.contacts()]


async def test_calls_are_held_or_missed_as_the_journal_tells(world: Any) -> None:
    told = await stories(world)
    kinds: set[str] = set()
    for agent_id in world.centre.agent_ids:
        page = await calls(world, agent_id)
        held = {one["contact_id"] for one in told if any(part["agent_id"] == agent_id for part in one["segments"])}
        offered = {
            one["contact_id"] for one in told for offer in one["offers"] if offer["agent_id"] == agent_id and offer["result"] in AGAINST
        }
        assert {one["contact_id"] for one in page["items"] if one["kind"] != "missed"} == held
        missed = [one for one in page["items"] if one["kind"] == "missed"]
        assert {one["contact_id"] for one in missed} == offered - held
        assert all(one["missed"] in AGAINST and one["remote_number"].startswith("+86") for one in missed)
        assert page["counts"]["missed"] == len(missed)
        assert [one["at"] for one in page["items"]] == sorted((one["at"] for one in page["items"]), reverse=True)
        only = await calls(world, agent_id, kind="missed")
        assert [one["contact_id"] for one in only["items"]] == [one["contact_id"] for one in missed]
        for one in missed:
            story = next(it for it in told if it["contact_id"] == one["contact_id"])
            others = [part["agent_id"] for part in story["segments"]]
            assert (one["taken"]["agent_id"] if one["taken"] else None) == (others[-1] if others else None)
        kinds |= {one["kind"] for one in page["items"]}
    assert "in" in kinds


async def test_a_missed_call_says_who_took_it(world: Any) -> None:
    story = next(one for one in await stories(world) if one["segments"])
    holder = story["segments"][-1]["agent_id"]
    loser = next(one for one in world.centre.agent_ids if one not in {part["agent_id"] for part in story["segments"]})
    async with world.database.business(world.centre.business_id) as session:
        offer = OfferFactRow(business_id=world.centre.business_id, offer_id=new_id(), contact_id=story["contact_id"], entry_id=new_id())
        offer.queue_id, offer.agent_id, offer.made_at = story["queue_id"], loser, START + timedelta(minutes=1)
        offer.result, offer.derived, offer.explanation = "refused", False, {}
        session.add(offer)
    (missed,) = [one for one in (await calls(world, loser, kind="missed"))["items"] if one["contact_id"] == story["contact_id"]]
    assert (missed["missed"], missed["taken"]["agent_id"], missed["queue_id"]) == ("refused", holder, story["queue_id"])
    assert missed["taken"]["name"].startswith("Agent")


async def test_calls_to_numbers_and_between_colleagues(world: Any) -> None:
    anna, bo = world.centre.agent_ids[:2]
    number, called, waved, rang = (new_id() for _ in range(4))
    stories = {
        number: [
            ContactEntered("phone", "outbound", "", "", "zh-CN", ""),
            DialRequested("outbound", anna, new_id(), "mobile"),
            DialEnded("busy"),
        ],
        called: [
            ContactEntered("phone", "internal", "", "", "zh-CN", ""),
            DialRequested("internal", anna, new_id(), "internal", called_id=bo),
            PersonRang(rang, bo, [new_id()], (START + timedelta(minutes=1)).isoformat(), "called"),
            PersonRingEnded(rang, bo, "no_answer"),
        ],
        waved: [
            ContactEntered("phone", "internal", "", "", "zh-CN", ""),
            DialRequested("internal", anna, new_id(), "internal", called_id=bo),
            PersonRang(new_id(), bo, [new_id()], (START + timedelta(minutes=1)).isoformat(), "called"),
        ],
    }
    journal = PostgresJournal(world.database)
    for contact_id, told in stories.items():
        events = [*told, ContactEnded("agent", 4.0)]
        at = [START + timedelta(minutes=70, seconds=number) for number in range(len(events))]
        await journal.append(
            [
                Entry(world.centre.business_id, STREAM_CONTACT, contact_id, place, moment, event)
                for place, (event, moment) in enumerate(zip(events, at, strict=True), 1)
            ]
        )
    await Projection(world.database, journal).catch_up()
    own = {one["contact_id"]: one for one in (await calls(world, anna))["items"]}
    assert (own[number]["kind"], own[number]["not_reached"]) == ("out", "busy")
    assert (own[called]["kind"], own[called]["colleague"]["agent_id"], own[called]["missed"]) == ("internal", bo, "")
    missed = {one["contact_id"]: one for one in (await calls(world, bo, kind="missed"))["items"]}
    assert (missed[called]["missed"], missed[called]["colleague"]["agent_id"]) == ("no_answer", anna)
    assert missed[waved]["missed"] == "withdrawn", "the caller gave up"


async def test_recordings_summary_and_search(world: Any) -> None:
    told = await stories(world)
    story = next(one for one in told if len({part["agent_id"] for part in one["segments"]}) == 1 and one["ended_at"])
    contact_id, agent_id = story["contact_id"], story["segments"][0]["agent_id"]
    number = next(one["remote_number"] for one in (await calls(world, agent_id))["items"] if one["contact_id"] == contact_id)
    recording = new_id()
    async with world.database.business(world.centre.business_id) as session:
        whose = {"business_id": world.centre.business_id, "contact_id": contact_id, "agent_id": agent_id}
        row = RecordingRow(**whose, id=recording, segment_id=new_id())
        row.started_at, row.path, row.seconds, row.peaks = START, "x.sealed", 12.5, {}
        session.add(row)
        await put_wrap_up(session, world.centre.business_id, contact_id, agent_id, "滚筒异响，周四上门", START + timedelta(hours=2))
        await wrap_up(session, contact_id, "repair", "已派工", new_id(), START + timedelta(hours=1))
    (found,) = (await calls(world, agent_id, search="周四上门"))["items"]
    assert (found["contact_id"], found["note"], found["written_later"]) == (contact_id, "滚筒异响，周四上门", True)
    assert (found["other"]["note"], found["disposition"]) == ("已派工", "repair")
    assert found["recordings"] == [{"id": recording, "seconds": 12.5}]
    assert (await calls(world, agent_id, search=number[3:]))["items"]
    assert not (await calls(world, agent_id, search="nobody"))["items"]
    other = next(one for one in world.centre.agent_ids if one != agent_id)
    assert not [one for one in (await calls(world, other))["items"] if one["contact_id"] == contact_id and one["note"]]
    world.be("reviewer", agent_id)
    assert (await world.client.get("/api/desk/calls", params=RANGE)).status_code == 200


async def test_a_month_of_calls_is_found_quickly_among_a_hundred_thousand(world: Any) -> None:
    business, agent_id = world.centre.business_id, world.centre.agent_ids[0]
    many = text("""
        WITH made AS (
            SELECT gen_random_uuid() AS id, CAST(:start AS timestamptz) - n * interval '26 seconds' AS at, n
            FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
        ), facts AS (
            INSERT INTO fact_contact (
                business_id, contact_id, number, channel, direction, entry_point, language, entered_at, ended_at, state, cause, agent_id,
                ending, queue_entries, segments, wait_ms, talk_ms, hold_ms, recordings, missing_seconds, ignored
            )
            SELECT CAST(:business AS uuid), id, 1, 'phone', 'inbound', '', 'zh-CN', at, at, 'ended', 'caller', NULL,
                'answered', 1, 1, 0, 60000, 0, 0, 0, 0 FROM made
        ), kept AS (
            INSERT INTO interaction (
                business_id, contact_id, channel, direction, remote_number, remote_name, number_called, started_at, disposition, note
            )
            SELECT CAST(:business AS uuid), id, 'phone', 'inbound', '+86139' || lpad(n::text, 8, '0'), '', '', at, '', '' FROM made
        )
        INSERT INTO fact_segment (
            business_id, segment_id, contact_id, agent_id, started_at, ended_at, talk_ms, hold_ms, hold_count, lost_count, derived
        )
        SELECT CAST(:business AS uuid), gen_random_uuid(), id, CASE WHEN n % 50 = 0 THEN CAST(:agent AS uuid) ELSE CAST(:other AS uuid) END,
            at, at, 60000, 0, 0, 0, false FROM made
    """)
    whose = {"start": START, "business": business, "agent": agent_id, "other": world.centre.agent_ids[1]}
    for first in range(1, 100_001, 10_000):
        async with world.database.business(business) as session:
            await session.execute(many, {**whose, "first": first, "last": first + 9_999})
    async with world.database.business(business) as session:
        span = Span(START - timedelta(days=31), START)
        statements: list[Any] = []
        execute = session.execute

        async def noting(statement: Any, *more: Any, **named: Any) -> Any:
            statements.append(statement)
            return await execute(statement, *more, **named)

        session.execute = noting  # type: ignore[method-assign]
        items, counts = await list_own_calls(session, OwnCallFilter(agent_id, span, "in", "13900"), 50, 0)
        session.execute = execute  # type: ignore[method-assign]
        assert len(items) == 50
        assert counts["in"] >= 1990
        for statement in statements[:2]:
            compiled = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
            plan = "\n".join(row[0] for row in await session.execute(text(f"EXPLAIN (ANALYZE, TIMING OFF) {compiled}")))
            assert "ix_fact_segment_agent" in plan, plan
            assert float(plan.rpartition("Execution Time: ")[2].split()[0]) < 400, plan
