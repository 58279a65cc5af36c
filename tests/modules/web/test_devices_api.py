"""Devices over HTTP: what an agent chooses, what an administrator allows, and what goes on by itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from huying.channels.devices.service import load_chosen_devices, load_work_settings
from huying.channels.devices.settings import WorkSettings
from huying.channels.voice.database_directory import DatabaseDirectory
from huying.foundation.ids import new_id
from huying.routing.service import load_routing
from huying.telephony.model import PhoneAccountRow

RULES = {"kinds": ["browser", "phone", "remote", "number"], "permanent": True, "allowed_prefixes": ["+86"], "denied_prefixes": ["+861258"]}


async def test_an_agent_chooses_what_the_administrator_allows(house: Any) -> None:
    agent = house.people["李晓雯"]
    async with house.signed_in("agent1") as page, house.signed_in("admin") as admin:
        usual = (await page.get("/api/desk/devices")).json()
        assert (usual["kinds"], usual["permanent"], usual["number"], usual["rules"]["kinds"]) == ([], False, "", ["browser", "phone"])
        mobile = {"kinds": ["number"], "number": "138 0013 8000"}
        refused = await page.put("/api/desk/devices", json=mobile)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "device-not-allowed")
        assert (await admin.put("/api/devices/rules", json=RULES)).status_code == 204
        assert (await page.put("/api/desk/devices", json=mobile)).status_code == 204
        command, told = house.voice.commands[-1]
        assert (command, told["person_id"]) == ("move_device", agent)
        mine = (await page.get("/api/desk/devices")).json()
        assert (mine["kinds"], mine["number"]) == (["number"], "+8613800138000")
        for number, status in (("", 422), ("hello", 422), ("12580000000", 403), ("+44 20 7946 0000", 403)):
            assert (await page.put("/api/desk/devices", json={**mobile, "number": number})).status_code == status, number
        both = {"kinds": ["phone", "browser"], "permanent": True}
        assert (await page.put("/api/desk/devices", json=both)).status_code == 204
        assert (await page.post("/api/desk/sign-in", json={"device": "chosen"})).status_code == 204
        phone = (await page.get("/api/phone/desk-phone")).json()["account"]
        assert house.voice.commands[-1] == ("sign_in", {"person_id": agent, "account": phone})
        assert (await page.get("/api/phone/remote-phone")).status_code == 200
        async with house.database.system() as session:
            assert (await load_chosen_devices(session))[agent].kinds == ("phone", "browser")
            sealed = await session.scalar(select(PhoneAccountRow.secret).where(PhoneAccountRow.kind == "number"))
            assert sealed
            assert b"138" not in sealed
        directory = DatabaseDirectory(house.database, house.app.state.phones.vault)
        assert {one.codecs[0] for one in (await directory.load()).accounts if one.kind == "browser"} == {"alaw"}
        await admin.put("/api/devices/rules", json={**RULES, "kinds": ["browser"], "permanent": False, "browser_sound": "opus"})
        spoken = {(one.kind, one.codecs[:1]) for one in (await directory.load()).accounts if one.kind != "simulated"}
        assert {("browser", ("opus",)), ("phone", ())} <= spoken
        async with house.database.system() as session:
            found = (await load_chosen_devices(session))[agent]
            assert (found.kinds, found.permanent) == (("browser",), False)


async def test_what_goes_on_by_itself_by_agent_and_group(house: Any) -> None:
    agent = house.people["李晓雯"]
    async with house.signed_in("admin") as admin, house.signed_in("agent1") as page:
        group = (await admin.get("/api/groups")).json()["items"]
        mine = next(one["id"] for one in group if one["code"] == "repair")
        assert (await admin.put("/api/work-settings", json={"answer_seconds": 5, "most_talk_seconds": 1800})).status_code == 204
        assert (
            await admin.put(f"/api/work-settings/groups/{mine}", json={"after_call_seconds": 20, "answer_seconds": 3})
        ).status_code == 204
        assert (await admin.put(f"/api/work-settings/agents/{agent}", json={"answer_seconds": -1, "accept_seconds": 5})).status_code == 204
        assert (await admin.put(f"/api/work-settings/agents/{new_id()}", json={})).status_code == 404
        assert (await admin.put(f"/api/work-settings/groups/{new_id()}", json={})).status_code == 404
        work = (await page.get("/api/desk/devices")).json()["work"]
        assert (work["answer_seconds"], work["after_call_seconds"], work["most_talk_seconds"]) == (-1, 20, 1800)
        assert len((await admin.get("/api/work-settings")).json()) == 3
        async with house.database.system() as session:
            found = await load_work_settings(session, await load_routing(session))
        assert found[agent] == WorkSettings(answer_seconds=-1, after_call_seconds=20, accept_seconds=5, most_talk_seconds=1800)
        changes = (await admin.get("/api/changes", params={"what": "work_setting"})).json()["items"]
        assert [change["action"] for change in changes] == ["made", "made", "made"]
        assert (await admin.post(f"/api/changes/{changes[0]['number']}/undo")).status_code == 201
        assert (await page.get("/api/desk/devices")).json()["work"]["answer_seconds"] == 3
        assert (await admin.put("/api/work-settings", json={})).status_code == 204
        assert (await page.get("/api/desk/devices")).json()["work"]["most_talk_seconds"] == 0
