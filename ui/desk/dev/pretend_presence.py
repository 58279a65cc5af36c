"""Pretended answers about presence and decisions: an agent's day, everybody at the moment of an offer. Never part of the product."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pretend_routing
from pretend_house import PEOPLE

GROUPS = [str(group["id"]) for group in pretend_routing.GROUPS][:2]
SKILL = str(pretend_routing.SKILLS[0]["id"])
BEGIN = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=8)

WHY: dict[str, Any] = {
    **{"rule": "highest_level", "idle_seconds": 312.0, "passed_over": {"talking": 4, "on_break": 2, "skill": 5, "ranked_lower": 3}},
    "nearest": [{"agent_id": f"a{n}", "idle_seconds": 200.0 - 40 * n, "why_not": "ranked_lower"} for n in range(2, 5)],
    "step": {"after_seconds": 20, "groups": GROUPS, "need": {SKILL: 4}},
}
WANTED: dict[str, Any] = {"rule": "wanted", "idle_seconds": 95.0, "passed_over": {}, "nearest": [], "wanted": "last_agent"}
ENTRY: dict[str, Any] = {
    **{"notes": ["vip", "hook_failed:time-out", "last_agent"], "head_start_seconds": 300, "rank": 0, "needs": {SKILL: 7}},
    "wanted": [{"agent_id": "a1", "seconds": 20, "why": "last_agent"}],
}


def everybody() -> dict[str, Any]:
    reasons = ["", "ranked_lower", "ranked_lower", "talking", "talking", "on_break", "resting", "skill", "left_group", "other_group"]
    return {
        **{"at": BEGIN.isoformat(), "strategy": "highest_level", "agent_id": "a1", "agrees": True, "changed_since": 2, "total": 10},
        "items": [
            {
                **{"agent_id": f"a{n}", "name": PEOPLE[n], "why_not": why, "place": n + 1 if n < 3 else 0, "idle_seconds": 312.0 - 31 * n},
                "measure": 9.0 - n if n < 3 else None,
            }
            for n, why in enumerate(reasons)
        ],
    }


def day() -> dict[str, Any]:
    def at(minutes: float) -> str:
        return (BEGIN + timedelta(minutes=minutes)).isoformat()

    pattern = [
        ("ready", "idle", 4.0),
        ("ready", "ringing", 0.3),
        ("ready", "talking", 6.0),
        ("ready", "holding", 0.8),
        ("ready", "after_call", 2.0),
    ]
    stretches, minute, n = [], 0.0, 0
    while minute < 470:
        steps = [("break", "idle", 38.0)] if 200 < minute < 212 else [("break", "idle", 13.0)] if 330 < minute < 340 else pattern
        for status, state, length in steps:
            reason = ("meal" if length > 20 else "rest") if status == "break" else ""
            busy = state != "idle"
            stretches.append(
                {
                    **{"since": at(minute), "until": at(minute + length), "going_on": False, "status": status, "reason": reason},
                    **{"state": state, "contact_id": f"c{n}" if busy else "", "queue_id": "q1" if busy else ""},
                }
            )
            minute += length
        n += 1
    seconds = {
        "signed_in_seconds": 28800.0,
        "ready_seconds": 8800.0,
        "busy_seconds": 16900.0,
        "break_seconds": 3100.0,
        "talk_seconds": 214.0,
    }
    return {
        **{"agent_id": "a1", "name": PEOPLE[1], "time_zone": "Asia/Shanghai", "since": at(-300), "until": at(1140), "now": at(475)},
        "intervals": stretches,
        "conversations": [
            {
                "contact_id": f"c{k}",
                "queue_id": "q1",
                "since": at(13 * k + 4.3),
                "until": at(13 * k + 11),
                "talk_seconds": 360.0,
                "hold_seconds": 48.0,
            }
            for k in range(30)
        ],
        "missed": [{"at": at(96), "contact_id": "c9", "queue_id": "q1", "result": "timed_out"}],
        "changes": [
            {"at": at(0), "kind": "AgentSignedIn", "by": "self", "by_name": "", "data": {"account": "x"}},
            {"at": at(96), "kind": "AgentStatusChosen", "by": "system", "by_name": "", "data": {"status": "break", "reason": "missed"}},
            {"at": at(97), "kind": "AgentStatusChosen", "by": "self", "by_name": "", "data": {"status": "ready", "reason": ""}},
            {"at": at(200), "kind": "AgentStatusChosen", "by": "lead", "by_name": PEOPLE[3], "data": {"status": "break", "reason": "meal"}},
            {"at": at(300), "kind": "AgentGroupsChosen", "by": "lead", "by_name": PEOPLE[3], "data": {"left": GROUPS[1:]}},
        ],
        "breaks": [
            {"reason": "meal", "count": 1, "seconds": 2280.0, "over_seconds": 0.0, "limit_seconds": 2700},
            {"reason": "rest", "count": 1, "seconds": 780.0, "over_seconds": 180.0, "limit_seconds": 600},
            {"reason": "missed", "count": 1, "seconds": 40.0, "over_seconds": 0.0, "limit_seconds": 0},
        ],
        "values": {**seconds, "occupancy": 0.657, "utilisation": 0.587},
        "after_call_seconds": 3600.0,
        "over_seconds": 180.0,
    }
