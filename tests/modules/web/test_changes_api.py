"""Every change of the settings is kept, and can be undone; other changes stay."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import pytest

from huying.admin.changes.thing import things
from huying.foundation.ids import new_id
from huying.foundation.vault import Vault
from huying.telephony.accounts import load_trunks

VAULT = Vault(bytes(32))
NAMES = {"zh-CN": "安装", "en": "Installation"}


async def ids(browser, path: str) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {item["code"]: item["id"] for item in (await browser.get(path)).json()["items"]}


async def test_a_change_is_listed_and_undone(house) -> None:  # type: ignore[no-untyped-def]
    told: list[str] = []

    async def hear(_subject: str, message: Any) -> None:
        told.append(message["what"])

    async with house.signed_in("manager") as browser:
        repair = (await ids(browser, "/api/queues"))["repair"]
        before = (await browser.get("/api/queues")).json()
        await browser.patch(f"/api/queues/{repair}", json={"offer_seconds": 33, "target_percent": 95})
        page = (await browser.get("/api/changes")).json()
        change = page["items"][0]
        assert (change["what"], change["thing_id"], change["action"], change["by"]["name"]) == ("queue", repair, "changed", "郭明")
        assert (change["thing_name"]["en"], change["after"]["offer_seconds"], change["undone_by"]) == ("Repair", 33, None)
        assert "work_group" in page["kinds"]
        subscription = await house.bus.subscribe("config.changed", hear)
        undone = await browser.post(f"/api/changes/{change['number']}/undo")
        assert undone.status_code == 201, undone.text
        assert (undone.json()["undoes"], undone.json()["number"]) == (change["number"], change["number"] + 1)
        assert (await browser.get("/api/queues")).json() == before
        assert (await browser.post(f"/api/changes/{change['number']}/undo")).json()["error"]["code"] == "already-undone"
        listed = (await browser.get("/api/changes", params={"before": change["number"] + 1, "limit": 1})).json()["items"]
        assert [(item["number"], item["undone_by"]) for item in listed] == [(change["number"], change["number"] + 1)]
        again = await browser.post(f"/api/changes/{change['number'] + 1}/undo", json={"force": False})
        assert again.json()["after"]["target_percent"] == 95
        assert (await browser.post("/api/changes/9999/undo")).status_code == 404
        assert (await browser.patch(f"/api/queues/{repair}", json={"target_percent": 95})).status_code == 200
        assert (await browser.get("/api/changes")).json()["items"][0]["number"] == again.json()["number"]
    await subscription.stop()
    assert told == ["queue", "queue", "queue"]


async def test_what_was_changed_since_is_not_put_back_unasked(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        agent = house.people["张建国"]
        skills = await ids(browser, "/api/skills")
        changes = []
        for skill, level in (("zh", 4), ("kitchen", 3), ("zh", 6)):
            cell = {"agent_id": agent, "skill_id": skills[skill], "level": level}
            assert (await browser.patch("/api/skills/matrix", json={"changes": [cell]})).status_code == 204
            changes.append((await browser.get("/api/changes")).json()["items"][0]["number"])
        refused = await browser.post(f"/api/changes/{changes[0]}/undo")
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "changed-since")
        assert refused.json()["error"]["details"] == {"numbers": [changes[2]]}
        assert (await browser.post(f"/api/changes/{changes[1]}/undo")).status_code == 201
        forced = await browser.post(f"/api/changes/{changes[0]}/undo", json={"force": True})
        assert forced.status_code == 201
        row = next(row for row in (await browser.get("/api/skills/matrix")).json()["agents"] if row["agent_id"] == agent)
        assert skills["kitchen"] not in row["levels"]
        assert row["levels"][skills["zh"]] == forced.json()["after"]["skills"][skills["zh"]] != 6


async def test_who_may(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("agent1") as browser:
        assert (await browser.get("/api/changes")).status_code == 403
        assert (await browser.post("/api/changes/1/undo")).status_code == 403


async def everything(house) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    """All things that are active, by kind and id."""
    found = {}
    async with house.database.business(house.business_id) as session:
        for table in ("queue", "work_group", "skill", "agent", "break_reason", "routing_settings"):
            key = {"agent": "person_id", "routing_settings": "business_id"}.get(table, "id")
            connection = await session.connection()
            for (thing_id,) in (await connection.exec_driver_sql(f"SELECT {key}::text FROM {table}")).all():
                state = await things()[table].read(session, thing_id)
                if state is not None and state.get("active", True):
                    found[f"{table} {thing_id}"] = state
    return found


class Fingers:
    """An administrator who changes this and that."""

    def __init__(self, house, browser, dice: Random) -> None:  # type: ignore[no-untyped-def]
        self.house, self.browser, self.dice = house, browser, dice

    async def one(self, path: str) -> str:
        return str(self.dice.choice(list((await ids(self.browser, path)).values())))

    async def do(self) -> None:
        kind = self.dice.choice(["queue", "queue", "new", "group", "member", "matrix", "agent", "remove", "reason", "usual", "skill"])
        answer = await getattr(self, kind)()
        assert answer.status_code < 300 or answer.json()["error"]["code"] == "used-in-rules", (kind, answer.text)

    async def queue(self):  # type: ignore[no-untyped-def]
        keys = {str(self.dice.randrange(10)): {"do": self.dice.choice(["callback", "voicemail"])} for _ in range(self.dice.randrange(3))}
        change = {
            "offer_seconds": self.dice.randrange(5, 60),
            "groups": [await self.one("/api/groups") for _ in range(self.dice.randrange(4))],
            "keys": keys,
            "door": {"most_waiting": self.dice.randrange(9), "actions": {"full": {"do": "voicemail"}}},
            "active": self.dice.random() < 0.8,
        }
        sent = dict(self.dice.sample(sorted(change.items(), key=lambda item: item[0]), self.dice.randrange(1, 5)))
        return await self.browser.patch(f"/api/queues/{await self.one('/api/queues?inactive=true')}", json=sent)

    async def new(self):  # type: ignore[no-untyped-def]
        kind = self.dice.choice(["queues", "groups", "skills"])
        return await self.browser.post(f"/api/{kind}", json={"code": f"x{new_id()}"[:40], "name": NAMES})

    async def group(self):  # type: ignore[no-untyped-def]
        members = self.dice.sample(sorted(self.house.people.values()), self.dice.randrange(5))
        sent = {"members": [{"agent_id": key, "level": self.dice.randrange(1, 11)} for key in members], "position": self.dice.randrange(9)}
        return await self.browser.patch(f"/api/groups/{await self.one('/api/groups')}", json=sent)

    def person(self) -> str:
        return str(self.dice.choice(sorted(self.house.people.values())))

    async def member(self):  # type: ignore[no-untyped-def]
        path = f"/api/groups/{await self.one('/api/groups')}/members/{self.person()}"
        if self.dice.random() < 0.5:
            return await self.browser.delete(path)
        return await self.browser.put(path, json={"level": self.dice.randrange(1, 11)})

    async def matrix(self):  # type: ignore[no-untyped-def]
        cells = [
            {"agent_id": self.person(), "skill_id": await self.one("/api/skills"), "level": self.dice.randrange(11)}
            for _ in range(self.dice.randrange(1, 6))
        ]
        return await self.browser.patch("/api/skills/matrix", json={"changes": cells})

    async def agent(self):  # type: ignore[no-untyped-def]
        sent = {
            "extension": str(self.dice.randrange(20_000, 90_000)),
            "groups": {await self.one("/api/groups"): 3},
            "capacity": {"chat": 2},
        }
        return await self.browser.put(f"/api/agents/{self.person()}", json=sent)

    async def remove(self):  # type: ignore[no-untyped-def]
        person = self.person()
        answer = await self.browser.delete(f"/api/agents/{person}")
        await self.browser.put(f"/api/agents/{person}", json={"extension": str(self.dice.randrange(20_000, 90_000))})
        return answer

    async def reason(self):  # type: ignore[no-untyped-def]
        sent = {"name": NAMES, "most_seconds": self.dice.randrange(600), "colour": "#aabbcc", "active": self.dice.random() < 0.7}
        return await self.browser.put(f"/api/break-reasons/{self.dice.choice(['lunch', 'coffee', 'rest'])}", json=sent)

    async def usual(self):  # type: ignore[no-untyped-def]
        sent = {"joins": {"chat": ["email"]}, "capacity": {"chat": self.dice.randrange(1, 5)}}
        return await self.browser.put("/api/routing/settings", json=sent)

    async def skill(self):  # type: ignore[no-untyped-def]
        path = f"/api/skills/{await self.one('/api/skills?inactive=true')}"
        return await self.browser.patch(path, json={"active": self.dice.random() < 0.7, "name": {"en": f"S{self.dice.randrange(99)}"}})


@pytest.mark.parametrize("seed", range(4))
async def test_undone_in_reverse_order_everything_is_as_at_first(house, seed: int) -> None:  # type: ignore[no-untyped-def]
    first = await everything(house)
    async with house.signed_in("manager") as browser:
        fingers = Fingers(house, browser, Random(seed))
        for _ in range(15):
            await fingers.do()
        made = (await browser.get("/api/changes", params={"limit": 500})).json()["items"]
        assert [item["number"] for item in made] == list(range(len(made), 0, -1))
        for item in made:
            undone = await browser.post(f"/api/changes/{item['number']}/undo")
            assert undone.status_code == 201, (item, undone.text)
        assert await everything(house) == first
        total = (await browser.get("/api/changes", params={"limit": 500})).json()["items"]
        assert len(total) == 2 * len(made)


async def test_settings_of_channels_are_kept_too(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        entry = (await browser.get("/api/entry-points")).json()["items"][0]
        path, sent = f"/api/entry-points/{entry['kind']}/{entry['address']}", {"name": NAMES, "flow_id": entry["flow_id"]}
        assert (await browser.put(path, json={**sent, "active": False})).status_code == 200
        assert (await browser.put("/api/dispositions/solved", json={"name": NAMES})).status_code == 204
        usual = (await browser.get("/api/callbacks/settings")).json()
        for tries in (4, 5):
            answer = await browser.put("/api/callbacks/settings", json={**usual, "most_tries": tries})
            assert answer.status_code == 200, answer.text
        items = (await browser.get("/api/changes", params={"limit": 4})).json()["items"]
        assert [item["what"] for item in items] == ["callback_settings", "callback_settings", "disposition", "entry_point"]
        for item in items:
            assert (await browser.post(f"/api/changes/{item['number']}/undo")).status_code == 201
        assert (await browser.get("/api/entry-points")).json()["items"][0] == entry
        assert (await browser.get("/api/callbacks/settings")).json() == usual
    async with house.signed_in("manager") as browser:
        refused = await browser.post(f"/api/changes/{items[-1]['number']}/undo")
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")


async def test_many_at_once_get_numbers_without_a_gap(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        agents, skills = sorted(house.people.values()), sorted((await ids(browser, "/api/skills")).values())
        cells = [{"agent_id": agent, "skill_id": skill, "level": 1 + n % 10} for n, agent in enumerate(agents) for skill in skills]
        work = [browser.patch("/api/skills/matrix", json={"changes": cells[n::6]}) for n in range(6)]
        assert {answer.status_code for answer in await asyncio.gather(*work)} == {204}
        items = (await browser.get("/api/changes", params={"limit": 500})).json()["items"]
        assert [item["number"] for item in items] == list(range(len(items), 0, -1))
        later: dict[str, Any] = {}
        for item in items:
            assert item["after"] == later.get(item["thing_id"], item["after"])
            later[item["thing_id"]] = item["before"]


async def test_a_trunk_comes_back_with_its_secret_which_is_never_shown(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        trunk = {"addresses": ["192.0.2.0/28"], "username": "u", "secret": "s3cret-word"}
        assert (await browser.put("/api/trunks/carrier", json=trunk)).status_code == 200
        assert (await browser.delete("/api/trunks/carrier")).status_code == 204
        shown = await browser.get("/api/changes", params={"what": "trunk"})
        removed, made = shown.json()["items"]
        assert (removed["action"], made["action"], removed["before"]["username"]) == ("removed", "made", "u")
        assert "secret" not in shown.text
        assert (await browser.post(f"/api/changes/{removed['number']}/undo")).status_code == 201
        async with house.database.system() as session:
            back = next(owned for owned in await load_trunks(session, VAULT) if owned.name == "carrier")
        assert (back.username, back.secret) == ("u", "s3cret-word")
        again = (await browser.get("/api/changes")).json()["items"][0]["number"]
        for number in (again, made["number"]):
            undone = await browser.post(f"/api/changes/{number}/undo", json={"force": True})
        assert undone.status_code == 409
        assert "carrier" not in [item["name"] for item in (await browser.get("/api/trunks")).json()["items"]]
