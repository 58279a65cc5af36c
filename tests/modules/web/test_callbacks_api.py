"""Callbacks over HTTP: how the business calls back, visitors who ask for it, the list of those who wait."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from huying.channels.callback.events import CallbackRequested
from huying.channels.callback.service import load_callback_settings
from huying.channels.events import ContactEntered
from huying.channels.service import NewInteraction, open_interaction
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.routing.events import QueueEntered
from huying.routing.model import QueueRow


async def queue_id(house: Any) -> str:
    async with house.database.business(house.business_id) as session:
        return str(await session.scalar(select(QueueRow.id).where(QueueRow.code == "repair")))


async def test_how_the_business_calls_back(house: Any) -> None:
    async with house.signed_in("admin") as page:
        usual = (await page.get("/api/callbacks/settings")).json()
        assert (usual["most_tries"], usual["pause_seconds"], usual["allowed_prefixes"]) == (2, 600, ["+86"])
        told = {**usual, "most_tries": 3, "denied_prefixes": ["+861"], "web_queues": [await queue_id(house)]}
        assert (await page.put("/api/callbacks/settings", json=told)).json() == told
        assert (await page.get("/api/callbacks/settings")).json() == told
        for wrong in ({"most_tries": 0}, {"allowed_prefixes": ["86"]}, {"web_queues": [new_id()]}):
            assert (await page.put("/api/callbacks/settings", json={**told, **wrong})).status_code == 422
    async with house.database.system() as session:
        assert (await load_callback_settings(session))[house.business_id].most_tries == 3


async def test_a_visitor_asks_to_be_called_back(house: Any) -> None:
    queue = await queue_id(house)
    wish = {"entry": "service", "queue_id": queue, "number": "13800138000", "name": "Li"}
    async with house.browser() as page:
        assert (await page.get("/public/entries/service")).json()["callback_queues"] == []
        assert (await page.post("/public/callbacks", json=wish)).status_code == 403
        async with house.signed_in("admin") as admin:
            usual = (await admin.get("/api/callbacks/settings")).json()
            await admin.put("/api/callbacks/settings", json={**usual, "web_queues": [queue]})
        assert [one["id"] for one in (await page.get("/public/entries/service")).json()["callback_queues"]] == [queue]
        assert (await page.post("/public/callbacks", json=wish)).status_code == 202
        assert house.voice.commands[-1] == ("request_callback", {**wish, "language": "zh-CN"})
        assert (await page.post("/public/callbacks", json={**wish, "queue_id": new_id()})).status_code == 403
        later = await page.post("/public/callbacks", json={**wish, "at": "2026-12-24T10:00:00+08:00"})
        assert later.status_code == 202
        command, told = house.voice.commands[-1]
        assert (command, told["agent_id"], told["at"], told["entry_point"]) == ("book_callback", "", "2026-12-24T10:00:00+08:00", "service")
        assert (await page.post("/public/callbacks", json={**wish, "at": "2026-12-24T10:00"})).status_code == 422
        many = [await page.post("/public/callbacks", json=wish) for _ in range(5)]
        assert many[-1].status_code == 429


async def test_the_lead_sees_who_waits_and_cancels_one(house: Any) -> None:
    contact, queue, now = new_id(), await queue_id(house), utc_now()
    async with house.database.business(house.business_id) as session:
        new = NewInteraction(contact, house.business_id, "callback", "outbound", "13800138000", "Li", None, "service", now)
        await open_interaction(session, new)
    await house.voice.say(
        house.business_id,
        "contact",
        contact,
        ContactEntered("callback", "outbound", "service", "", "zh-CN", ""),
        CallbackRequested("web", queue, "", (now + timedelta(hours=24)).isoformat()),
        QueueEntered(new_id(), queue, "first", channel="callback"),
    )
    async with house.signed_in("lead") as page:
        async with asyncio.timeout(30):
            while not (found := (await page.get("/api/callbacks")).json())["items"]:
                await asyncio.sleep(0.02)
        row = found["items"][0]
        assert (row["number"], row["name"], row["state"], row["queue_id"], row["by"]) == ("+8613800138000", "Li", "waiting", queue, "web")
        assert (await page.post(f"/api/callbacks/{contact}/cancel")).status_code == 204
        assert house.voice.commands[-1] == ("cancel_callback", {"contact_id": contact})
        pop = (await page.get(f"/api/desk/contacts/{contact}")).json()["callback"]
        assert (pop["by"], pop["dials"], pop["keys"], pop["previous_contact_id"]) == ("web", 0, [], None)
        assert pop["waiting_since"]
    async with house.signed_in("agent1") as agent:
        assert (await agent.get("/api/callbacks")).status_code == 403
