"""Answers of a server that is not there, for looking at the desk's screens while building them. Never part of the product."""

from __future__ import annotations

import json
from typing import Any

import pretend_callers
import pretend_calls
import pretend_customers
import pretend_hours
import pretend_knowledge
import pretend_own
import pretend_people
import pretend_presence as pp
import pretend_routing
import pretend_settings
from pretend_history import detail, report, summary
from pretend_house import ME, PEOPLE, QUEUES, ago, names
from pretend_live import agents, rows

PERMISSIONS = [
    "account.own",
    "desk.use",
    "knowledge.view",
    "knowledge.edit",
    "customers.view",
    "customers.edit",
    "customers.merge",
    "customers.manage",
    "customers.import",
    "customers.export",
    "contacts.view_own",
    "contacts.view",
    "recordings.listen_own",
    "recordings.listen",
    "live.view",
    "agents.steer",
    "reports.view",
    "queues.view",
    "people.view",
    "people.manage",
    "queues.manage",
    "hours.manage",
    "hours.close",
    "audit.view",
    "settings.manage",
    "colleagues.talk",
    "notices.publish",
    "live.listen",
    "live.join",
    "flows.manage",
]


def session(agent: bool = True) -> dict[str, Any]:
    return {
        "person": {"id": ME, "login": "li", "name": PEOPLE[0], "roles": ["lead"], "permissions": PERMISSIONS, "language": "zh-CN"},
        "business": {"id": "b", "name": "澄海家电客户服务中心", "time_zone": "Asia/Shanghai", "languages": ["zh-CN", "en"]},
        "agent": {"extension": "8001", "queues": ["q1", "q2"]} if agent else None,
    }


SETTINGS = {
    "break_reasons": [
        {"code": "meal", "name": names("用餐", "Meal"), "colour": "#d9822b", "most_seconds": 2700},
        {"code": "rest", "name": names("休息", "Rest"), "colour": "#2b7fd9", "most_seconds": 600},
        {"code": "training", "name": names("培训", "Training"), "colour": "", "most_seconds": 0},
    ],
    "refusal_reasons": pretend_routing.REFUSALS,
    "dispositions": [
        {
            **{"id": f"x-{code}", "parent_id": None, "branch": False, "search": code, "code": code, "name": names(zh, en)},
            **{"note_required": False, "follow_up_required": False, "date_required": False, "queue_ids": queues},
        }
        for code, zh, en, queues in (
            ("solved", "已解决", "Solved", ["q1", "q2", "q3"]),
            ("booked", "已预约上门", "Visit booked", ["q1"]),
            ("callback", "需回访", "Call back", ["q1", "q2", "q3"]),
        )
    ],
    "queue_desks": [],
    "queues": [{"id": i, "code": c, "name": names(z, e), "after_call_most_seconds": 600} for i, c, z, e in QUEUES],
    "groups": [{key: group[key] for key in ("id", "code", "name")} for group in pretend_routing.GROUPS],
}


QUEUE_PAGE = {
    "items": [
        {
            **{"id": i, "code": c, "name": names(z, e), "strategy": "longest_idle", "record": True},
            **{
                "offer_seconds": 20,
                "after_call_seconds": 30,
                "short_abandon_seconds": 5,
                "service_level_seconds": 20,
                "announce_seconds": 30,
            },
        }
        for i, c, z, e in QUEUES
    ],
    "total": 3,
}


def answer(path: str, phase: str) -> Any:
    """The JSON of a GET."""
    first = path.split("?")[0]
    if (found := pretend_hours.answer(first, path.partition("?")[2], phase)) is not None:
        return found
    if (found := pretend_knowledge.answer(path, phase)) is not None:
        return found
    for timed in (pretend_calls, pretend_own, pretend_people, pretend_settings):
        if (found := timed.answer(first, phase, ago)) is not None:
            return found
    for pretended in (pretend_routing, pretend_callers, pretend_customers):
        if (found := pretended.answer(first, phase)) is not None:
            return found
    pop_contact = {**dict(summary(0).items()), "wrapped_by": None, "wrapped_at": None, "disposition": "", "note": ""}
    known = {
        "/api/session": session(),
        "/api/desk/settings": SETTINGS,
        "/api/queues": QUEUE_PAGE,
        "/api/agents": {
            "items": [
                {
                    **{"id": f"a{n}" if n else ME, "name": name, "extension": str(8001 + n), "languages": [], "queues": []},
                    **{"groups": {pretend_routing.GROUPS[0]["id"]: 5}, "skills": {}, "auto_answer": False, "capacity": {"chat": 2}},
                }
                for n, name in enumerate(PEOPLE)
            ],
            "total": 12,
        },
        "/api/phone": {"ws_path": "/phone", "account": "x", "secret": "s", "domain": "huying", "ice_servers": []},
        "/api/contacts": {"items": [] if phase == "empty" else [summary(n) for n in range(18)], "total": 0 if phase == "empty" else 1234},
        "/api/customers/k1/contacts": {"items": [summary(n) for n in range(6)], "total": 6},
        "/api/people": {
            "items": [
                {
                    "id": f"p{n}",
                    "login": f"user{n}",
                    "name": name,
                    "roles": ["agent"] if n else ["lead", "agent"],
                    "language": "zh-CN",
                    "active": n != 5,
                }
                for n, name in enumerate(PEOPLE)
            ],
            "total": 12,
        },
        "/api/reports/queues": report(),
        "/api/recordings/r1/peaks": {
            "customer": [abs((n * 37 % 100) / 100 - 0.5) * (n % 60 < 30) for n in range(400)],
            "agent": [abs((n * 53 % 100) / 100 - 0.5) * (n % 60 >= 30) for n in range(400)],
            "seconds": 20.0,
        },
        "/api/desk/targets": pretend_calls.directory(agents(), QUEUES),
        "/api/desk/targets/mine": pretend_calls.own_targets(ago),
        "/api/desk/contacts/c1": {
            **pretend_customers.pop(phase, pop_contact, [summary(n) for n in range(10)]),
            "parties": [{"party_id": "x", "number": "+862158761234"}, {"party_id": "p2", "number": "+8613900001111"}],
        },
    }
    if first in known:
        return known[first]
    if first.endswith("/candidates"):
        return pp.everybody()
    if first.endswith("/day"):
        return pp.day()
    return detail() if first.startswith("/api/contacts/") else None


def as_told(answer: Any) -> str:
    """As JSON, with the queues under the ids that the administration has for them."""
    text = json.dumps(answer)
    for n, (short, *_) in enumerate(QUEUES):
        text = text.replace(f'"{short}"', f'"00000000-0000-7000-8000-{51 + n:012d}"')
    return text


def feed_answer(text: str, phase: str) -> str | None:
    message = json.loads(text)
    if message["type"] == "ping":
        return json.dumps({"type": "pong", "at": message["at"]})
    if message["type"] == "subscribe":
        return as_told({"type": "snapshot", "id": message["id"], "epoch": "e", "number": 1, "rows": rows(message["topic"], phase)})
    return None
