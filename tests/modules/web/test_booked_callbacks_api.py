"""Callbacks at a time, over HTTP: booking about a contact or a number, seeing one's own, moving, cancelling."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from huying.admin.model import PersonRow
from huying.channels.callback.events import CallbackRequested
from huying.channels.events import ContactEntered
from huying.channels.service import NewInteraction, open_interaction
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.routing.events import OfferMade, QueueEntered
from huying.routing.model import QueueRow

AT = "2026-12-24T10:00"


async def queue_id(house: Any, code: str = "repair") -> str:
    async with house.database.business(house.business_id) as session:
        return str(await session.scalar(select(QueueRow.id).where(QueueRow.code == code)))


async def person_id(house: Any, login: str) -> str:
    async with house.database.business(house.business_id) as session:
        return str(await session.scalar(select(PersonRow.id).where(PersonRow.login == login)))


async def contact(house: Any, *events: Any, contact_id: str = "") -> str:
    """A contact with these events after its entry."""
    contact_id = contact_id or new_id()
    async with house.database.business(house.business_id) as session:
        new = NewInteraction(contact_id, house.business_id, "phone", "inbound", "13800138000", "Li", None, "service", utc_now())
        await open_interaction(session, new)
    await house.voice.say(house.business_id, "contact", contact_id, ContactEntered("phone", "inbound", "x", "", "zh-CN", "leg"), *events)
    return contact_id


async def booked(house: Any, queue: str, **more: str) -> str:
    due, now = (utc_now() + timedelta(hours=2)).isoformat(), utc_now()
    return await contact(house, CallbackRequested("agent", queue, "", (now + timedelta(days=2)).isoformat(), due_at=due, **more))


async def listed(page: Any, count: int) -> dict[str, Any]:
    async with asyncio.timeout(30):
        while len((found := (await page.get("/api/desk/callbacks")).json())["items"]) != count:
            await asyncio.sleep(0.05)
    return dict(found)


async def test_a_contacts_customer_is_booked_with_what_is_known_of_him(house: Any) -> None:
    queue, me = await queue_id(house), await person_id(house, "agent1")
    entry, now = new_id(), utc_now()
    offer = OfferMade(new_id(), entry, queue, me, "leg", (now + timedelta(seconds=30)).isoformat())
    about = await contact(house, QueueEntered(entry, queue, "first"), offer)
    async with house.signed_in("agent1") as page:
        async with asyncio.timeout(30):
            while (answer := await page.post("/api/desk/callbacks", json={"contact_id": about, "at": AT})).status_code == 404:
                await asyncio.sleep(0.05)
        assert answer.status_code == 201
        assert answer.json()["at"].startswith("2026-12-24T02:00:00")
        command, told = house.voice.commands[-1]
        assert command == "book_callback"
        expected = {"agent_id": me, "number": "+8613800138000", "name": "Li", "queue_id": queue, "wanted_id": me, "at": AT}
        assert {name: told[name] for name in expected} == expected
        assert told["previous_contact_id"] == about
        await page.post("/api/desk/callbacks", json={"contact_id": about, "at": AT, "to": "queue", "number": "13900139000"})
        told = house.voice.commands[-1][1]
        assert (told["wanted_id"], told["number"], told["name"]) == ("", "13900139000", "")
        assert (await page.post("/api/desk/callbacks", json={"at": AT})).status_code == 422
        assert (await page.post("/api/desk/callbacks", json={"at": AT, "contact_id": new_id()})).status_code == 404


async def test_one_sees_moves_and_cancels_what_one_has_booked(house: Any) -> None:
    queue, me = await queue_id(house), await person_id(house, "agent1")
    mine = await booked(house, queue, wanted_id=me, agent_id=me)
    foreign = await booked(house, new_id(), wanted_id=new_id(), agent_id=new_id())
    async with house.signed_in("agent1") as page:
        found = await listed(page, 1)
        row = found["items"][0]
        assert (row["contact_id"], row["state"], row["number"], row["mine"]) == (mine, "scheduled", "+8613800138000", True)
        assert row["booked_by_name"]
        assert found["time_zone"] == "Asia/Shanghai"
        assert (await page.put(f"/api/desk/callbacks/{mine}", json={"at": AT, "to": "queue"})).status_code == 200
        told = house.voice.commands[-1][1]
        assert (told["contact_id"], told["queue_id"], told["wanted_id"], told["at"]) == (mine, queue, "", AT)
        assert (await page.post(f"/api/desk/callbacks/{mine}/cancel")).status_code == 204
        assert house.voice.commands[-1] == ("cancel_callback", {"contact_id": mine})
        for answer in (
            await page.put(f"/api/desk/callbacks/{foreign}", json={"at": AT}),
            await page.post(f"/api/desk/callbacks/{foreign}/cancel"),
        ):
            assert answer.status_code == 404
    async with house.signed_in("lead") as lead:
        assert {one["contact_id"] for one in (await lead.get("/api/callbacks")).json()["items"]} == {mine, foreign}
        assert (await lead.post(f"/api/desk/callbacks/{foreign}/cancel")).status_code == 204
