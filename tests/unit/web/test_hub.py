"""Topics follow the live state, each person sees their own, and permissions hold."""

from __future__ import annotations

import asyncio

import pytest

from huying.foundation.errors import Forbidden, NotFound
from huying.web.live.hub import LiveHub, Rows, Viewer

NEEDED = {"me": "desk", "queues": "live", "agents": "live", "calls": "live"}


class Source:
    def __init__(self) -> None:
        self.agent_rows: dict[str, dict[str, object]] = {"anna": {"state": "idle"}, "bo": {"state": "idle"}}
        self.contact_rows: dict[str, dict[str, object]] = {}
        self.limited = False

    def colleagues(self, business_id: str) -> Rows:
        return self.agents(business_id)

    def presence_of_groups(self, business_id: str) -> bool:
        return self.limited

    def agents(self, business_id: str) -> Rows:
        return self.agent_rows if business_id == "b" else {}

    def contacts(self, business_id: str) -> Rows:
        return self.contact_rows if business_id == "b" else {}

    def queues(self, business_id: str) -> Rows:
        return {}


def viewer(person: str, *permissions: str, business: str = "b") -> Viewer:
    return Viewer(business, person, frozenset(permissions))


async def woken(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 30)
    event.clear()


async def test_offer_appears_at_the_agent_alone_and_leaves_when_it_moves_on() -> None:
    source = Source()
    hub = LiveHub(source, NEEDED, pause_seconds=0, table_pause_seconds=0)
    anna, bo = asyncio.Event(), asyncio.Event()
    hers = hub.open(viewer("anna", "desk"), "me", anna.set)
    his = hub.open(viewer("bo", "desk"), "me", bo.set)
    source.contact_rows = {"c1": {"state": "ringing", "agent_id": None, "offer": {"agent_id": "anna"}}}
    hub.touched("b")
    await woken(anna)
    assert set(hers.topic.rows) == {"agent", "contact:c1"}
    assert set(his.topic.rows) == {"agent"}
    assert not bo.is_set()
    source.contact_rows = {"c1": {"state": "talking", "agent_id": "bo", "offer": None}}
    hub.touched("b")
    await woken(bo)
    assert set(hers.topic.rows) == {"agent"}
    assert set(his.topic.rows) == {"agent", "contact:c1"}
    hub.stop()


async def test_whoever_only_listens_is_seen_by_himself_and_not_by_the_agent() -> None:
    source = Source()
    hub = LiveHub(source, NEEDED, pause_seconds=0, table_pause_seconds=0)
    anna, bo = asyncio.Event(), asyncio.Event()
    hers = hub.open(viewer("anna", "desk"), "me", anna.set)
    his = hub.open(viewer("bo", "desk"), "me", bo.set)
    calls = hub.open(viewer("lead", "live"), "calls", asyncio.Event().set)
    for mode, seen in (("listen", 0), ("whisper", 1), ("join", 1)):
        monitors = [{"monitor_id": "m", "agent_id": "bo", "target_id": "anna", "mode": mode}]
        source.contact_rows = {"c1": {"state": "talking", "agent_id": "anna", "monitors": monitors}}
        hub.touched("b")
        await woken(bo)
        assert his.topic.rows["contact:c1"]["monitors"] == monitors
        assert len(hers.topic.rows["contact:c1"]["monitors"]) == seen  # type: ignore[arg-type]
        async with asyncio.timeout(30):
            while calls.topic.rows.get("c1", {}).get("monitors") != monitors:
                await asyncio.sleep(0)
    hub.stop()


async def test_who_comes_back_continues_on_the_same_topic() -> None:
    source = Source()
    hub = LiveHub(source, NEEDED, pause_seconds=0, table_pause_seconds=0)
    wake = asyncio.Event()
    first = hub.open(viewer("lead", "live"), "calls", wake.set)
    hub.close(first, wake.set)
    source.contact_rows = {"c1": {"state": "waiting"}}
    again = hub.open(viewer("lead", "live"), "calls", wake.set)
    assert again.topic is first.topic
    assert again.topic.number == 1
    hub.stop()


async def test_a_topic_that_nobody_came_back_to_is_forgotten() -> None:
    hub = LiveHub(Source(), NEEDED, pause_seconds=0, table_pause_seconds=0, keep_seconds=-1)
    wake = asyncio.Event()
    first = hub.open(viewer("lead", "live"), "calls", wake.set)
    hub.close(first, wake.set)
    assert hub.open(viewer("lead", "live"), "calls", wake.set).topic is not first.topic


async def test_permission_and_name_are_asked() -> None:
    hub = LiveHub(Source(), NEEDED)
    with pytest.raises(Forbidden):
        hub.open(viewer("anna", "desk"), "calls", lambda: None)
    with pytest.raises(NotFound):
        hub.open(viewer("anna", "desk"), "secrets", lambda: None)


async def test_another_business_sees_nothing() -> None:
    hub = LiveHub(Source(), NEEDED)
    watched = hub.open(viewer("anna", "desk", business="x"), "me", lambda: None)
    assert watched.topic.rows == {}


def of(name: str, *groups: str) -> dict[str, object]:
    return {"agent_id": name, "groups": list(groups), "state": "idle"}


async def test_agents_see_the_presence_of_all_or_of_their_own_groups_alone() -> None:
    source = Source()
    source.agent_rows = {"anna": of("anna", "g1"), "bo": of("bo", "g1", "g2"), "cleo": of("cleo", "g3"), "dan": of("dan")}
    hub = LiveHub(source, {"presence": "desk"}, pause_seconds=0, table_pause_seconds=0)
    anna, lead = viewer("anna", "desk"), viewer("lead", "desk", "live.view")
    everybody = hub.open(anna, "presence", lambda: None)
    assert set(everybody.topic.rows) == {"anna", "bo", "cleo", "dan"}
    source.limited = True
    assert not hub.belongs(anna, everybody), "the setting changed: it is to be opened anew"
    assert hub.belongs(lead, everybody)
    assert set(hub.open(anna, "presence", lambda: None).topic.rows) == {"anna", "bo"}
    assert set(hub.open(viewer("dan", "desk"), "presence", lambda: None).topic.rows) == set()
    assert set(hub.open(lead, "presence", lambda: None).topic.rows) == {"anna", "bo", "cleo", "dan"}
    source.agent_rows["anna"] = of("anna", "g3")
    assert set(hub.open(anna, "presence", lambda: None).topic.rows) == {"anna", "cleo"}
    hub.stop()
