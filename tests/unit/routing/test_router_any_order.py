"""The router under any order of events, against a model that knows no lanes.

Nobody is offered what he may not take, nobody holds two offers, nothing is lost or doubled, nobody waits while somebody who may take his
work is free, who comes first is served first, equal inputs give equal decisions, and the journal tells the same state.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from huying.foundation.errors import HuyingError
from huying.routing.router import work as w
from huying.routing.router.capacity import obstacle_to
from huying.routing.router.presence import Presence, State, after
from huying.routing.router.ranking import STRATEGIES, key_of
from huying.routing.router.requirements import Action, Circle, Line, Requirements
from huying.routing.router.router import Router

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
AGENTS = ("a0", "a1", "a2", "a3", "a4")
QUEUES = ("q0", "q1", "q2")
GROUPS = ("g0", "g1", "g2")
SKILLS = ("s0", "s1")
LINES = (
    (),
    (Line("need", skill="s0", level=6), Line("need", 20, skill="s0", level=2), Line("anyone", 60)),
    (Line("need", skill="s1", level=3, when=(("language", "en"),)), Line("add_group", 30, group="g2"), Line("need", 40, skill="s1")),
    (Line("only_group", 25, group="g1"), Line("move", 90, action=Action("overflow", "q0"))),
)
levels = st.integers(0, 9)
profiles = st.fixed_dictionaries(
    {
        "groups": st.dictionaries(st.sampled_from(GROUPS), st.integers(1, 10), max_size=3),
        "skills": st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 10), max_size=2),
        "chats": st.integers(0, 3),
    }
)
queue_rules = st.fixed_dictionaries(
    {
        "strategy": st.sampled_from(STRATEGIES),
        "idle_from": st.sampled_from(["handled", "offered", "ready"]),
        "lines": st.sampled_from(LINES),
        "groups": st.sets(st.sampled_from(GROUPS), min_size=1, max_size=2),
        "after_call_seconds": st.sampled_from([0, 15]),
        "misses": st.sampled_from([0, 1, 2]),
        "most_waiting": st.sampled_from([0, 0, 4]),
        "most_seconds": st.sampled_from([0, 0, 100]),
    }
)


def profile(agent: str, drawn: dict[str, object]) -> w.AgentProfile:
    return w.AgentProfile(agent, groups=drawn["groups"], skills=drawn["skills"], capacity={**w.ONE_OF_EACH, "chat": drawn["chats"]})  # type: ignore[arg-type,dict-item]


def rules(queue: str, drawn: dict[str, object]) -> w.QueueRules:
    return w.QueueRules(
        queue,
        requirements=Requirements(frozenset(drawn["groups"]), drawn["lines"]),  # type: ignore[arg-type,call-overload]
        strategy=str(drawn["strategy"]),
        idle_from=str(drawn["idle_from"]),
        after_call_seconds=int(drawn["after_call_seconds"]),  # type: ignore[call-overload]
        consequence=w.Consequence(int(drawn["misses"]), int(drawn["misses"]), 7),  # type: ignore[call-overload]
        door=w.Door(int(drawn["most_waiting"]), int(drawn["most_seconds"])),  # type: ignore[call-overload]
    )


def a_router() -> Router:
    numbers = itertools.count()
    return Router(lambda: f"offer{next(numbers):05d}", Random(7).random)


class AnyOrder(RuleBasedStateMachine):
    """Everything that can happen, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.router, self.twin = a_router(), a_router()
        self.now = START
        self.latest: frozenset[str] = frozenset()
        """The offers of the latest event."""
        self.count = itertools.count()
        self.alive: dict[str, w.WorkItem] = {}
        self.queues: dict[str, w.QueueRules] = {}
        self.agents: dict[str, w.AgentProfile] = {}
        self.presences: dict[str, Presence] = {}
        self.talks: list[tuple[str, w.WorkItem]] = []
        self.rung: list[w.Offer] = []

    # --- what happens ----------------------------------------------------------------------------------------------------------

    def tell(self, event: w.RoutingEvent) -> None:
        self.now += timedelta(seconds=1)
        self.due()
        if isinstance(event, w.WorkArrived):
            self.alive[event.item.item_id] = event.item
        self._tell(event)

    def due(self) -> None:
        while (due := self.router.due()) and due <= self.now:
            self._tell(w.TimeCame(), due)

    def _tell(self, event: w.RoutingEvent, at: datetime | None = None) -> None:
        now = at or self.now
        self.latest = frozenset()
        try:
            commands = self.router.handle(event, now)
        except HuyingError:
            assert isinstance(event, w.SignIn | w.ChooseStatus | w.ChooseGroups)
            try:
                self.twin.handle(event, now)
                raise AssertionError("the twin did not refuse")
            except HuyingError:
                return
        assert commands == self.twin.handle(event, now), "equal inputs give equal decisions"
        for command in commands:
            self.follow(command, now)
        offers = [command.offer for command in commands if isinstance(command, w.MakeOffer)]
        self.latest = frozenset(offer.offer_id for offer in offers)
        self.check_order(offers)

    def follow(self, command: w.RoutingCommand, now: datetime) -> None:
        match command:
            case w.TurnAway(item):
                self.alive.pop(item.item_id, None)
            case w.RecordAgent(agent_id, event):
                before = self.presences.get(agent_id) or Presence(agent_id, now)
                self.presences[agent_id] = after(before, event, now)
            case w.MakeOffer(offer):
                self.check_offer(offer, now)

    def check_offer(self, offer: w.Offer, now: datetime) -> None:
        """He may take it, and only where all are rung it may ring elsewhere."""
        rang = self.presences[offer.agent_id]
        works = tuple(work for work in rang.works if work.contact_id != offer.item.contact_id)
        before = Presence(
            **{name: getattr(rang, name) for name in Presence.__dataclass_fields__ if name not in ("works", "offered_at")},
            works=works,
        )
        assert not obstacle_to(offer.item.channel, before, self.agents[offer.agent_id], now)
        elsewhere = {other.item.item_id for other in self.router.offers() if other.agent_id != offer.agent_id}
        assert offer.item.item_id not in elsewhere or self.queues[offer.item.queue_id].strategy == "ring_all"
        self.rung.append(offer)

    def check_order(self, offers: list[w.Offer]) -> None:
        """Whoever was offered work could take nothing that stands before it and rings nowhere."""
        ringing = {offer.item.item_id for offer in self.router.offers()}
        for offer in offers:
            for other in self.alive.values():
                if other.order < offer.item.order and other.item_id not in ringing and other.channel == offer.item.channel:
                    assert not self.fits(offer.agent_id, other), (offer, other)

    def fits(self, agent: str, item: w.WorkItem) -> bool:
        asks = self.router.asks(item.item_id)
        if isinstance(asks, str):
            return asks == agent
        known = self.agents[agent]
        presence = self.presences.get(agent) or Presence(agent, self.now)
        in_group = asks.groups & (known.groups.keys() - presence.left)
        return bool(in_group) and all(known.skills.get(skill, 0) >= least for skill, least in asks.need)

    def is_free(self, agent: str, channel: str) -> bool:
        presence = self.presences.get(agent)
        return bool(presence) and not obstacle_to(channel, presence, self.agents[agent], self.now)

    # --- rules -----------------------------------------------------------------------------------------------------------------

    @initialize(agents=st.tuples(*[profiles] * len(AGENTS)), queues=st.tuples(*[queue_rules] * len(QUEUES)))
    def begin(self, agents: tuple[dict[str, object], ...], queues: tuple[dict[str, object], ...]) -> None:
        self.agents = {agent: profile(agent, drawn) for agent, drawn in zip(AGENTS, agents, strict=True)}
        self.queues = {queue: rules(queue, drawn) for queue, drawn in zip(QUEUES, queues, strict=True)}
        self.configure()
        for agent in AGENTS[:3]:
            self.sign_in(agent)

    def configure(self) -> None:
        self.tell(w.Configured(dict(self.queues), dict(self.agents)))

    @rule(agent=st.sampled_from(AGENTS), drawn=profiles)
    def edit_an_agent(self, agent: str, drawn: dict[str, object]) -> None:
        self.agents[agent] = profile(agent, drawn)
        self.configure()

    @rule(queue=st.sampled_from(QUEUES), drawn=queue_rules)
    def edit_a_queue(self, queue: str, drawn: dict[str, object]) -> None:
        self.queues[queue] = rules(queue, drawn)
        self.configure()

    @rule(agent=st.sampled_from(AGENTS))
    def sign_in(self, agent: str) -> None:
        self.tell(w.SignIn(agent, f"phone-{agent}"))
        self.tell(w.AccountSeen(f"phone-{agent}", True))
        self.choose(agent, "ready")

    @rule(agent=st.sampled_from(AGENTS))
    def sign_out(self, agent: str) -> None:
        self.tell(w.SignOut(agent))

    @rule(agent=st.sampled_from(AGENTS), status=st.sampled_from(["ready", "ready", "break"]))
    def choose(self, agent: str, status: str) -> None:
        self.tell(w.ChooseStatus(agent, status))

    @rule(agent=st.sampled_from(AGENTS), left=st.sets(st.sampled_from(GROUPS), max_size=2))
    def choose_groups(self, agent: str, left: set[str]) -> None:
        self.tell(w.ChooseGroups(agent, frozenset(left)))

    @rule(agent=st.sampled_from(AGENTS), reachable=st.sampled_from([True, True, False]))
    def device(self, agent: str, reachable: bool) -> None:
        self.tell(w.AccountSeen(f"phone-{agent}", reachable))

    @rule(
        queue=st.sampled_from(QUEUES),
        channel=st.sampled_from(["call", "call", "call", "chat", "email", "callback"]),
        needs=st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 6), max_size=1),
        language=st.sampled_from(["zh", "en"]),
        rank=st.sampled_from([0, 0, 0, 2]),
        head_start=st.sampled_from([0, 0, 120]),
        wanted=st.lists(st.tuples(st.sampled_from(AGENTS), st.sampled_from([5, 25])), max_size=2),
    )
    def arrive(
        self,
        queue: str,
        channel: str,
        needs: dict[str, int],
        language: str,
        rank: int,
        head_start: int,
        wanted: list[tuple[str, int]],
    ) -> None:
        number = next(self.count)
        item = w.WorkItem(
            f"i{number:04d}",
            f"c{number:04d}",
            queue,
            self.now + timedelta(seconds=1),
            channel,
            needs,
            {"language": language},
            rank,
            head_start,
            tuple(w.Wanted(agent, seconds, "last_agent") for agent, seconds in wanted),
        )
        self.tell(w.WorkArrived(item))

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        gone = self.alive.pop(data.draw(st.sampled_from(sorted(self.alive))))
        self.tell(w.WorkLeft(gone.item_id))

    @precondition(lambda self: self.rung)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """Also of offers that are over: the answer came first. A device that is in one call answers no other."""
        offer = self.rung.pop(data.draw(st.integers(0, len(self.rung) - 1)))
        talking = any(work.state is not State.RINGING for work in self.presences[offer.agent_id].works)
        if not (talking and offer not in self.router.offers()) and self.alive.pop(offer.item.item_id, None):
            self.tell(w.OfferAnswered(offer.offer_id, offer.agent_id, offer.item))
            self.talks.append((offer.agent_id, offer.item))

    @precondition(lambda self: self.rung)
    @rule(data=st.data(), result=st.sampled_from(["refused", "timed_out", "unreachable"]))
    def fail(self, data: st.DataObject, result: str) -> None:
        offer = self.rung.pop(data.draw(st.integers(0, len(self.rung) - 1)))
        self.tell(w.OfferFailed(offer.offer_id, result))

    @precondition(lambda self: self.talks)
    @rule(data=st.data(), after_call=st.booleans())
    def release(self, data: st.DataObject, after_call: bool) -> None:
        agent, item = self.talks.pop(data.draw(st.integers(0, len(self.talks) - 1)))
        self.tell(w.AgentReleased(agent, item.contact_id, after_call))

    @precondition(lambda self: self.talks)
    @rule(data=st.data(), held=st.booleans())
    def hold(self, data: st.DataObject, held: bool) -> None:
        agent, item = data.draw(st.sampled_from(self.talks))
        self.tell(w.ContactHeld(agent, item.contact_id, held))

    @rule(agent=st.sampled_from(AGENTS), state=st.sampled_from(["ringing", "talking"]))
    def engage(self, agent: str, state: str) -> None:
        """A colleague asks or calls him, beside whatever he has, or he calls somebody."""
        self.tell(w.Engaged(agent, f"asked-{agent}", state))

    @rule(agent=st.sampled_from(AGENTS))
    def disengage(self, agent: str) -> None:
        self.tell(w.AgentReleased(agent, f"asked-{agent}", after_call=False))

    @rule(agent=st.sampled_from(AGENTS))
    def finish(self, agent: str) -> None:
        self.tell(w.AfterCallFinished(agent))

    @rule(seconds=st.sampled_from([3, 10, 30, 60]))
    def time(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.due()

    # --- what must always hold ---------------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        assert self.router.item_ids() == self.alive.keys()
        ringing = [offer.item for offer in self.router.offers()]
        assert {item.item_id for item in ringing} <= self.alive.keys()
        for queue in QUEUES:
            line = sorted((item for item in self.alive.values() if item.queue_id == queue), key=lambda item: item.order)
            assert [self.router.place(item.item_id) for item in line] == list(range(1, len(line) + 1))

    @invariant()
    def one_offer_at_a_time(self) -> None:
        agents = [offer.agent_id for offer in self.router.offers()]
        assert len(agents) == len(set(agents))
        for agent, presence in self.presences.items():
            ringing = [work.contact_id for work in presence.works if work.state is State.RINGING and work.contact_id != f"asked-{agent}"]
            assert ringing == [offer.item.contact_id for offer in self.router.offers() if offer.agent_id == agent]

    @invariant()
    def who_talks_is_rung_for_no_other_call(self) -> None:
        for presence in self.presences.values():
            calls = [work for work in presence.works if work.channel in ("call", "callback") and not work.contact_id.startswith("asked-")]
            assert len(calls) <= 1

    @invariant()
    def nobody_waits_while_somebody_may_take_his_work(self) -> None:
        ringing = {offer.item.item_id for offer in self.router.offers()}
        for item in self.alive.values():
            rings_all = self.queues[item.queue_id].strategy == "ring_all" and isinstance(self.router.asks(item.item_id), Circle)
            if item.item_id in ringing and not rings_all:
                continue
            assert not [agent for agent in AGENTS if self.is_free(agent, item.channel) and self.fits(agent, item)], item

    @invariant()
    def every_lane_counts_everybody_of_its_circle_once(self) -> None:
        floor = self.router._floor
        for lane in floor._lanes.values():
            assert all(count >= 0 for count in lane.obstacles.values())
            if not lane.wanted:
                members = [agent for agent in AGENTS if (known := floor.member(agent)) and known.groups & lane.circle.groups]
                assert len(members) == len(lane.free) + sum(lane.obstacles.values())
            assert {key[2] for key in lane.free} == {agent for agent in lane.eligible if self.is_free(agent, lane.channel)}

    @invariant()
    def the_circle_is_that_of_the_step(self) -> None:
        for item in self.alive.values():
            asks = self.router.asks(item.item_id)
            if isinstance(asks, Circle) and not any(offer.item.item_id == item.item_id for offer in self.router.offers()):
                waited = (self.now - item.waiting_since).total_seconds()
                steps = self.queues[item.queue_id].requirements.steps(item.needs, item.attributes)
                assert asks == [step for step in steps if step.after_seconds <= max(0, waited)][-1].circle

    @invariant()
    def the_winner_is_the_strategys(self) -> None:
        """Of those still free in the same circle, nobody comes before an agent who was just rung.

        Just: by the latest event. Another one of the same moment may have freed somebody better after the work rang.
        """
        for offer in self.router.offers():
            queue = self.queues[offer.item.queue_id]
            presence = self.presences[offer.agent_id]
            just = offer.offer_id in self.latest and presence.offered_at == self.now
            if not just or queue.strategy not in ("fewest_contacts", "highest_level"):
                continue
            asks = self.router.asks(offer.item.item_id)
            if not isinstance(asks, Circle):
                continue
            key = key_of(queue, presence, self.agents[offer.agent_id], asks, lambda: 0.5, 0.0)
            for agent in AGENTS:
                if self.is_free(agent, offer.item.channel) and self.fits(agent, offer.item):
                    assert key[0] <= key_of(queue, self.presences[agent], self.agents[agent], asks, lambda: 0.5, 0.0)[0]

    @invariant()
    def the_journal_tells_the_same_presences(self) -> None:
        assert all(self.router.presence(agent) == presence for agent, presence in self.presences.items())

    def teardown(self) -> None:
        """A router built from the journal stands where this one stands, and has nothing to do."""
        again = a_router()
        again.handle(w.Configured(self.queues, self.agents), self.now)
        for agent in AGENTS:
            again.handle(w.AccountSeen(f"phone-{agent}", False), self.now)
        for agent, presence in self.presences.items():
            again._staff._presences[agent] = presence  # the fold itself is checked above
            again._floor.update(presence, self.now)
        offers = self.router.offers()
        found: list[w.RoutingCommand] = []
        for item in sorted(self.alive.values(), key=lambda item: item.order):
            ringing = tuple(offer for offer in offers if offer.item.item_id == item.item_id)
            found += again.handle(w.WorkArrived(item, ringing, admitted=True), self.now)
        assert again.item_ids() == self.router.item_ids(), found
        assert {o.offer_id for o in again.offers()} >= {o.offer_id for o in offers}
        assert all(again.place(item_id) == self.router.place(item_id) for item_id in self.alive)
        if not any(item.wanted for item in self.alive.values()):
            assert not [command for command in found if isinstance(command, w.MakeOffer)]


AnyOrder.TestCase.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
TestAnyOrder = AnyOrder.TestCase
