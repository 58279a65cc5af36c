"""The strategies, case by case: who is asked first, and how that is explained."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from router_floor import Floor, agent, queue

from huying.routing.router import work as w
from huying.routing.router.presence import State


def winner(floor: Floor) -> str:
    floor.arrive("next")
    return next(iter(floor.offered()))


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [("longest_idle", "b"), ("round_robin", "b"), ("fewest_contacts", "b"), ("least_talk", "a"), ("highest_level", "c")],
)
def test_each_strategy_has_its_own_first(strategy: str, expected: str) -> None:
    profiles = [w.AgentProfile(name, groups={"g": level}) for name, level in (("a", 2), ("b", 1), ("c", 9))]
    floor = Floor(queue(strategy=strategy), *profiles)
    floor.ready("a", "b", "c")
    floor.talk("b", "i1", 300)
    floor.talk("c", "i2", 100)
    floor.talk("a", "i3", 10)
    floor.talk("c", "i4", 100)
    floor.talk("a", "i5", 10)
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


def test_the_five_who_would_have_come_next_are_named() -> None:
    names = [f"a{n}" for n in range(8)]
    floor = Floor(queue(), *[agent(name) for name in names])
    floor.ready(*names)
    floor.arrive("i1")
    made = next(it for it in floor.commands if isinstance(it, w.MakeOffer))
    assert [it["agent_id"] for it in made.explanation["nearest"]] == names[1:6]
    assert made.explanation["passed_over"] == {"ranked_lower": 7}


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
