"""The estimate of waits: what it knows, what it does not, and how it follows a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.routing.estimate.estimate import Estimator, SpokenWait, death_time, spoken
from huying.routing.estimate.rates import AGES, FadingRate, LeavingByAge
from huying.routing.events import AgentDeviceChanged, AgentSignedIn, AgentSignedOut, AgentStateChanged, AgentStatusChosen
from huying.routing.router import work as w
from huying.routing.router.requirements import Line, Requirements

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class World:
    """Queues, agents and a clock; contacts of 100 s."""

    def __init__(self, agents: dict[str, dict[str, int]], queues: dict[str, Requirements]) -> None:
        self.now, self.estimator, self._ids = START, Estimator(), count(1)
        rules = {queue_id: w.QueueRules(queue_id, requirements=needed) for queue_id, needed in queues.items()}
        profiles = {agent_id: w.AgentProfile(agent_id, groups=groups) for agent_id, groups in agents.items()}
        self.tell(w.Configured(rules, profiles))
        for agent_id in agents:
            self.agent(agent_id, AgentSignedIn("a", "break"), AgentDeviceChanged(True), AgentStatusChosen("ready"))

    def tell(self, event: w.RoutingEvent, *commands: w.RoutingCommand) -> None:
        self.estimator.observe(event, commands, self.now)

    def agent(
        self, agent_id: str, *events: AgentSignedIn | AgentDeviceChanged | AgentStatusChosen | AgentStateChanged | AgentSignedOut
    ) -> None:
        self.tell(w.TimeCame(), *(w.RecordAgent(agent_id, event) for event in events))

    def handle_contacts(self, agent_id: str, queue_id: str, times: int = 20, seconds: float = 100.0) -> None:
        for _ in range(times):
            contact = f"h{next(self._ids)}"
            self.agent(agent_id, AgentStateChanged("ringing", contact, queue_id))
            self.agent(agent_id, AgentStateChanged("talking", contact, queue_id))
            self.now += timedelta(seconds=seconds)
            self.agent(agent_id, AgentStateChanged("idle", contact))

    def wait_in(self, queue_id: str, **more: int) -> str:
        item_id = f"i{next(self._ids):04}"
        self.tell(w.WorkArrived(w.WorkItem(item_id, item_id, queue_id, self.now, **more)))  # type: ignore[arg-type]
        return item_id

    def ask(self, queue_id: str, place: int) -> float | None:
        return self.estimator.wait(queue_id, place, self.now)


def simple(agents: int = 4) -> World:
    return World({f"a{n}": {"g": 5} for n in range(agents)}, {"q": Requirements(frozenset({"g"}))})


def known(agents: int = 4) -> World:
    world = simple(agents)
    world.handle_contacts("a0", "q")
    return world


def test_nothing_is_said_before_enough_was_seen() -> None:
    world = simple()
    world.wait_in("q")
    assert world.ask("q", 1) is None
    world.handle_contacts("a0", "q", 20)
    assert world.ask("q", 1) is not None
    assert world.ask("q", 2) is None, "nobody stands there"
    assert world.ask("other", 1) is None


def test_nothing_is_said_when_nobody_is_there_to_serve() -> None:
    world = known(2)
    world.wait_in("q")
    world.agent("a0", AgentStatusChosen("break", "meal"))
    assert world.ask("q", 1) is not None
    world.agent("a1", AgentSignedOut())
    assert world.ask("q", 1) is None


def test_it_grows_with_the_place_and_falls_with_the_staff() -> None:
    world = known(4)
    for _ in range(12):
        world.wait_in("q")
    with_four = [world.ask("q", place) for place in range(1, 13)]
    assert all(one < two for one, two in pairwise(with_four))  # type: ignore[operator]
    assert with_four[11] == pytest.approx(12 * 100 / 4, rel=0.1)
    world.agent("a3", AgentStatusChosen("break", "meal"))
    world.agent("a2", AgentStatusChosen("break", "meal"))
    assert world.ask("q", 12) == pytest.approx(12 * 100 / 2, rel=0.1)


def test_people_who_leave_shorten_it() -> None:
    world = known(2)
    stay = [world.wait_in("q") for _ in range(20)]
    patient = world.ask("q", 20)
    world.now += timedelta(seconds=60)
    for item_id in stay[:10]:
        world.tell(w.WorkLeft(item_id))
    stay = [world.wait_in("q") for _ in range(10)]
    shorter = world.ask("q", 20)
    assert patient is not None and shorter is not None
    assert shorter < 0.7 * patient


def test_who_rings_needs_nobody_to_become_free() -> None:
    world = known(2)
    first = world.wait_in("q")
    world.wait_in("q")
    alone = world.ask("q", 2)
    item = w.WorkItem(first, first, "q", world.now)
    world.tell(w.TimeCame(), w.MakeOffer(w.Offer("o1", item, "a0", "acc", world.now)))
    assert alone is not None
    assert world.ask("q", 1) == 0.0
    assert world.ask("q", 2) == pytest.approx(alone / 2, rel=0.05)
    world.tell(w.OfferFailed("o1", "timed_out"))
    assert world.ask("q", 2) == pytest.approx(alone)


def test_agents_shared_by_two_queues_are_not_counted_twice() -> None:
    world = World({"a": {"g": 1}, "b": {"g": 1, "h": 1}}, {"q": Requirements(frozenset({"g"})), "r": Requirements(frozenset({"h"}))})
    world.handle_contacts("a", "q")
    world.wait_in("q")
    alone = world.ask("q", 1)
    world.wait_in("r")
    world.wait_in("r")
    assert world.ask("q", 1) == alone, "who stands behind takes nobody away"
    last = world.wait_in("q")
    assert last
    behind = world.ask("q", 2)
    assert alone is not None and behind is not None
    assert behind == pytest.approx(alone * 4, rel=0.1), "one of q and two of r, whose one agent is also mine"


def test_who_passes_counts() -> None:
    world = known(1)
    for _ in range(6):
        world.now += timedelta(seconds=100)
        item = world.wait_in("q", head_start_seconds=3600)
        world.tell(w.WorkLeft(item))
    calm = simple(1)
    calm.now = world.now
    calm.handle_contacts("a0", "q")
    world.wait_in("q")
    calm.wait_in("q")
    passed, not_passed = world.ask("q", 1), calm.ask("q", 1)
    assert passed is not None and not_passed is not None
    assert passed > not_passed


def test_who_is_passed_without_end_is_told_nothing() -> None:
    world = known(1)
    for _ in range(300):
        world.now += timedelta(seconds=3)
        for rank, head_start in ((1, 0), (0, 3600)):
            world.tell(w.WorkLeft(world.wait_in("q", rank=rank, head_start_seconds=head_start)))
    world.wait_in("q")
    assert world.ask("q", 1) is None


def test_a_circle_that_widens_counts_from_then_on() -> None:
    widening = Requirements(frozenset({"g"}), (Line("add_group", after_seconds=120, group="h"),))
    agents = {"a": {"g": 1}} | {f"b{n}": {"h": 1} for n in range(9)}
    world = World(agents, {"q": widening})
    world.handle_contacts("a", "q")
    for _ in range(10):
        world.wait_in("q")
    first, last = world.ask("q", 1), world.ask("q", 10)
    assert first == pytest.approx(100, rel=0.1)
    assert last == pytest.approx(120, rel=0.1), "after 120 s ten agents take it"


def test_leaving_changes_nothing_twice() -> None:
    world = known()
    item_id = world.wait_in("q")
    world.tell(w.WorkLeft(item_id))
    world.tell(w.WorkLeft(item_id))
    world.tell(w.OfferFailed("no such offer", "refused"))
    assert world.ask("q", 1) is None


def test_a_new_configuration_keeps_the_line() -> None:
    world = known(2)
    world.wait_in("q")
    before = world.ask("q", 1)
    rules = {"q": w.QueueRules("q", requirements=Requirements(frozenset({"g"})))}
    world.tell(w.Configured(rules, {"a1": w.AgentProfile("a1", groups={"g": 1})}))
    after = world.ask("q", 1)
    assert before is not None and after == pytest.approx(2 * before, rel=0.01)


def test_after_a_restart_everything_is_told_again() -> None:
    world = simple(2)
    world.handle_contacts("a0", "q")
    again = Estimator()
    rules = {"q": w.QueueRules("q", requirements=Requirements(frozenset({"g"})))}
    again.observe(w.Configured(rules, {a: w.AgentProfile(a, groups={"g": 5}) for a in ("a0", "a1")}), [], world.now)
    for agent_id in ("a0", "a1"):
        for event in (AgentSignedIn("x", "ready"), AgentDeviceChanged(True), AgentStateChanged("talking", f"c-{agent_id}", "q")):
            again.observe(w.PresenceRestored(agent_id, event, world.now), [], world.now)
    again.observe(w.PresenceRestored("stranger", AgentSignedIn("x", "ready"), world.now), [], world.now)
    item = w.WorkItem("i1", "i1", "q", world.now)
    ringing = w.Offer("o1", item, "a0", "x", world.now)
    again.observe(w.WorkArrived(item, ringing=(ringing,)), [], world.now)
    again.observe(w.WorkArrived(item, ringing=(ringing,)), [], world.now)
    assert again.wait("q", 1, world.now) == 0.0
    again.observe(w.OfferAnswered("o1", "a0", item), [], world.now)
    again.observe(w.OfferAnswered("o1", "a0", item), [], world.now)
    assert again.wait("q", 1, world.now) is None


def test_many_may_ring_for_one() -> None:
    world = known(3)
    item = w.WorkItem(world.wait_in("q"), "i", "q", world.now)
    offers = [w.Offer(f"o{n}", item, f"a{n}", "x", world.now) for n in range(2)]
    world.tell(w.TimeCame(), *(w.MakeOffer(offer) for offer in offers))
    world.tell(
        w.TimeCame(),
        w.WithdrawOffer(offers[0]),
        w.MakeOffer(w.Offer("late", w.WorkItem("gone", "g", "q", world.now), "a2", "x", world.now)),
    )
    assert world.ask("q", 1) == 0.0, "the other still rings"
    world.tell(w.TimeCame(), w.WithdrawOffer(offers[1]))
    assert world.ask("q", 1) != 0.0


def test_who_is_an_agent_no_longer_is_busy_no_longer() -> None:
    world = known(2)
    world.agent("a1", AgentStateChanged("talking", "c", "q"))
    world.agent("a1", AgentStateChanged("holding", "c", "q"))
    rules = {"q": w.QueueRules("q", requirements=Requirements(frozenset({"g"})))}
    world.tell(w.Configured(rules, {"a0": w.AgentProfile("a0", groups={"g": 5}), "a2": w.AgentProfile("a2", groups={"g": 5})}))
    world.agent("a1", AgentStateChanged("idle", "c"))
    world.tell(w.TimeCame(), w.FreedStuckAgent("a0", "never seen"))
    world.agent("a0", AgentStateChanged("idle", "never seen"), AgentStateChanged("talking", "", ""))
    assert world.estimator._seen.handled("q", "call").running == 0


def test_who_signs_out_in_after_call_work_is_done_with_it() -> None:
    world = known(2)
    world.agent("a1", AgentStateChanged("talking", "c", "q"), AgentStateChanged("after_call", "c", "q"), AgentSignedOut())
    assert world.estimator._seen.handled("q", "call").running == 0


def test_who_is_turned_away_at_the_door_never_left() -> None:
    world = known(2)
    item = w.WorkItem("door", "door", "q", world.now)
    world.tell(w.WorkArrived(item), w.TurnAway(item, "full"))
    assert world.ask("q", 1) is None
    assert world.estimator._seen.queues.get("q") is None or world.estimator._seen.queues["q"].leaving.happened == 0
    inside = world.wait_in("q")
    world.tell(w.TimeCame(), w.TurnAway(w.WorkItem(inside, inside, "q", world.now), "timeout"))
    assert world.estimator._seen.queues["q"].leaving.happened == 1


def test_a_callback_has_its_place_again() -> None:
    world = known(2)
    item = world.wait_in("q")
    world.tell(w.WorkLeft(item))
    world.tell(w.WorkArrived(w.WorkItem("back", item, "q", world.now, channel="callback"), admitted=True))
    assert world.estimator._seen.queues["q"].leaving.happened == pytest.approx(0)


def test_mail_that_waits_before_a_call_takes_nobody_from_it() -> None:
    world = known(2)
    for number in range(10):
        mail = w.WorkItem(f"m{number}", f"m{number}", "q", world.now - timedelta(hours=1), channel="email")
        world.tell(w.WorkArrived(mail))
    alone = known(2)
    world.wait_in("q")
    alone.wait_in("q")
    assert world.ask("q", 11) == alone.ask("q", 1)
    assert world.ask("q", 1) is None, "no mail was handled yet"


def test_several_chats_at_once() -> None:
    world = known(1)
    profile = w.AgentProfile("a0", groups={"g": 5}, capacity={**w.ONE_OF_EACH, "chat": 3})
    world.tell(w.Configured({"q": w.QueueRules("q", requirements=Requirements(frozenset({"g"})))}, {"a0": profile}))
    for _ in range(10):
        world.agent("a0", AgentStateChanged("talking", "c", "q", channel="chat"))
        world.now += timedelta(seconds=300)
        world.agent("a0", AgentStateChanged("idle", "c"))
    world.tell(w.WorkArrived(w.WorkItem("chat", "chat", "q", world.now, channel="chat")))
    assert world.ask("q", 1) == pytest.approx(100, rel=0.05)


@given(st.floats(0, 500), st.floats(0.001, 10), st.floats(0, 1))
def test_the_time_of_the_death_process(n: float, served: float, leaving: float) -> None:
    seconds = death_time(n, served, leaving)
    assert seconds is not None
    assert 0 <= seconds <= n / served
    assert (death_time(n, 0.0, leaving) is None) == (n > 0)


def test_the_integral_is_near_the_sum() -> None:
    for n, served, leaving in ((10, 0.1, 0.005), (40, 0.2, 0.01), (3, 0.05, 0.01)):
        exact = sum(1 / (served + i * leaving) for i in range(n))
        assert death_time(n, served, leaving) == pytest.approx(exact, rel=0.02)


def test_how_it_is_said() -> None:
    assert spoken(0) == spoken(59) == SpokenWait("under", 1)
    assert spoken(60) == spoken(89) == SpokenWait("about", 1)
    assert spoken(91) == SpokenWait("about", 2)
    assert spoken(10 * 60) == SpokenWait("about", 10)
    assert spoken(13 * 60) == SpokenWait("about", 15)
    assert spoken(29 * 60) == spoken(30 * 60) == SpokenWait("about", 30)
    assert spoken(31 * 60) == SpokenWait("over", 30)


def test_people_leave_by_age() -> None:
    leaving = LeavingByAge(1e9)
    for _ in range(10):
        leaving.seen(START, 45.0, gave_up=True)
        leaving.seen(START, 200.0, gave_up=False)
    assert leaving.per_second(10.0, 0.0, 0.0) == 0.0
    assert leaving.per_second(50.0, 0.0, 0.0) == pytest.approx(10 / (10 * 15 + 10 * 30))
    assert leaving.per_second(150.0, 0.0, 0.0) == 0.0
    assert leaving.per_second(5000.0, 0.25, 5.0) == pytest.approx(0.25), "nothing was seen of that age"
    assert sum(rate.exposed for rate in leaving.ages) == pytest.approx(10 * 45 + 10 * 200)
    leaving.stayed(START, 45.0)
    assert leaving.per_second(50.0, 0.0, 0.0) == pytest.approx(9 / 450)
    for age in AGES:
        leaving.seen(START, age, gave_up=True)
        assert leaving.per_second(age, 0.0, 0.0) > 0


def test_a_rate_fades() -> None:
    rate = FadingRate(half_life_seconds=100.0)
    rate.begin(START)
    for second in range(1, 1001):
        rate.happen(START + timedelta(seconds=second))
    assert rate.per_second() == pytest.approx(1.0, rel=0.01)
    rate.advance(START + timedelta(seconds=2000))
    assert rate.per_second() < 0.01
    assert FadingRate(10.0).per_second(usual=0.5, weight=3.0) == pytest.approx(0.5)
