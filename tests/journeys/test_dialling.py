"""Calls to numbers that agents begin: every result, every hang-up at every step, and our own death in between."""

from __future__ import annotations

import asyncio

import pytest

from huying.channels.dialling.permissions import Rule
from huying.channels.dialling.plan import DiallingRefused
from huying.channels.voice.call.limit import Limit
from huying.foundation.errors import Conflict
from huying.telephony.port import EndCause
from huying.telephony.simulator import Phone
from journeys.centre import BUSINESS
from journeys.dialling_centre import NUMBER, centre_with, journey, nothing_is_left, only, phase, ready


def test_a_number_is_called_and_talked_with() -> None:
    async def story() -> None:
        async with centre_with(caller_number="4001112222", outside_prefix="9") as centre:
            await ready(centre, "agent0")
            contact = await centre.client.dial(BUSINESS, "agent0", "9-138 0013 8000")
            kept = centre.directory.interactions[contact]
            assert (kept.direction, kept.remote_number, kept.number_called) == ("outbound", "+8613800138000", "4001112222")
            await centre.until(lambda: len(centre.engine._world.playbacks) == 1)
            assert centre.state_of("agent0") == "talking"
            await centre.until(lambda: phase(centre, contact) == "talking")
            called = next(leg for leg in centre.engine._world.legs.values() if leg.trunk)
            assert (called.number_called, called.remote_number) == (NUMBER, "4001112222")
            assert len({leg.bridge_id for leg in centre.engine._world.legs.values()}) == 1
            await centre.client.hold(BUSINESS, "agent0", contact, True)
            assert called.music
            await centre.client.hold(BUSINESS, "agent0", contact, False)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert centre.state_of("agent0") == "after_call"
            await asyncio.sleep(40)
            assert centre.state_of("agent0") == "idle"
            kinds = await centre.kinds(contact)
            assert kinds[:4] == ["ContactEntered", "DialRequested", "DialStarted", "SegmentStarted"]
            assert kinds.count("CallRecordingEnded") == 1
            assert await only(centre, "SegmentStarted", "reason") == ["outbound"]
            assert await only(centre, "ContactEnded", "cause") == ["customer_hung_up"]
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize(
    ("behaviour", "result"), [("busy", "busy"), ("refuse", "refused"), ("silent", "no_answer"), ("unreachable", "unreachable")]
)
def test_every_result_is_told(behaviour: str, result: str) -> None:
    async def story() -> None:
        async with centre_with(Phone(behaviour=behaviour, answer_after_seconds=3), ring_seconds=20) as centre:
            await ready(centre, "agent0")
            contact = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await only(centre, "DialEnded", "result") == [result]
            assert await only(centre, "ContactEnded", "cause") == ["not_reached"]
            assert centre.state_of("agent0") == "idle", "no after-call work for a call that nobody took"
            nothing_is_left(centre)

    journey(story)


def test_after_call_work_for_calls_nobody_took_where_it_is_set() -> None:
    async def story() -> None:
        async with centre_with(Phone(behaviour="busy"), after_call_when_not_reached=True, after_call_seconds=20) as centre:
            await ready(centre, "agent0")
            await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.until(lambda: centre.state_of("agent0") == "after_call")
            await asyncio.sleep(21)
            assert centre.state_of("agent0") == "idle"

    journey(story)


def test_hang_ups_at_every_step() -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=20)) as centre:
            await ready(centre, "agent0", Phone(answer_after_seconds=10))
            first = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.client.hang_up(BUSINESS, "agent0", first)  # while one's own telephone rings
            await centre.until(lambda: phase(centre, first) == "over")
            second = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.until(lambda: len(centre.engine._world.legs) == 2)
            await centre.client.hang_up(BUSINESS, "agent0", second)  # while the other rings
            await centre.until(lambda: phase(centre, second) == "over")
            third = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.until(lambda: len(centre.engine._world.legs) == 2)
            own = next(leg.leg_id for leg in centre.engine._world.legs.values() if leg.account)
            centre.engine.far_end_hangs_up(own)  # the agent puts the telephone down
            await centre.until(lambda: phase(centre, third) == "over")
            assert await only(centre, "DialEnded", "result") == ["cancelled"] * 3
            fourth = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.until(lambda: phase(centre, fourth) == "talking")
            await centre.client.hang_up(BUSINESS, "agent0", fourth)
            await centre.until(lambda: phase(centre, fourth) == "over")
            nothing_is_left(centre)

    journey(story)


def test_ones_own_telephone_does_not_answer() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0", Phone(behaviour="silent"))
            contact = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await only(centre, "DialEnded", "result") == ["agent_not_reached"]
            nothing_is_left(centre)

    journey(story)


def test_who_may_dial_and_when() -> None:
    async def story() -> None:
        rules = (Rule("1", "local only", frozenset({"internal", "local"})),)
        async with centre_with(rules=rules) as centre:
            with pytest.raises(Conflict):
                await centre.client.dial(BUSINESS, "agent0", "120")  # nobody is signed in
            await ready(centre, "agent0")
            with pytest.raises(DiallingRefused):
                await centre.client.dial(BUSINESS, "agent0", NUMBER)
            centre.engine.put_far_number("120", Phone(answer_after_seconds=1, talk_seconds=20))
            contact = await centre.client.dial(BUSINESS, "agent0", "120")
            with pytest.raises(Conflict):
                await centre.client.dial(BUSINESS, "agent0", "120")  # one at a time
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.until(lambda: phase(centre, contact) == "over")

    journey(story)


def test_nothing_is_offered_to_who_dials() -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=10, talk_seconds=60), agents=1, after_call_seconds=0) as centre:
            await ready(centre, "agent0")
            contact = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            centre.call()
            await asyncio.sleep(40)
            assert phase(centre, contact) == "talking"
            assert not await only(centre, "OfferMade", "agent_id")
            await centre.until(lambda: phase(centre, contact) == "over")
            await centre.until(lambda: centre.state_of("agent0") == "talking")

    journey(story)


def test_the_time_is_up() -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=1, talk_seconds=900), limits={"mobile": Limit(60, 10)}) as centre:
            await ready(centre, "agent0")
            contact = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            await centre.until(lambda: phase(centre, contact) == "talking")
            await asyncio.sleep(52)
            assert await only(centre, "CallLimitWarned", "seconds_left") == [10]
            assert "beep" in centre.heard
            await centre.until(lambda: phase(centre, contact) == "over", 12)
            assert await only(centre, "ContactEnded", "cause") == ["time_limit"]
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize("moment", ["own", "far", "talking"])
def test_we_die_while_somebody_dials(moment: str) -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=10, talk_seconds=60)) as centre:
            await ready(centre, "agent0", Phone(answer_after_seconds=8))
            contact = await centre.client.dial(BUSINESS, "agent0", NUMBER)
            if moment == "far":
                await centre.until(lambda: len(centre.engine._world.legs) == 2)
            elif moment == "talking":
                await centre.until(lambda: phase(centre, contact) == "talking")
            await asyncio.sleep(1)
            await centre.kill()
            await centre.start()
            await centre.until(lambda: phase(centre, contact) == "talking", 40)
            await centre.until(lambda: phase(centre, contact) == "over", 90)
            await asyncio.sleep(35)
            assert centre.state_of("agent0") == "idle"
            nothing_is_left(centre)

    journey(story)


def test_a_customer_whose_agent_is_lost_is_served_by_the_queue_he_was_called_for() -> None:
    async def story() -> None:
        async with centre_with(Phone(answer_after_seconds=2, talk_seconds=200)) as centre:
            await ready(centre, "agent0")
            contact = await centre.client.dial(BUSINESS, "agent0", NUMBER, queue_id="repair")
            await centre.until(lambda: phase(centre, contact) == "talking")
            await ready(centre, "agent1")
            own = next(leg.leg_id for leg in centre.engine._world.legs.values() if leg.account)
            centre.engine._life.end(centre.engine._world.leg(own), EndCause.FAILED, by_far_end=False)
            await centre.until(lambda: centre.state_of("agent1") == "talking", 60)
            assert phase(centre, contact) == "talking"

    journey(story)


def test_who_does_not_want_to_be_called_is_not() -> None:
    async def story() -> None:
        rules = (Rule("1", "knowing", frozenset({"mobile"}), override_do_not_call=True),)
        async with centre_with(rules=rules) as centre:
            await ready(centre, "agent0")
            centre.directory.do_not_call.add("+8613800138000")
            with pytest.raises(DiallingRefused):
                await centre.client.dial(BUSINESS, "agent0", NUMBER)
            assert await centre.client.dial(BUSINESS, "agent0", NUMBER, knowing=True)

    journey(story)
