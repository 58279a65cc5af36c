"""Rules for callers and classes of customers through the API: made, changed, looked up, exported and taken in again."""

from __future__ import annotations

from datetime import timedelta

from huying.crm.callers.service import load_policies
from huying.foundation.clock import utc_now
from huying.routing.service import load_routing
from huying.routing.treatment.treatment import Arriving, treat

NUMBER = "138 0013 8000"
E164 = "+8613800138000"


async def made(browser, **rule):  # type: ignore[no-untyped-def]
    answer = await browser.post("/api/caller-rules", json=rule)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def agent_of(browser) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return (await browser.get("/api/agents")).json()["items"][0]


async def test_rules_are_made_changed_and_gone_by(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        agent = await agent_of(browser)
        vip = await made(browser, matches="number", value=NUMBER, effect="vip", rank=2, head_start_seconds=600, seconds=9)
        assert (vip["value"], vip["rank"], vip["seconds"]) == (E164, 2, 0)
        assert (await browser.post("/api/caller-rules", json={"matches": "number", "value": E164, "effect": "vip"})).json()["error"][
            "code"
        ] == "rule-taken"
        await made(browser, matches="prefix", value="+86 138", effect="blocked", reason="Automatic calls")
        green = await made(browser, matches="class", value="gold", effect="green", agent_id=agent["id"], seconds=25)
        held = (await browser.post("/api/caller-rules/check", json={"number": NUMBER, "customer_class": "gold"})).json()
        assert held == {"number": E164, "vip": vip["id"], "blocked": "", "green": green["id"]}
        assert (await browser.put(f"/api/caller-rules/{vip['id']}", json={"matches": "hidden", "effect": "vip"})).json()["value"] == ""
        held = (await browser.post("/api/caller-rules/check", json={"number": NUMBER})).json()
        assert held["blocked"] and not held["vip"]
        found = (await browser.get("/api/caller-rules", params={"search": "automatic", "effect": "blocked"})).json()
        assert [item["value"] for item in found["items"]] == ["+86138"] and found["total"] == 1
        assert (await browser.delete(f"/api/caller-rules/{green['id']}")).status_code == 204
        assert (await browser.delete(f"/api/caller-rules/{green['id']}")).status_code == 404
        assert (await browser.get("/api/caller-rules")).json()["total"] == 2
        last = (await browser.get("/api/changes", params={"what": "caller_rule", "limit": 1})).json()["items"][0]
        assert (last["action"], last["before"]["agent_id"]) == ("removed", agent["id"])
        assert (await browser.post(f"/api/changes/{last['number']}/undo", json={})).status_code in (200, 201)
        rules = (await browser.get("/api/caller-rules")).json()
        assert rules["total"] == 3 and green in rules["items"]
        assert (await browser.delete(f"/api/caller-rules/{green['id']}")).status_code == 204
    async with house.database.system() as session:
        routing = await load_routing(session)
        policy = (await load_policies(session, routing))[house.business_id]
    queue = next(iter(policy.queues))
    assert treat(Arriving(queue, utc_now(), number=E164), policy).blocked
    assert treat(Arriving(queue, utc_now(), number="", customer_class="vip"), policy).notes == ("class", "vip")


async def test_senseless_rules_are_refused(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        for rule in (
            {"matches": "number", "value": "abc", "effect": "vip"},
            {"matches": "prefix", "value": "010", "effect": "blocked"},
            {"matches": "prefix", "value": "+", "effect": "blocked"},
            {"matches": "prefix", "value": "+12345678901234567", "effect": "blocked"},
            {"matches": "class", "value": "silver", "effect": "vip"},
            {"matches": "name", "value": "x", "effect": "vip"},
            {"matches": "number", "value": NUMBER, "effect": "gold"},
            {"matches": "number", "value": NUMBER, "effect": "green"},
            {"matches": "number", "value": NUMBER, "effect": "green", "agent_id": (await agent_of(browser))["id"]},
            {"matches": "number", "value": NUMBER, "effect": "vip", "until": "2026-01-01T00:00:00"},
        ):
            answer = await browser.post("/api/caller-rules", json=rule)
            assert answer.status_code == 422, rule
            assert answer.json()["error"]["message"]


async def test_the_list_goes_out_and_comes_in_again(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        agent, until = await agent_of(browser), (utc_now() + timedelta(days=9)).replace(second=0, microsecond=0)
        await made(browser, matches="number", value=NUMBER, effect="green", agent_id=agent["id"], seconds=30, until=until.isoformat())
        await made(browser, matches="prefix", value="+44", effect="blocked", reason='=1+1, "quoted"\n中文')
        answer = await browser.get("/api/caller-rules/list.csv")
        assert answer.headers["content-type"].startswith("text/csv") and "'=1+1" in answer.text
        before = (await browser.get("/api/caller-rules")).json()["items"]
        for item in before:
            await browser.delete(f"/api/caller-rules/{item['id']}")
        tried = await browser.post("/api/caller-rules/import", json={"text": answer.text, "try_only": True})
        assert tried.json() == {"made": 2, "changed": 0, "problems": []}
        assert (await browser.get("/api/caller-rules")).json()["total"] == 0
        assert (await browser.post("/api/caller-rules/import", json={"text": answer.text})).json()["made"] == 2
        assert (await browser.post("/api/caller-rules/import", json={"text": answer.text})).json() == {
            "made": 0,
            "changed": 2,
            "problems": [],
        }
        after = (await browser.get("/api/caller-rules")).json()["items"]
        kept = ("matches", "value", "effect", "rank", "head_start_seconds", "agent_id", "seconds", "reason", "until")
        assert sorted([item[name] for name in kept] for item in after) == sorted([item[name] for name in kept] for item in before)


async def test_a_list_with_a_wrong_row_changes_nothing(house) -> None:  # type: ignore[no-untyped-def]
    rows = [
        "matches,value,effect,rank,extension,seconds,until",
        f"number,{E164},vip,1,,,",
        "number,nonsense,vip,1,,,",
        "",
        "number,+8613900139000,green,,9999999,5,",
        "number,+8613900139000,vip,many,,,",
        "number,+8613900139000,vip,1,,,tomorrow",
        "person,+8613900139000,vip,1,,,",
        "number,+8613900139000,hated,1,,,",
    ]
    async with house.signed_in("admin") as browser:
        answer = (await browser.post("/api/caller-rules/import", json={"text": "\n".join(rows)})).json()
        assert [problem["row"] for problem in answer["problems"]] == [3, 5, 6, 7, 8, 9]
        assert (await browser.get("/api/caller-rules")).json()["total"] == 0
        for text in ("", "a,b\n1,2"):
            assert (await browser.post("/api/caller-rules/import", json={"text": text})).json()["problems"][0]["row"] == 1


async def test_classes_are_changed(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        classes = {item["code"]: item for item in (await browser.get("/api/customer-classes")).json()["items"]}
        assert list(classes) == ["vip", "gold", "normal"] and classes["vip"]["head_start_seconds"] == 300
        change = {"name": {"zh-CN": "金卡", "en": "Gold"}, "rank": 1, "head_start_seconds": 200}
        for _ in range(2):
            assert (await browser.put("/api/customer-classes/gold", json=change)).json() == {"code": "gold", **change}
        assert (await browser.put("/api/customer-classes/tin", json=change)).status_code == 404
        classes = {item["code"]: item for item in (await browser.get("/api/customer-classes")).json()["items"]}
        assert list(classes) == ["vip", "gold", "normal"] and classes["gold"]["rank"] == 1
        (change_made,) = (await browser.get("/api/changes", params={"what": "customer_class"})).json()["items"]
        assert (await browser.post(f"/api/changes/{change_made['number']}/undo", json={})).status_code in (200, 201)
        classes = {item["code"]: item for item in (await browser.get("/api/customer-classes")).json()["items"]}
        assert classes["gold"]["rank"] == 0
