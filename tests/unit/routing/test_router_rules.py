"""The rules of a queue, case by case: strategies, steps, wanted persons, doors, consequences, channels."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from router_floor import START, Floor, agent, queue

from huying.foundation.errors import Conflict, NotFound
from huying.routing import work as w
from huying.routing.capacity import obstacle_to
from huying.routing.events import AgentDeviceChanged, AgentSignedIn, QueueEntered
from huying.routing.presence import Presence, State, Status
from huying.routing.requirements import Action, Line


def winner(floor: Floor) -> str:
    floor.arrive("next")
    return next(iter(floor.offered()))


def a_talk(floor: Floor, name: str, item: str, seconds: float) -> None:
    floor.arrive(item, wanted=(w.Wanted(name, 60, "rule"),))
    work = floor.answer(name)
    floor.now += timedelta(seconds=seconds)
    floor.tell(w.AgentReleased(name, work.contact_id, after_call=False))


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [("longest_idle", "b"), ("round_robin", "b"), ("fewest_contacts", "b"), ("least_talk", "a"), ("highest_level", "c")],
)
def test_each_strategy_has_its_own_first(strategy: str, expected: str) -> None:
    profiles = [w.AgentProfile(name, groups={"g": level}) for name, level in (("a", 2), ("b", 1), ("c", 9))]
    floor = Floor(queue(strategy=strategy), *profiles)
    floor.ready("a", "b", "c")
    a_talk(floor, "b", "i1", 300)
    a_talk(floor, "c", "i2", 100)
    a_talk(floor, "a", "i3", 10)
    a_talk(floor, "c", "i4", 100)
    a_talk(floor, "a", "i5", 10)
    assert winner(floor) == expected


@pytest.mark.parametrize(("idle_from", "expected"), [("handled", "a"), ("offered", "b"), ("ready", "b")])
def test_what_idle_time_counts_from_is_a_setting(idle_from: str, expected: str) -> None:
    floor = Floor(queue(idle_from=idle_from, consequence=w.Consequence(5, 5, 1)), agent("a"), agent("b"))
    floor.ready("a", "b")
    floor.arrive("i1")
    floor.tell(w.WorkLeft("i1"))
    floor.passes(5)
    floor.tell(w.ChooseStatus("a", "break"))
    floor.tell(w.ChooseStatus("a", "ready"))
    assert winner(floor) == expected


def test_weighted_random_goes_by_the_levels() -> None:
    floor = Floor(queue(strategy="weighted_random"), *[w.AgentProfile(name, groups={"g": n}) for name, n in (("a", 1), ("b", 3), ("c", 6))])
    floor.ready("a", "b", "c")
    won = Counter[str]()
    for number in range(2000):
        item = floor.arrive(f"i{number}")
        name = next(iter(floor.offered()))
        won[name] += 1
        floor.answer(name)
        floor.tell(w.AgentReleased(name, item.contact_id, after_call=False))
    assert [won[name] / 2000 for name in "abc"] == pytest.approx([0.1, 0.3, 0.6], abs=0.04)


def test_ring_all_rings_everybody_and_only_the_winner_has_a_contact() -> None:
    floor = Floor(queue(strategy="ring_all"), agent("a"), agent("b"), agent("c"))
    floor.ready("a", "b")
    floor.arrive("i1")
    floor.arrive("i2")
    assert floor.ringing() == {"a": "i1", "b": "i1"}
    floor.ready("c")
    assert floor.ringing() == {"a": "i1", "b": "i1", "c": "i1"}
    floor.answer("b")
    assert floor.ringing() == {"a": "i2", "c": "i2"}
    assert [it.result for it in floor.commands if isinstance(it, w.WithdrawOffer)] == ["withdrawn", "withdrawn"]
    assert floor.who("b").state is State.TALKING
    assert (floor.who("a").missed, floor.who("a").handled) == (0, 0)


def test_requirements_relax_step_by_step_and_end_in_an_overflow() -> None:
    lines = (
        Line("need", skill="english", level=7),
        Line("need", 20, skill="english", level=4),
        Line("anyone", 60),
        Line("add_group", 120, group="backup"),
        Line("move", 180, action=Action("overflow", "other")),
    )
    floor = Floor(
        queue(lines=lines),
        agent("good", skills={"english": 5}),
        agent("none"),
        agent("reserve", groups=("backup",)),
    )
    floor.ready("good", "none", "reserve")
    floor.arrive("i1")
    assert floor.offered() == {}
    floor.passes(19)
    assert floor.offered() == {}
    floor.passes(1)
    assert floor.offered() == {"good": "i1"}
    made = next(it for it in floor.commands if isinstance(it, w.MakeOffer))
    assert made.explanation["step"] == {"after_seconds": 20, "groups": ["g"], "need": {"english": 4}}
    assert made.explanation["passed_over"] == {"skill": 1}
    floor.fail("good", "refused")
    floor.passes(40)
    assert floor.offered() == {"none": "i1"}
    floor.fail("none", "refused")
    floor.passes(60)
    assert floor.offered() == {"reserve": "i1"}
    floor.fail("reserve", "refused")
    floor.passes(60)
    assert floor.away() == [("i1", "rule")]
    assert floor.router.item_ids() == frozenset()


def test_work_goes_nowhere_while_it_rings() -> None:
    floor = Floor(queue(door=w.Door(most_seconds=10, actions={"timeout": Action("goodbye")})), agent("a"))
    floor.ready("a")
    floor.arrive("i1")
    floor.passes(15)
    assert floor.ringing() == {"a": "i1"}
    floor.fail("a", "refused")
    assert floor.away() == [("i1", "timeout")]


def test_a_step_that_comes_while_it_rings_counts_when_the_offer_has_failed() -> None:
    floor = Floor(queue(lines=(Line("move", 10, action=Action("voicemail")),)), agent("a"))
    floor.ready("a")
    floor.arrive("i1")
    floor.passes(12)
    assert (floor.away(), floor.ringing()) == ([], {"a": "i1"})
    floor.configure(queue(lines=(Line("move", 11, action=Action("voicemail")),)), agent("a"))
    assert (floor.away(), floor.ringing()) == ([], {"a": "i1"})
    floor.fail("a", "refused")
    assert floor.away() == [("i1", "rule")]


def test_the_wanted_person_is_waited_for_and_then_others_are_asked() -> None:
    floor = Floor(queue(), agent("a"), agent("b", groups=()))
    floor.ready("b")
    floor.arrive("i0", wanted=(w.Wanted("b", 30, "green_channel"),))
    floor.answer("b")
    floor.ready("a")
    floor.arrive("i1", wanted=(w.Wanted("b", 30, "last_agent"),))
    assert floor.offered() == {}
    assert floor.router.asks("i1") == "b"
    floor.passes(30)
    assert floor.offered() == {"a": "i1"}


def test_whoever_is_wanted_and_not_around_is_not_waited_for() -> None:
    floor = Floor(queue(), agent("a"), agent("b"), agent("c"))
    floor.ready("a", "b")
    wanted = (w.Wanted("c", 30, "request_owner"), w.Wanted("b", 30, "last_agent"))
    floor.arrive("i1", wanted=wanted)
    assert floor.offered() == {"b": "i1"}
    made = next(it for it in floor.commands if isinstance(it, w.MakeOffer))
    assert (made.explanation["rule"], made.explanation["wanted"]) == ("wanted", "last_agent")
    floor.fail("b", "refused")
    assert floor.offered() == {"a": "i1"}


@pytest.mark.parametrize("leaving", [w.SignOut("b"), w.ChooseStatus("b", "break", "lunch")])
def test_when_the_wanted_person_leaves_others_are_asked_at_once(leaving: w.RoutingEvent) -> None:
    floor = Floor(queue(), agent("a"), agent("b"))
    floor.ready("b")
    floor.arrive("i0")
    floor.answer("b")
    floor.ready("a")
    floor.arrive("i1", wanted=(w.Wanted("b", 300, "last_agent"),))
    floor.tell(leaving)
    assert floor.offered() == {"a": "i1"}


def test_a_wanted_agent_who_is_taken_out_of_the_configuration_is_not_waited_for() -> None:
    floor = Floor(queue(), agent("a"), agent("b"))
    floor.ready("b")
    floor.arrive("i0")
    floor.answer("b")
    floor.arrive("i1", wanted=(w.Wanted("b", 300, "last_agent"),))
    floor.ready("a")
    floor.configure(queue(), agent("a"))
    assert floor.offered() == {"a": "i1"}
    assert floor.router.strangers() == ["b"]
    assert floor.router.in_contact()["b"] == "c-i0"


def test_after_a_restart_the_time_for_a_wanted_person_goes_on() -> None:
    floor = Floor(queue(), agent("a"), agent("b"))
    floor.ready("a", "b")
    floor.tell(w.ChooseStatus("a", "break"))
    floor.tell(w.ChooseStatus("b", "break"))
    item = floor.item("i1", wanted=(w.Wanted("b", 30, "last_agent"),))
    floor.now += timedelta(seconds=40)
    floor.tell(w.WorkArrived(item, admitted=True))
    floor.tell(w.ChooseStatus("b", "ready"))
    floor.tell(w.WorkArrived(item, admitted=True))
    assert floor.ringing() == {"b": "i1"}


def test_priorities_are_head_starts_and_ranks() -> None:
    floor = Floor(queue(), agent("a"))
    floor.arrive("plain")
    floor.now += timedelta(seconds=200)
    floor.arrive("vip", head_start_seconds=300)
    floor.arrive("plain2")
    floor.arrive("first", rank=1)
    assert [floor.router.place(name) for name in ("first", "vip", "plain", "plain2")] == [1, 2, 3, 4]
    assert floor.router.place("nobody") == 0
    assert floor.router.waiting("elsewhere") == 0
    floor.ready("a")
    assert floor.ringing() == {"a": "first"}


class Hours:
    """Open until a moment."""

    def __init__(self, until: datetime) -> None:
        self.until = until

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        return (at < self.until, "" if at < self.until else "holiday", None)


def test_the_door() -> None:
    rules = queue(
        opening=Hours(START + timedelta(seconds=100)),
        door=w.Door(most_waiting=2, actions={"full": Action("overflow", "other")}),
    )
    floor = Floor(rules)
    floor.tell(w.WorkArrived(floor.item("bad"), blocked=True))
    assert floor.away() == [("bad", "blocked")]
    floor.arrive("i1")
    floor.arrive("i2")
    floor.arrive("i3")
    assert floor.away() == [("i3", "full")]
    floor.tell(w.WorkArrived(floor.item("kept"), admitted=True))
    assert floor.router.waiting("q") == 3
    floor.now += timedelta(seconds=100)
    floor.arrive("late")
    assert [(it.why, it.detail) for it in floor.commands if isinstance(it, w.TurnAway)] == [("closed", "holiday")]


class Shut:
    """Closed."""

    def __init__(self, why: str) -> None:
        self.why = why

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        return (False, self.why, None)


@pytest.mark.parametrize(("why", "away"), [("hours", []), ("holiday", []), ("emergency", [("call", "closed"), ("chat", "closed")])])
def test_in_an_emergency_who_waits_himself_is_sent_away_and_what_rings_is_not(why: str, away: list[tuple[str, str]]) -> None:
    rules = queue(door=w.Door(actions={"closed": Action("goodbye")}))
    floor = Floor(rules, agent("a"))
    floor.ready("a")
    floor.arrive("rings")
    floor.arrive("call")
    floor.arrive("chat", channel="chat")
    floor.arrive("mail", channel="email")
    floor.configure(replace(rules, opening=Shut(why)), agent("a"))
    assert floor.away() == away
    gone = [it for it in floor.commands if isinstance(it, w.TurnAway)]
    assert all((it.detail, it.action) == ("emergency", Action("goodbye")) for it in gone)
    assert floor.ringing() == {"a": "rings"}
    floor.fail("a", "timed_out")
    assert (("rings", "closed") in floor.away()) == (why == "emergency")


def test_who_waits_goes_on_when_it_is_opened_over_the_hours() -> None:
    rules = queue()
    floor = Floor(rules)
    floor.arrive("i1")
    floor.configure(replace(rules, opening=Hours(START + timedelta(days=1))))
    assert floor.away() == []


def test_a_queue_may_refuse_when_nobody_is_there() -> None:
    lines = (Line("need", skill="english", level=5), Line("add_group", 30, group="backup"))
    floor = Floor(
        queue(lines=lines, door=w.Door(refuse_when_nobody=True)),
        agent("a", skills={"english": 9}),
        agent("b", groups=("backup",), skills={"english": 9}),
        agent("c"),
    )
    floor.ready("c")
    floor.arrive("i1")
    assert floor.away() == [("i1", "nobody")]
    floor.arrive("i2", wanted=(w.Wanted("c", 10, "last_agent"),))
    assert floor.away() == []
    floor.ready("b")
    floor.arrive("i3")
    assert floor.away() == []


def test_a_missed_offer_brings_a_rest_and_the_last_of_them_a_break() -> None:
    floor = Floor(queue(consequence=w.Consequence(misses=2, refusals=0, rest_seconds=10)), agent("a"), agent("b"))
    floor.ready("a")
    floor.arrive("i1")
    floor.fail("a", "timed_out")
    assert (floor.who("a").obstacle(floor.now), floor.offered()) == ("resting", {})
    assert obstacle_to("call", floor.who("a"), agent("a"), floor.now) == "resting"
    floor.passes(10)
    assert floor.offered() == {"a": "i1"}
    assert floor.who("a").obstacle() == "ringing"
    floor.fail("a", "timed_out")
    assert (floor.who("a").status.value, floor.who("a").reason) == ("break", "missed")
    assert floor.who("a").obstacle() == "on_break"
    floor.tell(w.ChooseStatus("a", "ready"))
    assert floor.ringing() == {"a": "i1"}
    for _ in range(3):
        floor.fail("a", "refused")
        assert floor.who("a").status.value == "ready"
        floor.passes(10)


def test_choosing_ready_again_ends_a_rest() -> None:
    floor = Floor(queue(consequence=w.Consequence(misses=3)), agent("a"))
    floor.ready("a")
    floor.arrive("i1")
    floor.fail("a", "timed_out")
    floor.tell(w.ChooseStatus("a", "ready"))
    assert floor.offered() == {"a": "i1"}


def test_an_offer_that_nobody_ends_is_ended() -> None:
    floor = Floor(queue(offer_seconds=20), agent("a"))
    floor.ready("a")
    floor.arrive("i1")
    floor.passes(21)
    assert floor.ringing() == {"a": "i1"}
    floor.passes(1)
    assert [it.result for it in floor.commands if isinstance(it, w.WithdrawOffer)] == ["timed_out"]
    assert floor.who("a").reason == "missed"
    floor.tell(w.OfferFailed("o1", "timed_out"))
    assert floor.commands == []


def test_a_call_interrupts_mail_and_a_chat_does_not_interrupt_a_call() -> None:
    floor = Floor(queue(), agent("a", capacity={**w.ONE_OF_EACH, "chat": 2, "fax": 0}))
    floor.ready("a")
    floor.arrive("mail", channel="email")
    floor.answer("a")
    floor.arrive("fax", channel="fax")
    floor.arrive("mail2", channel="email")
    floor.arrive("chat1", channel="chat")
    assert floor.ringing() == {"a": "chat1"}
    floor.answer("a")
    floor.arrive("chat2", channel="chat")
    floor.answer("a")
    floor.arrive("chat3", channel="chat")
    assert floor.ringing() == {}
    profile = agent("a", capacity={**w.ONE_OF_EACH, "chat": 2, "fax": 0})
    assert [obstacle_to(channel, floor.who("a"), profile, floor.now) for channel in ("email", "chat", "call", "fax")] == [
        "full" if channel == "chat" else "talking" for channel in ("email", "chat", "call", "fax")
    ]
    for contact in ("c-chat1", "c-chat2"):
        floor.tell(w.AgentReleased("a", contact, after_call=False))
    floor.tell(w.WorkLeft("chat3"))
    floor.arrive("call1")
    assert floor.ringing() == {"a": "call1"}
    floor.answer("a")
    who = floor.who("a")
    assert (who.state, who.contact_id, who.queue_id, who.ends_at) == (State.TALKING, "c-call1", "q", None)
    assert obstacle_to("call", who, profile, floor.now) == "talking"
    assert obstacle_to("fax", Presence("x", START, signed_in=True), profile, floor.now) == "on_break"


def test_capacity_without_works() -> None:
    profile = agent("a", capacity={"call": 1}, joins={})
    signed_in = Presence("a", START, signed_in=True, reachable=True)
    assert obstacle_to("call", Presence("a", START), profile, START) == "signed_out"
    floor = Floor(queue(), profile)
    floor.ready("a")
    floor.arrive("i1")
    floor.answer("a")
    assert obstacle_to("call", floor.who("a"), profile, START) == "talking"
    assert signed_in.foremost is None


def test_a_fax_is_not_for_those_who_take_none() -> None:
    floor = Floor(queue(), agent("a", capacity={**w.ONE_OF_EACH, "fax": 0}), agent("b"))
    floor.ready("a", "b")
    floor.arrive("mail", channel="email")
    floor.answer("a")
    floor.arrive("fax", channel="fax")
    assert floor.offered() == {"b": "fax"}
    profile = agent("a", capacity={**w.ONE_OF_EACH, "fax": 0}, joins={**w.ALONE, "fax": frozenset({"email"})})
    assert obstacle_to("fax", floor.who("a"), profile, floor.now) == "full"


def test_groups_left_and_entered() -> None:
    floor = Floor(queue(), agent("a"), agent("b"))
    floor.ready("a")
    floor.tell(w.ChooseGroups("a", frozenset({"g"}), "lead"))
    floor.tell(w.ChooseGroups("a", frozenset({"g"}), "lead"))
    assert floor.commands == []
    floor.arrive("i1")
    assert floor.ringing() == {}
    floor.tell(w.ChooseGroups("a", frozenset()))
    assert floor.ringing() == {"a": "i1"}
    with pytest.raises(NotFound):
        floor.tell(w.ChooseGroups("a", frozenset({"other"})))
    with pytest.raises(Conflict):
        floor.tell(w.ChooseGroups("b", frozenset()))


def test_changes_of_the_configuration_reach_those_who_wait() -> None:
    floor = Floor(queue(lines=(Line("need", skill="english", level=5),)), agent("a"), agent("b", groups=("other",)))
    floor.ready("a", "b")
    floor.arrive("i1")
    assert floor.ringing() == {}
    rules = queue(lines=(Line("need", skill="english", level=5),))
    floor.configure(rules, agent("a", skills={"english": 6}), agent("b", groups=("other",)))
    assert floor.ringing() == {"a": "i1"}
    floor.arrive("i2")
    floor.configure(queue(groups=("other",)), agent("a"), agent("b", groups=("other",)))
    assert floor.ringing() == {"a": "i1", "b": "i2"}
    floor.tell(w.WorkLeft("i2"))
    floor.configure(agent("a"), agent("b", groups=("other",)))
    floor.arrive("i3")
    assert floor.ringing() == {"a": "i1", "b": "i3"}, "a queue that is no more keeps its rules for those who wait in it"


def test_work_in_a_queue_that_nobody_knows_waits() -> None:
    floor = Floor(agent("a"))
    floor.ready("a")
    floor.arrive("i1", "unknown")
    floor.tell(w.WorkArrived(floor.item("i1", "unknown")))
    assert floor.router.waiting("unknown") == 1
    floor.configure(queue("unknown"), agent("a"))
    assert floor.ringing() == {"a": "i1"}


def test_what_rang_before_a_restart_rings_on() -> None:
    floor = Floor(queue(), agent("a"), agent("b"))
    for name in ("a", "b"):
        floor.tell(w.PresenceRestored(name, AgentSignedIn(f"phone-{name}", "ready"), START))
        floor.tell(w.AccountSeen(f"phone-{name}", True))
    item = floor.item("i1")
    offers = tuple(w.Offer(f"old{name}", item, name, f"phone-{name}", START + timedelta(seconds=20)) for name in ("a", "a"))
    floor.tell(w.WorkArrived(item, offers, admitted=True))
    assert floor.ringing() == {"a": "i1"}
    assert floor.router.agent_at("phone-a") == floor.who("a")
    assert floor.router.agent_at("phone-z") is None


def test_signing_in_elsewhere() -> None:
    floor = Floor(queue(), agent("a"))
    floor.ready("a")
    floor.tell(w.SignIn("a", "phone-a"))
    assert floor.commands == []
    floor.tell(w.SignIn("a", "desk-phone"))
    assert (floor.router.agent_at("phone-a"), floor.who("a").account) == (None, "desk-phone")
    floor.tell(w.AccountSeen("desk-phone", True))
    floor.tell(w.ChooseStatus("a", "ready"))
    floor.arrive("i1")
    floor.answer("a")
    with pytest.raises(Conflict):
        floor.tell(w.SignIn("a", "phone-a"))
    floor.tell(w.AccountsSeen(frozenset({"phone-a"})))
    assert not floor.who("a").reachable
    floor.tell(w.AccountsSeen(frozenset({"phone-a", "desk-phone"})))
    assert floor.who("a").reachable


def test_a_device_that_was_never_reported_and_is_not_there_any_longer() -> None:
    floor = Floor(queue(), agent("a"))
    floor.tell(w.PresenceRestored("a", AgentSignedIn("phone-a", "ready"), START))
    floor.tell(w.PresenceRestored("a", AgentDeviceChanged(reachable=True), START))
    floor.tell(w.AccountsSeen(frozenset()))
    assert not floor.who("a").reachable


def test_the_counts_of_a_work_day() -> None:
    floor = Floor(queue(after_call_seconds=0), agent("a"))
    floor.ready("a")
    a_talk(floor, "a", "i1", 50)
    floor.tell(w.SignOut("a"))
    floor.tell(w.SignOut("a"))
    floor.now += timedelta(hours=1)
    floor.ready("a")
    assert (floor.who("a").handled, floor.who("a").talk_seconds) == (1, 50.0)
    floor.tell(w.SignOut("a"))
    floor.now += timedelta(hours=9)
    floor.ready("a")
    assert (floor.who("a").handled, floor.who("a").talk_seconds) == (0, 0.0)


def test_after_call_work_has_a_longest_time() -> None:
    floor = Floor(queue(after_call_seconds=30, after_call_most_seconds=100), agent("a"))
    floor.ready("a")
    item = floor.arrive("i1")
    floor.answer("a")
    floor.tell(w.ContactHeld("a", item.contact_id, True))
    assert floor.who("a").state is State.HOLDING
    floor.tell(w.ContactHeld("a", item.contact_id, True))
    assert floor.commands == []
    floor.tell(w.AgentReleased("a", item.contact_id))
    floor.tell(w.AgentReleased("a", item.contact_id))
    assert floor.commands == []
    floor.tell(w.AfterCallExtended("a", 200))
    assert floor.who("a").ends_at == floor.now + timedelta(seconds=100)
    with pytest.raises(Conflict, match="longest"):
        floor.tell(w.AfterCallExtended("a", 10))
    floor.passes(100)
    assert floor.who("a").state is State.IDLE
    with pytest.raises(Conflict):
        floor.tell(w.AfterCallExtended("a", 10))


def test_whoever_is_not_there_changes_nothing() -> None:
    floor = Floor(queue(), agent("a"))
    for event in (
        w.SignOut("a"),
        w.AfterCallFinished("a"),
        w.AgentReleased("a", "c"),
        w.ContactHeld("a", "c", True),
        w.AgentFoundStuck("a", "c"),
        w.WorkLeft("i"),
        w.OfferFailed("o", "refused"),
        w.TimeCame(),
    ):
        assert floor.tell(event) == []
    with pytest.raises(Conflict):
        floor.tell(w.ChooseStatus("a", "ready"))


def test_an_agent_found_stuck_is_freed() -> None:
    floor = Floor(queue(), agent("a"))
    floor.ready("a")
    item = floor.arrive("i1")
    floor.tell(w.AgentFoundStuck("a", item.contact_id))
    assert floor.commands == [], "it rings: the offer has its own end"
    floor.answer("a")
    floor.tell(w.AgentFoundStuck("a", item.contact_id))
    assert w.FreedStuckAgent("a", item.contact_id) in floor.commands
    assert floor.who("a").state is State.IDLE


def test_an_answer_wins_over_another_offer_that_rings() -> None:
    floor = Floor(queue(), agent("a"))
    floor.ready("a")
    first = floor.arrive("i1")
    offer = floor.offer_of("a")
    floor.fail("a", "unreachable")
    floor.tell(w.AccountSeen("phone-a", False))
    floor.tell(w.WorkLeft("i1"))
    floor.arrive("i2")
    floor.tell(w.AccountSeen("phone-a", True))
    assert floor.ringing() == {"a": "i2"}
    floor.tell(w.OfferAnswered(offer.offer_id, "a", first))
    assert floor.ringing() == {}
    assert (floor.who("a").contact_id, floor.router.place("i2")) == ("c-i1", 1)


def test_the_five_who_would_have_come_next_are_named() -> None:
    names = [f"a{n}" for n in range(8)]
    floor = Floor(queue(), *[agent(name) for name in names])
    floor.ready(*names)
    floor.arrive("i1")
    made = next(it for it in floor.commands if isinstance(it, w.MakeOffer))
    assert [it["agent_id"] for it in made.explanation["nearest"]] == names[1:6]
    assert made.explanation["passed_over"] == {"ranked_lower": 7}


def test_a_flood_of_different_requirements_is_forgotten_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huying.routing.line.MOST_KNOWN_STEPS", 2)
    floor = Floor(queue(), agent("a"))
    for number in range(5):
        floor.arrive(f"i{number}", needs={f"s{number}": 1})
    assert floor.router.waiting("q") == 5


def test_the_last_line_of_a_moment_counts() -> None:
    floor = Floor(queue(lines=(Line("need", 10, skill="s", level=3), Line("anyone", 10))), agent("a"))
    floor.ready("a")
    floor.arrive("i1", needs={"s": 9})
    floor.passes(10)
    assert floor.offered() == {"a": "i1"}


def test_who_may_have_several_in_hand_goes_back_in_line_with_each() -> None:
    for strategy, expected in (("fewest_contacts", {"b": "i2"}), ("weighted_random", None)):
        profiles = [agent(name, capacity={**w.ONE_OF_EACH, "chat": 5}) for name in ("a", "b")]
        floor = Floor(queue(strategy=strategy), *profiles)
        floor.ready("a", "b")
        floor.arrive("i1", channel="chat", wanted=(w.Wanted("a", 5, "last_agent"),))
        floor.answer("a")
        floor.arrive("i2", channel="chat")
        assert expected is None or floor.offered() == expected
        assert len(floor.ringing()) == 1


def test_a_stranger_of_the_journal_is_only_remembered() -> None:
    floor = Floor(queue(), agent("a"))
    floor.tell(w.PresenceRestored("gone", AgentSignedIn("phone-gone", "ready"), START))
    floor.tell(w.PresenceRestored("gone", QueueEntered("e", "q", "first"), START))
    assert floor.router.strangers() == ["gone"]
    assert floor.who("gone").obstacle() == "unreachable"
    floor.tell(w.AccountSeen("phone-gone", True))
    assert floor.who("gone").obstacle() == ""


def test_two_queues_the_foremost_work_first() -> None:
    floor = Floor(
        queue("q1"), queue("q2", lines=(Line("need", skill="s", level=2), Line("need", 50, skill="s"))), agent("a", skills={"s": 3})
    )
    for number, name in enumerate(("q2", "q1", "q2", "q1")):
        floor.arrive(f"i{number}", name)
        floor.now += timedelta(seconds=1)
    floor.configure(*floor.things[:2], agent("a"))
    floor.ready("a")
    assert floor.ringing() == {"a": "i1"}
    floor.passes(50)
    floor.answer("a") if floor.ringing() else None
    floor.configure(*floor.things[:2], agent("a", skills={"s": 3}), agent("b"))
    floor.ready("b")
    assert floor.ringing()["b"] == "i0"


def test_what_stands_in_the_way_in_one_word() -> None:
    away = Presence("a", START, signed_in=True, status=Status.READY)
    assert away.obstacle() == "unreachable"
    assert obstacle_to("call", away, agent("a"), START) == "unreachable"
    assert obstacle_to("email", away, agent("a"), START) == ""
    assert obstacle_to("email", replace(away, status=Status.BREAK), agent("a"), START) == "on_break"
    resting = replace(away, reachable=True, rests_until=START + timedelta(seconds=5))
    assert (resting.obstacle(START), resting.obstacle(START + timedelta(seconds=5)), resting.obstacle()) == ("resting", "", "")


def test_a_chat_on_hold_counts_at_once() -> None:
    for strategy in ("least_talk", "weighted_random"):
        profiles = [agent(name, capacity={**w.ONE_OF_EACH, "chat": 5}) for name in ("a", "b")]
        floor = Floor(queue(strategy=strategy), *profiles)
        floor.ready("a", "b")
        floor.arrive("i0", channel="chat", wanted=(w.Wanted("b", 5, "last_agent"),))
        floor.tell(w.WorkLeft("i0"))
        floor.arrive("i1", channel="chat")
        first = next(iter(floor.ringing()))
        item = floor.answer(first)
        floor.now += timedelta(seconds=60)
        floor.tell(w.ContactHeld(first, item.contact_id, True))
        floor.arrive("i2", channel="chat")
        assert strategy == "weighted_random" or first not in floor.ringing()


def test_an_agent_who_is_free_can_be_edited() -> None:
    floor = Floor(queue(strategy="highest_level"), agent("a", skills={"s": 3}), agent("b", skills={"s": 4}))
    floor.ready("a", "b")
    floor.tell(w.ChooseStatus("a", "ready"))
    assert floor.commands == []
    assert winner(floor) == "a"
    floor.answer("a")
    floor.tell(w.AgentReleased("a", "c-next", after_call=False))
    floor.configure(floor.things[0], agent("a", skills={"s": 9}), agent("b", skills={"s": 4}))
    floor.arrive("i1", needs={"s": 2})
    assert floor.offered() == {"a": "i1"}


def test_of_several_lanes_the_foremost_work_is_served() -> None:
    floor = Floor(queue("q1"), queue("q2"), queue("q3"), agent("a"))
    for number, name in enumerate(("q3", "q1", "q2")):
        floor.arrive(f"i{number}", name)
        floor.now += timedelta(seconds=1)
    floor.ready("a")
    assert floor.ringing() == {"a": "i0"}


def test_the_wanted_persons_time_may_be_over_before_the_next_step() -> None:
    floor = Floor(queue(door=w.Door(most_seconds=100)), agent("a"), agent("b"))
    floor.ready("a")
    floor.arrive("i0")
    floor.answer("a")
    floor.now += timedelta(seconds=1)
    item = floor.item("i1", wanted=(w.Wanted("a", 10, "last_agent"),))
    floor.tell(w.WorkArrived(item))
    floor.ready("b")
    floor.passes(9)
    assert floor.ringing() == {"b": "i1"}
    assert Presence("a", START).obstacle() == "signed_out"


def test_a_wanted_person_who_is_rung_is_not_taken_from_by_time() -> None:
    floor = Floor(queue(), agent("a"), agent("b"))
    floor.ready("a", "b")
    floor.arrive("i1", wanted=(w.Wanted("b", 10, "last_agent"),))
    floor.passes(15)
    assert floor.ringing() == {"b": "i1"}
    floor.answer("b")
    assert floor.who("b").handled == 1


def test_when_the_last_who_could_take_it_leaves_work_waits_no_longer() -> None:
    floor = Floor(queue(door=w.Door(refuse_when_nobody=True)), queue("other"), agent("a"), agent("b"))
    floor.ready("a", "b")
    for name in ("a", "b"):
        floor.arrive(f"talk-{name}")
        floor.answer(name)
    floor.arrive("i1")
    floor.arrive("i2", "other")
    floor.arrive("mail", channel="email")
    floor.tell(w.ChooseGroups("a", frozenset({"g"})))
    assert floor.away() == []
    floor.tell(w.SignOut("b"))
    assert floor.away() == [], "he leaves after his contact, and may be back before"
    floor.tell(w.AgentReleased("b", "c-talk-b", after_call=False))
    assert floor.away() == [("i1", "nobody")]
    assert floor.router.item_ids() == {"i2", "mail"}


def test_who_was_promised_a_call_waits_on() -> None:
    floor = Floor(queue(door=w.Door(most_seconds=10)), agent("a"))
    floor.tell(w.WorkArrived(floor.item("back", channel="callback"), admitted=True))
    floor.arrive("call")
    floor.passes(10)
    assert floor.away() == [("call", "timeout")]
    floor.ready("a")
    assert floor.ringing() == {"a": "back"}
