"""Internal numbers of queues and flows, and mailboxes, from a telephone's keypad and from the desk's field. In virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from huying.channels.dialling.plan import Inner
from huying.channels.voice.call.state import Phase
from huying.foundation.errors import HuyingError
from huying.telephony.simulator import Phone
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import centre_with, journey, nothing_is_left, only, phase, ready
from journeys.keypad_story import dials, presses, state, talk

QUEUE, FLOW = "8802", "8890"


def numbered(agents: int = 3) -> Centre:
    """The queue of products has a number, and the flow."""
    centre = centre_with(agents=agents)
    given = centre.directory.configuration
    flow_id = next(iter(given.flows))
    plan = replace(given.dial_plans[BUSINESS], numbered={QUEUE: Inner("queue", "product"), FLOW: Inner("flow", flow_id)})
    centre.reconfigure(dial_plans={BUSINESS: plan}, flow_owners={flow_id: BUSINESS})
    return centre


def test_to_a_queue_by_keypad() -> None:
    async def story() -> None:
        async with numbered() as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            presses(centre, contact, f"*3{QUEUE}#")
            await centre.until(lambda: centre.state_of("agent1") == "talking")
            assert await only(centre, "QueueEntered", "queue_id") == ["repair", "product"]
            assert await only(centre, "QueueEntered", "origin") == ["first", "transfer"]
            assert centre.state_of("agent0") in ("after_call", "idle")

    journey(story)


def test_nobody_of_the_queue_answers_as_by_the_desk() -> None:
    """Whatever the desk's transfer leads to, the keypad's leads to."""
    ways: dict[str, list[str]] = {}

    def story_by(way: str) -> None:
        async def story() -> None:
            async with numbered() as centre:
                contact = await talk(centre)
                for agent in ("agent1", "agent2"):
                    await ready(centre, agent)
                    await centre.client.set_status(BUSINESS, agent, "break", "lunch")
                if way == "keypad":
                    presses(centre, contact, f"*3{QUEUE}#")
                else:
                    await centre.client.with_people("transfer", BUSINESS, "agent0", contact, target={"kind": "queue", "id": "product"})
                await centre.until(lambda: centre.state_of("agent0") in ("after_call", "idle"))
                await centre.until(lambda: centre.state_of("agent0") == "talking", 900)
                ways[way] = await centre.kinds(contact)

        journey(story)

    story_by("keypad")
    story_by("desk")
    assert ways["keypad"] == ways["desk"]


def test_a_queue_is_consulted_by_keypad_and_by_the_telephones_second_call() -> None:
    async def story() -> None:
        async with numbered() as centre:
            contact = await talk(centre)
            await ready(centre, "agent1", Phone(talk_seconds=900))
            presses(centre, contact, f"*2{QUEUE}#")
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            presses(centre, contact, "*7")
            await centre.until(lambda: state(centre, contact).side is None)
            await centre.client.finish_after_call(BUSINESS, "agent1")
            await centre.until(lambda: centre.state_of("agent1") == "idle")
            dials(centre, "agent0", QUEUE)
            await centre.until(lambda: bool((side := state(centre, contact).side) and side.talking))
            presses(centre, contact, "*6")
            await centre.until(lambda: [one.agent_id for one in state(centre, contact).segments] == ["agent1"])

    journey(story)


def test_to_a_flow_by_keypad_and_none_is_consulted() -> None:
    async def story() -> None:
        async with numbered(agents=1) as centre:
            contact = await talk(centre)
            presses(centre, contact, f"*2{FLOW}#")
            await asyncio.sleep(3)
            assert state(centre, contact).side is None
            assert centre.state_of("agent0") == "talking"
            presses(centre, contact, f"*3{FLOW}#")
            await centre.until(lambda: state(centre, contact).phase is Phase.IN_FLOW)
            assert centre.state_of("agent0") in ("after_call", "idle")

    journey(story)


@pytest.mark.parametrize(("number", "queue", "person"), [("8001", "", "agent1"), (QUEUE, "product", "")])
def test_straight_to_a_mailbox(number: str, queue: str, person: str) -> None:
    async def story() -> None:
        async with numbered() as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            presses(centre, contact, f"*2*{number}#")
            await asyncio.sleep(3)
            assert state(centre, contact).side is None, "a mailbox is not consulted"
            presses(centre, contact, f"*3*{number}#")
            await centre.until(lambda: "beep" in centre.heard)
            assert centre.state_of("agent1") == "idle", "nothing rings at him"
            customer = state(centre, contact).caller_leg
            await asyncio.sleep(10)
            centre.engine.far_end_presses(customer, "#")
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await only(centre, "MessageStarted", "queue_id") == [queue]
            assert await only(centre, "MessageStarted", "person_id") == [person]
            assert len(await only(centre, "MessageLeft", "seconds")) == 1

    journey(story)


def test_the_desks_field_for_a_number_takes_them() -> None:
    async def story() -> None:
        async with numbered() as centre:
            contact = await talk(centre)
            await ready(centre, "agent1")
            await centre.client.with_people("transfer", BUSINESS, "agent0", contact, target={"kind": "number", "number": QUEUE})
            await centre.until(lambda: centre.state_of("agent1") == "talking")
            await centre.client.with_people("transfer", BUSINESS, "agent1", contact, target={"kind": "number", "number": "*8000"})
            await centre.until(lambda: "beep" in centre.heard)

    journey(story)


@pytest.mark.parametrize("how", ["telephone", "desk"])
def test_an_agent_calls_a_queue(how: str) -> None:
    async def story() -> None:
        async with numbered() as centre:
            await ready(centre, "agent0", Phone(talk_seconds=900))
            await ready(centre, "agent1", Phone(talk_seconds=900))
            contact = await centre.client.dial(BUSINESS, "agent0", QUEUE) if how == "desk" else ""
            if not contact:
                dials(centre, "agent0", QUEUE)
                await centre.until(lambda: bool(centre.process.switchboard.owners))
                contact = next(iter(centre.process.switchboard.owners))
            await centre.until(lambda: phase(centre, contact) == "talking")
            assert (centre.state_of("agent0"), centre.state_of("agent1")) == ("talking", "talking")
            assert await only(centre, "QueueEntered", "queue_id") == ["product"]
            assert centre.directory.interactions[contact].direction == "internal"
            await centre.client.hang_up(BUSINESS, "agent0", contact)
            await centre.until(lambda: phase(centre, contact) == "over")
            assert centre.state_of("agent0") == "idle"
            await asyncio.sleep(60)
            nothing_is_left(centre)

    journey(story)


def test_our_death_while_an_agent_waits_in_a_queue() -> None:
    async def story() -> None:
        async with numbered() as centre:
            await ready(centre, "agent0", Phone(talk_seconds=900))
            contact = await centre.client.dial(BUSINESS, "agent0", QUEUE)
            await centre.until(lambda: phase(centre, contact) == "waiting")
            await centre.kill()
            await asyncio.sleep(1)
            await centre.start()
            await asyncio.sleep(4)
            assert phase(centre, contact) == "waiting"
            await ready(centre, "agent1", Phone(talk_seconds=20))
            await centre.until(lambda: phase(centre, contact) == "talking")
            await centre.until(lambda: phase(centre, contact) == "over")

    journey(story)


def test_a_flow_is_not_called() -> None:
    async def story() -> None:
        async with numbered() as centre:
            await ready(centre, "agent0")
            with pytest.raises(HuyingError, match="handed on"):
                await centre.client.dial(BUSINESS, "agent0", FLOW)
            leg = dials(centre, "agent0", FLOW)
            await asyncio.sleep(3)
            assert leg not in centre.engine._world.legs

    journey(story)
