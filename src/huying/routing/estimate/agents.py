"""Agents as bits of whole numbers, so that "who of this circle is there, and how many of them are also mine" costs next to nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from huying.routing.router.requirements import MOST, Circle
from huying.routing.router.work import AgentProfile


@dataclass(slots=True)
class Agent:
    """An agent, as far as it matters. `contacts`: what he has in hand -> (queue, channel, talked)."""

    bit: int
    profile: AgentProfile
    signed_in: bool = False
    ready: bool = False
    reachable: bool = False
    left: frozenset[str] = frozenset()
    contacts: dict[str, tuple[str, str, bool]] = field(default_factory=dict)

    @property
    def available(self) -> bool:
        """Whether he takes work now or after what he has in hand."""
        return self.signed_in and self.ready and self.reachable


class Agents:
    """All agents of a routing domain. `available`: those who take work now or after what they have in hand."""

    def __init__(self) -> None:
        self.available = 0
        self._known: dict[str, Agent] = {}
        self._free_bits: list[int] = []
        self._groups: dict[str, int] = defaultdict(int)
        self._skills: dict[tuple[str, int], int] = defaultdict(int)
        """(skill, level) -> who has it at exactly this level."""
        self._circles: dict[Circle, int] = {}

    def get(self, agent_id: str) -> Agent | None:
        """The agent, if there is one."""
        return self._known.get(agent_id)

    def ids(self) -> frozenset[str]:
        """Everybody."""
        return frozenset(self._known)

    def put(self, agent_id: str, profile: AgentProfile) -> None:
        """A new agent, or one who changed."""
        agent = self._known.get(agent_id)
        if agent is None:
            bit = self._free_bits.pop() if self._free_bits else len(self._known)
            self._known[agent_id] = agent = Agent(bit, profile)
        elif agent.profile == profile:
            return
        else:
            self._unset(agent)
            agent.profile = profile
        self._set(agent)

    def remove(self, agent_id: str) -> Agent:
        """He is no agent any longer. Raises KeyError."""
        gone = self._known.pop(agent_id)
        self._unset(gone)
        self.available &= ~(1 << gone.bit)
        self._free_bits.append(gone.bit)
        return gone

    def choose_groups(self, agent: Agent, left: frozenset[str]) -> None:
        """He works for all his groups but these."""
        if agent.left != left:
            self._unset(agent)
            agent.left = left
            self._set(agent)

    def settle(self, agent: Agent) -> None:
        """What he says or what is seen of him has changed."""
        bit = 1 << agent.bit
        self.available = self.available | bit if agent.available else self.available & ~bit

    def mask(self, circle: Circle) -> int:
        """Who is in the circle, there or not."""
        mask = self._circles.get(circle)
        if mask is None:
            mask = 0
            for group in circle.groups:
                mask |= self._groups.get(group, 0)
            for skill, least in circle.need:
                able = 0
                for level in range(max(1, least), MOST + 1):
                    able |= self._skills.get((skill, level), 0)
                mask &= able if least > 0 else mask
            self._circles[circle] = mask
        return mask

    def slots(self, mask: int, channel: str) -> float:
        """How many pieces of work of a channel these agents have in hand at most."""
        if channel in ("call", "callback"):
            return float(mask.bit_count())
        return float(sum(agent.profile.capacity.get(channel, 1) for agent in self._known.values() if mask >> agent.bit & 1))

    def _set(self, agent: Agent) -> None:
        for group in agent.profile.groups.keys() - agent.left:
            self._groups[group] |= 1 << agent.bit
        for skill, level in agent.profile.skills.items():
            self._skills[skill, level] |= 1 << agent.bit
        self._circles.clear()

    def _unset(self, agent: Agent) -> None:
        for group in agent.profile.groups.keys() - agent.left:
            self._groups[group] &= ~(1 << agent.bit)
        for skill, level in agent.profile.skills.items():
            self._skills[skill, level] &= ~(1 << agent.bit)
        self._circles.clear()
