"""A lead hears an agent's call from a telephone: who hears whom in each mode, and whoever hangs up, dies, or hands the customer on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from huying.channels.dialling.permissions import Person
from huying.channels.voice.call.state import CallState
from huying.telephony.simulator import Caller
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import centre_with, journey, nothing_is_left, only, ready

LEAD = "agent2"
TONES = {"customer": 440, "agent0": 1000, "agent1": 1300, LEAD: 1700}


def lead_centre() -> Centre:
    centre = centre_with(agents=3)
    plan = centre.directory.configuration.dial_plans[BUSINESS]
    people = {**plan.people, LEAD: Person(LEAD, frozenset({"lead"}))}
    centre.reconfigure(dial_plans={BUSINESS: replace(plan, people=people)})
    centre.engine.register_phone(f"phone-{LEAD}")
    return centre


def dial(centre: Centre, agent: str, number: str) -> str:
    caller = Caller(number_called=number, account=f"phone-{agent}", talk_seconds=2000, patience_seconds=2000, tone=TONES[agent])
    return centre.engine.place_call(caller)


async def talk(centre: Centre) -> str:
    """agent0 talks with a customer; the contact."""
    await ready(centre, "agent0")
    centre.call(talk_seconds=900, patience_seconds=900, tone=TONES["customer"])
    await centre.until(lambda: centre.state_of("agent0") == "talking")
    contact = next(iter(centre.process.switchboard.owners))
    segment = state(centre, contact).segment
    assert segment
    centre.engine._world.legs[segment.leg_id].tone = TONES["agent0"]
    return contact


def state(centre: Centre, contact_id: str) -> CallState:
    return centre.process.switchboard.owners[contact_id].call.state


def monitors(centre: Centre, contact_id: str) -> int:
    owner = centre.process.switchboard.owner_of(contact_id)
    return len(owner.call.state.monitors) if owner else 0


def heard(centre: Centre, leg_id: str) -> set[str]:
    """Who is heard over this leg."""
    world = centre.engine._world
    return {who for who, tone in TONES.items() if tone in world.heard_by(world.legs[leg_id])}


async def listening(centre: Centre) -> tuple[str, str]:
    """The lead listens to agent0; contact and the lead's leg."""
    contact = await talk(centre)
    leg = dial(centre, LEAD, "*908000")
    await centre.until(lambda: monitors(centre, contact) == 1)
    await asyncio.sleep(0.5)
    return contact, leg


def hears(centre: Centre, contact: str, leg: str) -> dict[str, set[str]]:
    now = state(centre, contact)
    assert now.segment
    return {"customer": heard(centre, now.caller_leg), "agent": heard(centre, now.segment.leg_id), "lead": heard(centre, leg)}


BOTH = {"customer", "agent0"}
LISTENS = {"customer": {"agent0"}, "agent": {"customer"}, "lead": BOTH}
WHISPERS = {"customer": {"agent0"}, "agent": {"customer", LEAD}, "lead": BOTH}
JOINED = {"customer": {"agent0", LEAD}, "agent": {"customer", LEAD}, "lead": BOTH}


def test_he_listens_whispers_joins_and_goes_back() -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact, leg = await listening(centre)
            assert hears(centre, contact, leg) == LISTENS
            for key, expected in (("5", WHISPERS), ("6", JOINED), ("4", LISTENS), ("6", JOINED), ("5", WHISPERS)):
                centre.engine.far_end_presses(leg, key)
                await asyncio.sleep(0.5)
                assert hears(centre, contact, leg) == expected, key
            centre.engine.far_end_hangs_up(leg)
            await asyncio.sleep(1)
            assert hears_two(centre, contact) == {"customer": {"agent0"}, "agent": {"customer"}}
            assert await only(centre, "MonitorStarted", "person_id") == [LEAD]
            assert await only(centre, "MonitorStarted", "agent_id") == ["agent0"]
            assert await only(centre, "MonitorChanged", "mode") == ["whisper", "join", "listen", "join", "whisper"]
            assert await only(centre, "MonitorEnded", "by") == ["lead"]
            await centre.until(lambda: not centre.process.switchboard.owners, 1000)
            assert await centre.endings() == {"answered": 1}
            await asyncio.sleep(60)
            nothing_is_left(centre)

    journey(story)


def hears_two(centre: Centre, contact: str) -> dict[str, set[str]]:
    now = state(centre, contact)
    assert now.segment
    return {"customer": heard(centre, now.caller_leg), "agent": heard(centre, now.segment.leg_id)}


@pytest.mark.parametrize("key", ["4", "5", "6"])
@pytest.mark.parametrize("who", ["customer", "agent", "desk"])
def test_the_call_ends_as_without_him(who: str, key: str) -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact, leg = await listening(centre)
            centre.engine.far_end_presses(leg, key)
            await asyncio.sleep(0.5)
            now = state(centre, contact)
            assert now.segment
            if who == "desk":
                await centre.client.hang_up(BUSINESS, "agent0", contact)
            else:
                centre.engine.far_end_hangs_up(now.caller_leg if who == "customer" else now.segment.leg_id)
            await centre.until(lambda: not centre.process.switchboard.owners, 30)
            assert await only(centre, "MonitorEnded", "by") == ["call"]
            await asyncio.sleep(60)
            nothing_is_left(centre)
            assert await centre.endings() == {"answered": 1}

    journey(story)


@pytest.mark.parametrize(("key", "expected"), [("4", LISTENS), ("5", WHISPERS), ("6", JOINED)])
def test_our_death_changes_nothing(key: str, expected: dict[str, set[str]]) -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact, leg = await listening(centre)
            centre.engine.far_end_presses(leg, key)
            await asyncio.sleep(0.5)
            await centre.kill()
            await asyncio.sleep(2)
            await centre.start()
            await asyncio.sleep(12)
            assert hears(centre, contact, leg) == expected
            centre.engine.far_end_presses(leg, "5")
            await asyncio.sleep(0.5)
            assert hears(centre, contact, leg) == WHISPERS
            centre.engine.far_end_hangs_up(leg)
            await asyncio.sleep(1)
            assert await only(centre, "MonitorEnded", "by") == ["lead"]
            await centre.client.hang_up(BUSINESS, "agent0", contact)
            await asyncio.sleep(60)
            nothing_is_left(centre)

    journey(story)


def test_whoever_hangs_up_while_we_are_dead_is_noticed() -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact, leg = await listening(centre)
            await centre.kill()
            centre.engine.far_end_hangs_up(leg)
            await centre.start()
            await centre.until(lambda: monitors(centre, contact) == 0, 30)
            assert hears_two(centre, contact) == {"customer": {"agent0"}, "agent": {"customer"}}

    journey(story)


def test_a_transfer_to_a_colleague_takes_him_along_and_one_to_a_queue_ends_it() -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact, leg = await listening(centre)
            await ready(centre, "agent1")
            await centre.client.with_people("consult", BUSINESS, "agent0", contact, target={"kind": "agent", "id": "agent1"})
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            side = state(centre, contact).side
            assert side
            centre.engine._world.legs[side.leg_id].tone = TONES["agent1"]
            await asyncio.sleep(0.5)
            assert heard(centre, leg) == {"agent0", "agent1"}, "the consultation too"
            await centre.client.with_people("complete", BUSINESS, "agent0", contact)
            await asyncio.sleep(1)
            assert [one.agent_id for one in state(centre, contact).segments] == ["agent1"]
            assert heard(centre, leg) == {"customer", "agent1"}
            await centre.client.with_people("transfer", BUSINESS, "agent1", contact, target={"kind": "queue", "id": "product"})
            await centre.until(lambda: monitors(centre, contact) == 0, 10)
            assert leg not in centre.engine._world.legs
            assert await only(centre, "MonitorEnded", "by") == ["call"]
            await asyncio.sleep(1200)
            nothing_is_left(centre)

    journey(story)


def test_held_customers_are_silent_for_him_and_an_agent_who_was_lost_is_heard_again() -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact, leg = await listening(centre)
            await centre.client.hold(BUSINESS, "agent0", contact, True)
            await asyncio.sleep(0.5)
            assert heard(centre, leg) == {"agent0"}
            await centre.client.hold(BUSINESS, "agent0", contact, False)
            await asyncio.sleep(0.5)
            assert heard(centre, leg) == BOTH
            now = state(centre, contact)
            assert now.segment
            centre.engine.lose_network(now.segment.leg_id)
            await centre.until(lambda: bool((one := state(centre, contact).segment) and one.lost_since), 60)
            await centre.client.rejoin(BUSINESS, "agent0", contact)
            await centre.until(lambda: bool((one := state(centre, contact).segment) and not one.lost_since), 30)
            found = state(centre, contact).segment
            assert found
            centre.engine._world.legs[found.leg_id].tone = TONES["agent0"]
            await asyncio.sleep(0.5)
            assert heard(centre, leg) == BOTH

    journey(story)


def test_who_may_not_or_cannot_is_refused() -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            for agent, number in (("agent1", "*908000"), (LEAD, "*908001"), (LEAD, "*909999"), (LEAD, "*908002")):
                leg = dial(centre, agent, number)
                await centre.until(lambda leg=leg: leg not in centre.engine._world.legs, 20)
            assert monitors(centre, contact) == 0
            assert not await only(centre, "MonitorStarted", "person_id")
            assert centre.state_of("agent0") == "talking"

    journey(story)


async def mode(centre: Centre, contact: str, mode: str) -> None:
    told: dict[str, Any] = {"mode": mode, "agent_id": "agent0"}
    await centre.client.with_people("monitor", BUSINESS, LEAD, contact, **told)


def test_from_the_desk_his_own_device_is_rung() -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact = await talk(centre)
            await ready(centre, LEAD)
            await mode(centre, contact, "whisper")
            await centre.until(lambda: monitors(centre, contact) == 1, 20)
            monitor = state(centre, contact).monitors[0]
            centre.engine._world.legs[monitor.leg_id].tone = TONES[LEAD]
            assert hears(centre, contact, monitor.leg_id) == WHISPERS
            assert centre.state_of(LEAD) == "talking", "he is offered nothing meanwhile"
            await mode(centre, contact, "listen")
            await asyncio.sleep(0.5)
            assert hears(centre, contact, monitor.leg_id) == LISTENS
            await centre.client.hang_up(BUSINESS, LEAD, contact)
            await centre.until(lambda: centre.state_of(LEAD) == "idle", 10)
            assert centre.state_of("agent0") == "talking"

    journey(story)


def test_a_refreshed_page_hears_it_again_as_before() -> None:
    async def story() -> None:
        async with lead_centre() as centre:
            contact = await talk(centre)
            await ready(centre, LEAD)
            await mode(centre, contact, "whisper")
            await centre.until(lambda: monitors(centre, contact) == 1, 20)
            before = state(centre, contact).monitors[0].leg_id
            await centre.client.rejoin(BUSINESS, LEAD, contact)
            await centre.until(lambda: monitors(centre, contact) == 1 and state(centre, contact).monitors[0].leg_id != before, 20)
            monitor = state(centre, contact).monitors[0]
            assert (monitor.mode, monitor.target_id) == ("whisper", "agent0")
            await asyncio.sleep(0.5)
            assert before not in centre.engine._world.legs
            centre.engine._world.legs[monitor.leg_id].tone = TONES[LEAD]
            assert hears(centre, contact, monitor.leg_id) == WHISPERS
            assert centre.state_of(LEAD) == "talking"
            await centre.client.hang_up(BUSINESS, LEAD, contact)
            await centre.until(lambda: centre.state_of(LEAD) == "idle", 10)

    journey(story)
