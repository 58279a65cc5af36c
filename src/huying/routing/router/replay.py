"""Who could have taken a piece of work at the moment it was offered, and why each other agent did not: worked out again. Pure.

The router keeps counts and the five next, not the full list. But its state is a fold of the agents' journal streams and of the
configuration, so the list can be made whenever somebody asks: the same presences, the same obstacles, the same keys. Only the
lots of weighted random are not journalled: there the free agents stand in the order of their weights, and the winner is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.foundation.journal.entry import Event
from huying.routing.router.capacity import obstacle_to
from huying.routing.router.explanation import RANKED_LOWER
from huying.routing.router.lanes import UNSKILLED
from huying.routing.router.presence import Presence, State, after
from huying.routing.router.ranking import NEVER, Key, idle_from, key_of, level
from huying.routing.router.requirements import Circle
from huying.routing.router.work import AgentProfile, QueueRules

NOT_WANTED = "not_wanted"
"""The work waited for somebody else in person."""
OTHER_GROUP = "other_group"
"""A member of none of the groups that were asked."""
LEFT_GROUP = "left_group"
"""A member, but he did not work for the group then."""
RUNG_AS_WELL = "rung_as_well"
"""The same work rang at him too."""
DRAWN = "weighted_random"


@dataclass(frozen=True, slots=True)
class Decision:
    """One offer as the journal tells it. `circle` is None where the work waited for the winner in person."""

    agent_id: str
    contact_id: str
    channel: str
    rules: QueueRules
    circle: Circle | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """One agent at that moment. `why_not` is empty for the winner. `place`: from 1 among those who could have taken it, else 0.

    `measure` is what the strategy went by: contacts, seconds of talk, the negative level, a weight; None where it is idle time alone.
    """

    agent_id: str
    why_not: str
    place: int = 0
    idle_seconds: float | None = None
    measure: float | None = None


def presences_of(history: Iterable[tuple[str, Event, datetime]]) -> dict[str, Presence]:
    """The presences after these events of agents (agent, event, time), in the order of the journal."""
    found: dict[str, Presence] = {}
    for agent_id, event, at in history:
        found[agent_id] = after(found.get(agent_id) or Presence(agent_id, at), event, at)
    return found


def decision_of(explanation: Mapping[str, Any], agent_id: str, contact_id: str, channel: str, rules: QueueRules, at: datetime) -> Decision:
    """The decision of a journalled offer. Where the explanation tells no step (of old offers) the queue's groups were asked."""
    if "wanted" in explanation:
        return Decision(agent_id, contact_id, channel, rules, None, at)
    step = explanation.get("step") or {}
    groups = frozenset(step.get("groups", rules.requirements.groups))
    need = tuple(sorted((str(skill), int(least)) for skill, least in (step.get("need") or {}).items()))
    return Decision(agent_id, contact_id, channel, rules, Circle(groups, need), at)


def candidates(decision: Decision, presences: Mapping[str, Presence], profiles: Mapping[str, AgentProfile]) -> list[Candidate]:
    """Everybody: first those who could have taken it, in the order of asking, then the others by reason and id."""
    free: list[tuple[Key, AgentProfile, Presence]] = []
    others: list[Candidate] = []
    for agent_id, profile in profiles.items():
        presence = presences.get(agent_id) or Presence(agent_id, decision.at)
        why_not = _obstacle(decision, presence, profile)
        if why_not:
            others.append(Candidate(agent_id, why_not, idle_seconds=_idle_seconds(decision, presence)))
        else:
            free.append((_key(decision, presence, profile), profile, presence))
    ordered = [_free(decision, key, presence) for key, _, presence in sorted(free, key=lambda one: _order(decision, one[0]))]
    first = [Candidate(one.agent_id, one.why_not, n, one.idle_seconds, one.measure) for n, one in enumerate(ordered, 1)]
    return [*first, *sorted(others, key=lambda one: (one.why_not, one.agent_id))]


def _obstacle(decision: Decision, presence: Presence, profile: AgentProfile) -> str:
    circle = decision.circle
    if circle is None:
        if profile.agent_id != decision.agent_id:
            return NOT_WANTED
    elif circle.groups.isdisjoint(profile.groups):
        return OTHER_GROUP
    elif circle.groups.isdisjoint(profile.groups.keys() - presence.left):
        return LEFT_GROUP
    elif any(profile.skills.get(skill, 0) < least for skill, least in circle.need):
        return UNSKILLED
    rung = presence.work(decision.contact_id)
    if rung and rung.state is State.RINGING:
        return RUNG_AS_WELL
    return obstacle_to(decision.channel, presence, profile, decision.at)


def _key(decision: Decision, presence: Presence, profile: AgentProfile) -> Key:
    circle = decision.circle or Circle(frozenset())
    if decision.rules.strategy == DRAWN:
        return (float(-level(profile, circle)), idle_from(decision.rules, presence), presence.agent_id)
    return key_of(decision.rules, presence, profile, circle, lambda: 0.0, 0.0)


def _order(decision: Decision, key: Key) -> tuple[bool, Key]:
    """Where lots were drawn the winner is known from the journal; everywhere else the key alone says it."""
    return (decision.rules.strategy == DRAWN and key[2] != decision.agent_id, key)


def _free(decision: Decision, key: Key, presence: Presence) -> Candidate:
    by_measure = decision.rules.strategy in ("fewest_contacts", "least_talk", "highest_level", DRAWN)
    measure = abs(key[0]) if by_measure else None
    why_not = "" if presence.agent_id == decision.agent_id else RANKED_LOWER
    return Candidate(presence.agent_id, why_not, idle_seconds=_idle_seconds(decision, presence), measure=measure)


def _idle_seconds(decision: Decision, presence: Presence) -> float | None:
    since = idle_from(decision.rules, presence)
    if not presence.signed_in or since == NEVER:
        return None
    return max(0.0, round((decision.at - since).total_seconds(), 1))
