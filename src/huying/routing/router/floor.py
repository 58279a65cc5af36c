"""The floor: all agents and all lanes, and which agent stands free in which lane. Knows nothing of offers.

What changes here marks the lanes where work and a free agent may meet now (`meeting`); the router takes it from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from huying.routing.router.capacity import obstacle_to
from huying.routing.router.lanes import UNSKILLED, Lane, LaneKey, Member
from huying.routing.router.presence import Presence
from huying.routing.router.ranking import key_of
from huying.routing.router.requirements import Circle
from huying.routing.router.work import AgentProfile, QueueRules


class Floor:
    """Agents and lanes of one routing domain. Pure but for the dice it is given."""

    def __init__(self, dice: Callable[[], float]) -> None:
        self._dice = dice
        self._members: dict[str, Member] = {}
        self._in_group: dict[str, set[str]] = defaultdict(set)
        self._lanes: dict[LaneKey, Lane] = {}
        self._lanes_of_group: dict[str, list[Lane]] = defaultdict(list)
        self._meeting: dict[Lane, None] = {}

    def member(self, agent_id: str) -> Member | None:
        """An agent of the configuration."""
        return self._members.get(agent_id)

    def profiles(self) -> dict[str, AgentProfile]:
        """Everybody's profile."""
        return {agent_id: member.profile for agent_id, member in self._members.items()}

    def lane(self, rules: QueueRules, channel: str, circle: Circle, wanted: str, now: datetime) -> Lane:
        """The lane of this work; made when there is none yet."""
        key = (rules.queue_id, channel, wanted or circle)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = Lane(key, rules, circle, wanted)
            self._fill(lane, now)
        return lane

    def lanes_of(self, agent_id: str) -> list[Lane]:
        """The lanes of work that waits for this one person."""
        member = self._members[agent_id]
        return [lane for lanes in member.lanes.values() for lane in lanes if lane.wanted]

    def close(self, queue_ids: Iterable[str]) -> None:
        """Forget the lanes of these queues; their work has been taken out before."""
        gone = frozenset(queue_ids)
        for lane in [lane for lane in self._lanes.values() if lane.key[0] in gone]:
            self.drop(lane)

    def drop(self, lane: Lane) -> None:
        """Forget a lane in which nothing waits."""
        del self._lanes[lane.key]
        self._meeting.pop(lane, None)
        for agent_id in lane.eligible:
            self._members[agent_id].lanes[lane.channel].remove(lane)
        if lane.wanted:
            return
        for group in lane.circle.groups:
            self._lanes_of_group[group].remove(lane)

    def put(self, profile: AgentProfile, presence: Presence, now: datetime) -> None:
        """A new agent, or one whose skills, groups or capacity changed."""
        old = self._members.get(profile.agent_id)
        wanted = self.lanes_of(profile.agent_id) if old else []
        if old:
            self._take_out(profile.agent_id, old)
        member = self._members[profile.agent_id] = Member(profile, presence)
        for group in member.groups:
            self._in_group[group].add(profile.agent_id)
        for lane in [*wanted, *self._circles_of(member)]:
            if lane.wanted or _fits(member, lane):
                self._join(lane, profile.agent_id, member, now)
            else:
                lane.obstacles[UNSKILLED] += 1

    def remove(self, agent_id: str) -> None:
        """He is no agent any longer."""
        self._take_out(agent_id, self._members.pop(agent_id))

    def update(self, presence: Presence, now: datetime) -> None:
        """The agent's presence changed: he becomes free, or is free no longer, lane by lane."""
        member = self._members.get(presence.agent_id)
        if member is None:
            return
        if member.presence.left != presence.left:
            self.put(member.profile, presence, now)
            return
        member.presence = presence
        for channel, lanes in member.lanes.items():
            old, new = member.obstacles[channel], obstacle_to(channel, presence, member.profile, now)
            if old != new:
                member.obstacles[channel] = new
                self._move(lanes, member, old, new)
            elif not new:
                for lane in lanes:
                    self._renew(lane, member)

    def line_up(self, lane: Lane) -> None:
        """Work was put into this lane."""
        if lane.free:
            self._meeting[lane] = None

    def meeting(self) -> Lane | None:
        """Of the lanes where work and a free agent meet, the one whose first work stands foremost of all."""
        found: Lane | None = None
        over = []
        for lane in self._meeting:
            if not lane.servable:
                over.append(lane)
            elif found is None or lane.line[0] < found.line[0]:
                found = lane
        for lane in over:
            del self._meeting[lane]
        return found

    # --- inside ----------------------------------------------------------------------------------------------------------------

    def _fill(self, lane: Lane, now: datetime) -> None:
        if lane.wanted:
            self._join(lane, lane.wanted, self._members[lane.wanted], now)
            return
        agents: set[str] = set()
        for group in lane.circle.groups:
            self._lanes_of_group[group].append(lane)
            agents |= self._in_group[group]
        fitting = [agent_id for agent_id in agents if _fits(self._members[agent_id], lane)]
        lane.obstacles[UNSKILLED] = len(agents) - len(fitting)
        for agent_id in sorted(fitting):
            self._join(lane, agent_id, self._members[agent_id], now)

    def _circles_of(self, member: Member) -> Iterable[Lane]:
        """Every lane of the groups he works for, once."""
        return {lane.key: lane for group in sorted(member.groups) for lane in self._lanes_of_group[group]}.values()

    def _join(self, lane: Lane, agent_id: str, member: Member, now: datetime) -> None:
        lane.eligible.add(agent_id)
        member.lanes.setdefault(lane.channel, []).append(lane)
        if lane.channel not in member.obstacles:
            member.obstacles[lane.channel] = obstacle_to(lane.channel, member.presence, member.profile, now)
        obstacle = member.obstacles[lane.channel]
        if obstacle:
            lane.obstacles[obstacle] += 1
        else:
            self._stand(lane, member)

    def _move(self, lanes: list[Lane], member: Member, old: str, new: str) -> None:
        """Another obstacle, or none, stands in his way."""
        for lane in lanes:
            obstacles = lane.obstacles
            if old:
                obstacles[old] -= 1
            else:
                lane.step_out(member.profile.agent_id)
            if new:
                obstacles[new] += 1
            else:
                self._stand(lane, member)

    def _renew(self, lane: Lane, member: Member) -> None:
        """Whoever may have several works in hand stays free while they go on; what his place is made of changes all the same."""
        if lane.rules.strategy == "weighted_random":
            return
        key = key_of(lane.rules, member.presence, member.profile, lane.circle, self._dice, lane.clock)
        if key != lane.keys[member.profile.agent_id]:
            lane.step_out(member.profile.agent_id)
            lane.stand(member.profile.agent_id, key)

    def _stand(self, lane: Lane, member: Member) -> None:
        key = key_of(lane.rules, member.presence, member.profile, lane.circle, self._dice, lane.clock)
        lane.stand(member.profile.agent_id, key)
        if lane.line:
            self._meeting[lane] = None

    def _take_out(self, agent_id: str, member: Member) -> None:
        for group in member.profile.groups:
            self._in_group[group].discard(agent_id)
        for lane in self._circles_of(member):
            if agent_id not in lane.eligible:
                lane.obstacles[UNSKILLED] -= 1
        for channel, lanes in member.lanes.items():
            for lane in lanes:
                lane.eligible.discard(agent_id)
                if member.obstacles[channel]:
                    lane.obstacles[member.obstacles[channel]] -= 1
                else:
                    lane.step_out(agent_id)


def _fits(member: Member, lane: Lane) -> bool:
    """Whether he has the skills that the circle asks for."""
    skills = member.profile.skills
    return all(skills.get(skill, 0) >= least for skill, least in lane.circle.need)
