"""An administrator sets up a business by the API: queues, agents, reasons, entries, trunks; each change is told and journalled."""

from __future__ import annotations

from sqlalchemy import text

from huying.foundation.ids import new_id
from huying.foundation.journal.port import Cursor
from huying.foundation.journal.postgres import PostgresJournal
from huying.supervision.events import AgentSteered

NAMES = {"zh-CN": "安装", "en": "Installation"}


async def acts(house) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    async with house.database.system() as session:
        rows = await session.execute(
            text("SELECT data->>'what', data->>'action' FROM journal WHERE kind = 'SettingsChanged' ORDER BY position")
        )
        return [(row[0], row[1]) for row in rows]


async def test_queues_and_agents(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        made = await browser.post("/api/queues", json={"code": "installation", "name": NAMES, "offer_seconds": 15})
        assert made.status_code == 201, made.text
        queue = made.json()
        assert (queue["offer_seconds"], queue["after_call_seconds"]) == (15, 30)
        assert (await browser.post("/api/queues", json={"code": "installation", "name": NAMES})).json()["error"]["code"] == "code-taken"
        changed = await browser.patch(f"/api/queues/{queue['id']}", json={"after_call_seconds": 90})
        assert (changed.json()["after_call_seconds"], changed.json()["offer_seconds"]) == (90, 15)
        assert (await browser.patch(f"/api/queues/{queue['id']}", json={"offer_seconds": 0})).status_code == 422
        new = {"login": "newcomer", "name": "New Comer", "roles": ["agent"], "password": "a long pass phrase"}
        person = (await browser.post("/api/people", json=new)).json()["id"]
        listed = {item["code"]: item for item in (await browser.get("/api/queues")).json()["items"]}
        group = listed["repair"]["groups"][0]
        served = await browser.patch(f"/api/queues/{queue['id']}", json={"groups": [group]})
        assert served.json()["groups"] == [group]
        agent = {"extension": "8100", "groups": {group: 5}}
        assert (await browser.put(f"/api/agents/{person}", json=agent)).status_code == 201
        assert (await browser.put(f"/api/agents/{person}", json={**agent, "capacity": {"chat": 3}})).status_code == 200
        assert (await browser.put(f"/api/agents/{person}", json={**agent, "extension": "8001"})).json()["error"][
            "code"
        ] == "extension-taken"
        assert (await browser.put(f"/api/agents/{person}", json={**agent, "groups": {new_id(): 5}})).status_code == 422
        assert (await browser.put(f"/api/agents/{new_id()}", json=agent)).status_code == 404
        listed = {item["id"]: item for item in (await browser.get("/api/agents")).json()["items"]}
        assert queue["id"] in listed[person]["queues"]
        assert (listed[person]["groups"], listed[person]["capacity"]["chat"]) == ({group: 5}, 3)
        assert (await browser.delete(f"/api/agents/{person}")).status_code == 204
        assert (await browser.delete(f"/api/agents/{person}")).status_code == 404
    assert await acts(house) == [
        ("queue", "made"),
        ("queue", "changed"),
        ("queue", "changed"),
        ("agent", "made"),
        ("agent", "changed"),
        ("agent", "removed"),
    ]


async def test_a_queues_internal_number(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        listed = {item["code"]: item for item in (await browser.get("/api/queues")).json()["items"]}
        repair, product = listed["repair"], listed["product"]
        assert (repair["internal_number"], product["internal_number"]) == ("8801", "8802")
        path = f"/api/queues/{product['id']}"
        for taken, by in (("8001", "agent"), ("8801", "queue"), ("8890", "flow")):
            error = (await browser.patch(path, json={"internal_number": taken})).json()["error"]
            assert (error["code"], error["details"]["by"]) == ("internal-number-taken", by)
        for odd in ("110", "*80", "88o1", "123456789"):
            refused = await browser.patch(path, json={"internal_number": odd})
            assert (refused.status_code, refused.json()["error"]["code"]) == (422, "internal-number-not-valid")
        assert (await browser.patch(path, json={"internal_number": "8802"})).status_code == 200, "its own"
        assert (await browser.patch(path, json={"internal_number": "8812"})).json()["internal_number"] == "8812"
        person = house.people["张建国"]
        given = {"extension": "8812"}
        assert (await browser.put(f"/api/agents/{person}", json=given)).json()["error"]["code"] == "extension-taken"
        change = (await browser.get("/api/changes")).json()["items"][0]
        assert (change["before"]["internal_number"], change["after"]["internal_number"]) == ("8802", "8812")
        assert (await browser.patch(f"/api/queues/{repair['id']}", json={"internal_number": "8802"})).status_code == 200
        undo = f"/api/changes/{change['number']}/undo"
        assert (await browser.post(undo)).json()["error"]["code"] == "internal-number-taken", "somebody else has it meanwhile"
        assert (await browser.patch(f"/api/queues/{repair['id']}", json={"internal_number": ""})).json()["internal_number"] == ""
        assert (await browser.post(undo)).status_code == 201
        listed = {item["code"]: item for item in (await browser.get("/api/queues")).json()["items"]}
        assert (listed["repair"]["internal_number"], listed["product"]["internal_number"]) == ("", "8802")


async def test_a_flows_internal_number(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        told = (await browser.get("/api/internal-numbers")).json()
        numbers = {item["number"]: item for item in told["items"]}
        assert (numbers["8801"]["kind"], numbers["8890"]["kind"]) == ("queue", "flow")
        assert (told["slots"]["first"], told["slots"]["last"], told["slots"]["count"]) == ("701", "799", 99)
        assert "8001" in {one["first"] for one in told["extensions"]}
        path = f"/api/flows/{numbers['8890']['id']}/internal-number"
        for taken, by in (("8001", "agent"), ("8801", "queue")):
            error = (await browser.put(path, json={"internal_number": taken})).json()["error"]
            assert (error["code"], error["details"]["by"]) == ("internal-number-taken", by)
        refused = await browser.put(path, json={"internal_number": "701"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "internal-number-not-valid")
        assert (await browser.put(path, json={"internal_number": "8890"})).status_code == 204, "its own"
        assert (await browser.put(path, json={"internal_number": "8895"})).status_code == 204
        change = (await browser.get("/api/changes")).json()["items"][0]
        assert (change["what"], change["before"]["internal_number"], change["after"]["internal_number"]) == ("flow", "8890", "8895")
        assert {item["number"] for item in (await browser.get("/api/internal-numbers")).json()["items"]} >= {"8895", "8801"}
        queue = f"/api/queues/{numbers['8801']['id']}"
        assert (await browser.patch(queue, json={"internal_number": "8890"})).status_code == 200
        undo = f"/api/changes/{change['number']}/undo"
        assert (await browser.post(undo)).json()["error"]["code"] == "internal-number-taken", "somebody else has it meanwhile"
        assert (await browser.patch(queue, json={"internal_number": "8801"})).status_code == 200
        assert (await browser.post(undo)).status_code == 201
        assert "8890" in {item["number"] for item in (await browser.get("/api/internal-numbers")).json()["items"]}
        assert (await browser.put(path, json={"internal_number": ""})).status_code == 204
        assert (await browser.put(f"/api/flows/{numbers['8801']['id']}/internal-number", json={})).status_code == 404
    async with house.signed_in("agent1") as browser:
        assert (await browser.get("/api/internal-numbers")).status_code == 403


async def test_reasons_and_dispositions(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        assert (await browser.put("/api/break-reasons/coffee", json={"name": NAMES})).status_code == 204
        assert (await browser.put("/api/break-reasons/lunch", json={"name": NAMES, "active": False})).status_code == 204
        assert (await browser.put("/api/dispositions/follow-up", json={"name": NAMES})).status_code == 204
        settings = (await browser.get("/api/desk/settings")).json()
        reasons = [reason["code"] for reason in settings["break_reasons"]]
        assert "coffee" in reasons
        assert "lunch" not in reasons
        kept = (await browser.get("/api/dispositions")).json()["items"]
        assert "follow-up" in [item["code"] for item in kept]
        assert (await browser.put("/api/dispositions/x", json={"name": NAMES, "parent_id": new_id()})).status_code == 404


async def test_reasons_for_refusing(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser, house.signed_in("agent1") as desk:

        async def offered() -> dict[str, str]:
            reasons = (await desk.get("/api/desk/settings")).json()["refusal_reasons"]
            return {one["code"]: one["name"]["en"] for one in reasons if one["active"]}

        assert list(await offered()) == ["busy", "equipment", "language", "subject", "pause", "other"]
        name = {"zh-CN": "客户要求专家", "en": "for an expert"}
        assert (await browser.put("/api/refusal-reasons/expert", json={"name": name})).status_code == 204
        assert (await browser.put("/api/refusal-reasons/expert", json={"name": name, "position": 0})).status_code == 204
        assert (await browser.put("/api/refusal-reasons/language", json={"name": NAMES, "active": False})).status_code == 204
        assert (await browser.put("/api/refusal-reasons/busy", json={"name": {"zh-CN": "忙", "en": "Busy"}})).status_code == 204
        assert (await browser.put("/api/refusal-reasons/Not%20A%20Code", json={"name": NAMES})).status_code == 422
        assert await offered() == {
            **{"busy": "Busy", "expert": "for an expert", "equipment": "equipment fails"},
            **{"subject": "not my subject", "pause": "about to pause", "other": "another reason"},
        }
        listed = (await browser.get("/api/refusal-reasons")).json()
        assert (listed["total"], [one["code"] for one in listed["items"] if not one["active"]]) == (7, ["language"])
        contact = new_id()
        for path in (f"/api/desk/contacts/{contact}/refuse", f"/api/desk/work/{contact}/refuse"):
            unknown = await desk.post(path, json={"reason": "language"})
            assert (unknown.status_code, unknown.json()["error"]["details"]) == (422, {"field": "reason"})
            assert (await desk.post(path, json={"reason": "expert"})).status_code != 422
        changes = (await browser.get("/api/changes", params={"what": "refusal_reason"})).json()["items"]
        assert [one["action"] for one in changes][::-1] == ["made", "changed", "made", "made"]
        assert (await browser.post(f"/api/changes/{changes[1]['number']}/undo")).status_code == 201
        assert (await offered())["language"] == "another language"
        assert (await desk.get("/api/refusal-reasons")).status_code == 403


async def test_entries_and_trunks(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        entries = (await browser.get("/api/entry-points")).json()["items"]
        flow = entries[0]["flow_id"]
        entry = {"name": NAMES, "flow_id": flow}
        assert (await browser.put("/api/entry-points/web/shop", json=entry)).json()["active"] is True
        assert (await browser.get("/public/entries/shop")).json()["name"] == NAMES
        assert (await browser.put("/api/entry-points/web/shop", json={**entry, "active": False})).status_code == 200
        assert (await browser.get("/public/entries/shop")).status_code == 404
        assert (await browser.put("/api/entry-points/number/abc", json=entry)).status_code == 422
        assert (await browser.put("/api/entry-points/number/95001", json={**entry, "flow_id": new_id()})).status_code == 422
        trunk = {"addresses": ["192.0.2.0/28"], "username": "u", "secret": "s3cret-word"}
        shown = await browser.put("/api/trunks/carrier", json=trunk)
        assert shown.json()["addresses"] == ["192.0.2.0/28"]
        assert "s3cret-word" not in shown.text
        for addresses in (["not an address"], ["0.0.0.0/0"], ["2000::/3"]):
            assert (await browser.put("/api/trunks/carrier", json={"addresses": addresses})).status_code == 422
        assert {item["name"] for item in (await browser.get("/api/trunks")).json()["items"]} == {"carrier", "sample-trunk"}
        assert (await browser.delete("/api/trunks/carrier")).status_code == 204
        assert (await browser.delete("/api/trunks/carrier")).status_code == 404


async def test_changes_are_told(house) -> None:  # type: ignore[no-untyped-def]
    told: list[str] = []

    async def hear(_subject: str, message: object) -> None:
        told.append(message["what"])  # type: ignore[index]

    subscription = await house.bus.subscribe("config.changed", hear)
    async with house.signed_in("admin") as browser:
        await browser.put("/api/break-reasons/coffee", json={"name": NAMES})
        assert (await browser.post("/api/queues", json={"code": "repair", "name": NAMES})).status_code == 409
    await subscription.stop()
    assert told == ["break_reason"]


async def test_a_lead_steers(house) -> None:  # type: ignore[no-untyped-def]
    agent, contact_id, group_id = house.people["李晓雯"], new_id(), new_id()
    async with house.signed_in("lead") as browser:
        lead = (await browser.get("/api/session")).json()["person"]["id"]
        assert (await browser.post(f"/api/agents/{agent}/status", json={"status": "break", "reason": "meeting"})).status_code == 204
        assert house.voice.commands[-1] == ("set_status", {"person_id": agent, "status": "break", "reason": "meeting", "lead": lead})
        assert (await browser.post(f"/api/agents/{agent}/status", json={"status": "break", "reason": "nonsense"})).status_code == 422
        assert (await browser.post(f"/api/agents/{agent}/left-groups", json={"left": [group_id]})).status_code == 204
        assert house.voice.commands[-1] == ("choose_groups", {"person_id": agent, "left": [group_id], "lead": lead})
        assert (await browser.post(f"/api/agents/{agent}/sign-out")).status_code == 204
        assert house.voice.commands[-1] == ("sign_out", {"person_id": agent, "lead": lead})
        assert (await browser.post(f"/api/calls/{contact_id}/end")).status_code == 204
        assert house.voice.commands[-1][0] == "end_contact"
    acts = [entry.event for entry in (await PostgresJournal(house.database).follow(Cursor()))[0] if entry.kind == "AgentSteered"]
    assert acts == [
        AgentSteered(lead, agent, "status", "meeting"),
        AgentSteered(lead, agent, "groups", group_id),
        AgentSteered(lead, agent, "sign_out"),
        AgentSteered(lead, "", "contact_ended", "", contact_id),
    ]


async def test_an_agent_steers_nobody_but_himself(house) -> None:  # type: ignore[no-untyped-def]
    agent, group_id = house.people["李晓雯"], new_id()
    async with house.signed_in("agent1") as browser:
        assert (await browser.post(f"/api/agents/{agent}/left-groups", json={"left": []})).status_code == 403
        assert (await browser.post("/api/desk/groups", json={"left": [group_id]})).status_code == 204
        assert house.voice.commands[-1] == ("choose_groups", {"person_id": agent, "left": [group_id], "lead": ""})


async def test_customers(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("agent1") as browser:
        page = (await browser.get("/api/customers", params={"limit": 20})).json()
        assert (len(page["items"]), page["total"]) == (20, 300)
        new = {"name": "测试客户", "class": "vip", "numbers": [{"number": "139 0013 9000", "label": "手机"}], "note": "x"}
        made = await browser.post("/api/customers", json=new)
        assert made.status_code == 201, made.text
        customer = made.json()
        assert customer["class"] == "vip"
        assert customer["numbers"] == [{"number": "+8613900139000", "label": "手机", "main": True, "do_not_call": None}]
        found = (await browser.get("/api/customers", params={"search": "cskh"})).json()
        assert [item["id"] for item in found["items"]] == [customer["id"]]
        path = f"/api/customers/{customer['id']}"
        assert (await browser.patch(path, json={"note": "y"})).json()["name"] == "测试客户"
        assert (await browser.patch(path, json={"name": ""})).status_code == 422
        assert (await browser.patch(path, json={"rank": 1})).status_code == 422
        assert (await browser.post("/api/customers", json=new)).json()["error"]["code"] == "number-taken"
        asset = await browser.post(f"{path}/assets", json={"model": "HC-1", "serial": "S-1", "purchased_on": "2024-02-01"})
        assert asset.status_code == 201, asset.text
        assert (await browser.patch(f"/api/assets/{asset.json()['id']}", json={"warranty_until": "2020-01-01"})).status_code == 422
        assert (await browser.get(f"{path}/assets")).json()["total"] == 1
        assert (await browser.delete(f"/api/assets/{asset.json()['id']}")).status_code == 204
        assert (await browser.get(f"{path}/contacts")).json() == {"items": [], "total": 0}
        assert (await browser.get(f"/api/customers/{new_id()}")).status_code == 404


async def test_a_lead_moves_agents_between_groups(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("lead") as browser:
        lead = (await browser.get("/api/session")).json()["person"]["id"]
        before = {agent["id"]: agent["groups"] for agent in (await browser.get("/api/agents")).json()["items"]}
        mover, groups = next((agent, groups) for agent, groups in before.items() if groups)
        old = next(iter(groups))
        new = next(group for others in before.values() for group in others if group not in groups)
        move = {"agents": [mover], "leaves": old, "joins": new}
        assert (await browser.post("/api/agents/move", json=move)).json() == {"agents": [mover]}
        after = {agent["id"]: agent["groups"] for agent in (await browser.get("/api/agents")).json()["items"]}
        wanted = {**{group: level for group, level in groups.items() if group != old}, new: groups[old]}
        assert after == {**before, mover: wanted}
        told = [command for command in house.voice.commands if command[0] in ("refresh_configuration", "tell_moved")]
        assert told[0][0] == "refresh_configuration"
        assert told[-1][1]["lead"] == lead
        assert set(told[-1][1]["groups"]) == wanted.keys()  # type: ignore[call-overload]
        assert (await browser.post("/api/agents/move", json=move)).json() == {"agents": []}
        assert (await browser.post("/api/agents/move", json={**move, "agents": [new_id()]})).status_code == 404
        assert (await browser.post("/api/agents/move", json={**move, "joins": new_id(), "leaves": new})).status_code == 422
    acts = [entry.event for entry in (await PostgresJournal(house.database).follow(Cursor()))[0] if entry.kind == "AgentSteered"]
    assert acts == [AgentSteered(lead, mover, "moved", f"{old} {new}")]
    async with house.signed_in("agent1") as browser:
        assert (await browser.post("/api/agents/move", json=move)).status_code == 403
