"""Work, case by case: steps, wanted persons, priorities, the door of the queue, changed rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from router_floor import START, Floor, agent, queue

from huying.routing.router import work as w
from huying.routing.router.presence import Presence
from huying.routing.router.requirements import Action, Line, holds


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


def test_a_flood_of_different_requirements_is_forgotten_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huying.routing.router.line.MOST_KNOWN_STEPS", 2)
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


@pytest.mark.parametrize(
    ("when", "attributes", "fits"),
    [
        ([], {}, True),
        ([("language", "zh")], {"language": "zh-CN"}, True),
        ([("language", "zh-CN")], {"language": "zh"}, False),
        ([("language", "z")], {"language": "zh-CN"}, False),
        ([("customer_class", "VIP")], {"customer_class": "vip"}, True),
        ([("region", "no")], {"region": "no-1"}, False),
        ([("region", "")], {}, False),
        ([("region", "n"), ("channel", "call")], {"region": "n"}, False),
    ],
)
def test_conditions_hold_by_what_people_mean(when: list[tuple[str, str]], attributes: dict[str, str], fits: bool) -> None:
    assert holds(when, attributes) is fits
