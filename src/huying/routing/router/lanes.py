"""Lanes: where work and the agents who may take it meet. Keeps them in order; decides nothing but that order.

A lane holds the work of one queue and channel that the same people may take: one circle of groups and skills, or one wanted
person. Work moves from lane to lane as its requirements relax. Every agent stands in each lane whose circle he fits; while he is
free he stands there in the order of the queue's strategy. So the next pair is always at the heads, whatever the number of agents.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sortedcontainers import SortedList

from huying.routing.router.presence import Presence
from huying.routing.router.ranking import Key
from huying.routing.router.requirements import Circle
from huying.routing.router.work import AgentProfile, QueueRules

Order = tuple[int, datetime, str]
LaneKey = tuple[str, str, Circle | str]
"""(queue, channel, circle or the wanted agent)"""
UNSKILLED = "skill"
"""Why somebody of the circle's groups does not stand in the lane."""


@dataclass(eq=False, slots=True)
class Lane:
    """One lane. `line`: orders of the work that may be offered; `free`: keys of the agents who can take it now."""

    key: LaneKey
    rules: QueueRules
    circle: Circle
    wanted: str = ""
    count: int = 0
    """Pieces of work, also those that ring at somebody."""
    line: SortedList[Order] = field(default_factory=SortedList)
    free: list[Key] = field(default_factory=list)
    keys: dict[str, Key] = field(default_factory=dict)
    eligible: set[str] = field(default_factory=set)
    obstacles: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many of the circle's groups are not free, by what stands in the way."""
    clock: float = 0.0
    """Of weighted random: when the last winner was drawn."""

    @property
    def channel(self) -> str:
        """Of all its work."""
        return self.key[1]

    @property
    def rings_all(self) -> bool:
        """Whether everybody who is free is rung at once."""
        return self.rules.strategy == "ring_all" and not self.wanted

    @property
    def servable(self) -> bool:
        """Whether there is somebody for something."""
        return bool(self.free) and bool(self.line)

    def stand(self, agent_id: str, key: Key) -> None:
        """The agent is free."""
        self.keys[agent_id] = key
        insort(self.free, key)

    def step_out(self, agent_id: str) -> None:
        """He is free no longer."""
        key = self.keys.pop(agent_id)
        del self.free[bisect_left(self.free, key)]


@dataclass(eq=False, slots=True)
class Member:
    """An agent on the floor: what he can, how he is, and the lanes he stands in, by channel."""

    profile: AgentProfile
    presence: Presence
    lanes: dict[str, list[Lane]] = field(default_factory=dict)
    obstacles: dict[str, str] = field(default_factory=dict)
    """Channel -> what stands in the way of such work; empty when nothing does."""

    @property
    def groups(self) -> frozenset[str]:
        """The groups he works for now."""
        return frozenset(self.profile.groups.keys() - self.presence.left)
