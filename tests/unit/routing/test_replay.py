"""The full list of a decision, worked out again: its winner and counts are those the router journalled, for any history."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.foundation.errors import HuyingError
from huying.foundation.journal.entry import Event
from huying.routing import work as w
from huying.routing.events import AgentGroupsChosen, AgentSignedIn, AgentStateChanged
from huying.routing.ranking import STRATEGIES
from huying.routing.replay import LEFT_GROUP, NOT_WANTED, OTHER_GROUP, RUNG_AS_WELL, Candidate, candidates, decision_of, presences_of
from huying.routing.requirements import Line, Requirements
from huying.routing.router import Router

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
GROUPS, SKILLS = ("g0", "g1", "g2"), ("s0", "s1")
NOT_COUNTED = {LEFT_GROUP, NOT_WANTED, OTHER_GROUP}
"""The router counts those who stand in the lane's groups."""


class Centre:
    """A router under random events; what it records is the journal."""

    def __init__(self, random: Random, strategy: str) -> None:
        self.random, self.strategy, self.now = random, strategy, START
        numbers = itertools.count()
        self.router = Router(lambda: f"o{next(numbers)}", random.random)
        self.journal: list[tuple[str, Event, datetime]] = []
        self.offers: list[w.Offer] = []
        self.talks: list[tuple[str, str]] = []
        self.items = itertools.count()
        self.agents = [f"a{n}" for n in range(6)]
        self.compared = 0
        self.configure()

    def configure(self) -> None:
        pick = self.random
        self.due()
        self.profiles = {
            agent: w.AgentProfile(
                agent,
                groups={group: pick.randint(1, 10) for group in pick.sample(GROUPS, pick.randint(0, 3))},
                skills={skill: pick.randint(1, 10) for skill in pick.sample(SKILLS, pick.randint(0, 2))},
                capacity={**w.ONE_OF_EACH, "chat": pick.randint(1, 2)},
            )
            for agent in self.agents
        }
        lines = (Line("need", skill="s0", level=5), Line("need", 20, skill="s0", level=1), Line("add_group", 40, group="g2"))
        self.queues = {
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
        self.take(w.Configured(dict(self.queues), dict(self.profiles)), self.now)

    def due(self) -> None:
        self.now += timedelta(seconds=1)
        while (due := self.router.due()) and due <= self.now:
            self.take(w.TimeCame(), due)

    def tell(self, event: w.RoutingEvent) -> None:
        self.due()
        self.take(event, self.now)

    def take(self, event: w.RoutingEvent, now: datetime) -> None:
        try:
            commands = self.router.handle(event, now)
        except HuyingError:
            return
        for command in commands:
            if isinstance(command, w.RecordAgent):
                self.journal.append((command.agent_id, command.event, now))
            elif isinstance(command, w.MakeOffer):
                self.compare(command, now)
                self.offers.append(command.offer)

    def compare(self, made: w.MakeOffer, now: datetime) -> None:
        """Everything before the entry that says this agent rings is what the router knew."""
        offer, item = made.offer, made.offer.item
        rings = max(n for n, (agent, event, _) in enumerate(self.journal) if agent == offer.agent_id and rings_for(event, item.contact_id))
        decision = decision_of(
            made.explanation, offer.agent_id, item.contact_id, item.channel, self.queues[item.queue_id], self.journal[rings][2]
        )
        listed = candidates(decision, presences_of(self.journal[:rings]), self.profiles)
        assert listed[0].agent_id == offer.agent_id, (made.explanation, listed)
        assert [one.agent_id for one in listed if not one.why_not] == [offer.agent_id]
        assert sorted(one.agent_id for one in listed) == self.agents
        counts = Counter("ringing" if one.why_not == RUNG_AS_WELL else one.why_not for one in listed if one.why_not)
        assert {why: count for why, count in counts.items() if why not in NOT_COUNTED} == made.explanation["passed_over"]
        free = [one.agent_id for one in listed[1:] if one.place]
        told = [one["agent_id"] for one in made.explanation["nearest"]]
        assert (sorted(free) if self.strategy == "weighted_random" else free)[:5] == (
            sorted(told) if self.strategy == "weighted_random" else told
        )
        self.compared += 1

    def step(self) -> None:
        pick, agent = self.random, self.random.choice(self.agents)
        match pick.randint(0, 11):
            case 0 | 1:
                self.tell(w.SignIn(agent, f"phone-{agent}"))
                self.tell(w.AccountSeen(f"phone-{agent}", True))
                self.tell(w.ChooseStatus(agent, "ready"))
            case 2:
                self.tell(w.ChooseStatus(agent, pick.choice(("ready", "ready", "break")), ""))
            case 3:
                self.tell(w.ChooseGroups(agent, frozenset(group for group in self.profiles[agent].groups if pick.random() < 0.4)))
            case 4 | 5 | 6:
                self.arrive()
            case 7 | 8 if self.offers:
                offer = self.offers.pop(pick.randrange(len(self.offers)))
                if offer in self.router.offers():
                    self.tell(w.OfferAnswered(offer.offer_id, offer.agent_id, offer.item))
                    self.talks.append((offer.agent_id, offer.item.contact_id))
            case 9 if self.offers:
                failed = self.offers.pop(pick.randrange(len(self.offers)))
                self.tell(w.OfferFailed(failed.offer_id, pick.choice(("timed_out", "refused", "unreachable"))))
            case 10 if self.talks:
                self.tell(w.AgentReleased(*self.talks.pop(pick.randrange(len(self.talks)))))
            case 11 if pick.random() < 0.2:
                self.configure()
            case _:
                self.now += timedelta(seconds=pick.choice((1, 5, 30)))

    def arrive(self) -> None:
        pick, number = self.random, next(self.items)
        wanted = (w.Wanted(pick.choice(self.agents), 30, "last_agent"),) if pick.random() < 0.2 else ()
        channel = pick.choice(("call", "call", "chat"))
        item = w.WorkItem(f"i{number}", f"c{number}", pick.choice(("q0", "q1")), self.now, channel, wanted=wanted)
        self.tell(w.WorkArrived(item))


def rings_for(event: Event, contact_id: str) -> bool:
    return isinstance(event, AgentStateChanged) and event.state == "ringing" and event.contact_id == contact_id


@pytest.mark.parametrize("strategy", STRATEGIES)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_replay_is_what_was_journalled(strategy: str, seed: int) -> None:
    centre = Centre(Random(seed), strategy)
    for _ in range(120):
        centre.step()
    assert centre.compared or not centre.offers


def test_enough_is_compared() -> None:
    compared = 0
    for seed in range(20):
        centre = Centre(Random(seed), "least_talk")
        for _ in range(120):
            centre.step()
        compared += centre.compared
    assert compared > 200


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
    assert decision_of({"rule": "longest_idle"}, "winner", "c", "call", queue, START).circle == decision_of(
        {"step": {"groups": ["g"]}}, "winner", "c", "call", queue, START
    ).circle
