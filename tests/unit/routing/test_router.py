"""The router under any order of events: nobody holds two things, nothing is lost or doubled, nobody waits while a member is free."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from huying.foundation.errors import Conflict
from huying.routing.router import work as w
from huying.routing.router.presence import State
from huying.routing.router.requirements import Requirements
from huying.routing.router.router import Router, UnknownAgent

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
AGENTS = [f"a{n}" for n in range(5)]
QUEUES = ["q0", "q1"]
MEMBERS = {"a0": {"q0"}, "a1": {"q0", "q1"}, "a2": {"q1"}, "a3": {"q0", "q1"}, "a4": set()}


def configured() -> w.Configured:
    return w.Configured(
        queues={
            queue: w.QueueRules(queue, requirements=Requirements(frozenset({queue})), after_call_seconds=10 if queue == "q0" else 0)
            for queue in QUEUES
        },
        agents={agent: w.AgentProfile(agent, groups=dict.fromkeys(queues, 1)) for agent, queues in MEMBERS.items()},
    )


def a_router() -> Router:
    numbers = itertools.count()
    router = Router(lambda: f"offer{next(numbers):05d}")
    router.handle(configured(), START)
    return router


def ready(router: Router, agent: str, at: datetime) -> list[w.RoutingCommand]:
    router.handle(w.SignIn(agent, f"phone-{agent}"), at)
    router.handle(w.AccountSeen(f"phone-{agent}", True), at)
    return router.handle(w.ChooseStatus(agent, "ready"), at)


def item(number: int, queue: str, at: datetime) -> w.WorkItem:
    return w.WorkItem(f"i{number:04d}", f"c{number:04d}", queue, at)


def offers_in(commands: list[w.RoutingCommand]) -> list[w.Offer]:
    return [command.offer for command in commands if isinstance(command, w.MakeOffer)]


def test_the_longest_idle_member_gets_the_work_and_it_is_explained() -> None:
    router = a_router()
    ready(router, "a0", START)
    ready(router, "a1", START + timedelta(seconds=5))
    ready(router, "a2", START)
    commands = router.handle(w.WorkArrived(item(1, "q0", START)), START + timedelta(seconds=10))
    made = [command for command in commands if isinstance(command, w.MakeOffer)]
    assert [command.offer.agent_id for command in made] == ["a0"]
    assert made[0].explanation["rule"] == "longest_idle"
    assert made[0].explanation["idle_seconds"] == 10
    assert made[0].explanation["passed_over"] == {"ranked_lower": 1, "signed_out": 1}


def test_a_refused_item_keeps_its_place_and_goes_to_the_next_agent() -> None:
    router = a_router()
    ready(router, "a0", START)
    first = offers_in(router.handle(w.WorkArrived(item(1, "q0", START)), START))[0]
    router.handle(w.WorkArrived(item(2, "q0", START + timedelta(seconds=1))), START + timedelta(seconds=1))
    router.handle(w.OfferFailed(first.offer_id, "refused"), START + timedelta(seconds=2))
    assert (router.place("i0001"), router.place("i0002")) == (1, 2)
    refused = router.presence("a0")
    assert refused and (refused.status.value, refused.reason) == ("break", "refused")
    assert [offer.item.item_id for offer in offers_in(ready(router, "a3", START + timedelta(seconds=3)))] == ["i0001"]


def test_an_unreachable_telephone_frees_its_agent_when_it_returns() -> None:
    router = a_router()
    ready(router, "a0", START)
    offer = offers_in(router.handle(w.WorkArrived(item(1, "q0", START)), START))[0]
    router.handle(w.OfferFailed(offer.offer_id, "unreachable"), START)
    router.handle(w.AccountSeen("phone-a0", False), START)
    commands = router.handle(w.AccountSeen("phone-a0", True), START)
    assert [made.item.item_id for made in offers_in(commands)] == ["i0001"]


def test_after_call_work_ends_by_itself_and_can_be_extended() -> None:
    router = a_router()
    ready(router, "a0", START)
    one = item(1, "q0", START)
    offer = offers_in(router.handle(w.WorkArrived(one), START))[0]
    router.handle(w.OfferAnswered(offer.offer_id, "a0", one), START)
    router.handle(w.AgentReleased("a0", "c0001"), START)
    assert router.due() == START + timedelta(seconds=10)
    router.handle(w.AfterCallExtended("a0", 60), START)
    router.handle(w.TimeCame(), START + timedelta(seconds=69))
    working = router.presence("a0")
    assert working and working.state is State.AFTER_CALL
    router.handle(w.TimeCame(), START + timedelta(seconds=70))
    presence = router.presence("a0")
    assert presence and presence.state is State.IDLE
    with pytest.raises(Conflict):
        router.handle(w.AfterCallExtended("a0", 60), START)


def test_signing_out_during_a_contact_happens_after_it() -> None:
    router = a_router()
    ready(router, "a3", START)
    one = item(1, "q1", START)
    offer = offers_in(router.handle(w.WorkArrived(one), START))[0]
    router.handle(w.OfferAnswered(offer.offer_id, "a3", one), START)
    router.handle(w.SignOut("a3"), START)
    talking = router.presence("a3")
    assert talking and talking.signed_in
    router.handle(w.AgentReleased("a3", "c0001"), START)
    gone = router.presence("a3")
    assert gone and not gone.signed_in


def test_who_is_no_agent_cannot_sign_in() -> None:
    with pytest.raises(UnknownAgent):
        a_router().handle(w.SignIn("nobody", "phone"), START)


def test_an_answer_that_crosses_a_withdrawal_counts() -> None:
    router = a_router()
    ready(router, "a0", START)
    one = item(1, "q0", START)
    offer = offers_in(router.handle(w.WorkArrived(one), START))[0]
    router.handle(w.ChooseStatus("a0", "break", "lunch"), START)
    router.handle(w.OfferAnswered(offer.offer_id, "a0", one), START)
    presence = router.presence("a0")
    assert presence and (presence.state, presence.contact_id) == (State.TALKING, "c0001")
    assert not router.item_ids()
