"""Dialling over HTTP: how a business dials, who may dial what, how persons are reached, duty telephones."""

from __future__ import annotations

from typing import Any

from huying.channels.dialling.events import DialEnded, DialRequested
from huying.channels.dialling.service import load_dial_plans
from huying.channels.events import ContactEntered
from huying.channels.reach.service import load_reach, load_rosters
from huying.channels.service import load_entry_points
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.service import load_routing


async def agents(house: Any) -> list[str]:
    async with house.database.business(house.business_id) as session:
        return list((await load_routing(session)).agents)


async def test_how_the_business_dials(house: Any) -> None:
    async with house.signed_in("admin") as page:
        usual = (await page.get("/api/dialling/settings")).json()
        assert (usual["country"], usual["ring_seconds"], usual["limits"]) == ("CN", 45, {})
        told = {**usual, "area_code": "10", "outside_prefix": "9", "limits": {"international": {"seconds": 600, "warn_seconds": 60}}}
        assert (await page.put("/api/dialling/settings", json=told)).json() == told
        assert (await page.get("/api/dialling/settings")).json() == told
        for wrong in ({"country": "china"}, {"ring_seconds": 1}, {"limits": {"other": {}}}, {"caller_number": "tel:1"}):
            assert (await page.put("/api/dialling/settings", json={**told, **wrong})).status_code == 422
    async with house.signed_in("agent1") as page:
        assert (await page.get("/api/dialling/settings")).status_code == 403


async def test_rules_decide_and_say_why(house: Any) -> None:
    agent, other = (await agents(house))[:2]
    async with house.signed_in("admin") as page:

        async def asked(number: str, who: str = agent) -> tuple[bool, str, str]:
            found = (await page.post("/api/dialling/preview", json={"agent_id": who, "number": number})).json()
            return found["allowed"], found["why"], found["rule"]

        assert (await page.post("/api/dialling/preview", json={"agent_id": agent, "number": "abc"})).status_code == 422
        assert await asked("13800138000") == (True, "allowed", "")
        assert await asked("+12125551234") == (False, "class_not_allowed", "")
        rule = {"name": "abroad", "classes": ["international"], "agents": [agent], "forbidden": ["+1900*"]}
        made = (await page.post("/api/dialling/rules", json=rule)).json()
        assert await asked("+12125551234") == (True, "allowed", "abroad")
        assert await asked("+12125551234", other) == (False, "class_not_allowed", "")
        assert await asked("13800138000") == (False, "class_not_allowed", ""), "with the first rule only rules allow"
        assert await asked("120") == (True, "emergency", "")
        changed = {**rule, "active": False}
        assert (await page.put(f"/api/dialling/rules/{made['id']}", json=changed)).json()["active"] is False
        assert await asked("13800138000") == (True, "allowed", "")
        assert (await page.delete(f"/api/dialling/rules/{made['id']}")).status_code == 204
        assert (await page.get("/api/dialling/rules")).json() == {"items": [], "total": 0}
        assert (await page.put(f"/api/dialling/rules/{made['id']}", json=rule)).status_code == 404
        changes = (await page.get("/api/changes")).json()["items"]
        assert [one["what"] for one in changes[:3]] == ["dial_rule"] * 3


async def test_a_number_is_recognised_before_it_is_dialled(house: Any) -> None:
    async with house.signed_in("agent1") as page:
        found = (await page.post("/api/desk/dial/look", json={"number": "138 0013 8000"})).json()
        assert (found["number"], found["kind"], found["allowed"]) == ("+8613800138000", "mobile", True)
        assert found["province"] or found["region"]
        me = (await page.get("/api/session")).json()
        own = (await page.post("/api/desk/dial/look", json={"number": me["agent"]["extension"]})).json()
        assert (own["kind"], own["agent_id"]) == ("internal", me["person"]["id"])
        assert (await page.post("/api/desk/dial/look", json={"number": "1"})).status_code == 422


async def test_calling_is_passed_to_the_telephone_process(house: Any) -> None:
    async with house.signed_in("agent1") as page:
        answer = await page.post("/api/desk/dial", json={"number": "13800138000"})
        assert answer.status_code == 200
        assert answer.json()["contact_id"]
        command, told = house.voice.commands[-1]
        assert (command, told["number"], told["knowing"]) == ("dial", "13800138000", False)
        contact, me = new_id(), (await page.get("/api/session")).json()["person"]["id"]
        told_by = ContactEntered("phone", "outbound", "", "", "zh-CN", ""), DialRequested("outbound", me, new_id(), "mobile")
        now = utc_now()
        entries = [Entry(house.business_id, STREAM_CONTACT, contact, number, now, event) for number, event in enumerate(told_by, 1)]
        await PostgresJournal(house.database).append(entries)
        assert (await page.get(f"/api/desk/dial/{contact}")).json() == {"result": None}
        await PostgresJournal(house.database).append([Entry(house.business_id, STREAM_CONTACT, contact, 3, now, DialEnded("busy"))])
        assert (await page.get(f"/api/desk/dial/{contact}")).json() == {"result": "busy"}
        async with house.signed_in("agent2") as stranger:
            assert (await stranger.get(f"/api/desk/dial/{contact}")).status_code == 404
        for wrong in ({}, {"number": "1", "agent_id": new_id()}, {"agent_id": "x"}):
            assert (await page.post("/api/desk/dial", json=wrong)).status_code == 422


async def test_one_says_how_one_is_reached(house: Any) -> None:
    everybody = await agents(house)
    async with house.signed_in("agent1") as page:
        me = (await page.get("/api/session")).json()["person"]["id"]
        other = next(one for one in everybody if one != me)
        usual = (await page.get("/api/desk/reach")).json()
        assert (usual["always"], usual["no_answer_seconds"], usual["do_not_disturb"]) == (None, 20, False)
        told = {
            **usual,
            "busy": {"kind": "number", "number": "138 0013 8000"},
            "no_answer": {"kind": "agent", "id": other},
            "do_not_disturb": True,
            "not_disturbed": {"kind": "mailbox"},
        }
        kept = (await page.put("/api/desk/reach", json=told)).json()
        assert kept["busy"]["number"] == "+8613800138000"
        assert (await page.get("/api/desk/reach")).json() == kept
        for wrong in (
            {"always": {"kind": "agent", "id": me}},
            {"always": {"kind": "queue", "id": new_id()}},
            {"always": {"kind": "number"}},
            {"always": {"kind": "flow", "id": new_id()}},
        ):
            assert (await page.put("/api/desk/reach", json={**told, **wrong})).status_code == 422
        mine = (await page.get("/api/session")).json()["agent"]["extension"]
        for number, status in (("8802", 200), ("8890", 200), ("*8802", 200), (f"*{mine}", 200), (mine, 422), ("*9999", 422)):
            answer = await page.put("/api/desk/reach", json={**told, "always": {"kind": "number", "number": number}})
            assert answer.status_code == status, number
        assert (await page.put("/api/desk/reach", json=told)).status_code == 200
        refused = await page.put("/api/desk/reach", json={**told, "always": {"kind": "number", "number": "+12125551234"}})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "dialling-refused")
        assert (await page.put(f"/api/agents/{other}/reach", json=told)).status_code == 403
    async with house.signed_in("admin") as page:
        assert (await page.get(f"/api/agents/{me}/reach")).json() == kept
        assert (await page.put(f"/api/agents/{me}/reach", json={**kept, "do_not_disturb": False})).status_code == 200
    async with house.database.system() as session:
        found = (await load_reach(session, (await load_routing(session)).calendars))[me]
        assert found.busy
        assert (found.do_not_disturb, found.busy.number) == (False, "+8613800138000")
        assert (await load_dial_plans(session, await load_routing(session)))[house.business_id].extensions


async def test_wanted_when_both_are_free(house: Any) -> None:
    everybody = await agents(house)
    async with house.signed_in("agent1") as page:
        me = (await page.get("/api/session")).json()["person"]["id"]
        other = next(one for one in everybody if one != me)
        wish = (await page.post("/api/desk/call-wishes", json={"agent_id": other})).json()
        assert house.voice.commands[-1][0] == "wishes_changed"
        assert (await page.post("/api/desk/call-wishes", json={"agent_id": other})).status_code == 409
        assert (await page.post("/api/desk/call-wishes", json={"agent_id": me})).status_code == 422
        assert [one["agent_id"] for one in (await page.get("/api/desk/call-wishes")).json()["items"]] == [other]
        async with house.signed_in("agent2") as stranger:
            assert (await stranger.delete(f"/api/desk/call-wishes/{wish['id']}")).status_code == 404
        assert (await page.delete(f"/api/desk/call-wishes/{wish['id']}")).status_code == 204
        assert (await page.get("/api/desk/call-wishes")).json()["total"] == 0


async def test_who_has_the_duty_telephone(house: Any) -> None:
    agent = (await agents(house))[0]
    number = {"kind": "number", "number": "13800138000"}
    shift = {"days": [1, 2, 3, 4, 5, 6, 7], "start": "00:00", "end": "24:00", "people": [{"kind": "agent", "id": agent}]}
    told = {"code": "night", "name": {"zh-CN": "值班电话", "en": "Duty telephone"}, "shifts": [shift], "otherwise": [number]}
    async with house.signed_in("admin") as page:
        made = (await page.post("/api/duty-rosters", json=told)).json()
        assert [one["kind"] for one in made["now"]] == ["agent", "number"]
        assert (made["now_by"], made["now"][1]["number"]) == ("shift", "+8613800138000")
        assert (await page.post("/api/duty-rosters", json=told)).status_code == 409
        now = utc_now()
        away = {"begins": now.isoformat(), "ends": now.replace(year=now.year + 1).isoformat(), "people": [number]}
        changed = (await page.put(f"/api/duty-rosters/{made['id']}", json={**told, "substitutions": [away]})).json()
        assert (changed["now_by"], len(changed["now"])) == ("substitution", 1)
        for wrong in ({"shifts": [{**shift, "end": "00:00"}]}, {"substitutions": [{**away, "ends": away["begins"]}]}):
            assert (await page.put(f"/api/duty-rosters/{made['id']}", json={**told, **wrong})).status_code == 422
        async with house.database.system() as session:
            assert (await load_rosters(session))[house.business_id]["night"].people(now)[1] == "substitution"
        assert (await page.delete(f"/api/duty-rosters/{made['id']}")).status_code == 204
        assert (await page.get("/api/duty-rosters")).json()["total"] == 0


async def test_a_number_leads_to_a_person(house: Any) -> None:
    agent = (await agents(house))[0]
    async with house.signed_in("admin") as page:
        entry = next(one for one in (await page.get("/api/entry-points")).json()["items"] if one["kind"] == "number")
        told = {name: entry[name] for name in ("name", "flow_id", "language", "active")}
        assert entry["person_id"] is None
        made = await page.put("/api/entry-points/number/4009990001", json={**told, "person_id": agent})
        assert made.json()["person_id"] == agent
        for kind, person in (("number", new_id()), ("web", agent)):
            address = "4009990002" if kind == "number" else "direct"
            assert (await page.put(f"/api/entry-points/{kind}/{address}", json={**told, "person_id": person})).status_code == 422
    async with house.database.system() as session:
        entries = {entry.address: entry.person_id for entry in await load_entry_points(session)}
        assert (entries["4009990001"], entries[entry["address"]]) == (agent, "")
