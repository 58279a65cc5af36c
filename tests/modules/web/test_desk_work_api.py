"""Tasks, messages, notes and dispositions over HTTP, with the real work at the desk behind them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from huying.channels.callback.events import CallbackRequested
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.messages.service import Left, keep_message
from huying.channels.model import InteractionRow
from huying.channels.service import NewInteraction, open_interaction
from huying.channels.telling import TOLD_SUBJECT
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.sample.quick_notes import QUICK_NOTES
from tools.desk_floor import DeskFloor


async def person(browser: Any) -> str:
    """Who is signed in."""
    return str((await browser.get("/api/session")).json()["person"]["id"])


async def queue(browser: Any, code: str = "repair") -> str:
    """The id of a queue."""
    return str(next(one["id"] for one in (await browser.get("/api/queues")).json()["items"] if one["code"] == code))


async def ask(browser: Any, queue_id: str, **desk: Any) -> None:
    """Say what a queue asks of the desk."""
    known = (await browser.get("/api/dispositions")).json()["queues"]
    before = next((one for one in known if one["queue_id"] == queue_id), {})
    given = {**{key: value for key, value in before.items() if key != "queue_id"}, **desk}
    assert (await browser.put(f"/api/queues/{queue_id}/desk", json=given)).status_code == 204


async def test_a_task_of_a_queue_is_offered_and_finished_with_a_forced_disposition(house: Any) -> None:
    async with house.signed_in("manager") as lead, house.signed_in("agent1") as agent, DeskFloor(house) as floor:
        repair, me = await queue(lead), await person(agent)
        await ask(lead, repair, forced=True)
        made = await lead.post("/api/tasks", json={"title": "Call the plumber", "queue_id": repair, "priority": 3})
        assert made.status_code == 201, made.text
        task = made.json()
        assert (task["work"]["state"], task["created_by_name"] != "") == ("waiting", True)
        floor.ready(me)
        contact = await floor.offered(me)
        shown = (await agent.get(f"/api/desk/work/{contact}")).json()
        assert (shown["subject"], shown["task"]["title"]) == ("task", "Call the plumber")
        assert (await agent.post(f"/api/desk/work/{contact}/accept")).status_code == 204
        held = (await lead.get(f"/api/tasks/{task['id']}")).json()
        assert held["work"]["holder_id"] == me
        refused = await agent.post(f"/api/desk/work/{contact}/finish", json={"note": "done"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "disposition-needed")
        assert refused.json()["error"]["details"]["missing"] == "disposition"
        branch = await agent.post(f"/api/desk/work/{contact}/finish", json={"disposition": "repair"})
        assert branch.status_code == 422
        done = await agent.post(f"/api/desk/work/{contact}/finish", json={"disposition": "repair-booked", "note": "done"})
        assert done.status_code == 204, done.text
        after = (await lead.get(f"/api/tasks/{task['id']}")).json()
        assert (after["state"], after["done_by"], after["work"]) == ("done", me, None)
        notes = (await agent.get(f"/api/desk/contacts/{contact}/notes")).json()["items"]
        assert [(note["text"], note["kind"], note["mine"]) for note in notes] == [("done", "wrap_up", True)]
        assert (await agent.post(f"/api/desk/work/{contact}/finish", json={"disposition": "repair-booked"})).status_code == 409


async def test_a_message_of_a_queue_is_offered_where_the_queue_wants_it(house: Any) -> None:
    async with house.signed_in("manager") as lead, house.signed_in("agent1") as agent, DeskFloor(house) as floor:
        repair, me, now = await queue(lead), await person(agent), utc_now()
        await ask(lead, repair, offer_messages=True)
        message, call = new_id(), new_id()
        async with house.database.business(house.business_id) as session:
            new = NewInteraction(call, house.business_id, "phone", "inbound", "13800138000", "Li", None, "400", now)
            await open_interaction(session, new)
            for _ in range(2):
                await keep_message(session, Left(house.business_id, message, call, repair, now, 12.0))
        floor.ready(me)
        floor.works.look()
        contact = await floor.offered(me)
        assert (await agent.post(f"/api/desk/work/{contact}/accept")).status_code == 204
        shown = (await agent.get(f"/api/desk/work/{contact}")).json()["message"]
        assert (shown["id"], shown["number"], shown["taken_by"]) == (message, "+8613800138000", me)
        later = (now + timedelta(hours=1)).isoformat()
        assert (await agent.post(f"/api/desk/work/{contact}/park", json={"until": later})).status_code == 204
        assert (await agent.post(f"/api/desk/work/{contact}/take")).status_code == 204
        assert (await agent.post(f"/api/desk/work/{contact}/return")).status_code == 204
        contact = await floor.offered(me)
        assert (await agent.get("/api/messages")).json()["items"][0]["taken_by"] is None
        assert (await agent.post(f"/api/desk/work/{contact}/accept")).status_code == 204
        assert (await agent.post(f"/api/messages/{message}/done", json={"note": "ok"})).status_code == 204
        assert (await agent.get("/api/messages", params={"state": "done"})).json()["items"][0]["id"] == message
        assert contact not in floor.works.owners


async def test_a_message_for_a_person_is_his_alone(house: Any) -> None:
    async with house.signed_in("lead") as lead, house.signed_in("agent1") as agent, house.signed_in("agent2") as other:
        me, message, now = await person(agent), new_id(), utc_now()
        async with house.database.business(house.business_id) as session:
            await keep_message(session, Left(house.business_id, message, new_id(), "", now, 5.0, me))
        assert [one["id"] for one in (await agent.get("/api/messages")).json()["items"]] == [message]
        for somebody in (other, lead):
            assert (await somebody.get("/api/messages")).json()["total"] == 0
            assert (await somebody.post(f"/api/messages/{message}/take")).status_code == 404


async def test_a_message_of_a_colleague_is_under_his_name(house: Any) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("agent2") as other:
        me, him, contact, now = await person(agent), await person(other), new_id(), utc_now()
        # The contact itself names whom he called.
        called = {"channel": "phone", "direction": "internal", "remote_number": "8001", "remote_name": "李晓雯", "started_at": now}
        async with house.database.business(house.business_id) as session:
            session.add(InteractionRow(business_id=house.business_id, contact_id=contact, **called))
            await keep_message(session, Left(house.business_id, new_id(), contact, "", now, 5.0, me, him))
        (left,) = (await agent.get("/api/messages")).json()["items"]
        assert (left["left_by"], left["name"], left["number"]) == (him, "Grace Turner", "8002")


async def test_whoever_counts_a_message_is_told_what_becomes_of_it(house: Any) -> None:
    told: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    async def hear(_subject: str, message: Any) -> None:
        told.put_nowait((message["topic"], message["people"]))

    subscription = await house.bus.subscribe(TOLD_SUBJECT, hear)
    async with house.signed_in("agent1") as agent:
        me, mine, team, now = await person(agent), new_id(), new_id(), utc_now()
        queue = (await agent.get("/api/queues")).json()["items"][0]["id"]
        async with house.database.business(house.business_id) as session:
            await keep_message(session, Left(house.business_id, mine, new_id(), "", now, 5.0, me))
            await keep_message(session, Left(house.business_id, team, new_id(), queue, now, 5.0))
        for message, people in ((mine, [me]), (team, None)):
            for act in ("take", "give-back", "take", "done", "reopen"):
                body = {"note": ""} if act == "done" else None
                assert (await agent.post(f"/api/messages/{message}/{act}", json=body)).status_code == 204
                assert await asyncio.wait_for(told.get(), 30) == ("work", people), act
    await subscription.stop()


async def test_tasks_of_persons_are_reminded_snoozed_given_and_done(house: Any) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("agent2") as other, house.signed_in("lead") as lead:
        mine, his = await person(agent), await person(other)
        at = (utc_now() + timedelta(minutes=5)).isoformat()
        made = (await agent.post("/api/tasks", json={"title": "Remind me", "kind": "reminder", "remind_at": at})).json()
        assert (made["person_id"], made["queue_id"], made["state"]) == (mine, None, "open")
        path = f"/api/tasks/{made['id']}"
        assert (await other.get(path)).status_code == 404
        assert (await agent.post(f"{path}/snooze", json={"until": None})).status_code == 204
        assert (await agent.get(path)).json()["remind_at"] is None
        moved = await agent.put(path, json={"title": "For you", "person_id": his})
        assert moved.json()["person_id"] == his
        assert [one["id"] for one in (await other.get("/api/tasks")).json()["items"]] == [made["id"]]
        assert [one["id"] for one in (await agent.get("/api/tasks", params={"scope": "given"})).json()["items"]] == [made["id"]]
        assert (await other.post(f"{path}/done", json={"result": "ok"})).status_code == 204
        assert (await other.get(path)).json()["result"] == "ok"
        assert (await other.put(path, json={"title": "again"})).status_code == 409
        assert (await other.post(f"{path}/reopen")).status_code == 204
        assert (await lead.get("/api/tasks", params={"scope": "all", "search": "you"})).json()["total"] == 1
        assert (await agent.get("/api/tasks", params={"scope": "all"})).status_code == 403
        assert (await agent.post("/api/tasks", json={"title": "x", "person_id": his, "queue_id": new_id()})).status_code == 422
        assert (await agent.post("/api/tasks", json={"title": "x", "queue_id": new_id()})).status_code == 404


async def test_a_queues_task_that_goes_to_a_person_is_offered_no_more(house: Any) -> None:
    async with house.signed_in("manager") as lead, house.signed_in("agent1") as agent, DeskFloor(house) as floor:
        repair, me = await queue(lead), await person(agent)
        floor.ready(me)
        task = (await lead.post("/api/tasks", json={"title": "A", "queue_id": repair})).json()
        contact = await floor.offered(me)
        moved = await lead.put(f"/api/tasks/{task['id']}", json={"title": "A", "person_id": me})
        assert moved.status_code == 200, moved.text
        async with asyncio.timeout(30):
            while contact in floor.works.owners:
                await asyncio.sleep(0.02)
        assert (await agent.get(f"/api/tasks/{task['id']}")).json()["state"] == "open"
        second = (await lead.post("/api/tasks", json={"title": "B", "queue_id": repair})).json()
        await floor.offered(me, second["id"])
        assert (await lead.post(f"/api/tasks/{second['id']}/cancel", json={"result": "no"})).status_code == 204
        assert (await lead.get(f"/api/tasks/{second['id']}")).json()["state"] == "cancelled"


async def test_the_tree_moves_and_comes_back(house: Any) -> None:
    names = {"zh-CN": "新", "en": "New"}
    async with house.signed_in("manager") as browser:
        items = {one["code"]: one for one in (await browser.get("/api/dispositions")).json()["items"]}
        top, leaf = items["repair"]["id"], items["repair-booked"]["id"]
        assert items["repair-booked"]["parent_id"] == top
        deeper = {"name": names, "parent_id": leaf, "note_required": True}
        assert (await browser.put("/api/dispositions/today", json=deeper)).status_code == 204
        loop = await browser.put("/api/dispositions/repair", json={"name": names, "parent_id": leaf})
        assert loop.status_code == 422
        assert (await browser.put("/api/dispositions/repair-booked", json={"name": names, "parent_id": None})).status_code == 204
        number = (await browser.get("/api/changes")).json()["items"][0]["number"]
        assert (await browser.post(f"/api/changes/{number}/undo")).status_code == 201
        items = {one["code"]: one for one in (await browser.get("/api/dispositions")).json()["items"]}
        assert items["repair-booked"]["parent_id"] == top
        repair = await queue(browser)
        await ask(browser, repair, branches=[top], forced=True)
        shown = (await browser.get("/api/desk/settings")).json()
        codes = {one["code"]: one for one in shown["dispositions"]}
        assert repair in codes["today"]["queue_ids"]
        assert codes["repair-booked"]["branch"] is True
        assert repair not in codes["solved"]["queue_ids"]
        number = (await browser.get("/api/changes")).json()["items"][0]["number"]
        assert (await browser.post(f"/api/changes/{number}/undo")).status_code == 201
        assert (await browser.put(f"/api/queues/{repair}/desk", json={"branches": [new_id()]})).status_code == 404


async def quick_keys(browser: Any) -> set[str]:
    """Of the ready-made notes this person has beside the sample's."""
    keys = {one["key"] for one in (await browser.get("/api/desk/quick-notes")).json()["items"]}
    return keys - {key for key, _, _ in QUICK_NOTES}


async def test_quick_notes_are_ones_own_and_the_teams(house: Any) -> None:
    note, team = new_id(), new_id()
    given = {"title": "Hello", "text": "{customer} called {agent} on {date}", "key": "hi"}
    async with house.signed_in("manager") as lead, house.signed_in("agent1") as agent, house.signed_in("agent2") as other:
        assert (await agent.put(f"/api/desk/quick-notes/{note}", json=given)).status_code == 204
        assert (await agent.put(f"/api/quick-notes/{team}", json=given)).status_code == 403
        assert (await lead.put(f"/api/quick-notes/{team}", json={**given, "key": "team"})).status_code == 204
        assert await quick_keys(agent) == {"hi", "team"}
        assert await quick_keys(other) == {"team"}
        assert (await other.delete(f"/api/desk/quick-notes/{note}")).status_code == 404
        assert (await agent.delete(f"/api/desk/quick-notes/{note}")).status_code == 204
        assert (await lead.delete(f"/api/quick-notes/{team}")).status_code == 204
        assert await quick_keys(agent) == set()
        number = (await lead.get("/api/changes")).json()["items"][0]["number"]
        assert (await lead.post(f"/api/changes/{number}/undo")).status_code == 201
        assert await quick_keys(agent) == {"team"}


async def test_notes_have_authors_and_versions(house: Any) -> None:
    contact, note, now = new_id(), new_id(), utc_now()
    async with house.database.business(house.business_id) as session:
        await open_interaction(session, NewInteraction(contact, house.business_id, "phone", "inbound", "1", "", None, "400", now))
    base = f"/api/desk/contacts/{contact}"
    async with house.signed_in("lead") as lead, house.signed_in("manager") as manager, house.signed_in("agent1") as agent:
        assert (await agent.get(f"{base}/notes")).status_code == 404
        first = await lead.put(f"{base}/notes/{note}", json={"text": "one"})
        assert (first.json()["version"], first.json()["mine"]) == (1, True)
        assert (await lead.put(f"{base}/notes/{note}", json={"text": "two", "version": 1})).json()["version"] == 2
        clash = await lead.put(f"{base}/notes/{note}", json={"text": "three", "version": 1})
        assert (clash.status_code, clash.json()["error"]["code"]) == (409, "note-changed")
        assert clash.json()["error"]["details"]["text"] == "two"
        assert (await lead.put(f"{base}/notes/{note}", json={"text": "two", "version": 1})).json()["version"] == 2
        assert (await manager.put(f"{base}/notes/{note}", json={"text": "x", "version": 2})).status_code == 404
        for browser, said in ((lead, "mine"), (manager, "also mine"), (lead, "mine again")):
            assert (await browser.put(f"{base}/wrap-up", json={"note": said})).status_code == 200
        found = (await manager.get(f"/api/contacts/{contact}/notes")).json()["items"]
        assert [(one["text"], one["kind"], one["mine"]) for one in found] == [
            ("two", "note", False), ("mine again", "wrap_up", False), ("also mine", "wrap_up", True),
        ]  # fmt: skip


async def test_a_callback_that_a_disposition_asks_for_is_booked(house: Any) -> None:
    contact, booked, now = new_id(), new_id(), utc_now()
    async with house.database.business(house.business_id) as session:
        await open_interaction(session, NewInteraction(contact, house.business_id, "phone", "inbound", "1", "Li", None, "400", now))
        await session.execute(text("UPDATE disposition SET date_required = true WHERE code = 'callback'"))
    path = f"/api/desk/contacts/{contact}"
    async with house.signed_in("lead") as lead:
        assert (await lead.put(f"{path}/wrap-up", json={"disposition": "callback"})).status_code == 200
        refused = await lead.post(f"{path}/finish")
        assert (refused.status_code, refused.json()["error"]["details"]["missing"]) == (409, "date")
        due, until = ((now + timedelta(hours=hours)).isoformat() for hours in (2, 48))
        asked = CallbackRequested("agent", new_id(), contact, until, due_at=due)
        entered = ContactEntered("callback", "outbound", "x", "", "zh-CN", "")
        await house.voice.say(house.business_id, "contact", booked, entered, asked)
        async with asyncio.timeout(30):
            while (answer := await lead.post(f"{path}/finish")).status_code == 409:
                await asyncio.sleep(0.05)
        assert answer.status_code == 204
        await house.voice.say(house.business_id, "contact", booked, ContactEnded("cancelled", 0))
        async with asyncio.timeout(30):
            while (await lead.post(f"{path}/finish")).status_code == 204:
                await asyncio.sleep(0.05)


async def test_a_callback_that_cannot_be_booked_is_kept_as_a_follow_up(house: Any) -> None:
    contact, now = new_id(), utc_now()
    async with house.database.business(house.business_id) as session:
        await open_interaction(session, NewInteraction(contact, house.business_id, "phone", "inbound", "1", "Li", None, "400", now))
        await session.execute(text("UPDATE disposition SET date_required = true WHERE code = 'callback'"))
    path = f"/api/desk/contacts/{contact}"
    async with house.signed_in("lead") as lead:
        closed = {"disposition": "callback", "follow_up": False}
        assert (await lead.put(f"{path}/wrap-up", json=closed)).json()["follow_up"] is None
        possible = {"contact_id": contact}
        assert (await lead.get("/api/desk/callbacks/possible", params=possible)).json() == {"why": ""}
        assert (await lead.post(f"{path}/finish")).status_code == 409
        house.voice.why_not_booked = "no_line"
        assert (await lead.get("/api/desk/callbacks/possible", params=possible)).json() == {"why": "no_line"}
        assert (await lead.post(f"{path}/finish")).status_code == 204
        kept = (await lead.get(path)).json()["contact"]["follow_up"]
        assert (kept["why"], kept["done_at"]) == ("no_line", None)
        assert (await lead.get("/api/desk/callbacks/possible", params={"contact_id": new_id()})).status_code == 404
        assert (await lead.post(f"{path}/close-follow-up")).json()["follow_up"]["done_at"]
