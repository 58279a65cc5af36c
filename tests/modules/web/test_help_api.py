"""Asking for help over HTTP and the live feed: who sees it, one who takes it, answers, joins; its end with the call."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from live_socket import feed, hear_until, served
from sqlalchemy import select

from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.help.service import may_join
from huying.channels.service import NewInteraction, get_interaction, open_interaction
from huying.channels.voice.events import SegmentStarted
from huying.crm.customers.service import find_by_number
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.routing.events import OfferEnded, OfferMade, QueueEntered
from huying.routing.model import GroupMemberRow, QueueRow
from huying.sample.customers import sample_number


async def talking(house: Any, agent: str) -> str:
    """A customer's contact that this agent holds; its id."""
    contact, business = new_id(), house.business_id
    async with house.database.business(business) as session:
        queue = str(await session.scalar(select(QueueRow.id).where(QueueRow.code == "repair")))
        customer = await find_by_number(session, sample_number(3))
        assert customer is not None
        new = NewInteraction(contact, business, "phone", "inbound", sample_number(3), "", customer.id, "4000", utc_now())
        await open_interaction(session, new)
        (await get_interaction(session, contact)).note = "asked twice already"
    leg, offer, entry = new_id(), new_id(), new_id()
    await house.voice.say(
        business,
        "contact",
        contact,
        ContactEntered("phone", "inbound", "4000", customer.id, "zh-CN", new_id()),
        QueueEntered(entry, queue, "first"),
        OfferMade(offer, entry, queue, agent, leg, utc_now().isoformat()),
        OfferEnded(offer, entry, queue, agent, "accepted"),
        SegmentStarted(new_id(), agent, entry, queue, leg, new_id()),
    )
    async with asyncio.timeout(30):
        while house.app.state.live.centre.contacts(business).get(contact, {}).get("agent_id") != agent:
            await asyncio.sleep(0.01)
    return contact


async def who(browser: Any) -> str:
    return str((await browser.get("/api/session")).json()["person"]["id"])


def noted(house: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(arguments["kind"], arguments["data"]) for command, arguments in house.voice.commands if command == "note_in_call"]


async def test_a_lead_sees_the_request_takes_it_and_says_it_is_done(house: Any) -> None:
    async with (
        served(house) as port,
        house.signed_in("agent1") as agent,
        house.signed_in("agent2") as other,
        house.signed_in("lead") as lead,
    ):
        contact, boss = await talking(house, await who(agent)), await who(lead)
        async with feed(port, lead.session) as socket:
            await socket.send(json.dumps({"type": "subscribe", "id": "c", "topic": "colleagues"}))
            await hear_until(socket, lambda m: m["type"] == "snapshot")
            made = await agent.post(f"/api/desk/contacts/{contact}/help", json={"text": "He wants his money back"})
            assert made.status_code == 201, made.text
            help_id, key = made.json()["help_id"], "help:" + made.json()["help_id"]
            row = (await hear_until(socket, lambda m: m["type"] == "change" and key in m["set"]))["set"][key]
            assert (row["text"], row["asked_by_name"], row["taken_by"]) == ("He wants his money back", "李晓雯", None)
            assert row["contact"]["note"] == "asked twice already"
            assert row["contact"]["customer_name"] and row["queue_id"] and row["talk_since"]
            async with house.database.business(house.business_id) as session:
                assert await may_join(session, contact, boss)
                assert not await may_join(session, contact, await who(other))
            assert (await other.post(f"/api/help/{help_id}/take")).status_code == 404
            assert (await lead.post(f"/api/help/{help_id}/take")).status_code == 204
            assert (await lead.post(f"/api/help/{help_id}/take")).status_code == 204
            row = (await hear_until(socket, lambda m: m["type"] == "change" and key in m["set"]))["set"][key]
            assert row["taken_by"] == boss
            again = await agent.post(f"/api/desk/contacts/{contact}/help", json={})
            assert again.json()["error"]["code"] == "help-asked-already"
            assert (await lead.post(f"/api/help/{help_id}/end")).status_code == 204
            await hear_until(socket, lambda m: m["type"] == "change" and key in m["removed"])
        assert [kind for kind, _ in noted(house)] == ["HelpAsked", "HelpTaken", "HelpEnded"]
        assert noted(house)[-1][1]["ending"] == "done"
        assert "money" not in json.dumps(noted(house))


async def test_one_of_a_group_answers_by_a_message(house: Any) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("agent2") as other:
        me, her = await who(agent), await who(other)
        contact = await talking(house, me)
        async with house.database.business(house.business_id) as session:
            group = await session.scalar(select(GroupMemberRow.group_id).where(GroupMemberRow.person_id == her))
            member = await session.get(GroupMemberRow, (group, her))
            assert member is not None
            member.level = 10
        asked = await agent.post(f"/api/desk/contacts/{contact}/help", json={"audience": "group", "id": group, "level": 10})
        assert her in asked.json()["asked"] and me not in asked.json()["asked"]
        assert (await agent.post(f"/api/help/{asked.json()['help_id']}/answer", json={"text": "me"})).status_code == 404
        answered = await other.post(f"/api/help/{asked.json()['help_id']}/answer", json={"text": "Offer a repair first"})
        assert answered.status_code == 204, answered.text
        room = next(r for r in (await agent.get("/api/colleagues/rooms")).json() if r["kind"] == "direct" and r["unread"])
        assert (room["last"]["text"], room["last"]["contact_id"]) == ("Offer a repair first", contact)
        assert (await other.post(f"/api/help/{asked.json()['help_id']}/take")).json()["error"]["code"] == "help-over"
        assert [kind for kind, _ in noted(house)] == ["HelpAsked", "HelpTaken", "HelpEnded"]
        nobody = await agent.post(f"/api/desk/contacts/{contact}/help", json={"audience": "people", "people": [me]})
        assert nobody.json()["error"]["code"] == "nobody-to-ask"
        assert (await other.post(f"/api/desk/contacts/{contact}/help", json={})).status_code == 409


async def test_it_ends_with_the_call(house: Any) -> None:
    async with house.signed_in("agent1") as agent:
        contact = await talking(house, await who(agent))
        made = (await agent.post(f"/api/desk/contacts/{contact}/help", json={})).json()
        await asyncio.sleep(0)
        assert (await agent.get(f"/api/help/{made['help_id']}")).json()["ended_at"] is None
        await house.voice.say(house.business_id, "contact", contact, ContactEnded("customer_hung_up", 10.0))
        async with asyncio.timeout(30):
            while (found := (await agent.get(f"/api/help/{made['help_id']}")).json())["ended_at"] is None:
                await asyncio.sleep(0.1)
        assert found["ending"] == "call_ended"
        assert (await agent.post(f"/api/help/{made['help_id']}/end")).status_code == 409
