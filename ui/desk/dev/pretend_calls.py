"""Calls with several people, as the live row tells them: asked colleagues, conferences, parked ones, limits. Never part of the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
NAMES = {"zh-CN": "安装前准备说明", "en": "How to prepare for the installation"}
SOUNDS = [
    {"id": "s1", "code": "prepare", "name": NAMES, "seconds": {"zh-CN": 42}},
    {"id": "s2", "code": "data", "name": {"zh-CN": "个人信息保护声明", "en": "Data protection notice"}, "seconds": {"zh-CN": 18}},
    {
        **{"id": "s3", "code": "recall", "seconds": {"zh-CN": 75}},
        "name": {"zh-CN": "产品召回通知（洗衣机 CH-W9021 系列）", "en": "Recall of washing machines CH-W9021"},
    },
]
PHASES = (
    *("consult_ringing", "consult", "consult_customer", "consult_queue", "conference", "playing", "limit", "lost", "dialling"),
    *("asked", "asked_talking", "joined", "paused"),
)
SECOND = ("second_ringing", "second_holding")
"""While the first one is talked with."""


def party(party_id: str, kind: str, agent_id: str | None, state: str, since: str) -> Row:
    return {"party_id": party_id, "kind": kind, "agent_id": agent_id, "state": state, "since": since}


def asking(me: str, ago: Callable[[float], str], state: str, focus: str, kind: str = "agent") -> Row:
    target = {"agent": "a10", "queue": "q3", "number": ""}[kind]
    return {
        **{"consult_id": "x", "agent_id": me, "kind": kind, "target_id": target, "party_agent_id": "a10" if kind == "agent" else None},
        **{"state": state, "focus": focus, "since": ago(23)},
    }


def change(phase: str, me: str, ago: Callable[[float], str]) -> Row:
    """What the contact's row says besides the usual, in a phase of PHASES."""
    mine = party("m", "agent", me, "talking", ago(83))
    customer = party("c", "customer", None, "talking", ago(95))
    rows: dict[str, Row] = {
        "consult_ringing": {"consult": asking(me, ago, "ringing", "consult"), "parties": [customer | {"state": "held"}, mine]},
        "consult": {"consult": asking(me, ago, "talking", "consult"), "parties": [customer | {"state": "held"}, mine]},
        "consult_customer": {"consult": asking(me, ago, "talking", "customer", "number"), "parties": [customer, mine]},
        "consult_queue": {"consult": asking(me, ago, "waiting", "consult", "queue"), "parties": [customer | {"state": "held"}, mine]},
        "conference": {
            "parties": [customer, mine, party("p1", "agent", "a10", "talking", ago(61)), party("p2", "number", None, "ringing", ago(6))],
        },
        "playing": {"playing": {"sound_id": "s1", "since": ago(9)}, "parties": [customer, mine]},
        "limit": {"limit_at": ago(-38), "parties": [customer, mine]},
        "paused": {"recording": {"recording_id": "r", "paused": True}, "muted": True, "parties": [customer, mine]},
        "lost": {"state": "lost_agent"},
        "dialling": {"state": "dialling", "direction": "outbound"},
        "asked": {"agent_id": "a1", "consult": asking("a1", ago, "ringing", "consult") | {"party_agent_id": me}, "recording": None},
        "asked_talking": {"agent_id": "a1", "consult": asking("a1", ago, "talking", "consult") | {"party_agent_id": me}},
        "joined": {"agent_id": "a1", "parties": [customer, mine, party("p1", "agent", "a1", "talking", ago(61))]},
    }
    return rows[phase]


def directory(agents: dict[str, Row], queues: list[tuple[str, str, str, str]], flows: tuple[tuple[str, str, str], ...] = ()) -> Row:
    """Whom one can call."""
    colleagues = [
        {"id": a["agent_id"], "name": a["name"], "extension": a["extension"], "groups": ["q1"], "search": a["name"].lower()}
        for a in agents.values()
    ]
    places = [{"id": i, "code": c, "name": {"zh-CN": z, "en": e}, "number": "", "search": f"{z} {e}".lower()} for i, c, z, e in queues]
    return {"colleagues": colleagues, "queues": places, "groups": [], "flows": [{**p, "id": "f1"} for p in places[:1]] if not flows else []}


def own_targets(ago: Callable[[float], str]) -> Row:
    """Favourites, keys and the last ones."""
    row = {"favourite": False, "key": None, "used_at": None, "number": ""}
    return {
        "items": [
            {**row, "id": "a1", "kind": "agent", "label": "王伟", "favourite": True, "key": 1},
            {**row, "id": "", "kind": "number", "label": "物流调度中心", "number": "+862158761234", "key": 2},
            {**row, "id": "", "kind": "number", "label": "+86 139 0000 1111", "number": "+8613900001111", "used_at": ago(900)},
        ]
    }


def answer(path: str, phase: str, ago: Callable[[float], str]) -> Any:
    """The JSON of a GET of the desk's calls; None for another path."""
    if path == "/api/desk/sounds":
        return {"items": [] if phase == "empty" else SOUNDS}
    if path == "/api/desk/call-wishes":
        items = [{"id": "w1", "agent_id": "a3", "asked_at": ago(60), "expires_at": ago(-600)}] if phase == "much" else []
        return {"items": items, "total": len(items)}
    if path == "/api/desk/reach":
        return {"no_answer_seconds": 20, "call_waiting": False, "do_not_disturb": phase == "not_disturbed", "all_devices": True}
    if path.endswith("/quality"):
        return []
    if path == "/api/desk/parked":
        many = {"much": 14, "idle": 2, "empty": 0}.get(phase, 1)
        return {
            "items": [
                {"contact_id": f"c{n}", "slot": str(701 + n), "since": ago(33 + 61 * n), "by": f"a{n % 11 + 1}", "customer_id": None}
                for n in range(many)
            ]
        }
    return None
