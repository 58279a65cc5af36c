"""Tasks and messages in the line with calls: offered, taken, kept, given back, done, and nothing of it lost by a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from huying.channels.desk_work.book import Outcome, Wanted
from huying.channels.desk_work.client import WorkClient
from huying.channels.desk_work.machine import NewWork
from huying.channels.devices.settings import WorkSettings
from huying.channels.voice.client import FEED_SUBJECT
from huying.foundation.errors import Conflict, Unavailable
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual, virtual_clock
from journeys.centre import BUSINESS, Centre


class MemoryBook:
    """Work written down in memory."""

    def __init__(self) -> None:
        self.new: dict[str, Wanted] = {}
        self.known: dict[str, Wanted] = {}
        self.outcomes: list[Outcome] = []
        self.away = False

    async def wanted(self, _now: datetime, limit: int) -> Sequence[Wanted]:
        """See WorkBook."""
        if self.away:
            raise Unavailable
        return list(self.new.values())[:limit]

    async def begun(self, contact_ids: Sequence[str]) -> None:
        """See WorkBook."""
        for contact_id in contact_ids:
            self.new.pop(contact_id, None)

    async def write(self, outcome: Outcome) -> None:
        """See WorkBook."""
        if self.away:
            raise Unavailable
        self.outcomes.append(outcome)

    async def unfinished(self) -> Sequence[Wanted]:
        """See WorkBook."""
        results = {outcome.contact_id for outcome in self.outcomes if outcome.result}
        return [wanted for contact_id, wanted in self.known.items() if contact_id not in results and contact_id not in self.new]

    def add(self, contact_id: str, subject: str = "task", queue: str = "repair", **more: object) -> str:
        """Somebody writes a task or message down."""
        new = NewWork(contact_id, subject, f"s-{contact_id}", queue, **more)  # type: ignore[arg-type]
        self.new[contact_id] = self.known[contact_id] = Wanted(BUSINESS, new)
        return contact_id


class Desk:
    """A centre with a book of work, and what its agents do with it."""

    def __init__(self, agents: int = 1, **settings: object) -> None:
        self.centre = Centre(agents=agents, **settings)
        self.book = MemoryBook()
        self.centre.book = self.book
        self.client = WorkClient(self.centre.bus)

    async def __aenter__(self) -> Desk:
        await self.centre.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.centre.__aexit__(*error)  # type: ignore[arg-type]

    def phase(self, contact_id: str) -> str:
        """Where it is in its life."""
        owner = self.centre.process.works.owners.get(contact_id)
        return owner.work.state.phase.value if owner else "over"

    def offered(self, contact_id: str) -> list[str]:
        """To whom it is offered."""
        owner = self.centre.process.works.owners.get(contact_id)
        return [one.agent_id for one in owner.work.state.offers] if owner else []

    async def give(self, contact_id: str, subject: str = "task", **more: object) -> str:
        """Write work down, and wait until it stands in the line."""
        self.book.add(contact_id, subject, **more)  # type: ignore[arg-type]
        await self.client.look()
        await self.centre.until(lambda: self.phase(contact_id) != "over")
        return contact_id

    async def until_offered(self, contact_id: str) -> None:
        """Wait until it stands at somebody's desk."""
        await self.centre.until(lambda: bool(self.offered(contact_id)))

    async def accept(self, contact_id: str, agent: str = "agent0") -> None:
        """The agent takes it when it is offered to him."""
        await self.centre.until(lambda: agent in self.offered(contact_id))
        await self.client.accept(BUSINESS, agent, contact_id)


def test_a_task_is_offered_taken_and_done() -> None:
    async def run() -> None:
        async with Desk() as desk:
            await desk.give("w1")
            assert desk.phase("w1") == "waiting"
            await desk.centre.ready("agent0")
            await desk.accept("w1")
            assert desk.centre.state_of("agent0") == "talking"
            assert desk.book.outcomes[-1].holder_id == "agent0"
            await asyncio.sleep(90)
            await desk.client.finish(BUSINESS, "agent0", "w1")
            assert desk.centre.state_of("agent0") == "idle"
            assert desk.book.outcomes[-1].result == "done"
            kinds = await desk.centre.kinds("w1")
            assert kinds == [
                "ContactEntered", "DeskWorkGiven", "QueueEntered", "OfferMade", "OfferEnded", "QueueEntryEnded",
                "SegmentStarted", "SegmentEnded", "ContactEnded",
            ]  # fmt: skip
            with pytest.raises(Conflict):
                await desk.client.finish(BUSINESS, "agent0", "w1")

    run_virtual(run())


def test_a_call_comes_before_a_task_and_also_into_one() -> None:
    async def run() -> None:
        async with Desk(agents=1) as desk:
            centre = desk.centre
            await desk.give("w1", head_start_seconds=-3600)
            centre.call("1", talk_seconds=60.0)
            centre.engine.register_phone("phone-agent0", Phone())
            await asyncio.sleep(30)
            await centre.client.sign_in(BUSINESS, "agent0", "phone-agent0")
            await centre.client.set_status(BUSINESS, "agent0", "ready")
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert desk.offered("w1") == []
            await centre.until(lambda: centre.state_of("agent0") != "talking")
            await desk.accept("w1")
            leg = centre.call("1", talk_seconds=60.0)
            assert leg
            presence = centre.process.routing.router.presence
            await centre.until(lambda: len(presence("agent0").works) == 2)  # type: ignore[union-attr]
            await centre.until(lambda: len(presence("agent0").works) == 1)  # type: ignore[union-attr]
            assert desk.phase("w1") == "in_hand"
            await desk.client.finish(BUSINESS, "agent0", "w1")
            await asyncio.sleep(60)

    run_virtual(run())


def test_refused_and_missed_offers_go_to_others() -> None:
    async def run() -> None:
        async with Desk(agents=2) as desk:
            await desk.centre.ready("agent0")
            await desk.give("w1")
            await desk.until_offered("w1")
            await desk.client.refuse(BUSINESS, "agent0", "w1")
            with pytest.raises(Conflict):
                await desk.client.accept(BUSINESS, "agent0", "w1")
            await desk.centre.ready("agent1")
            await desk.until_offered("w1")
            await asyncio.sleep(40)
            assert desk.offered("w1") == []
            presence = desk.centre.process.routing.router.presence("agent1")
            assert presence is not None
            assert presence.reason == "missed"
            await desk.client.take(BUSINESS, "agent1", "w1")
            await desk.client.finish(BUSINESS, "agent1", "w1")
            results = [entry.event.data()["result"] for entry in await desk.centre.entries() if entry.kind == "OfferEnded"]
            assert results == ["refused", "timed_out"]

    run_virtual(run())


async def set_work(desk: Desk, agent: str = "agent0", **seconds: int) -> None:
    """What goes on by itself for this agent."""
    before = desk.centre.directory.configuration.work
    desk.centre.reconfigure(work={**before, agent: WorkSettings(**seconds)})
    await desk.centre.client.refresh_configuration()


def test_work_is_accepted_by_itself_where_that_is_set() -> None:
    async def run() -> None:
        async with Desk() as desk:
            await set_work(desk, accept_seconds=5)
            await desk.centre.ready("agent0")
            await desk.give("w1")
            await desk.until_offered("w1")
            await asyncio.sleep(4)
            assert desk.offered("w1") == ["agent0"]
            await asyncio.sleep(2)
            assert (desk.phase("w1"), desk.centre.state_of("agent0")) == ("in_hand", "talking")
            await desk.client.finish(BUSINESS, "agent0", "w1")
            await desk.give("w2", "voicemail")
            await desk.until_offered("w2")
            await desk.client.refuse(BUSINESS, "agent0", "w2", "subject")
            await asyncio.sleep(10)
            assert desk.phase("w2") == "waiting"
            ended = [entry.event.data() for entry in await desk.centre.entries() if entry.kind == "OfferEnded"]
            assert [(one["result"], one["reason"]) for one in ended] == [("accepted", ""), ("refused", "subject")]

    run_virtual(run())


@pytest.mark.parametrize("seconds", [0, 6])
def test_work_that_accepts_itself_survives_a_restart(seconds: int) -> None:
    async def run() -> None:
        async with Desk() as desk:
            await set_work(desk, accept_seconds=seconds)
            await desk.centre.ready("agent0")
            await desk.give("w1")
            await desk.centre.until(lambda: bool(desk.offered("w1")) or desk.phase("w1") == "in_hand")
            await desk.centre.kill()
            await desk.centre.start()
            await asyncio.sleep(20)
            assert desk.phase("w1") == "in_hand"
            assert await desk.centre.endings() == {"answered": 1}

    run_virtual(run())


def test_nothing_is_accepted_by_itself_at_a_desk_that_is_closed() -> None:
    async def run() -> None:
        async with Desk() as desk:
            await set_work(desk, accept_seconds=5)
            await desk.centre.ready("agent0")
            await desk.centre.bus.publish(FEED_SUBJECT, {"business_id": BUSINESS, "person_id": "agent0", "connected": False})
            await desk.give("w1")
            await desk.until_offered("w1")
            await asyncio.sleep(15)
            assert desk.phase("w1") == "waiting"

    run_virtual(run())


def test_kept_for_later_it_comes_back_to_its_keeper_first() -> None:
    async def run() -> None:
        async with Desk(agents=2) as desk:
            for agent in ("agent0", "agent1"):
                await desk.centre.ready(agent)
            await desk.give("w1", wanted_id="agent1")
            await desk.accept("w1", "agent1")
            await desk.client.park(BUSINESS, "agent1", "w1", virtual_clock() + timedelta(minutes=10))
            assert desk.phase("w1") == "parked"
            assert desk.centre.state_of("agent1") == "idle"
            with pytest.raises(Conflict):
                await desk.client.take(BUSINESS, "agent0", "w1")
            await asyncio.sleep(590)
            assert desk.phase("w1") == "parked"
            await asyncio.sleep(15)
            assert desk.offered("w1") == ["agent1"]
            await desk.accept("w1", "agent1")
            await desk.client.give_back(BUSINESS, "agent1", "w1")
            await desk.until_offered("w1")
            await desk.client.cancel(BUSINESS, "w1")
            assert desk.phase("w1") == "over"
            assert desk.book.outcomes[-1].result == "cancelled"
            await asyncio.sleep(1)
            assert {desk.centre.state_of(agent) for agent in ("agent0", "agent1")} == {"idle"}

    run_virtual(run())


def test_who_signs_out_gives_back_what_is_in_hand() -> None:
    async def run() -> None:
        async with Desk(agents=2) as desk:
            await desk.centre.ready("agent0")
            await desk.give("w1")
            await desk.accept("w1")
            await desk.centre.client.sign_out(BUSINESS, "agent0")
            await desk.centre.until(lambda: desk.phase("w1") == "waiting")
            presence = desk.centre.process.routing.router.presence("agent0")
            assert presence is not None
            await desk.centre.until(lambda: not desk.centre.process.routing.router.presence("agent0").signed_in)  # type: ignore[union-attr]
            await desk.centre.ready("agent1")
            await desk.accept("w1", "agent1")
            await desk.client.finish(BUSINESS, "agent1", "w1")

    run_virtual(run())


@pytest.mark.parametrize("at", ["waiting", "offered", "in_hand", "parked"])
def test_a_restart_in_every_state_loses_nothing(at: str) -> None:
    async def run() -> None:
        async with Desk() as desk:
            centre = desk.centre
            if at != "waiting":
                await centre.ready("agent0")
            await desk.give("w1")
            if at != "waiting":
                await desk.until_offered("w1")
            if at in ("in_hand", "parked"):
                await desk.accept("w1")
            if at == "parked":
                await desk.client.park(BUSINESS, "agent0", "w1", virtual_clock() + timedelta(minutes=1))
            await centre.kill()
            await asyncio.sleep(3)
            await centre.start()
            if at == "waiting":
                await centre.ready("agent0")
            if at != "in_hand":
                await desk.accept("w1")
            await asyncio.sleep(20)
            assert desk.phase("w1") == "in_hand"
            assert centre.state_of("agent0") == "talking"
            await desk.client.finish(BUSINESS, "agent0", "w1")
            assert (await centre.kinds("w1")).count("ContactEnded") == 1

    run_virtual(run())


def test_the_book_may_be_away() -> None:
    async def run() -> None:
        async with Desk() as desk:
            await desk.centre.ready("agent0")
            desk.book.away = True
            desk.book.add("w1")
            await asyncio.sleep(20)
            assert desk.phase("w1") == "over"
            desk.book.away = False
            await desk.accept("w1")
            desk.book.away = True
            await desk.client.finish(BUSINESS, "agent0", "w1")
            desk.book.away = False
            await desk.centre.until(lambda: desk.book.outcomes[-1].result == "done")

    run_virtual(run())


def test_what_was_done_when_we_died_is_written_down_afterwards() -> None:
    async def run() -> None:
        async with Desk() as desk:
            await desk.centre.ready("agent0")
            await desk.give("w1")
            await desk.accept("w1")
            desk.book.away = True
            await desk.client.finish(BUSINESS, "agent0", "w1")
            await desk.centre.kill()
            desk.book.away = False
            await desk.centre.start()
            await desk.centre.until(lambda: desk.book.outcomes[-1].result == "done")
            assert desk.book.outcomes[-1].holder_id == "agent0"

    run_virtual(run())


def test_a_day_of_calls_and_tasks_adds_up() -> None:
    async def run() -> None:
        async with Desk(agents=3) as desk:
            centre = desk.centre
            for agent in centre.agents:
                await centre.ready(agent)
            names = [f"w{number}" for number in range(30)]
            for number, name in enumerate(names):
                desk.book.add(name, "voicemail" if number % 3 == 0 else "task", queue="repair" if number % 2 else "product")
                if number % 2:
                    centre.call("1", talk_seconds=90.0, remote_number=f"1380000{number:04d}")
                await asyncio.sleep(20)
            for _ in range(2000):
                for name in names:
                    for agent in desk.offered(name):
                        await desk.client.accept(BUSINESS, agent, name)
                    owner = centre.process.works.owners.get(name)
                    held = owner.work.state.in_hand if owner else None
                    if held and (virtual_clock() - held.since).total_seconds() > 30:
                        await desk.client.finish(BUSINESS, held.agent_id, name)
                if all(desk.phase(name) == "over" for name in names):
                    break
                for agent in centre.agents:
                    presence = centre.process.routing.router.presence(agent)
                    if presence and presence.status.value != "ready":
                        await centre.client.set_status(BUSINESS, agent, "ready")
                await asyncio.sleep(3)
            assert all(desk.phase(name) == "over" for name in names)
            ended = [entry for entry in await centre.entries() if entry.kind == "ContactEnded" and entry.stream_id.startswith("w")]
            assert len(ended) == 30

    run_virtual(run())
