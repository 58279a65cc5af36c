"""Why an agent was chosen, in a form that the contact's timeline can show. Decides nothing.

Counts are kept by the lanes as agents come and go, so that an explanation costs the same among ten agents and ten thousand. The full
list of everybody is not kept: it is worked out again from the journal when somebody asks (`replay`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from huying.routing.router.lanes import Lane
from huying.routing.router.presence import Presence
from huying.routing.router.ranking import NEVER, Key, idle_from
from huying.routing.router.work import Wanted

NEAREST = 5
RANKED_LOWER = "ranked_lower"
"""Of those who could have taken it as well."""


def explain(
    lane: Lane, winner: Key, after_seconds: int, wanted: Wanted | None, presence_of: Callable[[str], Presence], now: datetime
) -> dict[str, Any]:
    """The rule, what was asked for, how many were passed over for which reason, and the five who would have come next."""
    passed_over = {reason: count for reason, count in sorted(lane.obstacles.items()) if count}
    if len(lane.free) > 1:
        passed_over[RANKED_LOWER] = len(lane.free) - 1
    next_keys = [key for key in lane.free[: NEAREST + 1] if key != winner][:NEAREST]
    told: dict[str, Any] = {
        "rule": "wanted" if lane.wanted else lane.rules.strategy,
        "idle_seconds": _idle_seconds(lane, presence_of(winner[2]), now),
        "passed_over": passed_over,
        "nearest": [
            {"agent_id": agent_id, "idle_seconds": _idle_seconds(lane, presence_of(agent_id), now), "why_not": RANKED_LOWER}
            for _, _, agent_id in next_keys
        ],
    }
    if lane.wanted and wanted:
        return {**told, "wanted": wanted.why}
    told["step"] = {"after_seconds": after_seconds, "groups": sorted(lane.circle.groups), "need": dict(lane.circle.need)}
    return told


def _idle_seconds(lane: Lane, presence: Presence, now: datetime) -> float | None:
    """None where the time counts from an offer that he never had."""
    since = idle_from(lane.rules, presence)
    return None if since == NEVER else round((now - since).total_seconds(), 1)
