"""The full list of a decision, worked out again: its winner and counts are those the router journalled, for any history."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_routing import START, RandomRouting, numbered

from huying.foundation.journal.entry import Event
from huying.routing.events import AgentGroupsChosen, AgentSignedIn, AgentStateChanged
from huying.routing.router import work as w
from huying.routing.router.ranking import STRATEGIES
from huying.routing.router.replay import LEFT_GROUP, NOT_WANTED, OTHER_GROUP, RUNG_AS_WELL, Candidate, candidates, decision_of, presences_of
from huying.routing.router.requirements import Line, Requirements

GROUPS, SKILLS = ("g0", "g1", "g2"), ("s0", "s1")
NOT_COUNTED = {LEFT_GROUP, NOT_WANTED, OTHER_GROUP}
"""The router counts those who stand in the lane's groups."""


AGENTS = [f"a{n}" for n in range(6)]


class Compared:
    """A random centre whose every decision is worked out again as it is made."""

    def __init__(self, random: Random, strategy: str) -> None:
        self.random, self.strategy, self.compared = random, strategy, 0
        self.centre = RandomRouting(random, AGENTS, numbered("x"), self.compare)
        self.configure()

    def run(self, steps: int = 120) -> int:
        for _ in range(steps):
            if self.random.random() < 0.02:
                self.configure()
            self.centre.step()
        return self.compared

    def configure(self) -> None:
        pick = self.random
        profiles = {
            agent: w.AgentProfile(
                agent,
                groups={group: pick.randint(1, 10) for group in pick.sample(GROUPS, pick.randint(0, 3))},
                skills={skill: pick.randint(1, 10) for skill in pick.sample(SKILLS, pick.randint(0, 2))},
                capacity={**w.ONE_OF_EACH, "chat": pick.randint(1, 2)},
            )
            for agent in AGENTS
        }
        lines = (Line("need", skill="s0", level=5), Line("need", 20, skill="s0", level=1), Line("add_group", 40, group="g2"))
        queues = {
            queue: w.QueueRules(
                queue,
                requirements=Requirements(frozenset(pick.sample(GROUPS, 2)), lines if pick.random() < 0.5 else ()),
                strategy=self.strategy,
                idle_from=pick.choice(("handled", "offered", "ready")),
                after_call_seconds=pick.choice((0, 10)),
                consequence=w.Consequence(pick.randint(0, 2), pick.randint(0, 2), 7),
            )
            for queue in ("q0", "q1")
        }
        self.centre.configure(queues, profiles)

    def compare(self, made: w.MakeOffer, _now: datetime) -> None:
        """Everything before the entry that says this agent rings is what the router knew."""
        offer, item, journal = made.offer, made.offer.item, self.centre.journal
        rings = max(n for n, (agent, event, _) in enumerate(journal) if agent == offer.agent_id and rings_for(event, item.contact_id))
        queue, at = self.centre.queues[item.queue_id], journal[rings][2]
        decision = decision_of(made.explanation, offer.agent_id, item.contact_id, item.channel, queue, at)
        listed = candidates(decision, presences_of(journal[:rings]), self.centre.profiles)
        assert listed[0].agent_id == offer.agent_id, (made.explanation, listed)
        assert [one.agent_id for one in listed if not one.why_not] == [offer.agent_id]
        assert sorted(one.agent_id for one in listed) == AGENTS
        counts = Counter("ringing" if one.why_not == RUNG_AS_WELL else one.why_not for one in listed if one.why_not)
        assert {why: count for why, count in counts.items() if why not in NOT_COUNTED} == made.explanation["passed_over"]
        free = [one.agent_id for one in listed[1:] if one.place]
        told = [one["agent_id"] for one in made.explanation["nearest"]]
        assert (sorted(free) if self.strategy == "weighted_random" else free)[:5] == (
            sorted(told) if self.strategy == "weighted_random" else told
        )
        self.compared += 1


def rings_for(event: Event, contact_id: str) -> bool:
    return isinstance(event, AgentStateChanged) and event.state == "ringing" and event.contact_id == contact_id


@pytest.mark.parametrize("strategy", STRATEGIES)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_replay_is_what_was_journalled(strategy: str, seed: int) -> None:
    Compared(Random(seed), strategy).run()


def test_enough_is_compared() -> None:
    assert sum(Compared(Random(seed), "least_talk").run() for seed in range(20)) > 200


def test_reasons_are_told_apart() -> None:
    queue = w.QueueRules("q", requirements=Requirements(frozenset({"g"})))
    profiles = {
        name: w.AgentProfile(name, groups={"g": 5} if name != "elsewhere" else {"h": 5}, skills={"en": 9} if name != "unskilled" else {})
        for name in ("winner", "elsewhere", "unskilled", "gone", "never")
    }
    signed_in = AgentSignedIn("phone", "ready")
    history: list[tuple[str, Event, datetime]] = [
        *((name, signed_in, START) for name in ("winner", "unskilled", "gone")),
        ("gone", AgentGroupsChosen(["g"]), START),
    ]
    told = {"step": {"after_seconds": 0, "groups": ["g"], "need": {"en": 4}}}
    decision = decision_of(told, "winner", "c", "chat", queue, START + timedelta(seconds=9))
    listed = {one.agent_id: one for one in candidates(decision, presences_of(history), profiles)}
    assert listed["winner"] == Candidate("winner", "", 1, 9.0)
    reasons = {name: one.why_not for name, one in listed.items()}
    assert reasons == {"winner": "", "elsewhere": "other_group", "unskilled": "skill", "gone": "left_group", "never": "signed_out"}
    assert (
        decision_of({"rule": "longest_idle"}, "winner", "c", "call", queue, START).circle
        == decision_of({"step": {"groups": ["g"]}}, "winner", "c", "call", queue, START).circle
    )
