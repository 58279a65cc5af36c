"""Messages between colleagues over HTTP and the live feed: two people, a team, chosen people; marks, search, erasing, and who sees what."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from live_socket import feed, hear_until, served
from sqlalchemy import text

from huying.foundation.ids import new_id


async def direct(browser: Any, person: str) -> str:
    answer = await browser.post("/api/colleagues/rooms", json={"kind": "direct", "people": [person]})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["room_id"])


async def write(browser: Any, room: str, words: str, **more: Any) -> dict[str, Any]:
    answer = await browser.post(f"/api/colleagues/rooms/{room}/messages", json={"message_id": new_id(), "text": words, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def room_of(browser: Any, room: str) -> dict[str, Any]:
    return next(one for one in (await browser.get("/api/colleagues/rooms")).json() if one["room_id"] == room)


async def test_two_people_write_and_see_what_was_delivered_and_read(house: Any) -> None:
    async with house.signed_in("agent1") as one, house.signed_in("agent2") as two, house.signed_in("lead") as lead:
        people = [person["person_id"] for person in (await one.get("/api/colleagues/people")).json()]
        me, her = (await one.get("/api/session")).json()["person"]["id"], (await two.get("/api/session")).json()["person"]["id"]
        assert {me, her} <= set(people)
        room = await direct(one, her)
        assert await direct(two, me) == room, "there is one room of two"
        await write(one, room, " 你好 ")
        await write(one, room, "are you there?", mentions=[her, me])
        hers = await room_of(two, room)
        assert (hers["unread"], hers["mentions"], hers["last"]["text"]) == (2, 1, "are you there?")
        assert (await two.post(f"/api/colleagues/rooms/{room}/marks", json={"delivered": 2, "read": 1})).status_code == 204
        mine = await room_of(one, room)
        assert mine["unread"] == 0
        assert {p["person_id"]: (p["delivered"], p["read"]) for p in mine["people"]} == {me: (2, 2), her: (2, 1)}
        await two.post(f"/api/colleagues/rooms/{room}/marks", json={"read": 99})
        await two.post(f"/api/colleagues/rooms/{room}/marks", json={"read": 1})
        assert (await room_of(two, room))["unread"] == 0, "marks never go back, nor beyond what is there"
        page = (await two.get(f"/api/colleagues/rooms/{room}/messages")).json()
        assert [(m["number"], m["text"]) for m in page["items"]] == [(1, "你好"), (2, "are you there?")]
        assert page["more"] is False
        assert (await lead.get(f"/api/colleagues/rooms/{room}/messages")).status_code == 404
        found = (await two.get("/api/colleagues/search", params={"text": "THERE are"})).json()
        assert [m["number"] for m in found] == [2]
        assert (await lead.get("/api/colleagues/search", params={"text": "there"})).json() == []


async def test_a_message_sent_again_is_the_same_one(house: Any) -> None:
    async with house.signed_in("agent1") as one, house.signed_in("agent2") as two:
        her = (await two.get("/api/session")).json()["person"]["id"]
        room = await direct(one, her)
        body = {"message_id": new_id(), "text": "once"}
        answers = await asyncio.gather(*(one.post(f"/api/colleagues/rooms/{room}/messages", json=body) for _ in range(4)))
        assert {(a.status_code, a.json()["number"]) for a in answers} == {(200, 1)}
        stolen = await two.post(f"/api/colleagues/rooms/{room}/messages", json=body)
        assert (stolen.status_code, stolen.json()["error"]["code"]) == (409, "message-id-taken")
        long = {"message_id": new_id(), "text": "x" * 4001}
        assert (await one.post(f"/api/colleagues/rooms/{room}/messages", json=long)).status_code == 422
        empty = {"message_id": new_id(), "text": "  "}
        assert (await one.post(f"/api/colleagues/rooms/{room}/messages", json=empty)).json()["error"]["code"] == "nothing-written"
        linked = await write(one, room, "", contact_id=new_id())
        assert linked["number"] == 2
        assert (await two.delete(f"/api/colleagues/messages/{linked['message_id']}")).status_code == 404
        assert (await one.delete(f"/api/colleagues/messages/{linked['message_id']}")).status_code == 204
        last = (await room_of(two, room))["last"]
        assert (last["erased"], last["contact_id"]) == (True, None)


async def test_a_group_has_its_room_and_people_make_their_own(house: Any) -> None:
    async with house.signed_in("agent1") as one, house.signed_in("agent2") as two, house.signed_in("lead") as lead:
        rooms = (await one.get("/api/colleagues/rooms")).json()
        teams = [room for room in rooms if room["kind"] == "team"]
        assert teams, "agent1 is in a work group"
        assert isinstance(teams[0]["name"], dict)
        await write(one, teams[0]["room_id"], "to all of us")
        her = (await two.get("/api/session")).json()["person"]["id"]
        boss = (await lead.get("/api/session")).json()["person"]["id"]
        made = (await one.post("/api/colleagues/rooms", json={"kind": "group", "name": "Night shift", "people": [her, boss]})).json()
        room = made["room_id"]
        await write(lead, room, "hello")
        assert (await room_of(two, room))["unread"] == 1
        assert (await two.patch(f"/api/colleagues/rooms/{room}", json={"remove": [boss]})).status_code == 403
        assert (await two.patch(f"/api/colleagues/rooms/{room}", json={"remove": [her]})).status_code == 200
        assert (await two.get(f"/api/colleagues/rooms/{room}/messages")).status_code == 404
        back = await one.patch(f"/api/colleagues/rooms/{room}", json={"add": [her], "name": " Late  shift "})
        assert back.json()["name"] == "Late shift"
        assert (await two.get(f"/api/colleagues/rooms/{room}/messages")).status_code == 200
        stranger = await one.post("/api/colleagues/rooms", json={"kind": "group", "name": "x", "people": [new_id()]})
        assert stranger.status_code == 422


async def test_an_administrator_erases_a_persons_words(house: Any) -> None:
    async with house.signed_in("agent1") as one, house.signed_in("agent2") as two, house.signed_in("admin") as admin:
        me, her = (await one.get("/api/session")).json()["person"]["id"], (await two.get("/api/session")).json()["person"]["id"]
        room = await direct(one, her)
        await write(one, room, "secret")
        await write(two, room, "kept")
        assert (await one.post(f"/api/people/{me}/erase-messages")).status_code == 403
        assert (await admin.post(f"/api/people/{me}/erase-messages")).status_code == 204
        items = (await two.get(f"/api/colleagues/rooms/{room}/messages")).json()["items"]
        assert [(m["text"], m["erased"]) for m in items] == [("", True), ("kept", False)]
    async with house.database.business(house.business_id) as session:
        told = await session.scalar(text("SELECT data->>'messages' FROM journal WHERE kind = 'ColleagueWordsErased'"))
        assert told == "1"


async def test_the_live_feed_brings_messages_and_marks(house: Any) -> None:
    async with served(house) as port, house.signed_in("agent1") as one, house.signed_in("agent2") as two:
        me, her = (await one.get("/api/session")).json()["person"]["id"], (await two.get("/api/session")).json()["person"]["id"]
        room = await direct(one, her)
        key = f"room:{room}"
        async with feed(port, two.session) as socket:
            await socket.send(json.dumps({"type": "subscribe", "id": "c", "topic": "colleagues"}))
            first = await hear_until(socket, lambda m: m["type"] == "snapshot")
            assert first["rows"][key]["unread"] == 0
            await write(one, room, "live")
            change = await hear_until(socket, lambda m: m["type"] == "change" and key in m["set"])
            assert (change["set"][key]["unread"], change["set"][key]["last"]["text"]) == (1, "live")
        await write(one, room, "while away")
        async with feed(port, two.session) as socket:
            place = {"epoch": first["epoch"], "number": change["number"]}
            await socket.send(json.dumps({"type": "subscribe", "id": "c", "topic": "colleagues", "after": place}))
            again = await hear_until(socket, lambda m: m["type"] in ("snapshot", "change") and key in (m.get("set") or m.get("rows")))
            assert again["type"] == "change", "who comes back is told what is missing, not all"
            assert again["set"][key]["last"]["text"] == "while away"
            await socket.send(json.dumps({"type": "subscribe", "id": "p", "topic": "presence"}))
            seen = await hear_until(socket, lambda m: m["id"] == "p" and m["type"] == "snapshot")
            assert seen["rows"][her]["presence"] == "online"
            assert seen["rows"][me]["presence"] == "away"
            assert seen["rows"][me]["not_disturbed"] is False
            reach = (await one.get("/api/desk/reach")).json()
            assert (await one.put("/api/desk/reach", json={**reach, "do_not_disturb": True})).status_code == 200
            told = await hear_until(socket, lambda m: m["id"] == "p" and me in m.get("set", {}))
            assert told["set"][me]["not_disturbed"] is True
