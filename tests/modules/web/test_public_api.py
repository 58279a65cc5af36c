"""Web calls: begun by anybody, but not by many at once; followed and ended only with their own token; the phone's door."""

from __future__ import annotations

from datetime import timedelta

from huying.channels.web_call.token import WebCallTokens
from huying.foundation.clock import utc_now
from huying.foundation.errors import Unavailable
from huying.foundation.ids import new_id


async def test_a_web_call_from_begin_to_end(house) -> None:  # type: ignore[no-untyped-def]
    async with house.browser() as page:
        entry = (await page.get("/public/entries/service")).json()
        assert entry["service_number"] == "4008005678"
        assert set(entry["name"]) == {"zh-CN", "en"}
        begun = await page.post("/public/web-calls", json={"entry": "service", "language": "en", "customer_number": "C-1"})
        assert begun.status_code == 201
        call = begun.json()
        assert house.voice.commands[-1] == ("create_visitor", {"entry": "service", "language": "en", "customer_number": "C-1"})
        assert {name: call[name] for name in ("ws_path", "account", "secret", "target")} == {
            "ws_path": "/phone",
            "account": "v1",
            "secret": "s3cret",
            "target": "service",
        }
        mine = {"Authorization": f"Bearer {call['token']}"}
        house.voice.visitors[call["call_id"]] = "waiting"
        state = await page.get(f"/public/web-calls/{call['call_id']}", headers=mine)
        assert state.json() == {"state": "waiting", "place": 1, "ended_cause": "", "article": ""}
        assert (await page.post(f"/public/web-calls/{call['call_id']}/hang-up", headers=mine)).status_code == 204
        assert house.voice.visitors[call["call_id"]] == "ended"


async def test_without_ones_own_token_nothing_is_told(house) -> None:  # type: ignore[no-untyped-def]
    async with house.browser() as page:
        first = (await page.post("/public/web-calls", json={"entry": "service"})).json()
        second = (await page.post("/public/web-calls", json={"entry": "service"})).json()
        path = f"/public/web-calls/{first['call_id']}"
        assert (await page.get(path)).status_code == 401
        assert (await page.get(path, headers={"Authorization": "Bearer x.y"})).status_code == 401
        other = {"Authorization": f"Bearer {second['token']}"}
        assert (await page.get(path, headers=other)).status_code == 404
        assert (await page.post(f"{path}/hang-up", headers=other)).status_code == 404
        assert (await page.get("/public/entries/nowhere")).status_code == 404
        assert (await page.post("/public/web-calls", json={"entry": "nowhere"})).status_code == 404
        assert (await page.post("/public/web-calls", json={"entry": "../x"})).status_code == 422


async def test_many_calls_from_one_address_are_slowed_down(house) -> None:  # type: ignore[no-untyped-def]
    async with house.browser("192.0.2.7") as page:
        answers = [await page.post("/public/web-calls", json={"entry": "service"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    async with house.browser("192.0.2.8") as page:
        assert (await page.post("/public/web-calls", json={"entry": "service"})).status_code == 201


async def test_the_phones_door(house) -> None:  # type: ignore[no-untyped-def]
    door = "/internal/phone-auth"
    async with house.browser() as page:
        assert (await page.get(door)).status_code == 401
        token = (await page.post("/public/web-calls", json={"entry": "service"})).json()["token"]
        assert (await page.get(door, headers={"X-Original-URI": f"/phone?token={token}"})).status_code == 204
        assert (await page.get(door, headers={"X-Original-URI": f"/phone?token={new_id()}"})).status_code == 401
    async with house.signed_in("agent1") as browser:
        assert (await browser.get(door)).status_code == 204
        assert (await browser.get(door, headers={"Origin": "http://huying.test"})).status_code == 204
        assert (await browser.get(door, headers={"Origin": "http://evil.example"})).status_code == 403


async def test_an_old_token_opens_the_phone_only_while_its_call_goes_on(house, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    tokens = WebCallTokens(b"k")
    async with house.browser() as page:
        calls = house.app.state.web_calls
        monkeypatch.setattr(calls, "tokens", tokens)
        old = tokens.make(house.business_id, "old-call", "v1", utc_now() - timedelta(minutes=3))

        async def door() -> int:
            return (await page.get("/internal/phone-auth", headers={"X-Original-URI": f"/phone?token={old}"})).status_code

        assert await door() == 401
        house.voice.visitors["old-call"] = "talking"
        assert await door() == 204
        house.voice.visitors["old-call"] = "ended"
        assert await door() == 401


async def test_health_and_figures(house) -> None:  # type: ignore[no-untyped-def]
    async with house.browser() as page:
        assert (await page.get("/health/live")).json() == {"status": "live"}
        assert (await page.get("/health/ready")).json() == {"status": "ready", "database": True, "voice": True}
        figures = (await page.get("/metrics")).text
    assert 'huying_http_answers_total{method="GET",route="/health/live",status="200"} 1.0' in figures


async def test_web_calls_and_breaks_go_on_while_the_database_is_away(house, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def away(*_: object, **__: object) -> None:
        raise Unavailable

    async with house.browser() as page, house.signed_in("agent1") as browser:
        assert (await page.post("/public/web-calls", json={"entry": "service"})).status_code == 201
        assert (await browser.get("/api/session")).status_code == 200
        monkeypatch.setattr(house.database, "_transaction", away)
        begun = await page.post("/public/web-calls", json={"entry": "service"})
        assert begun.status_code == 201
        own = {"Authorization": f"Bearer {begun.json()['token']}"}
        assert (await page.get(f"/public/web-calls/{begun.json()['call_id']}", headers=own)).status_code == 200
        assert (await page.post("/public/web-calls", json={"entry": "other"})).status_code == 503
        assert (await browser.post("/api/desk/status", json={"status": "break", "reason": "lunch"})).status_code == 204
        assert (await browser.post(f"/api/desk/contacts/{new_id()}/hang-up")).status_code == 204
        assert (await browser.get("/internal/phone-auth")).status_code == 204
        assert (await browser.get("/api/customers")).status_code == 503
        assert (await page.get("/health/ready")).status_code == 503
        assert (await page.get("/health/live")).status_code == 200
