"""Every route of the API: declared, denied to strangers, and open to exactly the roles that hold its permission."""

from __future__ import annotations

import re

from fastapi import FastAPI
from fastapi.routing import APIRoute, APIWebSocketRoute, iter_route_contexts

from huying.admin.guard import CSRF_COOKIE, guards_of
from huying.admin.permissions import ROLES
from huying.foundation.ids import new_id
from huying.web.openapi import description

LOGINS = {"agent": "agent1", "lead": "lead", "manager": "manager", "administrator": "admin"}
UNGUARDED_SOCKETS = {"/live"}
"""The live feed finds its caller itself; its own tests show it."""
INNER = {"/metrics"}
"""Not relayed by the edge."""


def routes(app: FastAPI) -> list[tuple[str, str, str | None]]:
    """(method, path, permission or None for public) of every route; one without a guard fails."""
    found = []
    for route in iter_route_contexts(app.routes):
        path = str(route.path)
        if isinstance(route.original_route, APIRoute):
            guards = guards_of(route.dependant)
            assert guards or path in INNER, f"{path} declares no permission"
            found += [(method, path, guards[0].permission if guards else None) for method in sorted(route.methods or ())]
        else:
            assert isinstance(route.original_route, APIWebSocketRoute), route
            assert path in UNGUARDED_SOCKETS
    assert len(found) > 30
    return found


def filled(path: str) -> str:
    return re.sub(r"{[^}]+}", new_id(), path)


async def test_description_names_every_route_but_inner_ones(house) -> None:  # type: ignore[no-untyped-def]
    described = {(method.upper(), path) for path, methods in description()["paths"].items() for method in methods}
    served = {(method, path) for method, path, _ in routes(house.app) if not path.startswith(("/internal", "/metrics"))}
    assert described == served


async def test_strangers_get_nowhere(house) -> None:  # type: ignore[no-untyped-def]
    async with house.browser() as page:
        for method, path, permission in routes(house.app):
            if permission is not None:
                answer = await page.request(method, filled(path), json={})
                assert answer.status_code == 401, (method, path, answer.text)
                assert answer.json()["error"]["code"] == "not-signed-in"


async def test_each_role_reaches_what_it_may_and_nothing_else(house) -> None:  # type: ignore[no-untyped-def]
    for role, login in LOGINS.items():
        async with house.signed_in(login) as browser:
            for method, path, permission in routes(house.app):
                if permission is None or (method, path) in {("DELETE", "/api/session")}:
                    continue
                answer = await browser.request(method, filled(path), json={})
                allowed = permission in ROLES[role]
                assert (answer.status_code != 403) == allowed, (role, method, path, answer.text)
                assert answer.status_code < 500, (role, method, path, answer.text)


async def test_writes_need_the_csrf_word(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        word = browser.cookies[CSRF_COOKIE]
        del browser.cookies[CSRF_COOKIE]
        for method, path, permission in routes(house.app):
            if permission is not None and method not in ("GET", "HEAD"):
                answer = await browser.request(method, filled(path), json={})
                assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf-missing"), (method, path)
        assert word


async def test_cookies_are_strict(house) -> None:  # type: ignore[no-untyped-def]
    async with house.browser() as page:
        answer = await page.post("/api/session", json={"login": "agent1", "password": house.sample.password})
        cookies = {cookie.partition("=")[0]: cookie.lower() for cookie in answer.headers.get_list("set-cookie")}
    assert "httponly" in cookies["huying_session"]
    assert all("samesite=strict" in cookie for cookie in cookies.values())
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
