"""Rows of one person that are put from outside: nothing is said before they were read, each sees their own, and presence in words."""

from __future__ import annotations

from huying.web.live.connection import Watching
from huying.web.live.hub import LiveHub, PersonKey, Rows, Viewer
from huying.web.live.presence_rows import presence_of, presence_rows


class Nothing:
    def agents(self, business_id: str) -> Rows:
        return {}

    def contacts(self, business_id: str) -> Rows:
        return {}

    def queues(self, business_id: str) -> Rows:
        return {}


async def test_a_watcher_hears_nothing_before_the_rows_are_read() -> None:
    hub = LiveHub(Nothing(), {"colleagues": "talk"}, personal=frozenset({"colleagues"}))
    came: list[PersonKey] = []
    hub.person_came = came.append
    woken: list[str] = []
    anna = hub.open(Viewer("b", "anna", frozenset({"talk"})), "colleagues", lambda: woken.append("anna"))
    bo = hub.open(Viewer("b", "bo", frozenset({"talk"})), "colleagues", lambda: woken.append("bo"))
    watching = Watching("colleagues", anna, None)
    assert watching.messages("1") == []
    assert came == [PersonKey("b", "colleagues", "anna"), PersonKey("b", "colleagues", "bo")] == hub.people_watching("b", "colleagues")
    hub.touched("b")
    hub.put(came[0], {"room:1": {"unread": 1}})
    assert woken == ["anna"]
    assert '"unread":1' in watching.messages("1")[0]
    assert not bo.ready
    hub.put(came[1], {})
    assert woken == ["anna", "bo"], "no rows are an answer too"
    hub.stop()


def test_presence_is_a_word() -> None:
    rows: dict[str, dict[str, object]] = {
        "a": {"signed_in": True, "state": "idle", "status": "ready"},
        "b": {"signed_in": True, "state": "talking", "status": "ready"},
        "c": {"signed_in": True, "state": "idle", "status": "break"},
        "d": {"signed_in": False, "state": "idle"},
    }
    shown = presence_rows(rows, {"d", "lead"})
    assert {person: row["presence"] for person, row in shown.items()} == {
        "a": "ready",
        "b": "busy",
        "c": "break",
        "d": "online",
        "lead": "online",
    }
    assert shown["b"]["state"] == "talking", "of agents, what colleagues may see stands beside the word"
    assert shown["lead"] == {"person_id": "lead", "presence": "online"}
    assert presence_of({}, connected=False) == "away"
