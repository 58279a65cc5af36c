"""Who could take a piece of work now, and at each later step of its rules, with agents as they are at this moment. Pure.

Says of everybody in the groups of a step what stands in the way, in the words of `capacity` and of the router's explanations. What the
agents will be doing in a minute nobody knows: only the rules move on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.routing.router.capacity import obstacle_to
from huying.routing.router.lanes import UNSKILLED
from huying.routing.router.presence import Presence
from huying.routing.router.replay import LEFT_GROUP
from huying.routing.router.requirements import Circle, Step
from huying.routing.router.work import AgentProfile


@dataclass(frozen=True, slots=True)
class PreviewedStep:
    """A step with everybody in its groups, those who are free first: (agent id, obstacle), the obstacle being empty for them."""

    step: Step
    who: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    """Obstacle -> people; free for those without."""


def preview(
    steps: Sequence[Step], channel: str, profiles: Mapping[str, AgentProfile], presences: Mapping[str, Presence], now: datetime
) -> list[PreviewedStep]:
    """Each step of a piece of work of this channel; of a step at which it leaves the queue nobody is listed."""
    return [_previewed(step, channel, profiles, presences, now) for step in steps]


def _previewed(
    step: Step, channel: str, profiles: Mapping[str, AgentProfile], presences: Mapping[str, Presence], now: datetime
) -> PreviewedStep:
    if step.action:
        return PreviewedStep(step, (), {})
    members = {agent_id: profile for agent_id, profile in profiles.items() if not step.circle.groups.isdisjoint(profile.groups)}
    found = {
        agent_id: _obstacle(step.circle, channel, profile, presences.get(agent_id) or Presence(agent_id, now), now)
        for agent_id, profile in members.items()
    }
    who = tuple(sorted(found.items(), key=lambda one: (bool(one[1]), one[1] == UNSKILLED, one[0])))
    return PreviewedStep(step, who, dict(sorted(Counter(obstacle or "free" for obstacle in found.values()).items())))


def _obstacle(circle: Circle, channel: str, profile: AgentProfile, presence: Presence, now: datetime) -> str:
    if any(profile.skills.get(skill, 0) < least for skill, least in circle.need):
        return UNSKILLED
    if circle.groups.isdisjoint(profile.groups.keys() - presence.left):
        return LEFT_GROUP
    return obstacle_to(channel, presence, profile, now)
