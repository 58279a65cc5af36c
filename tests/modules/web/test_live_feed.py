"""The live feed over a real WebSocket: who gets in, what they see, and what others learn of their presence."""

from __future__ import annotations

import asyncio

import pytest
from live_socket import feed, hear, say, served
from websockets.exceptions import ConnectionClosed

from huying.admin.people import PersonChange, change_person
from huying.foundation.clock import utc_now
from huying.routing.events import AgentSignedIn, AgentStatusChosen


async def test_me_shows_the_agent_and_changes(house) -> None:  # type: ignore[no-untyped-def]
    agent = house.people["李晓雯"]
    async with served(house) as port, house.signed_in("agent1") as browser:
        async with feed(port, browser.session, f"http://127.0.0.1:{port}") as socket:
            await say(socket, type="subscribe", id="1", topic="me")
            first = await hear(socket)
            assert first["type"] == "snapshot"
            assert first["rows"]["agent"]["signed_in"] is False  # type: ignore[index]
            await house.voice.say(house.business_id, "agent", agent, AgentSignedIn("b1", "break", []))
            change = await hear(socket)
            assert change["set"]["agent"]["signed_in"] is True  # type: ignore[index]
            await house.voice.say(house.business_id, "agent", agent, AgentStatusChosen("ready"))
            assert (await hear(socket))["set"]["agent"]["status"] == "ready"  # type: ignore[index]
            await say(socket, type="subscribe", id="2", topic="calls")
            assert (await hear(socket))["error"]["code"] == "forbidden"  # type: ignore[index]
            async with asyncio.timeout(30):
                while house.voice.feeds != [(agent, True)]:
                    await asyncio.sleep(0.01)
        async with asyncio.timeout(30):
            while house.voice.feeds != [(agent, True), (agent, False)]:
                await asyncio.sleep(0.01)


async def test_a_lead_sees_queues_agents_and_calls(house) -> None:  # type: ignore[no-untyped-def]
    async with served(house) as port, house.signed_in("lead") as browser, feed(port, browser.session) as socket:
        for number, topic in enumerate(("queues", "agents", "calls")):
            await say(socket, type="subscribe", id=str(number), topic=topic)
        got = {message["id"]: message for message in [await hear(socket) for _ in range(3)]}
        assert {row["code"] for row in got["0"]["rows"].values()} == {"repair", "product", "complaints", "general"}  # type: ignore[attr-defined]
        assert len(got["1"]["rows"]) == 13  # type: ignore[arg-type]
        assert got["2"]["rows"] == {}


@pytest.mark.parametrize(("signed_in", "origin", "code"), [(False, None, 4401), (True, "http://evil.example", 4403)])
async def test_strangers_and_other_sites_stay_outside(house, signed_in: bool, origin: str | None, code: int) -> None:  # type: ignore[no-untyped-def]
    async with (
        served(house) as port,
        house.signed_in("agent1") as browser,
        feed(port, browser.session if signed_in else "", origin) as socket,
    ):
        with pytest.raises(ConnectionClosed):
            await hear(socket)
        assert socket.close_code == code
    assert house.voice.feeds == []


async def test_changed_roles_mean_a_new_snapshot_and_sign_out_ends_the_feed(house) -> None:  # type: ignore[no-untyped-def]
    async with served(house) as port, house.signed_in("lead") as browser, feed(port, browser.session) as socket:
        person = (await browser.get("/api/session")).json()["person"]["id"]
        await say(socket, type="subscribe", id="1", topic="queues")
        assert (await hear(socket))["type"] == "snapshot"
        async with house.database.business(house.business_id) as session:
            change = PersonChange(roles=("agent",))
            await change_person(session, house.app.state.sessions, person, change, by_person_id=person, now=utc_now())
        house.app.state.sessions.forget(person)
        await house.bus.publish("config.changed", {"business_id": house.business_id, "what": "people"})
        assert (await hear(socket))["type"] == "snapshot"
        assert (await browser.delete("/api/session")).status_code == 204
        await house.bus.publish("config.changed", {"business_id": house.business_id, "what": "people"})
        with pytest.raises(ConnectionClosed):
            await hear(socket)
        assert socket.close_code == 4401


async def test_presence_is_told_again_to_a_telephone_process_that_came_anew(house) -> None:  # type: ignore[no-untyped-def]
    agent = house.people["李晓雯"]
    async with served(house) as port, house.signed_in("agent1") as browser, feed(port, browser.session) as socket:
        await say(socket, type="ping", at=5)
        assert await hear(socket) == {"type": "pong", "at": 5}
        await house.bus.publish("voice.up", {"epoch": house.voice.epoch})
        async with asyncio.timeout(30):
            while house.voice.feeds != [(agent, True), (agent, True)]:
                await asyncio.sleep(0.01)
