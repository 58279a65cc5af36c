"""The address book over HTTP: who sees and changes what, import with all or nothing, own targets, and undoing."""

from __future__ import annotations

from typing import Any


def names(page: dict[str, Any]) -> list[str]:
    return [one["name"] for one in page["items"]]


async def test_entries_of_the_company_of_a_team_and_ones_own(house: Any) -> None:
    async with house.signed_in("admin") as admin, house.signed_in("lead") as lead, house.signed_in("agent1") as agent:
        directory = (await agent.get("/api/desk/targets")).json()
        assert [one["number"] for one in directory["queues"]] == ["8801", "8802", "8803", "8804"]
        assert directory["flows"][0]["number"] == "8890"
        assert "8802" in directory["queues"][1]["search"]
        looked = (await agent.post("/api/desk/dial/look", json={"number": "8802"})).json()
        assert (looked["kind"], looked["agent_id"]) == ("internal", None)
        mine_are = await _groups(agent, directory)
        group = mine_are[0]
        other = next(one["id"] for one in directory["groups"] if one["id"] not in mine_are)
        company = {"scope": "company", "name": "海川物流", "number": "021 5555 0101", "organisation": "海川集团"}
        assert (await agent.post("/api/address-book", json=company)).status_code == 403
        made = await admin.post("/api/address-book", json=company)
        assert (made.status_code, made.json()["number"]) == (201, "+862155550101")
        for group_id, name in ((group, "值班电话"), (other, "别组的电话")):
            team = {"scope": "team", "group_id": group_id, "name": name, "number": "8099"}
            assert (await lead.post("/api/address-book", json=team)).status_code == 201
        mine = (await agent.post("/api/address-book", json={"name": "张师傅", "number": "138-0013-8000"})).json()
        assert mine["scope"] == "own"
        assert names((await agent.get("/api/address-book")).json()) == ["值班电话", "张师傅", "海川物流"]
        assert names((await lead.get("/api/address-book")).json()) == ["值班电话", "别组的电话", "海川物流"]
        for typed, found in (("hcwl", ["海川物流"]), ("集团", ["海川物流"]), ("zsf", ["张师傅"]), ("55550101", ["海川物流"]), ("x", [])):
            assert names((await agent.get("/api/address-book", params={"search": typed})).json()) == found, typed
        assert (await lead.put(f"/api/address-book/{mine['id']}", json={"name": "x", "number": "1"})).status_code == 404
        assert (await agent.delete(f"/api/address-book/{made.json()['id']}")).status_code == 403
        assert (await agent.put(f"/api/address-book/{mine['id']}", json={"name": "李师傅", "number": "10086"})).json()["name"] == "李师傅"
        assert (await agent.delete(f"/api/address-book/{mine['id']}")).status_code == 204
        assert (await admin.delete(f"/api/address-book/{made.json()['id']}")).status_code == 204
        kept = (await admin.get("/api/changes", params={"what": "address_entry"})).json()["items"]
        assert kept[0]["action"] == "removed"
        assert (await admin.post(f"/api/changes/{kept[0]['number']}/undo")).status_code == 201
        assert "海川物流" in names((await agent.get("/api/address-book")).json())


async def test_the_companys_entries_come_by_csv_all_or_none(house: Any) -> None:
    async with house.signed_in("admin") as admin:
        wrong = "姓名,电话,备注\n王经理,021-5555-0102,\n坏的,abc,\n,021,\n"
        told = (await admin.post("/api/address-book/import", json={"text": wrong})).json()
        assert [one["row"] for one in told["problems"]] == [3, 4]
        assert (await admin.get("/api/address-book")).json()["total"] == 0
        right = "name,number,organisation\n王经理,021-5555-0102,甲\n王经理,+862155550102,乙\n李经理,'+8613800138001,\n"
        tried = (await admin.post("/api/address-book/import", json={"text": right, "try_only": True})).json()
        assert (tried["made"], tried["changed"]) == (2, 1)
        assert (await admin.get("/api/address-book")).json()["total"] == 0
        assert (await admin.post("/api/address-book/import", json={"text": right})).json() == {"made": 2, "changed": 1, "problems": []}
        csv = (await admin.get("/api/address-book/company.csv")).text
        assert "王经理,乙,'+862155550102" in csv
        assert (await admin.post("/api/address-book/import", json={"text": csv})).json()["changed"] == 2


async def test_favourites_keys_and_what_was_called(house: Any) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("agent2") as other:
        queue = (await agent.get("/api/desk/targets")).json()["queues"][0]["id"]
        number = {"kind": "number", "number": "138 0013 8000", "label": "张师傅"}
        assert (await agent.post("/api/desk/targets/used", json=number)).status_code == 204
        assert (await agent.post("/api/desk/targets/used", json={"kind": "queue"})).status_code == 422
        await agent.post("/api/desk/targets/used", json={"kind": "queue", "id": queue})
        kept = (await agent.put("/api/desk/targets/mine", json={**number, "favourite": True, "key": 1})).json()["items"]
        assert [(one["kind"], one["number"], one["key"]) for one in kept] == [("queue", "", None), ("number", "+8613800138000", 1)]
        moved = (await agent.put("/api/desk/targets/mine", json={"kind": "queue", "id": queue, "key": 1})).json()["items"]
        assert {one["kind"]: one["key"] for one in moved} == {"queue": 1, "number": None}
        for digit in range(60):
            await agent.post("/api/desk/targets/used", json={"kind": "number", "number": f"80{digit:02}"})
        items = (await agent.get("/api/desk/targets/mine")).json()["items"]
        assert len([one for one in items if one["used_at"]]) == 50
        assert {one["kind"] for one in items if one["key"] or one["favourite"]} == {"queue", "number"}, "what is kept is not forgotten"
        assert (await agent.delete("/api/desk/targets/used")).status_code == 204
        assert len((await agent.get("/api/desk/targets/mine")).json()["items"]) == 2
        assert (await other.get("/api/desk/targets/mine")).json()["items"] == []


async def _me(browser: Any) -> str:
    return str((await browser.get("/api/session")).json()["person"]["id"])


async def _groups(browser: Any, directory: dict[str, Any]) -> list[str]:
    me = await _me(browser)
    return list(next(one["groups"] for one in directory["colleagues"] if one["id"] == me))
