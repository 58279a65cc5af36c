"""Embedding over HTTP: its settings with undo, the sign-in inside a frame by a code that is good once, and its end with the permission."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from huying.admin.guard import CSRF_HEADER, EMBED_COOKIE, EMBED_CSRF_COOKIE
from huying.admin.model import BusinessRow

CRM, EVIL = "https://crm.example", "https://evil.example"


async def allow(admin: Any) -> int:
    """Allow the page; the number of the change."""
    assert (await admin.put("/api/embedding", json={"origins": [CRM]})).status_code == 200
    return int((await admin.get("/api/changes", params={"what": "embedding"})).json()["items"][0]["number"])


async def frame_session(agent: Any, frame: Any) -> tuple[str, str, str]:
    """The session's token and word in a frame, and the cookies as they were set."""
    code = (await agent.post("/api/embedding/codes", json={"origin": CRM})).json()["code"]
    answer = await frame.post("/public/embedding/session", json={"code": code, "origin": CRM})
    assert answer.status_code == 204, answer.text
    cookies = answer.headers.get_list("set-cookie")
    values = {line.partition("=")[0]: line.partition("=")[2].partition(";")[0] for line in cookies}
    return values[EMBED_COOKIE], values[EMBED_CSRF_COOKIE], cookies[0]


async def test_a_frame_is_signed_in_once_by_a_code(house: Any) -> None:
    async with house.signed_in("admin") as admin, house.signed_in("agent1") as agent, house.browser() as frame, house.browser() as thief:
        await allow(admin)
        assert (await agent.post("/api/embedding/codes", json={"origin": EVIL})).json()["error"]["code"] == "origin-not-allowed"
        code = (await agent.post("/api/embedding/codes", json={"origin": CRM})).json()["code"]
        wrong = await thief.post("/public/embedding/session", json={"code": code, "origin": EVIL})
        assert wrong.json()["error"]["code"] == "embed-code-not-valid"
        again = await frame.post("/public/embedding/session", json={"code": code, "origin": CRM})
        assert again.status_code == 401, "a code that was tried is used up"
        token, word, cookies = await frame_session(agent, frame)
        assert all(part in cookies for part in ("HttpOnly", "SameSite=None", "Secure", "Partitioned"))
        framed = {"Cookie": f"{EMBED_COOKIE}={token}; {EMBED_CSRF_COOKIE}={word}"}
        assert (await thief.get("/api/session", headers=framed)).json()["person"]["login"] == "agent1"
        unsafe = await thief.post("/api/desk/status", json={"status": "ready"}, headers=framed)
        assert unsafe.json()["error"]["code"] == "csrf-missing"
        safe = await thief.post("/api/desk/status", json={"status": "ready"}, headers={**framed, CSRF_HEADER: word})
        assert safe.status_code == 204
        both = {"Cookie": f"huying_session={agent.session}; {framed['Cookie']}", CSRF_HEADER: word}
        assert (await thief.post("/api/desk/status", json={"status": "ready"}, headers=both)).status_code == 204


async def test_a_page_that_is_not_allowed_any_more_loses_its_sessions(house: Any) -> None:
    async with house.signed_in("admin") as admin, house.signed_in("agent1") as agent, house.browser() as frame:
        number = await allow(admin)
        token, _, _ = await frame_session(agent, frame)
        framed = {"Cookie": f"{EMBED_COOKIE}={token}"}
        undone = await admin.post(f"/api/changes/{number}/undo", json={})
        assert undone.status_code == 201, undone.text
        house.app.state.sessions._known.clear()
        async with house.browser() as stranger:
            assert (await stranger.get("/api/session", headers=framed)).status_code == 401
        assert (await agent.get("/api/session")).status_code == 200, "the desk's own session stays"


async def test_the_edge_is_told_who_may_frame(house: Any) -> None:
    async with house.signed_in("admin") as admin, house.browser() as edge:
        await allow(admin)
        code = await business_code(house)

        async def ancestors(path: str) -> str:
            answer = await edge.get("/internal/embed-ancestors", headers={"X-Original-URI": path})
            assert answer.status_code == 204
            return str(answer.headers["x-frame-ancestors"])

        assert await ancestors(f"/embed/{code}?x=1") == CRM
        assert await ancestors(f"/embed/{code}/sign-in") == "'none'"
        assert await ancestors("/embed/nobody") == "'none'"
        assert (await edge.get(f"/public/embedding/{code}")).json() == {"origins": [CRM]}
        assert (await edge.get("/public/embedding/nobody")).status_code == 404


async def test_settings_are_checked(house: Any) -> None:
    async with house.signed_in("admin") as admin, house.signed_in("lead") as lead:
        assert (await lead.put("/api/embedding", json={"origins": [CRM]})).status_code == 403
        assert (await admin.put("/api/embedding", json={"origins": ["http://crm.example"]})).json()["error"]["code"] == "origin-not-valid"
        bad = {"origins": [CRM], "pops": [{"url": "http://crm.example/{number}"}]}
        assert (await admin.put("/api/embedding", json=bad)).json()["error"]["code"] == "template-not-valid"
        good = {"origins": [CRM], "pops": [{"url": "https://crm.example/?t={number}", "opens": "answer", "where": "page"}]}
        assert (await admin.put("/api/embedding", json=good)).json()["pops"][0]["opens"] == "answer"
        twice = {"pops": [{"url": "https://crm.example/"}, {"url": "https://crm.example/2"}]}
        assert (await admin.put("/api/embedding", json=twice)).status_code == 422


async def business_code(house: Any) -> str:
    async with house.database.system() as session:
        return str(await session.scalar(select(BusinessRow.code).where(BusinessRow.id == house.business_id)))
