"""The strategies: in which order the free agents of a queue are asked. The least key is asked first.

Every key ends in the agent's id, so the order is total and equal inputs give equal decisions. A key holds as long as the agent stays
free: whatever it is made of changes only with a contact, a status or the configuration.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from math import log

from huying.routing.router.presence import Presence
from huying.routing.router.requirements import MOST, Circle
from huying.routing.router.work import AgentProfile, QueueRules

Key = tuple[float, datetime, str]
NEVER = datetime(1, 1, 1, tzinfo=UTC)
STRATEGIES = ("longest_idle", "ring_all", "round_robin", "fewest_contacts", "least_talk", "highest_level", "weighted_random")


def idle_from(rules: QueueRules, presence: Presence) -> datetime:
    """What the agent's idle time counts from in this queue."""
    if rules.idle_from == "offered":
        return presence.offered_at or NEVER
    if rules.idle_from == "ready" and presence.ready_since:
        return max(presence.ready_since, presence.idle_since)
    return presence.idle_since


def level(profile: AgentProfile, circle: Circle) -> int:
    """How good an agent is for this work: the sum of his levels in what it needs; where it needs nothing, his level in the group."""
    if circle.need:
        return sum(profile.skills.get(skill, 0) for skill, _ in circle.need)
    return max((profile.groups.get(group, 0) for group in circle.groups), default=0)


def key_of(rules: QueueRules, presence: Presence, profile: AgentProfile, circle: Circle, dice: Callable[[], float], clock: float) -> Key:
    """The agent's place in the order of asking.

    Weighted random is a race of exponential clocks (A. Walker; Efraimidis and Spirakis 2006): each draws -ln(u)/weight once when he
    becomes free, counted from the `clock` at which the last winner was drawn; so each is chosen with weight/sum of weights.
    """
    since = idle_from(rules, presence)
    match rules.strategy:
        case "round_robin":
            return (0.0, presence.offered_at or NEVER, presence.agent_id)
        case "fewest_contacts":
            return (float(presence.handled), since, presence.agent_id)
        case "least_talk":
            return (presence.talk_seconds, since, presence.agent_id)
        case "highest_level":
            return (float(-level(profile, circle)), since, presence.agent_id)
        case "weighted_random":
            weight = max(1, min(level(profile, circle), MOST * max(1, len(circle.need))))
            return (clock - log(1.0 - dice()) / weight, since, presence.agent_id)
    return (0.0, since, presence.agent_id)
