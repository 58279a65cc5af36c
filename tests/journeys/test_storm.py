"""Everything at once, at random moments: whatever happens, in the end nobody is left in the air and the journal adds up."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import pytest

from huying.channels.voice.call.state import Phase
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, MenuNode, PlayNode, QueueNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import HuyingError
from huying.foundation.journal.entry import Entry
from huying.routing.router.requirements import Action, Line, Requirements
from huying.routing.router.work import Consequence, Door
from huying.telephony.port import Gone
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual
from journeys.centre import BUSINESS, Centre

GUSTS, GUST_SECONDS, CALM_SECONDS = 8, 60, 25
SETTLE_SECONDS = 400
BEHAVIOURS = ("answer",) * 8 + ("refuse", "silent", "busy", "unreachable")


class Storm:
    """Does one thing after the other to a centre."""

    def __init__(self, centre: Centre, dice: Random) -> None:
        self.centre = centre
        self.dice = dice
        self.deeds = [
            *([self.call] * 24),
            *([self.work] * 12),
            *([self.desk] * 16),
            *([self.leave, self.rest, self.unplug, self.hang_up, self.lose_network] * 3),
            *([self.break_connection, self.die] * 4),
            self.engine_dies,
        ]

    async def run(self) -> None:
        """For the storm's time, then let everything come to rest."""
        for agent in self.centre.agents:
            await self.centre.ready(agent, Phone(talk_seconds=40))
        loop = asyncio.get_running_loop()
        for _ in range(GUSTS):
            end = loop.time() + GUST_SECONDS
            while loop.time() < end:
                with contextlib.suppress(HuyingError):
                    await self.dice.choice(self.deeds)()
                await asyncio.sleep(self.dice.expovariate(0.7))
            await asyncio.sleep(CALM_SECONDS)
            await calm(self.centre)
        await asyncio.sleep(SETTLE_SECONDS)

    def agent(self) -> str:
        return self.dice.choice(self.centre.agents)

    async def call(self) -> None:
        keys = self.dice.choice(["1", "2", "3", "0", "", "9", "1www1", "1ww3", "1w3w9", "2ww4"])
        self.centre.call(keys=keys, talk_seconds=self.dice.uniform(0, 60), patience_seconds=self.dice.uniform(1, 120))

    async def work(self) -> None:
        how = self.dice.choice(BEHAVIOURS)
        await self.centre.ready(
            self.agent(), Phone(how, talk_seconds=self.dice.uniform(1, 60), answer_after_seconds=self.dice.uniform(0, 8))
        )

    async def leave(self) -> None:
        await self.centre.client.sign_out(BUSINESS, self.agent())

    async def rest(self) -> None:
        await self.centre.client.set_status(BUSINESS, self.agent(), "break", "lunch")

    async def unplug(self) -> None:
        self.centre.engine.unregister_phone(f"phone-{self.agent()}")

    async def hang_up(self) -> None:
        with contextlib.suppress(Gone):
            self.centre.engine.far_end_hangs_up(self._leg())

    async def lose_network(self) -> None:
        with contextlib.suppress(Gone):
            agent = self.agent()
            await self.centre.bus.publish("desk.feed", {"business_id": BUSINESS, "person_id": agent, "connected": self.dice.random() < 0.5})
            owner = next((o for o in self.centre.process.switchboard.owners.values() if o.has_agent(agent)), None)
            if owner and owner.call.state.segment:
                self.centre.engine.lose_network(owner.call.state.segment.leg_id)

    async def desk(self) -> None:
        owners = list(self.centre.process.switchboard.owners)
        if not owners:
            return
        client, agent, contact = self.centre.client, self.agent(), self.dice.choice(owners)
        owner = self.centre.process.switchboard.owners[contact]
        segment, rings = owner.call.state.segment, owner.call.state.rings
        agent = segment.agent_id if segment else rings[0].agent_id if rings else agent
        deed = self.dice.randrange(8)
        match deed:
            case 0 | 1:
                await client.hold(BUSINESS, agent, contact, deed == 0)
            case 2 | 3:
                await client.rejoin(BUSINESS, agent, contact)
            case 4:
                await client.hang_up(BUSINESS, agent, contact)
            case 5:
                await client.pause_recording(BUSINESS, agent, contact, self.dice.random() < 0.5)
            case 6:
                await client.refuse(BUSINESS, agent, contact)
            case 7:
                await client.end_contact(BUSINESS, agent, contact)

    async def break_connection(self) -> None:
        if self.centre.engine._connected:
            self.centre.engine.break_connection(self.dice.uniform(0.01, 6))

    async def die(self) -> None:
        if self.centre.engine._connected:
            await self.centre.kill()
            await asyncio.sleep(self.dice.uniform(0, 4))
            await self.centre.start()

    async def engine_dies(self) -> None:
        if self.centre.engine._connected:
            self.centre.engine.restart(self.dice.uniform(0.3, 10))

    def _leg(self) -> str:
        legs = sorted(self.centre.engine._world.legs)
        return self.dice.choice(legs) if legs else ""


COMMANDS = (
    *("answer", "originate", "hang_up", "join", "leave", "destroy_bridge", "play", "stop_playback", "start_music", "stop_music"),
    *("start_silence", "mute", "start_recording", "pause_recording", "stop_recording"),
    *("received_packets", "sound_figures", "put_account", "remove_account"),
)


def slow_down(centre: Centre, dice: Random) -> None:
    """The engine and the look-up of customers take their time, as they do in life."""

    def slowly(done: Callable[..., Awaitable[Any]], longest: float) -> Callable[..., Awaitable[Any]]:
        async def slow(*given: object, **named: object) -> Any:
            await asyncio.sleep(dice.uniform(0, longest))
            result = await done(*given, **named)
            await asyncio.sleep(dice.uniform(0, longest))
            return result

        return slow

    for name in COMMANDS:
        setattr(centre.engine, name, slowly(getattr(centre.engine, name), 0.03))
    centre.directory.customer_of = slowly(centre.directory.customer_of, 0.6)  # type: ignore[method-assign,assignment]
    centre.directory.caller_facts = slowly(centre.directory.caller_facts, 0.6)  # type: ignore[method-assign,assignment]


async def calm(centre: Centre) -> None:
    """Look a few times: somebody may be hanging up at this very moment."""
    for _ in range(5):
        with contextlib.suppress(AssertionError):
            check_calm(centre)
            return
        await asyncio.sleep(1)
    check_calm(centre)


def check_calm(centre: Centre) -> None:
    """Nobody sits in silence, nobody waits while a member of the queue is free, and all know the same of who is with whom."""
    world, router = centre.engine._world, centre.process.routing.router
    heard = {playback.leg_id for playback in world.playbacks.values()} | {leg.leg_id for leg in world.legs.values() if leg.music}
    known = set[str]()
    for owner in centre.process.switchboard.owners.values():
        state, timers = owner.call.state, owner._timers
        known |= owner.call.legs()
        if owner.call.ended:
            continue
        if state.virtual:
            assert "callback" in timers or state.phase is Phase.DIALLING, f"{state} is forgotten"
            dial = state.callback.dial if state.callback else None
            assert dial is None or dial.agent_leg_id in heard, f"the agent of {state} hears nothing"
            continue
        segment, leg = state.segment, world.legs[state.caller_leg]
        if segment is None:
            busy = state.message or any(name.startswith("flow:") for name in timers)
            assert state.caller_leg in heard or busy, f"{state} hears nothing"
        elif segment.lost_since or segment.held_since:
            assert state.caller_leg in heard, f"{state} hears nothing"
        else:
            assert leg.bridge_id == world.legs[segment.leg_id].bridge_id == segment.bridge_id, f"{state} is not joined"
            assert router.in_contact().get(segment.agent_id) == state.contact_id
            assert state.caller_leg not in heard
        if state.phase is Phase.WAITING:
            assert state.stay
            assert state.stay.entry_id in router.item_ids()
    assert world.legs.keys() <= known
    rung = {offer.item.item_id for offer in router.offers()}
    if router.item_ids() - rung:
        assert not [agent for agent in centre.agents if (presence := router.presence(agent)) and not presence.obstacle()]


def check_streams(entries: list[Entry]) -> None:
    """No gap, no double; one beginning and one ending of each contact, entry, segment and recording."""
    streams: dict[tuple[str, str], list[int]] = defaultdict(list)
    begun, over = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for entry in entries:
        streams[entry.stream, entry.stream_id].append(entry.number)
        data = entry.event.data()
        for kind, name, counts in (
            ("ContactEntered", "", begun),
            ("ContactEnded", "", over),
            ("QueueEntered", "entry_id", begun),
            ("QueueEntryEnded", "entry_id", over),
            ("OfferMade", "offer_id", begun),
            ("OfferEnded", "offer_id", over),
            ("SegmentStarted", "segment_id", begun),
            ("SegmentEnded", "segment_id", over),
        ):
            if entry.kind == kind:
                counts[name, data.get(name, entry.stream_id)] += 1
    for key, numbers in streams.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), key
    assert set(begun.values()) <= {1}
    assert {key: count for key, count in over.items() if count != 1} == {}
    assert begun.keys() - over.keys() == set()


def ruled() -> Centre:
    """Queues with every kind of rule: all telephones at once, doors, overflow, keys, information, last agents."""
    flow = Flow.build(
        "ruled",
        1,
        MenuNode(
            id="menu", prompt=lines_of("sample.menu"), exits={"1": "repair", "2": "product", "no_input": "repair", "invalid": "product"}
        ),
        QueueNode(id="repair", queue="repair", information="3", exits={"otherwise": "bye", "3": "told", "4": "product"}),
        QueueNode(id="product", queue="product", max_wait_seconds=70, exits={"otherwise": "bye", "timeout": "repair"}),
        PlayNode(id="told", prompt=lines_of("queue.closed", "queue.closed"), exits={"next": "repair"}),
        GoodbyeNode(id="bye", prompt=lines_of("system.goodbye")),
    )
    centre = Centre(agents=5, flow=flow, after_call_seconds=5, consequence=Consequence(misses=2, refusals=2, rest_seconds=3))
    overflow = Action("overflow", "product")
    centre.change_queue(
        "repair", strategy="ring_all", keys={"1": overflow, "9": Action("goodbye")}, door=Door(4, 0, False, {"full": overflow})
    )
    centre.change_queue("product", door=Door(0, 30, True, {"timeout": Action("overflow", "complaints"), "nobody": Action("goodbye")}))
    asked = Requirements(frozenset({"complaints"}), (Line("move", 60, action=Action("forward", "110")),))
    centre.change_queue("complaints", requirements=asked, last_agent_days=7, last_agent_wait_seconds=5)
    return centre


@pytest.mark.parametrize("rules", [False, True], ids=["plain", "ruled"])
@pytest.mark.parametrize("seed", range(8))
def test_a_storm_leaves_nobody_in_the_air(seed: int, rules: bool) -> None:
    async def story() -> None:
        async with ruled() if rules else Centre(agents=5, after_call_seconds=5) as centre:
            slow_down(centre, Random(seed))
            await Storm(centre, Random(seed)).run()
            assert not centre.process.switchboard.owners
            snapshot = await centre.engine.snapshot()
            assert not snapshot.legs
            assert not snapshot.bridges
            assert not centre.process.routing.router.item_ids()
            assert not centre.process.routing.router.offers()
            assert {centre.state_of(agent) for agent in centre.agents} <= {"idle", ""}
            kinds = [await centre.entries(stream) for stream in ("contact", "agent", "system")]
            check_streams([entry for entries in kinds for entry in entries])
            assert len(kinds[0]) > 200

    run_virtual(story())
