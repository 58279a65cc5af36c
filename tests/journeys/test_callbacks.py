"""Customers who are called back: every step, and everything that can go wrong at it, in virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from huying.channels.callback.settings import CallbackSettings
from huying.foundation.errors import Conflict, Forbidden
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual, virtual_clock
from journeys.centre import BUSINESS, Centre

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

NUMBER = "13800138000"
HOME = Phone(answer_after_seconds=5, talk_seconds=30)
"""A customer who is at home."""


def journey(main: Callable[[], Awaitable[None]]) -> None:
    """Run a journey in virtual time."""

    async def run() -> None:
        await main()

    run_virtual(run())


def centre_with(phone: Phone | None = HOME, agents: int = 1, **settings: Any) -> Centre:
    """A centre whose customer's telephone behaves so; None: it is not switched on."""
    centre = Centre(agents=agents)
    terms = CallbackSettings(**settings)
    centre.directory.configuration = replace(centre.directory.configuration, callbacks={BUSINESS: terms})
    if phone:
        centre.engine.put_far_number(NUMBER, phone)
    return centre


async def wish(centre: Centre, number: str = NUMBER) -> str:
    """Somebody asks on the web page to be called back about a repair."""
    return await centre.client.request_callback(BUSINESS, "service", "repair", number, "", "zh-CN")


def phase(centre: Centre, contact_id: str) -> str:
    """Where the contact is in its life."""
    owner = centre.process.switchboard.owner_of(contact_id)
    return owner.call.state.phase.value if owner else "over"


def dialled(centre: Centre, contact_id: str) -> bool:
    """Has the customer been dialled, and is it over?"""
    owner = centre.process.switchboard.owner_of(contact_id)
    return bool(owner and owner.call.state.callback and owner.call.state.callback.dials and not owner.call.state.callback.dial)


async def told(centre: Centre, kind: str, field: str) -> list[Any]:
    """This field of all events of a kind."""
    return [entry.event.data()[field] for entry in await centre.entries() if entry.kind == kind]


def nothing_is_left(centre: Centre) -> None:
    """Nobody waits, nothing rings, no leg is up."""
    assert not centre.process.switchboard.owners
    assert not centre.process.routing.router.item_ids()
    assert not centre.engine._world.legs
    assert not centre.engine._world.bridges
    assert not centre.engine._world.playbacks


def test_a_customer_is_called_back_when_the_turn_comes() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            contact = await wish(centre)
            await asyncio.sleep(60)
            assert phase(centre, contact) == "waiting"
            await centre.ready("agent0")
            await centre.until(lambda: phase(centre, contact) == "dialling")
            assert centre.state_of("agent0") == "talking"
            assert len(centre.engine._world.playbacks) == 1, "the agent hears that it rings"
            await centre.until(lambda: phase(centre, contact) == "talking")
            legs = centre.engine._world.legs.values()
            assert len({leg.bridge_id for leg in legs}) == 1
            called = next(leg for leg in legs if leg.trunk)
            assert (called.number_called, called.remote_number) == (NUMBER, "4008005678")
            await centre.until(lambda: centre.state_of("agent0") == "after_call")
            await centre.until(lambda: centre.state_of("agent0") == "idle")
            assert await centre.endings() == {"answered": 1}
            assert len(centre.keeper.kept) == 1
            nothing_is_left(centre)

    journey(story)


def test_callbacks_stand_in_one_line_with_callers() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            contact = await wish(centre)
            await asyncio.sleep(10)
            centre.call(talk_seconds=20)
            await asyncio.sleep(20)
            await centre.ready("agent0")
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.until(lambda: not centre.process.switchboard.owners, 200)
            segments = [entry.stream_id for entry in await centre.entries() if entry.kind == "SegmentStarted"]
            assert segments[0] == contact
            assert len(segments) == 2

    journey(story)


@pytest.mark.parametrize(
    ("how", "result"), [("busy", "busy"), ("silent", "no_answer"), ("refuse", "refused"), ("unreachable", "unreachable")]
)
def test_a_customer_who_is_not_reached_is_tried_again_and_then_given_up(how: str, result: str) -> None:
    async def story() -> None:
        async with centre_with(Phone(how)) as centre:
            await centre.ready("agent0")
            contact = await wish(centre)
            await centre.until(lambda: dialled(centre, contact))
            assert centre.state_of("agent0") == "idle", "free at once"
            await asyncio.sleep(500)
            assert phase(centre, contact) == "waiting"
            assert not centre.process.routing.router.item_ids(), "nobody is offered it in the pause"
            await centre.until(lambda: phase(centre, contact) == "over", 200)
            assert await told(centre, "CallbackNotReached", "result") == [result, result]
            assert await centre.endings() == {"not_reached": 1}
            nothing_is_left(centre)

    journey(story)


def test_who_is_reached_at_the_second_try_is_answered() -> None:
    async def story() -> None:
        async with centre_with(Phone("busy"), most_tries=3, pause_seconds=120) as centre:
            await centre.ready("agent0")
            contact = await wish(centre)
            await asyncio.sleep(60)
            centre.engine.put_far_number(NUMBER, HOME)
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_a_trunk_that_is_full_or_gone_is_no_try() -> None:
    async def story() -> None:
        async with centre_with(most_tries=1) as centre:
            await centre.ready("agent0")
            before = centre.directory.configuration
            centre.directory.configuration = replace(before, trunks=[])
            await centre.client.refresh_configuration()
            contact = await wish(centre)
            await asyncio.sleep(100)
            assert phase(centre, contact) in ("waiting", "dialling")
            assert set(await told(centre, "CallbackNotReached", "counted")) == {False}
            centre.directory.configuration = before
            await centre.client.refresh_configuration()
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_the_agent_refuses_and_the_next_one_calls() -> None:
    async def story() -> None:
        async with centre_with(agents=2) as centre:
            await centre.ready("agent0", Phone("refuse"))
            await asyncio.sleep(1)
            await centre.ready("agent1")
            contact = await wish(centre)
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await told(centre, "OfferEnded", "result") == ["refused", "accepted"]

    journey(story)


def test_the_agent_gives_up_while_it_rings() -> None:
    async def story() -> None:
        async with centre_with(Phone("silent"), ring_seconds=60) as centre:
            await centre.ready("agent0")
            contact = await wish(centre)
            await centre.until(lambda: phase(centre, contact) == "dialling")
            with pytest.raises(Conflict):
                await centre.client.hold(BUSINESS, "agent0", contact, True)
            await centre.client.hang_up(BUSINESS, "agent0", contact)
            await centre.until(lambda: not centre.engine._world.legs, 5)
            assert phase(centre, contact) == "waiting"
            assert await told(centre, "CallbackNotReached", "result") == ["agent_gone"]
            await centre.client.set_status(BUSINESS, "agent0", "break", "lunch")
            await centre.client.cancel_callback(BUSINESS, contact)
            await asyncio.sleep(1)
            assert await centre.endings() == {"ended": 1}
            nothing_is_left(centre)

    journey(story)


def test_the_agent_vanishes_while_it_rings() -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=25, talk_seconds=20), agents=2) as centre:
            await centre.ready("agent0")
            contact = await wish(centre)
            await centre.until(lambda: phase(centre, contact) == "dialling")
            owner = centre.process.switchboard.owner_of(contact)
            assert owner
            assert owner.call.state.callback
            assert owner.call.state.callback.dial
            centre.engine.unregister_phone("phone-agent0")
            centre.engine.far_end_hangs_up(owner.call.state.callback.dial.agent_leg_id)
            await centre.until(lambda: not centre.engine._world.legs, 5)
            await centre.ready("agent1")
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_the_agent_is_lost_in_the_conversation_and_the_customer_gets_another() -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=2, talk_seconds=200), agents=2) as centre:
            await centre.ready("agent0")
            contact = await wish(centre)
            await centre.until(lambda: phase(centre, contact) == "talking")
            owner = centre.process.switchboard.owner_of(contact)
            assert owner
            assert owner.call.state.segment
            centre.engine.unregister_phone("phone-agent0")
            centre.engine.lose_network(owner.call.state.segment.leg_id)
            await centre.ready("agent1")
            await centre.until(lambda: centre.state_of("agent1") == "talking", 60)
            await centre.until(lambda: phase(centre, contact) == "over", 300)
            origins = await told(centre, "QueueEntered", "origin")
            assert origins == ["first", "recovery"]
            assert await centre.endings() == {"answered": 2}
            nothing_is_left(centre)

    journey(story)


def test_it_expires() -> None:
    async def story() -> None:
        async with centre_with(expire_seconds=3600) as centre:
            contact = await wish(centre)
            await asyncio.sleep(3590)
            assert phase(centre, contact) == "waiting"
            await asyncio.sleep(80)
            assert phase(centre, contact) == "over"
            assert await centre.endings() == {"ended": 1}
            assert await told(centre, "QueueEntryEnded", "reason") == ["expired"]
            nothing_is_left(centre)

    journey(story)


class Hours:
    """Open from then on."""

    def __init__(self, opens_in: float) -> None:
        self.opens_at = virtual_clock() + timedelta(seconds=opens_in)

    def state(self, at: Any) -> tuple[bool, str, Any]:
        """See Opening."""
        return (True, "", None) if at >= self.opens_at else (False, "hours", self.opens_at)


def test_nobody_is_called_outside_the_hours() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await centre.ready("agent0")
            configuration = centre.directory.configuration
            closed = {**configuration.rules, "repair": replace(configuration.rules["repair"], opening=Hours(4000))}
            configuration.__dict__["rules"] = closed
            await centre.client.refresh_configuration()
            contact = await wish(centre)
            await asyncio.sleep(3900)
            assert not await told(centre, "OfferMade", "offer_id")
            await centre.until(lambda: phase(centre, contact) == "talking", 300)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await centre.endings() == {"answered": 1}

    journey(story)


@pytest.mark.parametrize("when", ["waiting", "ringing", "dialling", "answered", "talking", "pause"])
@pytest.mark.parametrize("death", ["ours", "engine", "connection"])
def test_deaths_cost_no_callback(when: str, death: str) -> None:
    async def story() -> None:
        busy = when == "pause"
        agent = Phone(answer_after_seconds=10 if when == "ringing" else 1)
        async with centre_with(Phone("busy") if busy else Phone(answer_after_seconds=12, talk_seconds=60), pause_seconds=120) as centre:
            contact = await wish(centre)
            if when != "waiting":
                await centre.ready("agent0", agent)
            await reach(centre, contact, when)
            if death == "ours":
                await centre.kill()
                await asyncio.sleep(14 if when == "answered" else 1)
                await centre.start()
            elif death == "engine":
                centre.engine.restart(5)
            else:
                centre.engine.break_connection(14 if when == "answered" else 3)
            await asyncio.sleep(1)
            if busy:
                centre.engine.put_far_number(NUMBER, HOME)
            if when == "waiting":
                await asyncio.sleep(20)
                await centre.ready("agent0", agent)
            elif death == "engine":
                await asyncio.sleep(20)
                await centre.client.set_status(BUSINESS, "agent0", "ready")
            await centre.until(lambda: phase(centre, contact) == "over", 400)
            lost = when == "talking" and death == "engine"
            assert await centre.endings() == {"answered": 1}
            if not lost:
                assert (await told(centre, "SegmentEnded", "by"))[-1] == "customer"
            await asyncio.sleep(20)
            nothing_is_left(centre)

    journey(story)


async def reach(centre: Centre, contact: str, when: str) -> None:
    """Wait until the callback is so far."""
    if when == "pause":
        await centre.until(lambda: dialled(centre, contact))
    elif when == "ringing":
        await centre.until(lambda: centre.state_of("agent0") == "ringing")
    elif when in ("dialling", "answered"):
        await centre.until(lambda: phase(centre, contact) == "dialling")
    elif when == "talking":
        await centre.until(lambda: phase(centre, contact) == "talking")
    await asyncio.sleep(0.5)


@pytest.mark.parametrize("number", ["110", "12", "+4930123456", ""])
def test_numbers_that_may_not_be_called(number: str) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            with pytest.raises(Forbidden):
                await wish(centre, number)
            assert not centre.directory.interactions
            assert not await centre.entries()

    journey(story)


def test_one_callback_a_customer_and_queue() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            contact = await wish(centre)
            with pytest.raises(Conflict):
                await wish(centre, f"+86{NUMBER}")
            await centre.client.cancel_callback(BUSINESS, contact)
            await asyncio.sleep(0.1)
            await wish(centre)

    journey(story)
