"""History and figures through HTTP: figures open to their contacts, and one sees what one may."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from random_journals import START

from huying.channels.service import close_follow_up, follow_up
from huying.foundation.ids import new_id

ENDINGS = (
    "answered", "abandoned", "short_abandoned", "overflowed", "self_served", "called_back", "voicemail", "forwarded", "ended",
    "not_reached", "refused", "lost", "waiting",
)  # fmt: skip
RANGE = {"from": (START - timedelta(hours=1)).isoformat(), "to": (START + timedelta(hours=2)).isoformat()}


async def get(world: Any, path: str, **params: object) -> Any:
    answer = await world.client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def identity(values: Mapping[str, Any]) -> bool:
    return bool(values["offered"] == sum(values[ending] for ending in ENDINGS))


async def test_every_row_and_sum_keeps_the_identity_and_opens_to_its_contacts(world: Any) -> None:
    for interval in ("15m", "1h", "1d", "total"):
        report = await get(world, "/api/reports/queues", interval=interval, **RANGE)
        for row in [*report["rows"], *report["by_interval"], *report["totals"], report["total"]]:
            assert identity(row["values"])
        assert sum(row["values"]["offered"] for row in report["rows"]) == report["total"]["values"]["offered"]
        assert not report["total"]["provisional"]
    assert set(report["targets"]) == set(world.centre.queue_ids)
    assert report["targets"][world.centre.queue_ids[0]] == {"within_seconds": 20, "level": "SL1", "percent": 80}
    for row in report["totals"]:
        level = row["values"]["service_level"]
        assert row["target_missed"] == (None if level is None else level < 0.8)
    assert report["total"]["target_missed"] is None
    hourly = await get(world, "/api/reports/queues", interval="1h", **RANGE)
    checked = 0
    for row in hourly["rows"]:
        for ending in ENDINGS:
            asked = {"queue_id": row["queue_id"], "from": row["from"], "to": row["to"], "ending": ending, "limit": 500}
            page = await get(world, "/api/contacts", **asked)
            assert page["total"] <= row["values"][ending]  # one contact may enter the same queue twice in the hour
            assert (page["total"] > 0) == (row["values"][ending] > 0)
            checked += page["total"]
    assert checked > 20
    assert {figure["code"] for figure in hourly["figures"]} >= {"SL1", "asa_seconds", "aht_seconds", *ENDINGS}
    assert all(figure["formula"]["zh-CN"] and figure["formula"]["en"] for figure in hourly["figures"])


async def test_the_history_is_listed_filtered_and_searched(world: Any) -> None:
    everything = await get(world, "/api/contacts", **RANGE)
    assert everything["total"] == len(everything["items"]) == 30
    assert [item["started_at"] for item in everything["items"]] == sorted((i["started_at"] for i in everything["items"]), reverse=True)
    page = await get(world, "/api/contacts", limit=7, offset=28)
    assert (len(page["items"]), page["total"]) == (2, 30)
    found = await get(world, "/api/contacts", search="haichuan")
    assert [item["customer_name"] for item in found["items"]] == ["海川"]
    assert (await get(world, "/api/contacts", search="8000-0007"))["total"] in (0, 1)
    assert (await get(world, "/api/contacts", search="13800000007"))["total"] == 1
    assert (await get(world, "/api/contacts", search="100%"))["total"] == 0
    assert (await get(world, "/api/contacts", direction="outbound"))["total"] == 0
    answered = await get(world, "/api/contacts", ending="answered")
    assert all(item["agent_id"] and item["agent_name"] and item["talk_seconds"] for item in answered["items"])
    assert (await get(world, "/api/contacts", **{"from": "2026-03-08", "to": "2026-03-08"}))["total"] == 0
    assert (await get(world, "/api/contacts", **{"from": "2026-03-09", "to": "2026-03-10"}))["total"] == 30


async def test_a_contact_says_who_follows_it_up(world: Any) -> None:
    contact_id, person_id = world.contacts()[3], new_id()
    async with world.database.business(world.centre.business_id) as session:
        await follow_up(session, contact_id, person_id, START)
    (line,) = (await get(world, "/api/contacts", search="haichuan"))["items"]
    story = await get(world, f"/api/contacts/{contact_id}")
    assert line["follow_up"] == story["follow_up"]
    assert (story["follow_up"]["by"], story["follow_up"]["done_at"]) == (person_id, None)
    async with world.database.business(world.centre.business_id) as session:
        await close_follow_up(session, contact_id, person_id, START + timedelta(hours=1), may_all=False)
    assert (await get(world, f"/api/contacts/{contact_id}"))["follow_up"]["done_at"]


async def test_a_contact_tells_its_story(world: Any) -> None:
    answered = (await get(world, "/api/contacts", ending="answered"))["items"][0]
    story = await get(world, f"/api/contacts/{answered['contact_id']}")
    assert [item["number"] for item in story["timeline"]] == list(range(1, len(story["timeline"]) + 1))
    assert story["timeline"][0]["kind"] == "ContactEntered"
    accepted = next(offer for offer in story["offers"] if offer["result"] == "accepted")
    assert accepted["explanation"]["rule"] == "longest_idle"
    assert accepted["agent_name"].startswith("Agent")
    assert story["segments"][0]["talk_seconds"] > 0
    assert story["remote_number"].startswith("+86138")
    assert all(recording["available"] is False for recording in story["recordings"])
    assert (await world.client.get(f"/api/contacts/{new_id()}")).status_code == 404
    assert (await world.client.get("/api/contacts/nonsense")).status_code == 422


async def test_an_agent_sees_only_contacts_he_had_or_missed(world: Any) -> None:
    agent_id = world.centre.agent_ids[0]
    theirs = await get(world, "/api/contacts", agent_id=agent_id, limit=500)
    world.be("agent", agent_id)
    own = await get(world, "/api/contacts", limit=500)
    assert 0 < own["total"] < 30
    assert [item["contact_id"] for item in own["items"]] == [item["contact_id"] for item in theirs["items"]]
    own_ids = {item["contact_id"] for item in own["items"]}
    answers = {contact_id: (await world.client.get(f"/api/contacts/{contact_id}")).status_code for contact_id in world.contacts()}
    assert own_ids <= {contact_id for contact_id, status in answers.items() if status == 200}
    assert set(answers.values()) == {200, 404}
    assert (await world.client.get("/api/reports/queues")).status_code == 403


async def test_agents_have_figures(world: Any) -> None:
    report = await get(world, "/api/reports/agents", interval="total", **RANGE)
    assert {row["agent_id"] for row in report["totals"]} == set(world.centre.agent_ids)
    for row in report["totals"]:
        values = row["values"]
        assert values["offers"] == sum(values[result] for result in ("accepted", "refused", "timed_out", "unreachable", "withdrawn"))
        assert 0 <= values["occupancy"] <= 1
        refused = await get(world, "/api/contacts", agent_id=row["agent_id"], offer_result="refused", **RANGE)
        assert (refused["total"] > 0) == (values["refused"] > 0)


async def test_senseless_times_are_refused_with_a_word(world: Any) -> None:
    for params in ({"from": "yesterday"}, {"from": "2026-03-10", "to": "2026-03-01"}, {"from": "2020-01-01", "interval": "15m"}):
        answer = await world.client.get("/api/reports/queues", params=params)
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "invalid-input"
