"""Calls from the first ring to the last entry, in virtual time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, TransferNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import Conflict
from huying.routing.events import AgentStateChanged
from huying.routing.router.work import PresenceRestored, WorkArrived, WorkItem
from huying.telephony.port import Destination
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual, virtual_clock
from journeys.centre import BUSINESS, Centre

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def journey(main: Callable[[], Awaitable[None]]) -> None:
    """Run a journey in virtual time."""

    async def run() -> None:
        await main()

    run_virtual(run())


def test_a_call_reaches_a_person() -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0")
            centre.call(talk_seconds=60)
            for state in ("talking", "after_call", "idle"):
                await centre.until(lambda state=state: centre.state_of("agent0") == state)
            assert await centre.endings() == {"answered": 1}
            kinds = await centre.kinds()
            assert kinds[0] == "ContactEntered"
            assert kinds[-1] == "CallRecordingEnded"
            assert len(centre.keeper.kept) == 1

    journey(story)


def test_the_next_agent_is_rung_and_the_place_is_kept() -> None:
    async def story() -> None:
        async with Centre(agents=2) as centre:
            await centre.ready("agent0", Phone("refuse"))
            await asyncio.sleep(1)
            await centre.ready("agent1")
            centre.call(talk_seconds=10)
            await asyncio.sleep(60)
            assert await centre.endings() == {"answered": 1}
            results = [entry.event.data()["result"] for entry in await centre.entries() if entry.kind == "OfferEnded"]
            assert results == ["refused", "accepted"]
            refused = centre.process.routing.router.presence("agent0")
            assert refused
            assert (refused.status.value, refused.reason) == ("break", "refused")

    journey(story)


def test_an_impatient_customer_abandons() -> None:
    async def story() -> None:
        async with Centre() as centre:
            centre.call(patience_seconds=90)
            await asyncio.sleep(120)
            assert await centre.endings() == {"abandoned": 1}
            assert not centre.process.switchboard.owners

    journey(story)


def test_the_desk_holds_mutes_and_hangs_up() -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0")
            centre.call(talk_seconds=600)
            await asyncio.sleep(40)
            contact = next(iter(centre.process.switchboard.owners))
            await centre.client.hold(BUSINESS, "agent0", contact, True)
            assert centre.state_of("agent0") == "holding"
            await centre.client.hold(BUSINESS, "agent0", contact, False)
            await centre.client.mute(BUSINESS, "agent0", contact, True)
            await centre.client.pause_recording(BUSINESS, "agent0", contact, True)
            await centre.client.hang_up(BUSINESS, "agent0", contact)
            await asyncio.sleep(1)
            assert centre.state_of("agent0") == "after_call"
            with pytest.raises(Conflict):
                await centre.client.hold(BUSINESS, "agent0", contact, True)
            await centre.client.finish_after_call(BUSINESS, "agent0")
            assert centre.state_of("agent0") == "idle"

    journey(story)


def test_our_death_cuts_nobody_off() -> None:
    async def story() -> None:
        async with Centre(agents=4) as centre:
            for agent in centre.agents[:2]:
                await centre.ready(agent, Phone(talk_seconds=300))
            for _ in range(5):
                centre.call(patience_seconds=900, talk_seconds=200)
                await asyncio.sleep(2)
            await asyncio.sleep(40)
            order = centre.line()
            await centre.kill()
            await asyncio.sleep(2)
            await centre.start()
            await asyncio.sleep(5)
            assert [centre.state_of(agent) for agent in centre.agents[:2]] == ["talking", "talking"]
            assert centre.line() == order
            for agent in centre.agents[2:]:
                await centre.ready(agent)
            await asyncio.sleep(2000)
            assert await centre.endings() == {"answered": 5}
            assert not centre.process.switchboard.owners
            assert len(centre.keeper.kept) == 5

    journey(story)


def test_the_engines_death_loses_calls_and_says_so() -> None:
    async def story() -> None:
        async with Centre(agents=1) as centre:
            await centre.ready("agent0", Phone(talk_seconds=300))
            centre.call(talk_seconds=200)
            await asyncio.sleep(30)
            centre.call(patience_seconds=900)
            await asyncio.sleep(30)
            centre.engine.restart(1.0)
            await asyncio.sleep(5)
            assert await centre.endings() == {"answered": 1, "lost": 1}
            causes = [entry.event.data()["cause"] for entry in await centre.entries() if entry.kind == "ContactEnded"]
            assert causes == ["engine_lost", "engine_lost"]
            assert centre.state_of("agent0") in ("idle", "after_call")

    journey(story)


def test_a_broken_connection_to_the_engine_harms_nobody() -> None:
    async def story() -> None:
        async with Centre(agents=1) as centre:
            await centre.ready("agent0", Phone(talk_seconds=300))
            centre.call(talk_seconds=100)
            await asyncio.sleep(40)
            centre.engine.break_connection(5.0)
            await asyncio.sleep(10)
            assert centre.state_of("agent0") == "talking"
            await asyncio.sleep(120)
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_a_prompt_that_ends_while_the_engine_is_away_does_not_stop_the_flow() -> None:
    async def story() -> None:
        async with Centre(agents=1) as centre:
            await centre.ready("agent0")
            centre.call(talk_seconds=20)
            await asyncio.sleep(0.5)
            centre.engine.break_connection(15.0)
            await asyncio.sleep(120)
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_a_lost_agent_gives_the_customer_music_and_the_next_agent() -> None:
    async def story() -> None:
        async with Centre(agents=2) as centre:
            await centre.ready("agent0", Phone(talk_seconds=900))
            centre.call(talk_seconds=100, patience_seconds=600)
            await asyncio.sleep(40)
            owner = next(iter(centre.process.switchboard.owners.values()))
            segment = owner.call.state.segment
            assert segment
            await centre.bus.publish("desk.feed", {"business_id": BUSINESS, "person_id": "agent0", "connected": False})
            centre.engine.lose_network(segment.leg_id)
            await asyncio.sleep(8)
            lost = owner.call.state.segment
            assert lost
            assert lost.lost_since is not None
            await centre.ready("agent1")
            await asyncio.sleep(30)
            assert centre.state_of("agent1") == "talking"
            assert await centre.endings() == {"answered": 2}
            origins = [entry.event.data()["origin"] for entry in await centre.entries() if entry.kind == "QueueEntered"]
            assert origins == ["first", "recovery"]

    journey(story)


def _duty_flow() -> Flow:
    number = TransferNode(id="duty", address="13911112222", exits={"otherwise": "bye"})
    return Flow.build("duty", 1, number, GoodbyeNode(id="bye", prompt=lines_of("system.goodbye")))


def test_a_flow_forwards_to_a_number_outside() -> None:
    async def story() -> None:
        async with Centre(flow=_duty_flow()) as centre:
            centre.engine.put_far_number("13911112222", Phone(answer_after_seconds=5, talk_seconds=30))
            centre.call("", talk_seconds=600)
            await asyncio.sleep(20)
            assert next(iter(centre.process.switchboard.owners.values())).call.state.phase.value == "forwarded"
            await centre.kill()
            await centre.start()
            await asyncio.sleep(30)
            assert not centre.process.switchboard.owners
            kinds = await centre.kinds()
            assert "ForwardAnswered" in kinds
            assert [e.event.data()["cause"] for e in await centre.entries() if e.kind == "ContactEnded"] == ["forward_hung_up"]
            snapshot = await centre.engine.snapshot()
            assert not snapshot.legs

    journey(story)


def test_a_flow_goes_on_when_the_number_outside_does_not_answer() -> None:
    async def story() -> None:
        async with Centre(flow=_duty_flow()) as centre:
            centre.engine.put_far_number("13911112222", Phone("busy"))
            centre.call("")
            await asyncio.sleep(20)
            assert [e.event.data()["result"] for e in await centre.entries() if e.kind == "ForwardEnded"] == ["busy"]
            assert [e.event.data()["cause"] for e in await centre.entries() if e.kind == "ContactEnded"] == ["flow_ended"]

    journey(story)


def test_debris_is_removed_within_ten_seconds_and_journalled() -> None:
    async def story() -> None:
        async with Centre(agents=1) as centre:
            await centre.ready("agent0")
            phone = Destination("account", "phone-agent0")
            await centre.engine.originate("orphan", phone, caller_number="", caller_name="", timeout_seconds=60, auto_answer=True)
            await centre.engine.join("orphan-bridge", ["orphan"])
            await asyncio.sleep(0.1)
            ghost = WorkItem("ghost", "ghost-contact", "repair", virtual_clock())
            centre.process.routing.handle(WorkArrived(ghost))
            assert centre.state_of("agent0") == "ringing"
            await asyncio.sleep(10)
            snapshot = await centre.engine.snapshot()
            assert not snapshot.legs
            assert not snapshot.bridges
            assert not centre.process.routing.router.item_ids()
            assert centre.state_of("agent0") == "idle"
            removed = [entry.event.data()["what"] for entry in await centre.entries("system")]
            assert set(removed) >= {"bridge", "offer"}

    journey(story)


def test_an_agent_talking_to_nobody_is_freed_within_ten_seconds() -> None:
    async def story() -> None:
        async with Centre(agents=1) as centre:
            await centre.ready("agent0")
            nobody = AgentStateChanged("talking", "no-such-contact", "repair")
            centre.process.routing.handle(PresenceRestored("agent0", nobody, virtual_clock()))
            assert centre.state_of("agent0") == "talking"
            await asyncio.sleep(10)
            assert centre.state_of("agent0") == "idle"
            assert "agent_state" in [entry.event.data()["what"] for entry in await centre.entries("system")]

    journey(story)


def test_how_each_leg_sounded_stands_in_the_journal_once() -> None:
    async def story() -> None:
        async with Centre() as centre:
            await centre.ready("agent0")
            centre.call(talk_seconds=60)
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            await asyncio.sleep(10)
            contact = next(iter(centre.process.switchboard.owners))
            legs = await centre.client.call_quality(BUSINESS, "agent0", contact)
            assert {leg["role"] for leg in legs} == {"customer", "agent"}
            await centre.until(lambda: centre.state_of("agent0") == "idle")
            kept = [entry.event.data() for entry in await centre.entries() if entry.kind == "LegQuality"]
            assert sorted(one["role"] for one in kept) == ["agent", "customer"]
            assert all(one["mos"] > 3.5 and one["packets"] > 2000 for one in kept)

    journey(story)
