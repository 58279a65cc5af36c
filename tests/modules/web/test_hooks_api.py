"""A queue's hook through the API: set up, tried on a made-up contact, its secret kept."""

from __future__ import annotations

from sqlalchemy import text

from huying.foundation.ids import new_id
from huying.foundation.vault import Vault
from huying.routing.hooks.service import load_hooks
from huying.routing.model import SkillRow

EXPRESSION = "attributes.region == 'north' && customer_class == 'vip' ? {'rank': 3, 'needs': {'gas': 2}, 'agent': '8001'} : {}"


async def first_queue(browser) -> str:  # type: ignore[no-untyped-def]
    return str((await browser.get("/api/queues")).json()["items"][0]["id"])


async def test_an_expression_is_tried_and_kept(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        queue = await first_queue(browser)
        async with house.database.business(house.business_id) as session:
            session.add(SkillRow(business_id=house.business_id, code="gas", name={"en": "Gas boilers"}))
        path = f"/api/queues/{queue}/hook"
        assert (await browser.get(path)).json()["kind"] == "none"
        asked = {"kind": "expression", "expression": EXPRESSION, "customer_class": "vip", "attributes": {"region": "north"}}
        tried = (await browser.post(f"{path}/try", json={**asked, "timeout_ms": 1000})).json()
        assert tried["failure"] == "" and (tried["answer"]["rank"], tried["answer"]["needs"]) == (3, {"gas": 2}), tried
        assert tried["answer"]["agent"] and tried["question"]["attributes"]["region"] == "north"
        tried = (await browser.post(f"{path}/try", json={**asked, "expression": "{'queue': 'nowhere'}"})).json()
        assert (tried["failure"], tried["answer"]) == ("bad-answer", None) and "nowhere" in tried["message"]
        tried = (await browser.post(f"{path}/try", json={**asked, "expression": "{'rank': 1 / 0}"})).json()
        assert tried["failure"] == "error"
        refused = await browser.put(path, json={"kind": "expression", "expression": "{'rank': "})
        assert refused.status_code == 422 and "line 1" in refused.json()["error"]["message"]
        assert (await browser.put(path, json={"kind": "expression", "expression": EXPRESSION})).status_code == 200
        assert (await browser.get(path)).json()["expression"] == EXPRESSION
        assert (await browser.put(f"/api/queues/{new_id()}/hook", json={"kind": "expression", "expression": "{}"})).status_code == 404
        assert (await browser.delete(path)).status_code == 204
        assert (await browser.delete(path)).status_code == 404
        last = (await browser.get("/api/changes", params={"what": "routing_hook", "limit": 1})).json()["items"][0]
        assert (await browser.post(f"/api/changes/{last['number']}/undo", json={})).status_code in (200, 201)
        assert (await browser.get(path)).json()["expression"] == EXPRESSION


async def test_the_secret_of_a_service_stays_in_the_vault(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        path = f"/api/queues/{await first_queue(browser)}/hook"
        hook = {"kind": "service", "address": "http://127.0.0.1:9/route", "secret": "s3cret-word", "timeout_ms": 300}
        shown = await browser.put(path, json=hook)
        assert shown.status_code == 200 and shown.json()["has_secret"] and "s3cret-word" not in shown.text
        kept = await browser.put(path, json={**hook, "secret": None})
        assert kept.json()["has_secret"]
        tried = (await browser.post(f"{path}/try", json={"kind": "service", "address": hook["address"]})).json()
        assert tried["failure"] == "unreachable"
        for address in ("ftp://x/y", "http://", "file:///etc/passwd", "http://u:p@x/", "x", "http://x:99999999/"):
            assert (await browser.put(path, json={**hook, "address": address})).status_code == 422, address
        async with house.database.system() as session:
            stored = await session.scalar(text("SELECT secret FROM routing_hook"))
            (loaded,) = (await load_hooks(session, Vault(bytes(32)))).values()
            assert await load_hooks(session, Vault(bytes([1]) * 32)) == {}
        assert b"s3cret-word" not in bytes(stored) and loaded.secret == b"s3cret-word"
        assert not (await browser.put(path, json={**hook, "secret": ""})).json()["has_secret"]
