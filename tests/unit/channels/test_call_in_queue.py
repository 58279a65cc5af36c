"""One call in a queue: looked up before it, several telephones at once, turned away, and the same work for the router after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.machine import Call
from huying.channels.voice.call.state import Phase
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, QueueNode
from huying.flows.spoken import lines_of
from huying.routing.router.requirements import Action
from huying.routing.router.work import OfferAnswered, OfferFailed, Wanted, WorkArrived, WorkLeft
from huying.routing.treatment.treatment import Treatment
from huying.telephony import port
from unit.channels.test_call import FLOW, Story


@pytest.fixture
def story() -> Story:
    return Story()


def endings(story: Story) -> list[tuple[str, str]]:
    return [(e.data()["ending"], e.data()["reason"]) for e, _ in story.journal if e.kind == "QueueEntryEnded"]


def offer_results(story: Story) -> dict[str, str]:
    return {e.data()["agent_id"]: e.data()["result"] for e, _ in story.journal if e.kind == "OfferEnded"}


def test_nobody_waits_longer_for_a_look_up_than_its_timer(story: Story) -> None:
    story.begin()
    commands = story.call.handle(port.DigitReceived("caller", "1"), story.now)
    if not any(isinstance(c, w.LookUp) for c in commands):
        story.tell(port.DigitReceived("caller", "1"))
    asked = next(c for c in commands if isinstance(c, w.LookUp))
    assert asked.attributes["menu_choice"] == "1"
    assert any(isinstance(c, w.SetTimer) and c.name == "look-up" for c in commands)
    asked_at = story.now
    story.tell(w.TimerCame("look-up"), seconds=1.5)
    (arrived,) = [event for event in story.routed() if isinstance(event, WorkArrived)]
    assert arrived.item.waiting_since == asked_at
    assert story.journal[-1][0].data()["notes"] == ["look_up_failed"]
    story.tell(w.LookedUp(asked.look_up_id, Treatment(asked.queue_id)))
    assert story.commands == []  # it came too late


def test_the_treatment_goes_to_the_router_and_is_the_same_after_a_restart(story: Story) -> None:
    wanted = (Wanted("boss", 30, "green_channel"),)
    story.treatment = Treatment("id-product", {"s1": 4}, {"region": "north"}, 3, 60, wanted, notes=("vip",))
    story.to_queue()
    assert story.call.state.stay
    item = story.call.state.stay.item
    assert (item.queue_id, item.needs, item.rank, item.head_start_seconds, item.wanted) == ("id-product", {"s1": 4}, 3, 60, wanted)
    restored = story.folded()
    assert restored.stay
    assert restored.stay.item == item
    legs = {"caller": port.LegSnapshot("caller", True, port.Direction.INBOUND, "", "", "")}
    story.call = Call(restored, story.tables, FLOW)
    story.tell(w.EngineTruth(port.Snapshot(legs, {}, frozenset(), frozenset(), "same"), story.now, recovered=True))
    (arrived,) = [event for event in story.routed() if isinstance(event, WorkArrived)]
    assert (arrived.item, arrived.admitted) == (item, True)


def test_the_first_answer_of_several_telephones_wins(story: Story) -> None:
    entry = story.to_queue()
    legs = [story.offer(entry, agent) for agent in ("one", "two", "three")]
    story.tell(port.LegAnswered(legs[1]))
    assert offer_results(story) == {"one": "withdrawn", "two": "accepted", "three": "withdrawn"}
    ended = [c for c in story.commands if isinstance(c, ew.HangUpLeg)]
    assert ended == [ew.HangUpLeg(legs[0], port.EndCause.ANSWERED_ELSEWHERE), ew.HangUpLeg(legs[2], port.EndCause.ANSWERED_ELSEWHERE)]
    committed = next(c for c in story.commands if isinstance(c, w.Record))
    assert committed.durable
    assert [e.kind for e in committed.events] == ["OfferEnded"] * 3 + ["QueueEntryEnded", "SegmentStarted"]
    answered = [event for event in story.routed() if isinstance(event, OfferAnswered)]
    assert [event.agent_id for event in answered] == ["two"]
    story.tell(port.LegAnswered(legs[0]), seconds=0)  # in the same instant
    assert story.commands == [ew.HangUpLeg(legs[0])]
    story.tell(w.OfferTakenBack("offer-three"))  # the router says so too
    assert story.commands == []
    assert story.call.state == story.folded()


def test_one_telephone_of_several_gives_up_and_the_others_ring_on(story: Story) -> None:
    entry = story.to_queue()
    legs = [story.offer(entry, agent) for agent in ("one", "two")]
    story.tell(port.LegEnded(legs[0], port.EndCause.BUSY, True))
    assert story.routed() == [OfferFailed("offer-one", "refused")]
    assert [ring.agent_id for ring in story.call.state.rings] == ["two"]
    story.tell(w.OfferTakenBack("offer-two", "timed_out"))
    assert offer_results(story) == {"one": "refused", "two": "timed_out"}
    assert ew.HangUpLeg(legs[1]) in story.commands
    assert story.call.state.phase is Phase.WAITING


def test_a_customer_who_leaves_stops_all_telephones(story: Story) -> None:
    entry = story.to_queue()
    legs = [story.offer(entry, agent) for agent in ("one", "two")]
    story.tell(port.LegEnded("caller", port.EndCause.NORMAL, True), seconds=20)
    assert {ew.HangUpLeg(leg) for leg in legs} <= set(story.commands)
    assert set(offer_results(story).values()) == {"withdrawn"}


def test_an_unheard_answer_of_several_telephones_is_believed_after_a_break(story: Story) -> None:
    entry = story.to_queue()
    legs = [story.offer(entry, agent) for agent in ("one", "two")]
    found = {leg: port.LegSnapshot(leg, leg == legs[1], port.Direction.OUTBOUND, "", "", "") for leg in legs}
    found["caller"] = port.LegSnapshot("caller", True, port.Direction.INBOUND, "", "", "")
    truth = w.EngineTruth(port.Snapshot(found, {}, frozenset(), frozenset(), "same"), story.now, reconnected=True)
    story.tell(truth)
    assert offer_results(story) == {"one": "withdrawn", "two": "accepted"}


def test_turned_away_at_the_door_is_refused_and_the_flow_goes_on(story: Story) -> None:
    entry = story.to_queue()
    story.tell(w.TurnedAway(entry, "full", None, at_door=True))
    assert endings(story) == [("refused", "full")]
    assert story.call.state.node == "busy"
    story.tell(w.TurnedAway(entry, "full", None, at_door=True))
    assert story.commands == []


def test_turned_away_after_waiting_is_ended_by_where_it_goes(story: Story) -> None:
    entry = story.to_queue()
    story.tell(w.TurnedAway(entry, "rule", Action("goodbye"), at_door=False))
    assert endings(story) == [("ended", "rule")]


def test_an_overflow_is_one_commit_with_both_stays_and_keeps_wait_and_rank(story: Story) -> None:
    story.treatment = Treatment("id-repair", {}, {"queue": "repair", "region": "north"}, 3, 60, (Wanted("boss", 30, "rule"),))
    entry = story.to_queue()
    since = story.call.state.stay.waiting_since if story.call.state.stay else None
    story.tell(w.TurnedAway(entry, "rule", Action("overflow", "id-product"), at_door=False), seconds=60)
    committed = next(c for c in story.commands if isinstance(c, w.Record))
    assert [e.kind for e in committed.events] == ["QueueEntryEnded", "QueueEntered"]
    assert committed.durable
    assert endings(story) == [("overflowed", "rule")]
    assert story.call.state.stay
    item = story.call.state.stay.item
    assert (item.queue_id, item.waiting_since, item.rank, item.head_start_seconds, item.wanted) == ("id-product", since, 3, 60, ())
    assert item.attributes["region"] == "north"
    assert [type(event) for event in story.routed()] == [WorkLeft, WorkArrived]
    assert story.call.state == story.folded()


def test_an_overflow_to_nowhere_is_left_to_the_flow(story: Story) -> None:
    entry = story.to_queue()
    story.tell(w.TurnedAway(entry, "rule", Action("overflow", "nowhere"), at_door=False))
    assert endings(story) == [("ended", "rule")]


def test_a_chain_of_overflows_ends(story: Story) -> None:
    entry = story.to_queue()
    for number in range(20):
        target = "id-product" if number % 2 == 0 else "id-repair"
        story.tell(w.TurnedAway(entry, "rule", Action("overflow", target), at_door=False))
        if story.call.state.phase is not Phase.WAITING:
            break
        assert story.call.state.stay
        entry = story.call.state.stay.entry_id
    assert endings(story) == [("overflowed", "rule")] * 5 + [("ended", "rule")]


def test_a_death_between_two_queues_of_the_flow_keeps_them_linked(story: Story) -> None:
    flow = Flow.build(
        "two",
        1,
        QueueNode(id="one", queue="repair", max_wait_seconds=30, exits={"otherwise": "bye", "timeout": "two"}),
        QueueNode(id="two", queue="product", exits={"otherwise": "bye"}),
        GoodbyeNode(id="bye", prompt=lines_of("system.goodbye")),
    )
    story.tell(w.Begin("phone", "400800", "customer", "zh-CN", flow))
    commands = story.call.handle(w.TimerCame("flow:queue_limit"), story.now + timedelta(seconds=30))
    story.journal += [(e, story.now + timedelta(seconds=30)) for c in commands if isinstance(c, w.Record) for e in c.events]
    assert endings(story) == [("overflowed", "timeout")]  # and we die before the look-up is over
    legs = {"caller": port.LegSnapshot("caller", True, port.Direction.INBOUND, "", "", "")}
    story.call = Call(story.folded(), story.tables, flow)
    story.tell(w.EngineTruth(port.Snapshot(legs, {}, frozenset(), frozenset(), "same"), story.now, recovered=True), seconds=60)
    entered = [e.data() for e, _ in story.journal if e.kind == "QueueEntered"]
    assert [(e["queue_id"], e["origin"], e["previous_entry_id"]) for e in entered] == [
        ("id-repair", "first", ""),
        ("id-product", "overflow", entered[0]["entry_id"]),
    ]


def test_a_customer_whose_agent_was_lost_does_not_stand_at_the_door_again(story: Story) -> None:
    leg = story.offer(story.to_queue())
    story.tell(port.LegAnswered(leg))
    story.tell(port.LegEnded(leg, port.EndCause.FAILED, False))
    story.tell(w.TimerCame(f"rejoin:{story.segment_id}"), seconds=15)
    (arrived,) = [event for event in story.routed() if isinstance(event, WorkArrived)]
    assert arrived.admitted


def test_a_death_while_the_duty_telephone_rings_leads_to_the_door_again(story: Story) -> None:
    story.tables = replace(story.tables, trunk="line")
    story.call.tables = story.tables
    entry = story.to_queue()
    story.tell(w.TurnedAway(entry, "nobody", Action("forward", "110"), at_door=True))
    assert endings(story) == [("refused", "nobody")]
    legs = {"caller": port.LegSnapshot("caller", True, port.Direction.INBOUND, "", "", "")}
    story.call = Call(story.folded(), story.tables, FLOW)
    story.tell(w.EngineTruth(port.Snapshot(legs, {}, frozenset(), frozenset(), "same"), story.now, recovered=True))
    (arrived,) = [event for event in story.routed() if isinstance(event, WorkArrived)]
    assert not arrived.admitted
    assert [e.data()["origin"] for e, _ in story.journal if e.kind == "QueueEntered"] == ["first", "recovery"]
