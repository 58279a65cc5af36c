"""Two colleagues in a call: what the one who called can do; and a second call at somebody who talks already."""

from __future__ import annotations

import asyncio

import pytest

from huying.channels.reach.reach import ReachSettings, Target
from huying.telephony.simulator import Phone
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import centre_with, journey, nothing_is_left, only, phase, ready


async def two_who_talk(centre: Centre) -> str:
    """agent0 has called agent1; the contact."""
    for agent in ("agent0", "agent1", "agent2"):
        await ready(centre, agent, Phone(talk_seconds=900))
    contact = await centre.client.dial(BUSINESS, "agent0", "8001")
    await centre.until(lambda: phase(centre, contact) == "talking")
    return contact


def music(centre: Centre) -> list[str]:
    """The accounts whose telephones hear music."""
    return [leg.account for leg in centre.engine._world.legs.values() if leg.music]


def test_the_caller_holds_his_colleague_and_takes_him_back() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            contact = await two_who_talk(centre)
            await centre.client.hold(BUSINESS, "agent0", contact, True)
            assert music(centre) == ["phone-agent1"]
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("holding", "talking")
            await asyncio.sleep(0.2)
            await centre.kill()
            await centre.start()
            await centre.until(lambda: centre.state_of("agent0") == "holding")
            await centre.client.hold(BUSINESS, "agent0", contact, False)
            await centre.until(lambda: not music(centre))
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("talking", "talking")
            await centre.client.hang_up(BUSINESS, "agent0", contact)
            await centre.until(lambda: phase(centre, contact) == "over")
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize("comes_back", [True, False])
def test_the_caller_of_a_colleague_loses_his_network(comes_back: bool) -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            contact = await two_who_talk(centre)
            leg = next(leg.leg_id for leg in centre.engine._world.legs.values() if leg.account == "phone-agent0")
            centre.engine.lose_network(leg)
            await centre.until(lambda: music(centre) == ["phone-agent1"])
            if comes_back:
                await centre.client.rejoin(BUSINESS, "agent0", contact)
                await centre.until(lambda: not music(centre))
                assert phase(centre, contact) == "talking"
                assert leg not in centre.engine._world.legs
                await centre.client.hang_up(BUSINESS, "agent1", contact)
            await centre.until(lambda: phase(centre, contact) == "over", 40)
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("idle", "idle")
            nothing_is_left(centre)

    journey(story)


def test_the_caller_hands_his_colleague_on() -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            contact = await two_who_talk(centre)
            await centre.client.transfer(BUSINESS, "agent0", contact, {"kind": "agent", "id": "agent2"})
            await centre.until(lambda: centre.state_of("agent2") == "talking")
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("idle", "talking")
            await centre.client.hang_up(BUSINESS, "agent1", contact)
            await centre.until(lambda: phase(centre, contact) == "over")
            await centre.until(lambda: centre.state_of("agent2") in ("idle", "after_call"))
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize("then", ["picked_up", "died", "forgotten", "hung_up"])
def test_the_caller_parks_his_colleague(then: str) -> None:
    async def story() -> None:
        async with centre_with(agents=3) as centre:
            contact = await two_who_talk(centre)
            slot = (await centre.client.with_people("park", BUSINESS, "agent0", contact))["slot"]
            await centre.until(lambda: music(centre) == ["phone-agent1"])
            assert (phase(centre, contact), centre.state_of("agent0"), centre.state_of("agent1")) == ("parked", "idle", "talking")
            if then == "died":
                await asyncio.sleep(0.2)
                await centre.kill()
                await centre.start()
                await centre.until(lambda: phase(centre, contact) == "parked")
                assert (centre.state_of("agent1"), music(centre)) == ("talking", ["phone-agent1"])
            if then == "hung_up":
                await centre.client.hang_up(BUSINESS, "agent1", contact)
            elif then == "forgotten":
                await asyncio.sleep(120)
                assert phase(centre, contact) == "parked"
                await centre.until(lambda: phase(centre, contact) == "talking", 120)
                assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("talking", "talking")
                await centre.client.hang_up(BUSINESS, "agent0", contact)
            else:
                assert slot
                await centre.client.with_people("pick_up", BUSINESS, "agent2", contact)
                await centre.until(lambda: phase(centre, contact) == "talking")
                assert (centre.state_of("agent0"), centre.state_of("agent1"), centre.state_of("agent2")) == ("idle", "talking", "talking")
                assert not music(centre)
                await centre.client.hang_up(BUSINESS, "agent2", contact)
            await centre.until(lambda: phase(centre, contact) == "over")
            await asyncio.sleep(60)
            nothing_is_left(centre)

    journey(story)


def test_call_waiting_rings_quietly() -> None:
    async def story() -> None:
        async with centre_with(agents=3, reach={"agent1": ReachSettings(call_waiting=True)}) as centre:
            for agent in ("agent0", "agent1", "agent2"):
                await ready(centre, agent, Phone(talk_seconds=900))
            busy = await centre.client.dial(BUSINESS, "agent1", "8002")
            await centre.until(lambda: phase(centre, busy) == "talking")
            contact = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: phase(centre, contact) == "talking")
            assert await only(centre, "PersonRang", "quiet") == [False, True]
            await centre.client.hang_up(BUSINESS, "agent0", contact)
            await centre.client.hang_up(BUSINESS, "agent1", busy)
            await asyncio.sleep(1)
            nothing_is_left(centre)

    journey(story)


def test_of_two_calls_he_speaks_in_one() -> None:
    async def story() -> None:
        async with centre_with(agents=3, reach={"agent1": ReachSettings(call_waiting=True)}) as centre:
            for agent in ("agent0", "agent1", "agent2"):
                await ready(centre, agent, Phone(talk_seconds=900))
            first = await centre.client.dial(BUSINESS, "agent1", "8002")
            await centre.until(lambda: phase(centre, first) == "talking")
            second = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: phase(centre, second) == "talking")
            await centre.until(lambda: music(centre) == ["phone-agent2"])
            assert centre.state_of("agent1") == "talking"
            await centre.client.hold(BUSINESS, "agent1", first, False)
            await centre.until(lambda: music(centre) == ["phone-agent0"])
            await centre.client.hold(BUSINESS, "agent1", second, True)
            assert music(centre) == ["phone-agent0"]
            await centre.client.hang_up(BUSINESS, "agent2", first)
            await centre.until(lambda: phase(centre, first) == "over")
            assert centre.state_of("agent1") == "holding"
            await centre.client.hold(BUSINESS, "agent1", second, False)
            await centre.until(lambda: not music(centre))
            await centre.client.hang_up(BUSINESS, "agent0", second)
            await asyncio.sleep(1)
            nothing_is_left(centre)

    journey(story)


def test_a_waiting_call_is_refused_and_goes_on() -> None:
    async def story() -> None:
        reach = {"agent1": ReachSettings(call_waiting=True, busy=Target("number", number="+8613800138000"))}
        async with centre_with(Phone(answer_after_seconds=3, talk_seconds=900), agents=3, reach=reach) as centre:
            for agent in ("agent0", "agent2"):
                await ready(centre, agent, Phone(talk_seconds=900))
            await ready(centre, "agent1", Phone(answer_after_seconds=8, talk_seconds=900))
            first = await centre.client.dial(BUSINESS, "agent1", "8002")
            await centre.until(lambda: phase(centre, first) == "talking")
            second = await centre.client.dial(BUSINESS, "agent0", "8001")
            await centre.until(lambda: rung(centre, second) == "agent1")
            await centre.client.refuse(BUSINESS, "agent1", second)
            await centre.until(lambda: phase(centre, second) == "forwarded")
            assert (phase(centre, first), music(centre)) == ("talking", [])
            await centre.client.hang_up(BUSINESS, "agent0", second)
            await centre.client.hang_up(BUSINESS, "agent1", first)
            await asyncio.sleep(1)
            nothing_is_left(centre)

    journey(story)


def rung(centre: Centre, contact: str) -> str:
    """Who is rung as a person; empty for nobody."""
    owner = centre.process.switchboard.owner_of(contact)
    ring = owner.call.state.person_ring if owner else None
    return ring.agent_id if ring else ""
