"""Queues' rules, groups, skills, the matrix and reasons for a break, by the API."""

from __future__ import annotations

from typing import Any

from huying.foundation.ids import new_id
from huying.routing.service import load_routing

NAMES = {"zh-CN": "安装", "en": "Installation"}


async def coded(browser, path: str) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    return {item["code"]: item for item in (await browser.get(path)).json()["items"]}


async def test_all_of_a_queue(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        queues, groups = await coded(browser, "/api/queues"), await coded(browser, "/api/groups")
        repair, product = queues["repair"]["id"], queues["product"]["id"]
        wanted = {
            "strategy": "weighted_random", "idle_from": "offered", "groups": [groups["repair"]["id"], groups["english"]["id"]],
            "requirements": "英语 >= 4；60 秒后 组内任何人", "priority": 30, "after_call_most_seconds": 900, "target_percent": 95,
            "service_level_kind": "SL3", "language_level": 2, "last_agent_days": 9, "last_agent_wait_seconds": 12,
            "announcements": {"every_seconds": 0, "place": False, "people": True, "estimate": False, "own_wait": True},
            "consequence": {"misses": 3, "refusals": 0, "rest_seconds": 10},
            "door": {
                "most_waiting": 5, "most_seconds": 600, "refuse_when_nobody": True,
                "actions": {"full": {"do": "overflow", "target": product}, "closed": {"do": "forward", "target": "+862161234567"}},
            },
            "keys": {"*": {"do": "menu", "target": "again"}}, "schedule_id": None, "overflow_keeps_wait": False,
        }  # fmt: skip
        answer = await browser.patch(f"/api/queues/{repair}", json=wanted)
        assert answer.status_code == 200, answer.text
        assert {name: answer.json()[name] for name in wanted} == wanted
        assert answer.json()["problems"] == []
        async with house.database.business(house.business_id) as session:
            rules = (await load_routing(session)).queues[repair].rules
        assert [step.after_seconds for step in rules.requirements.steps({}, {})] == [0, 60]
        assert rules.door.actions["full"].target == product
        for wrong in (
            {"requirements": "Frnch >= 3"},
            {"keys": {"1": {"do": "overflow", "target": repair}}},
            {"keys": {"1": {"do": "forward", "target": "x"}}},
            {"keys": {"11": {"do": "callback"}}},
            {"schedule_id": new_id()},
            {"groups": [new_id()]},
            {"announcements": {"every_seconds": 5}},
            {"strategy": "fastest"},
        ):
            assert (await browser.patch(f"/api/queues/{repair}", json=wrong)).status_code == 422, wrong
        used = await browser.patch(f"/api/queues/{product}", json={"active": False})
        assert used.json()["error"]["details"] == {"queue": "repair"}
        refused = await browser.patch(f"/api/queues/{repair}", json={"requirements": "English >= 3\nFrnch >= 3"})
        assert refused.json()["error"]["code"] == "requirements-not-understood"
        assert refused.json()["error"]["details"]["problems"][0]["line"] == 2


async def test_rules_stay_readable_when_things_are_renamed(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        skill = (await coded(browser, "/api/skills"))["complaint-handling"]["id"]
        renamed = await browser.patch(f"/api/skills/{skill}", json={"name": {"zh-CN": "客诉", "en": "Grievances"}})
        assert renamed.status_code == 200, renamed.text
        queue = (await coded(browser, "/api/queues"))["complaints"]
        assert queue["problems"] == []
        assert queue["requirements"].startswith("客诉 >= 6")
        refused = await browser.patch(f"/api/skills/{skill}", json={"active": False})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "used-in-rules")
        changes = (await browser.get("/api/changes")).json()["items"]
        assert {change["what"] for change in changes} == {"skill", "queue"}
        for change in changes:
            assert (await browser.post(f"/api/changes/{change['number']}/undo")).status_code == 201
        queue = (await coded(browser, "/api/queues"))["complaints"]
        assert queue["requirements"].startswith("投诉处理 >= 6")
        assert queue["problems"] == []


async def test_rules_that_cannot_be_read_leave_the_groups(house) -> None:  # type: ignore[no-untyped-def]
    async with house.database.business(house.business_id) as session:
        connection = await session.connection()
        await connection.exec_driver_sql("UPDATE queue SET requirements = 'Klingon >= 3' WHERE code = 'repair'")
    async with house.database.system() as session:
        routing = await load_routing(session)
    repair = next(queue for queue in routing.queues.values() if queue.code == "repair")
    assert repair.rules.requirements.lines == ()
    assert repair.rules.requirements.groups == set(repair.groups)
    async with house.signed_in("manager") as browser:
        assert (await coded(browser, "/api/queues"))["repair"]["problems"][0]["code"] == "unknown-skill"


async def test_groups_and_members(house) -> None:  # type: ignore[no-untyped-def]
    agent, other = house.people["李晓雯"], house.people["张建国"]
    async with house.signed_in("manager") as browser:
        made = await browser.post("/api/groups", json={"code": "vip", "name": NAMES, "members": [{"agent_id": agent, "level": 9}]})
        assert made.status_code == 201, made.text
        path = f"/api/groups/{made.json()['id']}"
        assert (await browser.put(f"{path}/members/{other}", json={"level": 3})).status_code == 204
        assert (await browser.put(f"{path}/members/{agent}", json={"level": 11})).status_code == 422
        assert (await browser.put(f"{path}/members/{new_id()}", json={"level": 1})).status_code == 404
        assert (await coded(browser, "/api/groups"))["vip"]["members"] == [
            {"agent_id": agent, "level": 9},
            {"agent_id": other, "level": 3},
        ]
        assert (await browser.delete(f"{path}/members/{agent}")).status_code == 204
        changed = await browser.patch(path, json={"members": [{"agent_id": agent, "level": 2}], "position": 0})
        assert changed.json()["members"] == [{"agent_id": agent, "level": 2}]
        changes = (await browser.get("/api/changes", params={"limit": 3})).json()["items"]
        assert sorted(change["what"] for change in changes) == ["agent", "agent", "work_group"]
        assert (await browser.patch(path, json={"active": False})).status_code == 200
        assert "vip" not in await coded(browser, "/api/groups")
        assert "vip" in await coded(browser, "/api/groups?inactive=true")
        assert (await browser.post("/api/groups", json={"code": "vip", "name": NAMES})).json()["error"]["details"]["active"] is False


async def test_the_matrix(house) -> None:  # type: ignore[no-untyped-def]
    agent, other = house.people["李晓雯"], house.people["张建国"]
    async with house.signed_in("manager") as browser:
        skills, groups = await coded(browser, "/api/skills"), await coded(browser, "/api/groups")
        assert (await browser.post("/api/skills", json={"code": "fr", "name": {"en": "French"}, "kind": "language"})).status_code == 201
        assert (await browser.post("/api/skills", json={"code": "f1", "name": {"en": "X"}, "kind": "language"})).status_code == 422
        kitchen, backup = skills["kitchen"]["id"], groups["backup"]["id"]
        cells = [
            {"agent_id": agent, "skill_id": kitchen, "level": 4},
            {"agent_id": agent, "group_id": backup, "level": 2},
            {"agent_id": other, "group_id": backup, "level": 0},
        ]
        assert (await browser.patch("/api/skills/matrix", json={"changes": cells})).status_code == 204
        matrix = (await browser.get("/api/skills/matrix")).json()
        rows = {row["agent_id"]: row for row in matrix["agents"]}
        assert (rows[agent]["levels"][kitchen], rows[agent]["groups"][backup]) == (4, 2)
        assert backup not in rows[other]["groups"]
        assert {column["kind"] for column in matrix["groups"]} == {"group"}
        before = (await browser.get("/api/changes")).json()["items"][0]["number"]
        bad = [{"agent_id": agent, "skill_id": kitchen, "level": 9}, {"agent_id": agent, "skill_id": new_id(), "level": 9}]
        assert (await browser.patch("/api/skills/matrix", json={"changes": bad})).status_code == 422
        assert (await browser.patch("/api/skills/matrix", json={"changes": [{"agent_id": agent, "level": 1}]})).status_code == 422
        assert (await browser.get("/api/changes")).json()["items"][0]["number"] == before
    async with house.signed_in("agent1") as browser:
        assert (await browser.get("/api/skills/matrix")).status_code == 200
        assert (await browser.patch("/api/skills/matrix", json={"changes": cells})).status_code == 403


async def test_reasons_and_usual_settings(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        sent = {"name": NAMES, "colour": "#112233", "most_seconds": 600}
        assert (await browser.put("/api/break-reasons/coffee", json=sent)).status_code == 204
        assert (await browser.put("/api/break-reasons/coffee", json={**sent, "colour": "red"})).status_code == 422
        coffee = (await coded(browser, "/api/break-reasons"))["coffee"]
        assert (coffee["colour"], coffee["most_seconds"], coffee["active"]) == ("#112233", 600, True)
        usual = (await browser.get("/api/routing/settings")).json()
        assert (usual["capacity"]["chat"], "email" in usual["joins"]["call"]) == (1, True)
        changed = await browser.put("/api/routing/settings", json={"capacity": {"chat": 4}, "joins": {"call": []}})
        assert changed.json()["joins"]["call"] == []
        agents = (await browser.get("/api/agents")).json()["items"]
        assert {agent["capacity"]["chat"] for agent in agents} == {4}
