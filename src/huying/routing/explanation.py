"""Why an agent was chosen, in a form that the contact's timeline can show. Decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from huying.routing.presence import Presence

NEAREST = 5


def explain(rule: str, chosen: Presence, members: Sequence[Presence], now: datetime) -> dict[str, Any]:
    """The rule, the winner's idle time, how many members were passed over for which reason, and the next nearest five."""
    others = [member for member in members if member.agent_id != chosen.agent_id]
    passed_over = Counter(member.obstacle() or "less_idle" for member in others)
    nearest = sorted(others, key=lambda member: (bool(member.obstacle()), member.idle_since, member.agent_id))[:NEAREST]
    return {
        "rule": rule,
        "idle_seconds": _seconds(chosen, now),
        "passed_over": dict(sorted(passed_over.items())),
        "nearest": [
            {"agent_id": member.agent_id, "idle_seconds": _seconds(member, now), "why_not": member.obstacle() or "less_idle"}
            for member in nearest
        ],
    }


def _seconds(presence: Presence, now: datetime) -> float:
    return round((now - presence.idle_since).total_seconds(), 1)
