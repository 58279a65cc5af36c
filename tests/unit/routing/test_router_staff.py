"""Agents, case by case: offers missed and refused, several works in hand, devices, sign-ins, after-call work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from router_floor import START, Floor, agent, queue

from huying.foundation.errors import Conflict, NotFound
from huying.routing.events import AgentDeviceChanged, AgentSignedIn, QueueEntered
from huying.routing.router import work as w
from huying.routing.router.capacity import obstacle_to
from huying.routing.router.presence import Presence, State, Status


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
    floor.talk("a", "i1", 50)
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


def test_a_stranger_of_the_journal_is_only_remembered() -> None:
    floor = Floor(queue(), agent("a"))
    floor.tell(w.PresenceRestored("gone", AgentSignedIn("phone-gone", "ready"), START))
    floor.tell(w.PresenceRestored("gone", QueueEntered("e", "q", "first"), START))
    assert floor.router.strangers() == ["gone"]
    assert floor.who("gone").obstacle() == "unreachable"
    floor.tell(w.AccountSeen("phone-gone", True))
    assert floor.who("gone").obstacle() == ""


def test_what_stands_in_the_way_in_one_word() -> None:
    away = Presence("a", START, signed_in=True, status=Status.READY)
    assert away.obstacle() == "unreachable"
    assert obstacle_to("call", away, agent("a"), START) == "unreachable"
    assert obstacle_to("email", away, agent("a"), START) == ""
    assert obstacle_to("email", replace(away, status=Status.BREAK), agent("a"), START) == "on_break"
    resting = replace(away, reachable=True, rests_until=START + timedelta(seconds=5))
    assert (resting.obstacle(START), resting.obstacle(START + timedelta(seconds=5)), resting.obstacle()) == ("resting", "", "")


def test_an_agent_who_is_asked_is_offered_nothing_and_free_after_it() -> None:
    floor = Floor(queue(), agent("a"))
    floor.ready("a")
    floor.tell(w.Engaged("a", "c9", "ringing", queue_id="q"))
    floor.arrive("i1")
    assert (floor.who("a").obstacle(), floor.offered()) == ("ringing", {})
    floor.tell(w.Engaged("a", "c9", "talking"))
    assert (floor.who("a").state, floor.who("a").queue_id) == (State.TALKING, "q")
    floor.tell(w.Engaged("a", "c9", "talking"))
    assert floor.commands == []
    floor.tell(w.AgentReleased("a", "c9", after_call=False))
    assert floor.offered() == {"a": "i1"}


def test_whoever_is_asked_while_something_rings_is_asked_and_the_work_waits() -> None:
    floor = Floor(queue(), agent("a"))
    floor.ready("a")
    floor.arrive("i1")
    floor.tell(w.Engaged("a", "c9", "talking"))
    assert [it.result for it in floor.commands if isinstance(it, w.WithdrawOffer)] == ["withdrawn"]
    assert floor.who("a").contact_id == "c9"
    floor.tell(w.AgentReleased("a", "c9"))
    assert floor.ringing() == {"a": "i1"}


def test_a_colleague_who_takes_what_rings_at_another_is_in_it() -> None:
    floor = Floor(queue(), agent("a"), agent("b"))
    floor.ready("a")
    floor.arrive("i1")
    floor.tell(w.Engaged("b", "c-i1", "ringing"))
    assert floor.ringing() == {"a": "i1"}
    floor.tell(w.Engaged("a", "c-i1", "talking"))
    assert floor.ringing() == {"a": "i1"}  # his own offer is for this very contact


def test_somebody_who_is_not_signed_in_is_not_engaged() -> None:
    floor = Floor(queue(), agent("a"))
    floor.tell(w.Engaged("a", "c9", "ringing"))
    assert floor.commands == []


def test_after_call_work_of_a_call_for_no_queue() -> None:
    floor = Floor(queue(), agent("a"), replace(agent("b"), after_call_seconds=7))
    floor.ready("a", "b")
    for who, lasts in (("a", 20), ("b", 7)):
        floor.tell(w.Engaged(who, f"c-{who}", "talking"))
        floor.tell(w.AgentReleased(who, f"c-{who}", seconds=20))
        assert floor.who(who).state is State.AFTER_CALL
        assert floor.who(who).ends_at == floor.now + timedelta(seconds=lasts)


def test_what_can_be_asked_of_everybody() -> None:
    floor = Floor(queue(), agent("a"))
    floor.ready("a")
    assert [one.agent_id for one in floor.router.presences()] == ["a"]
    assert floor.router.is_reachable("phone-a")
    assert not floor.router.is_reachable("phone-b")
