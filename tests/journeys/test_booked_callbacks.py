"""Callbacks at a time that was booked: nobody waits before it, then its agent is asked first, and nothing that dies costs it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huying.channels.callback.settings import CallbackSettings
from huying.channels.callback.when import ClosedThen, TimePassed, TimeTooFar, TimeUnknown
from huying.channels.dialling.plan import DiallingRefused
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, TransferNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import Conflict, Forbidden, InvalidInput, NotFound
from huying.telephony.simulator import Caller, Phone
from huying.telephony.virtual_time import virtual_clock
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import HOME, NUMBER, centre_with, journey, nothing_is_left, only, phase, ready

HOUR = 3600


def booking_centre(phone: Phone | None = HOME, agents: int = 2, zone: str = "Asia/Shanghai", **settings: Any) -> Centre:
    centre = centre_with(phone, agents)
    centre.reconfigure(callbacks={BUSINESS: CallbackSettings(**settings)}, time_zones={BUSINESS: zone})
    return centre


def later(seconds: float) -> str:
    return (virtual_clock() + timedelta(seconds=seconds)).isoformat()


async def book(centre: Centre, seconds: float = HOUR, wanted: str = "agent0", **more: str) -> str:
    contact, _ = await centre.client.book_callback(BUSINESS, "agent0", NUMBER, "repair", later(seconds), wanted_id=wanted, **more)
    return contact


def test_the_customer_is_called_at_his_time_by_whoever_booked_it() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            await ready(centre, "agent1")
            await asyncio.sleep(30)
            await ready(centre, "agent0")
            contact = await book(centre)
            await asyncio.sleep(HOUR - 10)
            assert phase(centre, contact) == "in_flow"
            assert not centre.process.routing.router.item_ids(), "nobody is offered it before"
            await centre.until(lambda: phase(centre, contact) == "talking", 60)
            assert await only(centre, "SegmentStarted", "agent_id") == ["agent0"], "though agent1 is idle longer"
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await centre.endings() == {"answered": 1}
            waited = await only(centre, "QueueEntryEnded", "waited_seconds")
            assert waited[0] < 30, "he waits since his time, not since it was booked"
            await asyncio.sleep(30)
            nothing_is_left(centre)

    journey(story)


def test_after_some_minutes_anybody_of_the_queue_calls() -> None:
    async def story() -> None:
        async with booking_centre(own_seconds=300) as centre:
            await ready(centre, "agent0")
            centre.call(talk_seconds=2000, patience_seconds=2000)
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            await ready(centre, "agent1")
            contact = await book(centre, 600)
            await asyncio.sleep(600 + 280)
            assert not await only(centre, "CallbackDialled", "agent_id"), "agent0 is still asked alone"
            await centre.until(lambda: phase(centre, contact) == "talking", 60)
            assert await only(centre, "CallbackDialled", "agent_id") == ["agent1"]

    journey(story)


def test_who_is_not_there_is_not_waited_for() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            await ready(centre, "agent1")
            contact = await book(centre, 600)
            await asyncio.sleep(595)
            await centre.until(lambda: phase(centre, contact) == "talking", 30)
            assert await only(centre, "CallbackDialled", "agent_id") == ["agent1"]

    journey(story)


def test_one_that_is_for_the_queue_goes_to_whoever_is_idle_longest() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            await ready(centre, "agent1")
            await asyncio.sleep(5)
            await ready(centre, "agent0")
            contact = await book(centre, 60, wanted="")
            await centre.until(lambda: phase(centre, contact) == "talking", 120)
            assert await only(centre, "SegmentStarted", "agent_id") == ["agent1"]

    journey(story)


def test_who_is_not_reached_is_tried_again() -> None:
    async def story() -> None:
        async with booking_centre(Phone("busy"), pause_seconds=120) as centre:
            await ready(centre, "agent0")
            contact = await book(centre, 60)
            await asyncio.sleep(100)
            assert await only(centre, "CallbackNotReached", "result") == ["busy"]
            centre.engine.put_far_number(NUMBER, HOME)
            await centre.until(lambda: phase(centre, contact) == "talking", 200)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_it_is_moved_before_its_time_and_in_the_line() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            contact = await book(centre, 600)
            await centre.client.move_callback(BUSINESS, "agent0", contact, "repair", later(1200))
            await asyncio.sleep(900)
            assert phase(centre, contact) == "in_flow"
            await asyncio.sleep(400)
            assert phase(centre, contact) == "waiting"
            await centre.client.move_callback(BUSINESS, "agent0", contact, "product", later(300), "agent1")
            assert phase(centre, contact) == "in_flow"
            assert not centre.process.routing.router.item_ids()
            await ready(centre, "agent1")
            await centre.until(lambda: phase(centre, contact) == "talking", 400)
            assert await only(centre, "QueueEntered", "queue_id") == ["repair", "product"]
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await centre.endings() == {"ended": 1, "answered": 1}
            await asyncio.sleep(30)
            nothing_is_left(centre)

    journey(story)


def test_nobody_is_moved_while_he_is_called() -> None:
    async def story() -> None:
        async with booking_centre(Phone(answer_after_seconds=20, talk_seconds=20)) as centre:
            await ready(centre, "agent0")
            contact = await book(centre, 60)
            await centre.until(lambda: phase(centre, contact) == "dialling", 90)
            with pytest.raises(Conflict):
                await centre.client.move_callback(BUSINESS, "agent0", contact, "repair", later(300))
            await centre.until(lambda: phase(centre, contact) == "talking", 60)
            with pytest.raises(Conflict):
                await centre.client.move_callback(BUSINESS, "agent0", contact, "repair", later(300))

    journey(story)


@pytest.mark.parametrize("moved", [False, True])
def test_it_is_cancelled(moved: bool) -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            contact = await book(centre, 60)
            if moved:
                await asyncio.sleep(70)
                await centre.client.move_callback(BUSINESS, "agent0", contact, "repair", later(300))
            await centre.client.cancel_callback(BUSINESS, contact)
            await asyncio.sleep(0.1)
            assert await only(centre, "ContactEnded", "cause") == ["cancelled"]
            assert await centre.endings() == ({"ended": 1} if moved else {})
            nothing_is_left(centre)

    journey(story)


def test_what_cannot_be_booked_is_refused() -> None:
    async def story() -> None:
        async with booking_centre(most_days=30) as centre:
            for error, at in ((TimePassed, later(-5)), (TimeTooFar, later(31 * 86400)), (TimeUnknown, "tomorrow")):
                with pytest.raises(error):
                    await centre.client.book_callback(BUSINESS, "agent0", NUMBER, "repair", at)
            with pytest.raises(NotFound):
                await centre.client.book_callback(BUSINESS, "agent0", NUMBER, "nowhere", later(60))
            with pytest.raises((InvalidInput, DiallingRefused)):
                await centre.client.book_callback(BUSINESS, "agent0", "8001", "repair", later(60))
            centre.directory.do_not_call.add(f"+86{NUMBER}")
            with pytest.raises(Forbidden):
                await book(centre)
            assert not await centre.entries()

    journey(story)


def test_where_nothing_can_be_booked_the_reason_is_told() -> None:
    async def story() -> None:
        async with booking_centre() as centre:

            async def why(number: str = NUMBER) -> str:
                return await centre.client.why_not_booked(BUSINESS, "agent0", number)

            assert await why() == ""
            assert [await why(number) for number in ("", "8001", "110", "nobody")] == ["no_number", *["not_callable"] * 3]
            for number in range(5):
                await book(centre, HOUR + number)
            assert await why() == "booked_often"
            centre.directory.do_not_call.add(f"+86{NUMBER}")
            assert await why() == "not_callable"
            centre.reconfigure(trunks=())
            await centre.client.refresh_configuration()
            assert await why("13900139000") == "no_line"

    journey(story)


def test_a_visitor_of_the_page_books_one_for_himself() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            wish = (BUSINESS, "", NUMBER, "repair", later(600))
            contact, _ = await centre.client.book_callback(*wish, name="Li", language="en", entry_point="service")
            with pytest.raises(Conflict):
                await centre.client.book_callback(*wish)
            with pytest.raises(Forbidden):
                await centre.client.book_callback(BUSINESS, "", "+4930123456", "repair", later(600))
            await asyncio.sleep(590)
            await ready(centre, "agent1")
            await centre.until(lambda: phase(centre, contact) == "talking", 60)
            assert await only(centre, "CallbackRequested", "by") == ["web"]

    journey(story)


class Closed:
    """Closed for so long, then open."""

    def __init__(self, seconds: float) -> None:
        self.opens_at = virtual_clock() + timedelta(seconds=seconds)

    def state(self, at: Any) -> tuple[bool, str, Any]:
        """See Opening."""
        return (True, "", None) if at >= self.opens_at else (False, "hours", self.opens_at)


def test_a_time_outside_the_hours_is_refused_and_says_when_it_opens() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            configuration, opening = centre.directory.configuration, Closed(4000)
            configuration.__dict__["rules"] = {**configuration.rules, "repair": replace(configuration.rules["repair"], opening=opening)}
            await centre.client.refresh_configuration()
            with pytest.raises(ClosedThen) as refused:
                await book(centre, 3900)
            assert refused.value.details["opens_at"] == opening.opens_at.isoformat()
            assert await book(centre, 4100)

    journey(story)


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Shanghai", 8), ("Europe/Berlin", 1), ("America/New_York", -5)])
def test_a_time_without_a_zone_is_the_businesss_own(zone: str, hour: int) -> None:
    async def story() -> None:
        async with booking_centre(zone=zone) as centre:
            wall = (virtual_clock() + timedelta(hours=hour + 2)).replace(tzinfo=None, microsecond=0)
            _, at = await centre.client.book_callback(BUSINESS, "agent0", NUMBER, "repair", wall.isoformat())
            ahead = (centre_time(at) - virtual_clock()).total_seconds()
            assert 2 * HOUR - 2 <= ahead <= 3 * HOUR, "an hour more where it is summer"

    journey(story)


def centre_time(text: str) -> Any:
    return type(virtual_clock()).fromisoformat(text)


@pytest.mark.parametrize("when", ["before", "over_its_time", "waiting", "ringing", "dialling", "pause"])
@pytest.mark.parametrize("death", ["ours", "engine"])
def test_deaths_cost_no_booking(when: str, death: str) -> None:
    async def story() -> None:
        phone = Phone("busy") if when == "pause" else Phone(answer_after_seconds=12, talk_seconds=40)
        async with booking_centre(phone, pause_seconds=120) as centre:
            contact = await book(centre, 300)
            agent = Phone(answer_after_seconds=10 if when == "ringing" else 1)
            if when not in ("waiting", "over_its_time"):
                await ready(centre, "agent0", agent)
            await reach(centre, contact, when)
            if death == "ours":
                await centre.kill()
                await asyncio.sleep(120 if when == "over_its_time" else 1)
                await centre.start()
            else:
                centre.engine.restart(5)
            await asyncio.sleep(20)
            centre.engine.put_far_number(NUMBER, HOME)
            if when in ("waiting", "over_its_time"):
                await ready(centre, "agent0", agent)
            elif death == "engine":
                await centre.client.set_status(BUSINESS, "agent0", "ready")
            await centre.until(lambda: phase(centre, contact) == "over", 900)
            assert await centre.endings() == {"answered": 1}
            assert len(await only(centre, "QueueEntered", "entry_id")) == 1
            await asyncio.sleep(30)
            nothing_is_left(centre)

    journey(story)


async def reach(centre: Centre, contact: str, when: str) -> None:
    """Wait until the booking is so far."""
    if when == "before":
        await asyncio.sleep(30)
    elif when == "over_its_time":
        await asyncio.sleep(290)
    elif when == "waiting":
        await asyncio.sleep(310)
    elif when == "ringing":
        await centre.until(lambda: centre.state_of("agent0") == "ringing", 400)
    elif when == "dialling":
        await centre.until(lambda: phase(centre, contact) == "dialling", 400)
    else:
        await asyncio.sleep(330)


def types(centre: Centre, leg: str, keys: str) -> None:
    for key in keys:
        centre.engine.far_end_presses(leg, key)


def shanghai(seconds: float) -> str:
    """Month, day, hour and minute of that moment, as one types them."""
    return (virtual_clock() + timedelta(seconds=seconds)).astimezone(ZoneInfo("Asia/Shanghai")).strftime("%m%d%H%M")


async def talking(centre: Centre) -> tuple[str, str]:
    """agent0 talks with a customer who may be called; contact and the agent's leg."""
    await ready(centre, "agent0")
    centre.call(remote_number=NUMBER, talk_seconds=40, patience_seconds=900)
    await centre.until(lambda: centre.state_of("agent0") == "talking")
    contact = next(iter(centre.process.switchboard.owners))
    segment = centre.process.switchboard.owners[contact].call.state.segment
    assert segment
    return contact, segment.leg_id


async def booked_at(centre: Centre) -> list[Any]:
    return await only(centre, "CallbackRequested", "due_at")


@pytest.mark.parametrize(("key", "wanted"), [("1", "agent0"), ("2", "")])
def test_it_is_booked_by_keys_in_the_call(key: str, wanted: str) -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            contact, leg = await talking(centre)
            types(centre, leg, f"*0{shanghai(7200)}#")
            await centre.until(lambda: "keypad.confirm_time" in centre.heard)
            assert "keypad.call_back_on" in centre.heard
            assert not await booked_at(centre), "not before it is confirmed"
            types(centre, leg, key)
            await centre.until(lambda: "keypad.booked" in centre.heard)
            due = centre_time((await booked_at(centre))[0])
            assert abs((due - virtual_clock()).total_seconds() - 7200) < 90
            assert await only(centre, "CallbackRequested", "wanted_id") == [wanted]
            assert await only(centre, "CallbackRequested", "previous_contact_id") == [contact]
            assert await only(centre, "CallbackRequested", "queue_id") == ["repair"]
            assert centre.state_of("agent0") == "talking"

    journey(story)


@pytest.mark.parametrize(
    ("typed", "said"), [("9999", "keypad.time_unknown"), ("past", "keypad.time_passed"), ("far", "keypad.time_too_far")]
)
def test_what_was_typed_in_the_call_is_refused_in_words(typed: str, said: str) -> None:
    async def story() -> None:
        async with booking_centre(most_days=5) as centre:
            _, leg = await talking(centre)
            keys = {"past": shanghai(-3600), "far": shanghai(8 * 86400)}.get(typed, typed)
            types(centre, leg, f"*0{keys}#")
            await centre.until(lambda: said in centre.heard)
            types(centre, leg, "1")
            await asyncio.sleep(1)
            assert not await booked_at(centre)

    journey(story)


def test_another_key_gives_it_up_and_so_does_waiting() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            _, leg = await talking(centre)
            types(centre, leg, f"*0{shanghai(7200)}#")
            await centre.until(lambda: "keypad.confirm_time" in centre.heard)
            types(centre, leg, "5")
            await centre.until(lambda: "keypad.given_up" in centre.heard)
            types(centre, leg, f"*0{shanghai(7200)}#")
            await asyncio.sleep(31)
            types(centre, leg, "1")
            await asyncio.sleep(1)
            assert not await booked_at(centre)

    journey(story)


def test_it_is_booked_by_a_code_after_the_call() -> None:
    async def story() -> None:
        async with booking_centre() as centre:
            contact, _ = await talking(centre)
            await centre.until(lambda: centre.state_of("agent0") == "after_call", 90)
            leg = centre.engine.place_call(Caller(number_called="*68", account="phone-agent0", talk_seconds=600, patience_seconds=600))
            await centre.until(lambda: "keypad.enter_time" in centre.heard)
            types(centre, leg, "25#")
            await centre.until(lambda: "keypad.time_unknown" in centre.heard)
            await asyncio.sleep(2)
            types(centre, leg, shanghai(7200) + "#")
            await centre.until(lambda: "keypad.confirm_time" in centre.heard)
            types(centre, leg, "1")
            await centre.until(lambda: "keypad.booked" in centre.heard)
            assert await only(centre, "CallbackRequested", "previous_contact_id") == [contact]
            await centre.until(lambda: leg not in centre.engine._world.legs, 30)
            await ready(centre, "agent0")
            await asyncio.sleep(7200 - 300)
            await centre.until(lambda: bool(centre.process.switchboard.owners), 10)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 700)

    journey(story)


def handing_on_to_a_person() -> Centre:
    """The flow does nothing but transfer to agent1."""
    centre = booking_centre()
    (flow_id,) = centre.directory.configuration.flows
    node = TransferNode(id="on", to="person", address="agent1", exits={"otherwise": "sorry"})
    flow = Flow.build(flow_id, 1, node, GoodbyeNode(id="sorry", prompt=lines_of("system.goodbye")))
    centre.reconfigure(flows={flow_id: flow}, flow_owners={flow_id: BUSINESS})
    centre.directory.flow_version = flow
    return centre


@pytest.mark.parametrize("dies", [False, True])
@pytest.mark.parametrize("to", ["flow", "queue"])
def test_who_was_called_back_is_handed_on(to: str, dies: bool) -> None:
    async def story() -> None:
        async with handing_on_to_a_person() as centre:
            centre.engine.put_far_number(NUMBER, Phone(answer_after_seconds=3, talk_seconds=900))
            await ready(centre, "agent0", Phone(talk_seconds=900))
            contact = await book(centre, 60)
            await centre.until(lambda: phase(centre, contact) == "talking", 120)
            if to == "flow":
                await ready(centre, "agent1", Phone(answer_after_seconds=6, talk_seconds=20))
            (flow_id,) = centre.directory.configuration.flows
            target = {"kind": to, "id": flow_id if to == "flow" else "product"}
            await centre.client.transfer(BUSINESS, "agent0", contact, target)
            if to == "queue":
                await centre.client.set_status(BUSINESS, "agent0", "break", "lunch")
            await asyncio.sleep(2)
            if dies:
                await centre.kill()
                await asyncio.sleep(1)
                await centre.start()
                await asyncio.sleep(1)
            if to == "queue":
                assert phase(centre, contact) == "waiting"
                await ready(centre, "agent1", Phone(talk_seconds=20))
            await centre.until(lambda: centre.state_of("agent1") == "talking", 60)
            await centre.until(lambda: phase(centre, contact) == "over")
            if to == "queue":
                assert (await only(centre, "QueueEntered", "queue_id"))[-1] == "product"
            await asyncio.sleep(30)
            nothing_is_left(centre)

    journey(story)
