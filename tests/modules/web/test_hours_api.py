"""Hours by the API: schedules, special days imported and put back, closing over the hours; what the telephone process is given at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from huying.routing.service import load_routing

NAMES = {"zh-CN": "夜班", "en": "Night shift"}
NIGHT = [{"day": day, "start": "22:00", "end": "06:00"} for day in range(1, 8)]


async def by_code(browser) -> dict[str, dict]:  # type: ignore[no-untyped-def]
    return {item["code"]: item for item in (await browser.get("/api/schedules")).json()["items"]}


async def test_schedules(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        sample = await by_code(browser)
        assert sample["service"]["state"] | {"day": "", "hours": []} == {
            "open": True,
            "why": "",
            "changes_at": None,
            "reason": "",
            "override": False,
            "day": "",
            "day_kind": sample["service"]["state"]["day_kind"],
            "day_name": sample["service"]["state"]["day_name"],
            "hours": [],
        }
        made = await browser.post("/api/schedules", json={"code": "night", "name": NAMES, "weekly": NIGHT, "time_zone": "Europe/Berlin"})
        assert made.status_code == 201, made.text
        path = f"/api/schedules/{made.json()['id']}"
        state = (await browser.get(f"{path}/state", params={"at": "2026-11-20T23:00:00"})).json()
        assert (state["open"], state["changes_at"], state["hours"]) == (True, "2026-11-21T05:00:00Z", [{"start": "22:00", "end": "06:00"}])
        state = (await browser.get(f"{path}/state", params={"at": "2026-11-20T21:00:00Z"})).json()
        assert state["open"], "a moment with a zone is taken as it is"
        assert (await browser.get(f"{path}/state", params={"at": "0001-01-01T00:00:00"})).status_code == 422
        assert (await browser.post("/api/schedules", json={"code": "night", "name": NAMES})).json()["error"]["code"] == "code-taken"
        overlap = [{"day": 1, "start": "09:00", "end": "18:00"}, {"day": 1, "start": "17:00", "end": "20:00"}]
        assert (await browser.patch(path, json={"weekly": overlap})).json()["error"]["code"] == "hours-invalid"
        assert (await browser.patch(path, json={"time_zone": "Mars/Olympus"})).status_code == 422
        assert (await browser.patch(path, json={"active": False})).json()["active"] is False
        uses = {item["schedule_id"]: item for item in (await browser.get("/api/schedules/uses")).json()["items"]}
        office = uses[sample["office"]["id"]]
        assert [queue["code"] for queue in office["queues"]] == ["general"]
        assert [flow["code"] for flow in office["flows"]] == ["service-line"]
    async with house.signed_in("lead") as browser:
        assert (await browser.patch(path, json={"active": True})).status_code == 403
        assert (await browser.get("/api/schedules")).status_code == 200


async def test_special_days(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        countries = (await browser.get("/api/holidays/countries")).json()["items"]
        assert (countries[0]["code"], countries[0]["make_up_days"]) == ("CN", True)
        refused = await browser.post("/api/holidays/preview", json={"country": "CN", "year": countries[0]["last_year"] + 1})
        assert refused.json()["error"]["code"] == "year-unknown"
        preview = (await browser.post("/api/holidays/preview", json={"country": "CN", "year": 2025})).json()
        days = {item["day"]: item for item in preview["items"]}
        assert (days["2025-10-01"]["kind"], days["2025-10-01"]["name"]) == ("holiday", "国庆节")
        assert days["2025-09-28"]["kind"] == "working"
        items = [{name: item[name] for name in ("day", "kind", "name", "hours")} for item in preview["items"]]
        imported = await browser.post("/api/holidays/import", json={"source": "CN", "items": items})
        assert imported.json() == {"made": len(items), "changed": 0}
        again = (await browser.post("/api/holidays/preview", json={"country": "CN", "year": 2025})).json()
        assert {item["difference"] for item in again["items"]} == {"same"}
        own = {"kind": "special", "name": "年会", "hours": [{"start": "09:00", "end": "12:00"}]}
        assert (await browser.put("/api/holidays/2025-12-30", json=own)).json()["hours"] == own["hours"]
        assert (await browser.put("/api/holidays/2025-12-31", json={"kind": "special"})).status_code == 422
        assert (await browser.delete("/api/holidays/2025-12-29")).status_code == 404
        for form in ("csv", "ics"):
            file = await browser.get("/api/holidays/file", params={"year": 2025, "form": form})
            assert "special-days-2025" in file.headers["content-disposition"]
            read = (await browser.post("/api/holidays/preview", json={"text": file.text})).json()
            assert (len(read["items"]), {item["difference"] for item in read["items"]}) == (len(items) + 1, {"same"}), form
        assert (await browser.post("/api/holidays/preview", json={"text": "what is this"})).json()["error"]["code"] == "file-unreadable"
        assert (await browser.delete("/api/holidays/2025-12-30")).status_code == 204
        assert (await browser.get("/api/holidays", params={"year": 2025})).json()["total"] == len(items)


async def test_an_import_is_one_change_and_can_be_put_back(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        items = [{"day": f"2031-01-0{day}", "kind": "holiday"} for day in (1, 2, 3)]
        await browser.post("/api/holidays/import", json={"items": items})
        change = (await browser.get("/api/changes", params={"limit": 1})).json()["items"][0]
        assert (change["what"], change["thing_id"], change["thing_name"]["en"]) == ("holiday", "2031", "Special days of 2031")
        await browser.put("/api/holidays/2031-01-09", json={"kind": "working", "name": "later"})
        undone = await browser.post(f"/api/changes/{change['number']}/undo", json={})
        assert undone.status_code == 201, undone.text
        left = (await browser.get("/api/holidays", params={"year": 2031})).json()["items"]
        assert [item["day"] for item in left] == ["2031-01-09"]
        office = (await by_code(browser))["office"]
        await browser.patch(f"/api/schedules/{office['id']}", json={"weekly": []})
        change = (await browser.get("/api/changes", params={"limit": 1})).json()["items"][0]
        await browser.post(f"/api/changes/{change['number']}/undo", json={})
        assert (await by_code(browser))["office"]["weekly"] == office["weekly"]


async def test_closing_over_the_hours(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("agent1") as browser:
        assert (await browser.post("/api/closings", json={"reason": "no"})).status_code == 403
    async with house.signed_in("lead") as browser:
        service = (await by_code(browser))["service"]
        until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        made = await browser.post("/api/closings", json={"reason": "停电", "ends_at": until})
        assert made.status_code == 201, made.text
        closing = made.json()
        assert (closing["in_force"], closing["set_by"]["name"]) == (True, "孙秀英")
        state = (await by_code(browser))["service"]["state"]
        assert (state["open"], state["why"], state["reason"]) == (False, "emergency", "停电")
        async with house.database.system() as session:
            rules = {queue.code: queue.rules for queue in (await load_routing(session)).queues.values()}
        assert rules["repair"].opening is not None
        assert rules["repair"].opening.state(datetime.now(UTC))[:2] == (False, "emergency")
        again = await browser.post("/api/closings", json={"opens": True, "schedule_id": service["id"]})
        assert (await by_code(browser))["service"]["state"]["open"], "what was set last counts"
        assert (await browser.delete(f"/api/closings/{again.json()['id']}")).status_code == 204
        assert (await browser.delete(f"/api/closings/{again.json()['id']}")).status_code == 409
        assert not (await by_code(browser))["service"]["state"]["open"]
        assert (await browser.delete(f"/api/closings/{closing['id']}")).status_code == 204
        assert (await by_code(browser))["service"]["state"]["open"]
        past = {"ends_at": "2020-01-01T00:00:00Z"}
        assert (await browser.post("/api/closings", json=past)).status_code == 422
        listed = (await browser.get("/api/closings")).json()["items"]
        assert [item["in_force"] for item in listed] == [False, False]
        assert listed[0]["lifted_by"]["name"] == "孙秀英"
    async with house.database.system() as session:
        acts = "SELECT data->>'action' FROM journal WHERE kind = 'SettingsChanged' AND data->>'what' = 'closing'"
        rows = await session.execute(text(acts))
        assert sorted(row[0] for row in rows) == ["changed", "changed", "made", "made"]


async def test_each_change_is_told_at_once(house) -> None:  # type: ignore[no-untyped-def]
    told: list[str] = []

    async def hear(_subject: str, message: object) -> None:
        told.append(message["what"])  # type: ignore[index]

    subscription = await house.bus.subscribe("config.changed", hear)
    async with house.signed_in("admin") as browser:
        await browser.put("/api/holidays/2030-01-01", json={"kind": "holiday"})
        await browser.post("/api/closings", json={})
        office = (await by_code(browser))["office"]
        await browser.patch(f"/api/schedules/{office['id']}", json={"follows_holidays": False})
    async with asyncio.timeout(30):
        while len(told) < 3:
            await asyncio.sleep(0.01)
    await subscription.stop()
    assert told == ["holiday", "closing", "schedule"]
