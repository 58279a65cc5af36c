"""The live feed of the pretended house: agents, queues, calls, and one's own."""

from __future__ import annotations

from typing import Any

import pretend_calls
import pretend_people
import pretend_routing
from pretend_house import ME, PEOPLE, QUEUES, ago, names

GROUPS: list[str] = [group["id"] for group in pretend_routing.GROUPS][:2]


STEERING: dict[str, Any] = {
    **{"status_by": "self", "status_by_name": "", "groups": GROUPS, "left": [], "left_by_name": "", "moved_by_name": "", "moved_at": None},
    **{"works": [], "missed": [], "rests_until": None},
}


WORKS = [
    {"contact_id": f"c{n}", "channel": "chat", "state": "talking", "since": ago(60), "queue_id": "q1", "ends_at": None} for n in range(2)
]


def agents() -> dict[str, Any]:
    states = ["talking", "idle", "after_call", "idle", "talking", "holding", "ringing", "idle", "idle", "talking", "idle", "idle"]
    rows = {}
    for n, name in enumerate(PEOPLE):
        signed_in = n < 11
        rows[str(n)] = {
            "agent_id": ME if n == 0 else f"a{n}",
            "name": name,
            "extension": f"{8001 + n}",
            "signed_in": signed_in,
            "status": "break" if n in (7, 8) else "ready",
            "reason": "meal" if n in (7, 8) else "",
            "state": states[n],
            "since": ago(37 * n + 12),
            "status_since": ago(41 * n + 300),
            "contact_id": f"c{n}" if states[n] in ("talking", "holding") else None,
            "queue_id": QUEUES[n % 3][0] if states[n] != "idle" else None,
            "ends_at": None,
            "reachable": n != 10,
            "not_disturbed": n == 3,
            "account": "x",
            "queues": ["q1"],
            **STEERING,
            "status_by": "lead" if n == 8 else "self",
            "status_by_name": PEOPLE[3] if n == 8 else "",
            "left": GROUPS[1:] if n in (1, 4) else [],
            "works": WORKS if n == 4 else [],
        }
    rows["7"]["status_since"] = rows["7"]["since"] = ago(2890)
    rows["8"]["status_since"] = rows["8"]["since"] = ago(2300)
    return rows


def queues() -> dict[str, Any]:
    return {
        i: {
            **{"queue_id": i, "code": c, "name": names(z, e), "waiting": n * 2, "longest_waiting_since": ago(8 + n * 20) if n else None},
            **{"signed_in": 8 - n, "ready": 2, "ringing": 1, "talking": 3, "after_call": 1, "on_break": 1, "service_level_seconds": 20},
            **{"target_percent": 80, "target_missed": n > 0},
            "today": {
                "offered": 130 + n,
                "answered": 120,
                "abandoned": 6 + n,
                "short_abandoned": 4,
                "service_level": 0.87 - n * 0.2,
                "asa_seconds": 9.4,
            },
        }
        for n, (i, c, z, e) in enumerate(QUEUES)
    }


def contact(state: str, contact_id: str = "c1", **change: Any) -> dict[str, Any]:
    mine = state in ("talking", "holding", "lost_agent")
    return {
        **{"contact_id": contact_id, "channel": "phone", "direction": "inbound", "entry_point": "4008001234", "customer_id": "k1"},
        **{"language": "zh-CN", "state": state, "entered_at": ago(95), "since": ago(30), "node": "menu", "queue_id": "q1", "entry_id": "e"},
        "waiting_since": ago(42) if not mine else None,
        "place": 1 if state == "waiting" else None,
        "agent_id": ME if mine else None,
        "segment_id": "s" if mine else None,
        "talk_since": ago(83) if mine else None,
        "offer": {"offer_id": "o", "agent_id": ME, "expires_at": ago(-14)} if state == "ringing" else None,
        "muted": False,
        "recording": {"recording_id": "r", "paused": False} if mine else None,
        **change,
    }


def calls() -> dict[str, Any]:
    states = ["talking", "waiting", "in_flow", "ringing", "holding", "waiting", "talking", "lost_agent"]
    return {
        f"c{n}": contact(state, f"c{n}", agent_id=f"a{n}" if state in ("talking", "holding") else None) for n, state in enumerate(states)
    }


def me(phase: str) -> dict[str, Any]:
    agent = {**agents()["0"], "state": "idle", "contact_id": None}
    if phase == "signed_out":
        return {"agent": {**agent, "signed_in": False, "status": "", "reachable": True}}
    if phase == "break":
        return {"agent": {**agent, "status": "break", "reason": "rest", "status_since": ago(560), "since": ago(900)}}
    if phase == "missed":
        missed = [{"at": ago(90 - 60 * n), "contact_id": f"c{n}", "queue_id": "q1", "result": "timed_out"} for n in range(2)]
        by = {"status_by": "system", "missed": missed, "left": GROUPS[1:]}
        return {"agent": {**agent, **by, "status": "break", "reason": "missed", "status_since": ago(30)}}
    if phase == "resting":
        return {"agent": {**agent, "rests_until": ago(-40)}}
    if phase == "not_disturbed":
        return {"agent": {**agent, "not_disturbed": True}}
    if phase in ("idle", "much", "empty", "error", "told", "help"):
        return {"agent": agent}
    if phase == "work":
        row = contact("talking", "w1", channel="task", work={"subject": "task", "subject_id": "t0", "kept_until": None}, recording=None)
        return {"agent": {**agent, "state": "talking", "contact_id": "w1"}, "contact:w1": row}
    if phase == "after_call":
        return {"agent": {**agent, "state": "after_call", "contact_id": "c1", "ends_at": ago(-23), "queue_id": "q1"}}
    if phase in pretend_calls.SECOND:
        other = contact(phase.removeprefix("second_"), "c2", customer_id=None)
        return {"agent": {**agent, "state": "talking", "contact_id": "c1"}, "contact:c1": contact("talking"), "contact:c2": other}
    if phase in pretend_calls.PHASES:
        state = "ringing" if phase == "asked" else "talking"
        row = contact("talking") | pretend_calls.change(phase, ME, ago)
        return {"agent": {**agent, "state": state, "contact_id": "c1"}, "contact:c1": row}
    state = {"ringing": "ringing", "talking": "talking", "holding": "holding"}[phase]
    row = contact(phase, recording={"recording_id": "r", "paused": phase == "holding"}, muted=phase == "holding")
    return {"agent": {**agent, "state": state, "contact_id": "c1"}, "contact:c1": row}


def colleagues() -> dict[str, Any]:
    """The topic `presence`, by person."""
    words = {"talking": "busy", "idle": "ready"}
    rows = {}
    for row in agents().values():
        presence = words.get(row["state"], "busy") if row["signed_in"] else "away"
        more = {"rings": "c9" if row["state"] == "ringing" else None, "person_id": row["agent_id"]}
        rows[row["agent_id"]] = row | more | {"presence": "break" if presence == "ready" and row["status"] == "break" else presence}
    return rows


def rows(topic: str, phase: str) -> dict[str, Any]:
    if topic == "me":
        return me("talking" if phase in ("unknown", "several") else phase)
    if (found := pretend_people.rows(topic, phase, ago)) is not None:
        return found
    pretended = {"queues": queues, "agents": agents, "calls": calls, "presence": colleagues}
    return pretended[topic]() if topic in pretended else {}
