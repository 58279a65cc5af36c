"""Consult, transfer, confer, park, pick up: on the simulated engine, with our own death in every state."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from huying.channels.voice.call.placing import placement
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.directory import StandardSound
from huying.flows.effects import Say
from huying.foundation.errors import Conflict, HuyingError, NotFound
from huying.telephony.simulator import Phone
from journeys.centre import BUSINESS, Centre
from journeys.test_calls import journey

OUTSIDE = "13911112222"
COLLEAGUE = {"kind": "agent", "id": "agent1"}
NUMBER = {"kind": "number", "number": OUTSIDE}


class Room:
    """A centre in which agent0 talks with a customer, and colleagues are ready."""

    def __init__(self, centre: Centre, contact_id: str) -> None:
        self.centre, self.contact_id = centre, contact_id

    @classmethod
    async def begin(cls, centre: Centre, talk_seconds: float = 900) -> Room:
        await centre.ready("agent0")
        centre.call(talk_seconds=talk_seconds, patience_seconds=900)
        await centre.until(lambda: centre.state_of("agent0") == "talking")
        for colleague in centre.agents[1:]:
            await centre.ready(colleague)
        await asyncio.sleep(0.5)
        return cls(centre, next(iter(centre.process.switchboard.owners)))

    @property
    def state(self) -> CallState:
        return self.centre.process.switchboard.owners[self.contact_id].call.state

    @property
    def over(self) -> bool:
        return self.contact_id not in self.centre.process.switchboard.owners

    async def does(self, agent: str, command: str, **more: str) -> Any:
        return await self.centre.client.with_people(command, BUSINESS, agent, self.contact_id, **more)

    async def consults(self, target: dict[str, str] = COLLEAGUE, agent: str = "agent0") -> None:
        await self.centre.client.consult(BUSINESS, agent, self.contact_id, target)
        await self.centre.until(lambda: bool(self.state.side and self.state.side.talking))

    async def transfers(self, target: dict[str, str], agent: str = "agent0") -> None:
        await self.centre.client.transfer(BUSINESS, agent, self.contact_id, target)

    async def check(self) -> None:
        """The engine has everybody where the state says."""
        snapshot = await self.centre.engine.snapshot()
        found = {leg: bridge.bridge_id for bridge in snapshot.bridges.values() for leg in bridge.legs}
        wanted = {leg: bridge for bridge, legs in placement(self.state).bridges.items() for leg in legs}
        assert {leg: bridge for leg, bridge in found.items() if leg in self.state.legs()} == wanted


def told(agents: int = 3) -> Callable[[Callable[[Room], Awaitable[None]]], Callable[[], None]]:
    """A story told in such a room; at its end the customer hangs up and everybody is free."""

    def decorate(story: Callable[[Room], Awaitable[None]]) -> Callable[[], None]:
        def test() -> None:
            async def run() -> None:
                async with Centre(agents=agents) as centre:
                    centre.engine.put_far_number(OUTSIDE, Phone(answer_after_seconds=3, talk_seconds=600))
                    room = await Room.begin(centre)
                    await story(room)
                    await asyncio.sleep(1500)
                    assert not centre.process.switchboard.owners
                    assert {centre.state_of(agent) for agent in centre.agents} <= {"idle", ""}
                    snapshot = await centre.engine.snapshot()
                    assert not snapshot.legs
                    assert not snapshot.bridges

            journey(run)

        test.__name__ = story.__name__
        test.__doc__ = story.__doc__
        return test

    return decorate


@told()
async def test_a_consultation_and_back(room: Room) -> None:
    await room.consults()
    await room.check()
    assert room.centre.state_of("agent1") == "talking"
    assert room.centre.state_of("agent0") == "holding"
    await room.does("agent0", "swap")
    await room.check()
    await room.does("agent0", "end_consult")
    await room.check()
    await room.centre.until(lambda: room.centre.state_of("agent1") == "idle")
    assert room.centre.state_of("agent0") == "talking"


@told()
async def test_an_attended_transfer(room: Room) -> None:
    await room.consults()
    await room.does("agent0", "complete")
    await room.check()
    assert [one.agent_id for one in room.state.segments] == ["agent1"]
    assert room.centre.state_of("agent0") == "after_call"
    assert await room.centre.endings() == {"answered": 1}


@told()
async def test_a_conference_of_four_that_its_first_agent_leaves(room: Room) -> None:
    await room.consults()
    await room.does("agent0", "merge")
    await room.consults(NUMBER)
    await room.does("agent0", "merge")
    await room.check()
    assert len(next(iter(placement(room.state).bridges.values()))) == 4
    await room.does("agent0", "leave")
    await room.check()
    guest = room.state.guests[0].party_id
    await room.does("agent1", "drop", party_id=guest)
    await room.check()
    assert not room.state.guests


@told()
async def test_a_transfer_to_a_person(room: Room) -> None:
    await room.transfers({"kind": "agent", "id": "agent2"})
    await room.centre.until(lambda: room.centre.state_of("agent2") == "talking")
    assert [one.agent_id for one in room.state.segments] == ["agent2"]
    origins = [entry.event.data()["origin"] for entry in await room.centre.entries() if entry.kind == "QueueEntered"]
    assert origins == ["first", "transfer"]


@told(agents=2)
async def test_who_does_not_answer_brings_the_customer_back(room: Room) -> None:
    room.centre.engine.register_phone("phone-agent1", Phone("silent"))
    await room.transfers(COLLEAGUE)
    await room.centre.until(lambda: room.centre.state_of("agent1") == "ringing")
    await room.centre.client.finish_after_call(BUSINESS, "agent0")
    await room.centre.until(lambda: room.centre.state_of("agent0") == "talking")


@told(agents=1)
async def test_a_number_that_is_busy_brings_the_customer_back(room: Room) -> None:
    room.centre.engine.put_far_number(OUTSIDE, Phone("busy"))
    await room.transfers(NUMBER)
    await room.centre.client.finish_after_call(BUSINESS, "agent0")
    await room.centre.until(lambda: room.centre.state_of("agent0") == "talking")


@told(agents=1)
async def test_a_number_that_answers_has_the_customer(room: Room) -> None:
    await room.transfers(NUMBER)
    await room.centre.until(lambda: room.state.phase is Phase.FORWARDED)
    assert room.centre.state_of("agent0") in ("after_call", "idle")
    kept = room.centre.directory.parties
    assert list(kept.values()) == [OUTSIDE]


@told()
async def test_a_transfer_to_a_queue(room: Room) -> None:
    await room.transfers({"kind": "queue", "id": "product"})
    await room.centre.until(lambda: room.centre.state_of("agent1") == "talking" or room.centre.state_of("agent2") == "talking")
    entries = [entry.event.data() for entry in await room.centre.entries() if entry.kind == "QueueEntered"]
    assert [(one["queue_id"], one["origin"]) for one in entries] == [("repair", "first"), ("product", "transfer")]


@told(agents=1)
async def test_back_to_the_menu(room: Room) -> None:
    flow_id = next(iter(room.centre.directory.configuration.flows))
    room.centre.reconfigure(flow_owners={flow_id: BUSINESS})
    await room.centre.client.refresh_configuration()
    await room.transfers({"kind": "flow", "id": flow_id})
    assert room.state.phase is Phase.IN_FLOW


@told()
async def test_parked_and_picked_up(room: Room) -> None:
    slot = (await room.does("agent0", "park"))["slot"]
    assert [one["slot"] for one in await room.centre.client.parked(BUSINESS)] == [slot] == ["701"]
    await room.check()
    await asyncio.sleep(20)
    await room.does("agent1", "pick_up")
    await room.centre.until(lambda: room.state.phase is Phase.TALKING)
    await room.check()
    assert room.centre.state_of("agent1") == "talking"


@told()
async def test_parked_too_long_comes_back(room: Room) -> None:
    await room.does("agent0", "park")
    await asyncio.sleep(185)
    await room.centre.until(lambda: room.centre.state_of("agent0") == "talking")


@told()
async def test_a_lead_joins(room: Room) -> None:
    await room.does("agent2", "join")
    await room.centre.until(lambda: len(room.state.segments) == 2)
    await room.check()
    await room.centre.client.hang_up(BUSINESS, "agent2", room.contact_id)
    assert [one.agent_id for one in room.state.segments] == ["agent0"]


@told(agents=1)
async def test_a_standard_recording(room: Room) -> None:
    room.centre.reconfigure(sounds={"s": StandardSound(BUSINESS, {"zh-CN": (Say("a", "zh-CN"),) * 5})})
    await room.centre.client.refresh_configuration()
    await room.does("agent0", "play", sound_id="s")
    assert room.state.playing
    await room.check()
    await room.centre.until(lambda: room.state.playing is None)
    await room.check()


@told()
async def test_what_cannot_be_is_said(room: Room) -> None:
    for command in ("swap", "merge", "complete", "end_consult", "leave"):
        with pytest.raises(Conflict):
            await room.does("agent0", command)
    for target in ({"kind": "agent", "id": "nobody"}, {"kind": "queue", "id": "none"}, {"kind": "flow", "id": "none"}):
        with pytest.raises(NotFound):
            await room.transfers(target)
    with pytest.raises(HuyingError):
        await room.transfers({"kind": "number", "number": "12"})
    await room.centre.client.set_status(BUSINESS, "agent1", "break", "lunch")
    with pytest.raises(Conflict):
        await room.transfers(COLLEAGUE)
    with pytest.raises(Conflict):
        await room.does("agent1", "pick_up")
    await room.check()


async def _ringing(room: Room) -> None:
    room.centre.engine.register_phone("phone-agent1", Phone(answer_after_seconds=25))
    await room.centre.client.consult(BUSINESS, "agent0", room.contact_id, COLLEAGUE)
    await asyncio.sleep(1)


async def _swapped(room: Room) -> None:
    await room.consults()
    await room.does("agent0", "swap")


async def _merged(room: Room) -> None:
    await room.consults(NUMBER)
    await room.does("agent0", "merge")


async def _left(room: Room) -> None:
    await _merged(room)
    await room.does("agent0", "leave")


async def _parked(room: Room) -> None:
    await room.does("agent0", "park")


async def _asks_queue(room: Room) -> None:
    for colleague in ("agent1", "agent2"):
        await room.centre.client.set_status(BUSINESS, colleague, "break", "lunch")
    await room.centre.client.consult(BUSINESS, "agent0", room.contact_id, {"kind": "queue", "id": "product"})


async def _transferred(room: Room) -> None:
    await room.transfers({"kind": "agent", "id": "agent2"})


SITUATIONS = {
    "ringing": _ringing,
    "consulting": lambda room: room.consults(),
    "swapped": _swapped,
    "merged": _merged,
    "left": _left,
    "parked": _parked,
    "asks a queue": _asks_queue,
    "transferred": _transferred,
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_our_own_death_changes_nothing(situation: str) -> None:
    @told()
    async def story(room: Room) -> None:
        await SITUATIONS[situation](room)
        await asyncio.sleep(0.5)
        before = room.state
        await room.centre.kill()
        await room.centre.start()
        after = room.state
        assert {one.agent_id for one in after.segments} == {one.agent_id for one in before.segments}
        assert (after.phase, len(after.guests), after.parked) == (before.phase, len(before.guests), before.parked)
        await asyncio.sleep(5)
        assert not room.over
        await room.check()

    story()


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("who", ["caller", "agent0", "agent1"])
def test_a_hang_up_at_each_step(situation: str, who: str) -> None:
    @told()
    async def story(room: Room) -> None:
        await SITUATIONS[situation](room)
        await asyncio.sleep(0.5)
        snapshot = await room.centre.engine.snapshot()
        legs = [leg.leg_id for leg in snapshot.legs.values() if leg.account == f"phone-{who}"]
        for leg_id in legs if who != "caller" else [room.state.caller_leg]:
            room.centre.engine.far_end_hangs_up(leg_id)
        await asyncio.sleep(3)
        if who == "caller":
            await room.centre.until(lambda: room.over)
        elif not room.over:
            await room.check()

    story()


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_dead_engine_frees_everybody(situation: str) -> None:
    @told()
    async def story(room: Room) -> None:
        await SITUATIONS[situation](room)
        room.centre.engine.restart()
        await asyncio.sleep(5)
        assert room.over or room.state.phase is Phase.ENDED

    story()
