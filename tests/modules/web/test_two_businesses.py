"""An administrator of another business on the same installation sees and changes nothing of this one."""

from __future__ import annotations

import pytest

from huying.admin.first_administrator import NewBusiness, make_business
from huying.foundation.clock import utc_now
from huying.routing.refusals import USUAL

PASSWORD = "another long pass phrase"


@pytest.fixture
async def stranger(house, passwords):  # type: ignore[no-untyped-def]
    other = NewBusiness("other", "Other")
    await make_business(house.database, passwords, other, login="stranger", name="S", password=PASSWORD, now=utc_now())
    async with house.browser() as browser:
        assert (await browser.post("/api/session", json={"login": "stranger", "password": PASSWORD})).status_code == 200
        yield browser


async def test_lists_are_empty(house, stranger) -> None:  # type: ignore[no-untyped-def]
    for path in (
        "/api/customers",
        "/api/queues",
        "/api/agents",
        "/api/entry-points",
        "/api/trunks",
        "/api/contacts",
        "/api/groups",
        "/api/skills",
    ):
        answer = await stranger.get(path)
        answer = answer.json()
        assert (answer["items"], answer["total"]) == ([], 0), path
    assert (await stranger.get("/api/changes")).json()["items"] == []
    assert (await stranger.get("/api/skills/matrix")).json() == {"skills": [], "groups": [], "agents": []}
    assert [person["login"] for person in (await stranger.get("/api/people")).json()["items"]] == ["stranger"]
    settings = (await stranger.get("/api/desk/settings")).json()
    refusals = {reason["code"] for reason in settings.pop("refusal_reasons")}
    assert refusals == USUAL.keys(), "a business without reasons of its own has the usual ones"
    assert settings == {"break_reasons": [], "dispositions": [], "queue_desks": [], "groups": [], "queues": []}


async def test_things_of_others_cannot_be_read_changed_or_taken(house, stranger) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        customer = (await browser.get("/api/customers", params={"limit": 1})).json()["items"][0]
        queue = (await browser.get("/api/queues")).json()["items"][0]
        agent = (await browser.get("/api/agents")).json()["items"][0]
        entry = (await browser.get("/api/entry-points")).json()["items"][0]
        group = (await browser.get("/api/groups")).json()["items"][0]
        skill = (await browser.get("/api/skills")).json()["items"][0]
        assert (await browser.patch(f"/api/queues/{queue['id']}", json={"offer_seconds": 55})).status_code == 200
        number = (await browser.get("/api/changes")).json()["items"][0]["number"]
    own = (await stranger.post("/api/queues", json={"code": "own", "name": {"en": "Own"}})).json()["id"]
    cell = {"agent_id": agent["id"], "skill_id": skill["id"], "level": 10}
    for method, path, body in (
        ("GET", f"/api/customers/{customer['id']}", None),
        ("PATCH", f"/api/customers/{customer['id']}", {"name": "stolen"}),
        ("GET", f"/api/customers/{customer['id']}/assets", None),
        ("POST", f"/api/customers/{customer['id']}/assets", {"model": "m", "serial": "s"}),
        ("PATCH", f"/api/queues/{queue['id']}", {"offer_seconds": 60}),
        ("PATCH", f"/api/groups/{group['id']}", {"position": 60}),
        ("PUT", f"/api/groups/{group['id']}/members/{agent['id']}", {"level": 10}),
        ("PATCH", f"/api/skills/{skill['id']}", {"position": 60}),
        ("PATCH", "/api/skills/matrix", {"changes": [cell]}),
        ("PATCH", f"/api/queues/{own}", {"groups": [group["id"]]}),
        ("PATCH", f"/api/queues/{own}", {"keys": {"1": {"do": "overflow", "target": queue["id"]}}}),
        ("POST", f"/api/changes/{number + 1}/undo", {}),
        ("PUT", f"/api/agents/{agent['id']}", {"extension": "8999", "groups": {group["id"]: 5}}),
        ("DELETE", f"/api/agents/{agent['id']}", None),
        ("PATCH", f"/api/people/{agent['id']}", {"name": "stolen"}),
    ):
        answer = await stranger.request(method, path, json=body)
        assert answer.status_code in (404, 422), (method, path, answer.text)
    taken = {"name": {"en": "x"}, "flow_id": entry["flow_id"]}
    assert (await stranger.put(f"/api/entry-points/{entry['kind']}/{entry['address']}", json=taken)).status_code == 422
    trunk = await stranger.put("/api/trunks/sample-trunk", json={"addresses": ["192.0.2.1"]})
    assert (trunk.status_code, trunk.json()["error"]["code"]) == (409, "trunk-taken")
    async with house.signed_in("admin") as browser:
        assert (await browser.get(f"/api/customers/{customer['id']}")).json()["name"] == customer["name"]
        assert (await browser.get("/api/trunks")).json()["items"][0]["addresses"] == ["127.0.0.1"]
        assert (await browser.get("/api/changes")).json()["items"][0]["number"] == number


async def test_the_feed_shows_ones_own_business_alone(house, stranger) -> None:  # type: ignore[no-untyped-def]
    centre = house.app.state.live.centre
    business = (await stranger.get("/api/session")).json()["business"]["id"]
    assert centre.agents(house.business_id)
    assert not centre.agents(business)
    assert not centre.queues(business)
