"""Internal numbers of queues and flows, and mailboxes, from a telephone's keypad and from the desk's field. In virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from huying.channels.dialling.plan import Inner
from huying.channels.reach.reach import ReachSettings, Target
from huying.channels.voice.call.state import Phase
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, TransferNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import HuyingError
from huying.telephony.simulator import Phone
from journeys.centre import BUSINESS, NUMBER, Centre
from journeys.dialling_centre import DIRECT, centre_with, journey, nothing_is_left, only, phase, ready
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
        async with numbered() as centre:
            contact = await talk(centre)
            presses(centre, contact, f"*2{FLOW}#")
            await asyncio.sleep(3)
            assert state(centre, contact).side is None
            assert centre.state_of("agent0") == "talking"
            presses(centre, contact, f"*3{FLOW}#")
            await centre.until(lambda: state(centre, contact).phase is Phase.IN_FLOW)
            assert centre.state_of("agent0") in ("after_call", "idle")
            centre.engine.far_end_presses(state(centre, contact).caller_leg, "1")
            await centre.until(lambda: phase(centre, contact) == "waiting")
            assert await only(centre, "QueueEntered", "queue_id") == ["repair", "repair"], "the menu takes his key"
            assert await only(centre, "QueueEntered", "wanted") == [[], []], "nobody is waited for who has handed him on"

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


def passing_on(number: str) -> Centre:
    """agent0 passes all calls on to this number; nobody else has set anything."""
    centre = numbered()
    centre.reconfigure(reach={"agent0": ReachSettings(always=Target("number", number=number))})
    return centre


def leading_to(number: str, to: str = "number") -> Centre:
    """The flow of the service number does nothing but transfer there."""
    centre = numbered()
    node = TransferNode(id="on", to=to, address=number, exits={"otherwise": "sorry"})
    flow_id = next(iter(centre.directory.configuration.flows))
    flow = Flow.build(flow_id, 1, node, GoodbyeNode(id="sorry", prompt=lines_of("system.goodbye")))
    centre.reconfigure(flows={flow_id: flow})
    centre.directory.flow_version = flow
    return centre


@pytest.mark.parametrize("by", ["diversion", "number", "person"])
def test_calls_are_passed_on_to_a_queue_by_its_number(by: str) -> None:
    async def story() -> None:
        async with passing_on(QUEUE) if by == "diversion" else leading_to(QUEUE, by) as centre:
            await ready(centre, "agent1", Phone(talk_seconds=20))
            centre.call("", number_called=DIRECT if by == "diversion" else NUMBER, patience_seconds=300, talk_seconds=300)
            await centre.until(lambda: centre.state_of("agent1") == "talking")
            assert await only(centre, "QueueEntered", "queue_id") == ["product"]
            await centre.until(lambda: not centre.process.switchboard.owners)
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize("by", ["diversion", "number", "person"])
def test_calls_are_passed_on_to_a_colleague_and_to_a_mailbox_by_number(by: str) -> None:
    async def story(number: str) -> None:
        async with passing_on(number) if by == "diversion" else leading_to(number, by) as centre:
            await ready(centre, "agent1", Phone(talk_seconds=20))
            leg = centre.call("", number_called=DIRECT if by == "diversion" else NUMBER, patience_seconds=300, talk_seconds=300)
            if number == "8001":
                await centre.until(lambda: centre.state_of("agent1") == "talking")
            else:
                await centre.until(lambda: "beep" in centre.heard)
                await asyncio.sleep(10)
                centre.engine.far_end_presses(leg, "#")
            await centre.until(lambda: not centre.process.switchboard.owners)
            assert await only(centre, "MessageStarted", "person_id") == ([] if number == "8001" else ["agent1"])
            nothing_is_left(centre)

    for number in ("8001", "*8001"):
        journey(lambda number=number: story(number))


def test_calls_are_passed_on_to_a_flow_by_its_number() -> None:
    async def story() -> None:
        async with passing_on(FLOW) as centre:
            await ready(centre, "agent1", Phone(talk_seconds=20))
            centre.call(number_called=DIRECT, patience_seconds=300, talk_seconds=300)
            await centre.until(lambda: centre.state_of("agent1") == "talking")
            await centre.until(lambda: not centre.process.switchboard.owners)
            nothing_is_left(centre)

    journey(story)


@pytest.mark.parametrize("to", ["number", "person"])
def test_a_circle_of_flow_and_person_ends(to: str) -> None:
    """The flow transfers to a person who passes on to the flow, or straight to itself."""

    async def story(number: str) -> None:
        async with leading_to(number, to) as centre:
            centre.reconfigure(reach={"agent0": ReachSettings(always=Target("number", number=FLOW))})
            await centre.client.refresh_configuration()
            centre.call("", patience_seconds=300, talk_seconds=300)
            await asyncio.sleep(1)
            await centre.until(lambda: not centre.process.switchboard.owners)
            assert len(await only(centre, "TransferStarted", "target_kind")) == 5
            nothing_is_left(centre)

    for number in ("8000", FLOW):
        journey(lambda number=number: story(number))


@pytest.mark.parametrize("how", ["telephone", "desk"])
@pytest.mark.parametrize(("number", "queue", "person"), [("8001", "", "agent1"), (QUEUE, "product", "")])
def test_a_mailbox_is_dialled(how: str, number: str, queue: str, person: str) -> None:
    async def story() -> None:
        async with numbered() as centre:
            await ready(centre, "agent0", Phone(talk_seconds=900))
            await ready(centre, "agent1")
            if how == "desk":
                await centre.client.dial(BUSINESS, "agent0", f"*{number}")
            else:
                dials(centre, "agent0", f"*{number}")
            await centre.until(lambda: "beep" in centre.heard)
            contact = next(iter(centre.process.switchboard.owners))
            assert centre.state_of("agent1") == "idle", "nothing rings at him"
            await asyncio.sleep(10)
            await centre.kill()
            await asyncio.sleep(1)
            await centre.start()
            await asyncio.sleep(4)
            if phase(centre, contact) != "over":
                centre.engine.far_end_presses(state(centre, contact).caller_leg, "#")
            await centre.until(lambda: phase(centre, contact) == "over")
            assert (await only(centre, "MessageStarted", "queue_id"))[0] == queue
            assert (await only(centre, "MessageStarted", "person_id"))[0] == person
            assert centre.state_of("agent0") == "idle"
            nothing_is_left(centre)

    journey(story)


def test_codes_and_mailboxes_do_not_hide_each_other() -> None:
    async def story() -> None:
        async with numbered() as centre:
            plan = centre.directory.configuration.dial_plans[BUSINESS]
            extensions = {**plan.extensions, "8401": "agent2", "701": "agent2", "7213": "agent2"}
            centre.reconfigure(dial_plans={BUSINESS: replace(plan, extensions=extensions)})
            await centre.client.refresh_configuration()
            code_of = centre.process.keypad.code_of
            assert [bool(code_of(BUSINESS, text)) for text in ("*8001", "*8401", "*7213", "*8802")] == [False] * 4
            assert all(code_of(BUSINESS, text) for text in ("*80", "*848001", "*85701", "*72701", "*72*8001", "*728802", "*01"))

    journey(story)


def test_the_telephones_key_for_transferring_takes_them() -> None:
    """SIP REFER: to a queue, from there to a flow, whose menu takes the customer's key, and from there to a mailbox."""

    async def story() -> None:
        async with numbered() as centre:

            def refers(contact: str, number: str) -> None:
                segment = state(centre, contact).segment
                assert segment
                centre.engine.far_end_transfers(segment.leg_id, number)

            contact = await talk(centre)
            await ready(centre, "agent1", Phone(talk_seconds=900))
            refers(contact, QUEUE)
            await centre.until(lambda: centre.state_of("agent1") == "talking")
            assert centre.state_of("agent0") in ("after_call", "idle")
            refers(contact, FLOW)
            await centre.until(lambda: state(centre, contact).phase is Phase.IN_FLOW)
            customer = state(centre, contact).caller_leg
            centre.engine.far_end_presses(customer, "1")
            await ready(centre, "agent2", Phone(talk_seconds=900))
            await centre.until(lambda: phase(centre, contact) == "talking")
            refers(contact, "*8001")
            await centre.until(lambda: "beep" in centre.heard)
            await asyncio.sleep(10)
            centre.engine.far_end_presses(customer, "#")
            await centre.until(lambda: phase(centre, contact) == "over")
            assert await only(centre, "TransferStarted", "target_kind") == ["queue", "flow", "mailbox"]
            assert await only(centre, "MessageStarted", "person_id") == ["agent1"]
            await asyncio.sleep(60)
            nothing_is_left(centre)

    journey(story)
