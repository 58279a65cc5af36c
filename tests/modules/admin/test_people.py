"""People through HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from huying.admin.first_administrator import NewBusiness, make_business
from huying.admin.guard import guarded_routes
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id

PASSWORD = "correct horse battery"


def person(login: str, *roles: str) -> dict[str, object]:
    return {"login": login, "name": login.title(), "roles": list(roles) or ["agent"], "password": PASSWORD}


async def test_make_list_and_change(house: Any) -> None:
    browser = await house.signed_in()
    heard = []

    async def listen(_: str, message: Any) -> None:
        heard.append(message)

    await house.ground.bus.subscribe("config.changed", listen)
    made = (await browser.post("/api/people", json=person("bob"))).json()
    assert made["roles"] == ["agent"]
    found = (await browser.get("/api/people", params={"search": "bo"})).json()
    assert (found["total"], found["items"]) == (1, [made])
    changed = (await browser.patch(f"/api/people/{made['id']}", json={"roles": ["lead", "agent"], "name": "王 Bob"})).json()
    assert (changed["name"], changed["roles"]) == ("王 Bob", ["agent", "lead"])
    assert (await browser.get(f"/api/people/{made['id']}")).json() == changed
    assert heard == [{"business_id": house.business_id, "what": "people"}] * 2


async def test_search_takes_signs_as_signs(house: Any) -> None:
    browser = await house.signed_in()
    assert (await browser.get("/api/people", params={"search": "%"})).json()["total"] == 0
    assert (await browser.get("/api/people", params={"search": "_da"})).json()["total"] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"login": "ADA"}, "login-taken"),
        ({"login": "a b"}, "invalid-input"),
        ({"roles": ["emperor"]}, "invalid-input"),
        ({"name": " "}, "invalid-input"),
        ({"password": "short"}, "password-too-weak"),
        ({"password": "bobbobbob"}, "password-too-weak"),
        ({"extra": 1}, "invalid-input"),
    ],
)
async def test_wrong_input_is_refused(house: Any, change: dict[str, object], code: str) -> None:
    browser = await house.signed_in()
    answer = await browser.post("/api/people", json=person("bob") | change)
    assert answer.json()["error"]["code"] == code
    assert (await browser.get("/api/people")).json()["total"] == 1


async def test_roles_are_checked_on_the_server(house: Any) -> None:
    browser = await house.signed_in()
    bob = (await browser.post("/api/people", json=person("bob", "agent"))).json()
    agent = await house.signed_in("bob")
    assert (await agent.get("/api/people")).status_code == 403
    assert (await agent.patch(f"/api/people/{bob['id']}", json={"roles": ["administrator"]})).status_code == 403
    assert (await house.browser().get("/api/people")).status_code == 401
    await browser.patch(f"/api/people/{bob['id']}", json={"roles": ["lead"]})
    assert (await agent.get("/api/people")).status_code == 200


async def test_who_is_made_inactive_is_out_at_once(house: Any) -> None:
    browser = await house.signed_in()
    bob = (await browser.post("/api/people", json=person("bob"))).json()
    agent = await house.signed_in("bob")
    await browser.patch(f"/api/people/{bob['id']}", json={"active": False})
    assert (await agent.get("/api/session")).status_code == 401
    assert (await house.browser().post("/api/session", json={"login": "bob", "password": PASSWORD})).status_code == 401


async def test_a_reset_password_ends_sessions(house: Any) -> None:
    browser = await house.signed_in()
    bob = (await browser.post("/api/people", json=person("bob"))).json()
    agent = await house.signed_in("bob")
    assert (await browser.post(f"/api/people/{bob['id']}/password", json={"password": "another good one"})).status_code == 204
    assert (await agent.get("/api/session")).status_code == 401
    await house.signed_in("bob", "another good one")


async def test_an_administrator_always_remains(house: Any) -> None:
    browser = await house.signed_in()
    for change in ({"active": False}, {"roles": ["agent"]}):
        answer = await browser.patch(f"/api/people/{house.administrator_id}", json=change)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "last-administrator")
    await browser.post("/api/people", json=person("bob", "administrator"))
    assert (await browser.patch(f"/api/people/{house.administrator_id}", json={"roles": ["agent"]})).status_code == 200


async def test_another_business_is_not_there(house: Any) -> None:
    database, passwords, other = house.ground.database, house.admin.passwords, NewBusiness("other", "Other")
    _, stranger = await make_business(database, passwords, other, login="eve", name="Eve", password=PASSWORD, now=utc_now())
    browser = await house.signed_in()
    assert (await browser.get(f"/api/people/{stranger}")).status_code == 404
    assert (await browser.patch(f"/api/people/{stranger}", json={"active": False})).status_code == 404
    assert (await browser.post(f"/api/people/{stranger}/password", json={"password": "mine from now on"})).status_code == 404
    assert (await browser.get(f"/api/people/{new_id()}")).status_code == 404
    assert (await browser.get("/api/people/no-id")).status_code == 422
    await house.signed_in("eve")


def test_every_route_declares_its_guard(house: Any) -> None:
    walked = [route for route in guarded_routes(house.app.routes) if route.path.startswith("/api")]
    assert {"/api/session", "/api/people", "/api/preferences"} <= {route.path for route in walked}
    assert all(route.guards for route in walked)
    assert [route.path for route in walked if route.guards[0].permission is None] == ["/api/session"]
