"""Figures over real calls in virtual time: the live view and the history agree to the last millisecond, also when voice dies."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.analytics.figures import queue_values
from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import AgentInterval, Verdict
from huying.analytics.live import LiveCentre, Setting
from huying.analytics.spans import Span, day_of
from huying.analytics.tables import Table, queue_table
from huying.analytics.terms import EntryMeasure, QueueTerms, Target, measures_of_fold
from huying.analytics.today import ContactMeasures
from huying.foundation.journal.entry import STREAM_AGENT, Entry
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual, virtual_clock
from journeys.centre import BUSINESS, QUEUES, Centre

ZONE = ZoneInfo("Asia/Shanghai")


class JournalBackground:
    """The history folded from the journal at every question."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre

    async def settings(self) -> Mapping[str, Setting]:
        return {BUSINESS: Setting(ZONE, self.centre.directory.configuration.routing)}

    async def measures_since(self, _business_id: str, _day: Span, _since: datetime | None) -> Sequence[ContactMeasures]:
        folds, measures = await folded(self.centre)
        by_contact: dict[str, list[EntryMeasure]] = {}
        for measure in measures:
            by_contact.setdefault(measure.contact_id, []).append(measure)
        return [ContactMeasures(key, folds[key].number, found) for key, found in by_contact.items()]


async def folded(centre: Centre) -> tuple[dict[str, ContactFold], list[EntryMeasure]]:
    contacts: dict[str, ContactFold] = {}
    agents: dict[str, AgentFold] = {}
    for entry in await centre.entries():
        fold = contacts.setdefault(entry.stream_id, ContactFold(BUSINESS, entry.stream_id))
        assert fold.apply(entry) is Verdict.APPLIED
    for entry in await centre.entries(STREAM_AGENT):
        assert agents.setdefault(entry.stream_id, AgentFold(BUSINESS, entry.stream_id)).apply(entry) is Verdict.APPLIED
    work: dict[str, list[AgentInterval]] = {}
    for agent in agents.values():
        for interval in agent.closed:
            if interval.state == "after_call":
                work.setdefault(interval.contact_id, []).append(interval)
    assert [(fold.contact_id, fold.ignored) for fold in contacts.values() if fold.ignored] == []
    return contacts, [measure for fold in contacts.values() for measure in measures_of_fold(fold, work.get(fold.contact_id, ()))]


async def history(centre: Centre) -> Table[QueueTerms]:
    _, measures = await folded(centre)
    return queue_table(measures, {queue_id: Target(20) for queue_id in QUEUES}, day_of(virtual_clock(), ZONE), "total", ZONE)


async def agrees(live: LiveCentre, centre: Centre) -> QueueTerms:
    table = await history(centre)
    for queue_id in QUEUES:
        wanted = queue_values(table.by_key.get(queue_id, QueueTerms()))
        today = dict(live.queues(BUSINESS)[queue_id]["today"])  # type: ignore[call-overload]
        assert {name: today[name] for name in wanted} == wanted
        assert table.by_key.get(queue_id, QueueTerms()).identity_holds()
    assert table.total.identity_holds()
    return table.total


async def run_calls(centre: Centre, dice: random.Random, calls: int, mean_gap: float) -> None:
    for _ in range(calls):
        await asyncio.sleep(dice.expovariate(1 / mean_gap))
        keys = dice.choice(["1", "2", "3", "0", "9w1"])
        centre.call(keys, patience_seconds=dice.expovariate(1 / 120), talk_seconds=dice.expovariate(1 / 60))


async def staffed(centre: Centre, dice: random.Random) -> None:
    for agent in centre.agents:
        behaviour = dice.choice(["answer"] * 9 + ["refuse"])
        await centre.ready(agent, Phone(behaviour, dice.uniform(1, 6), talk_seconds=dice.uniform(20, 120)))


def test_live_and_history_agree_over_many_calls() -> None:
    run_virtual(_agree())


async def _agree() -> None:
    dice = random.Random(7)
    async with Centre(agents=6) as centre:
        live = LiveCentre(centre.client, centre.bus, JournalBackground(centre), centre.journal, virtual_clock, tick_seconds=3600)
        task = asyncio.create_task(live.run())
        await staffed(centre, dice)
        await run_calls(centre, dice, 150, 12)
        assert live.contacts(BUSINESS)
        await asyncio.sleep(900)
        total = await agrees(live, centre)
        assert total.answered > 40
        assert total.after_call_ms > 0
        assert not live.contacts(BUSINESS)
        assert {row["state"] for row in live.agents(BUSINESS).values()} == {"idle"}
        await _talk_times_fit(await centre.entries())
        await end(task)


def test_live_is_right_again_after_voice_died() -> None:
    run_virtual(_killed())


async def _killed() -> None:
    dice = random.Random(11)
    async with Centre(agents=4) as centre:
        live = LiveCentre(centre.client, centre.bus, JournalBackground(centre), centre.journal, virtual_clock, tick_seconds=3600)
        task = asyncio.create_task(live.run())
        await staffed(centre, dice)
        for _ in range(4):
            await run_calls(centre, dice, 15, 8)
            before = live.contacts(BUSINESS)
            assert before
            await centre.kill()
            assert live.contacts(BUSINESS) == before
            await centre.start()
            await asyncio.sleep(5)
            alive = {owner.contact_id for owner in centre.process.switchboard.owners.values() if not owner.call.ended}
            shown = {key for key, row in live.contacts(BUSINESS).items() if row["state"] != "ended"}
            assert shown == alive
        await asyncio.sleep(1200)
        total = await agrees(live, centre)
        assert total.offered > 30
        await end(task)


async def _talk_times_fit(entries: list[Entry]) -> None:
    started: dict[str, datetime] = {}
    for entry in entries:
        data = entry.event.data()
        if entry.kind == "SegmentStarted":
            started[data["segment_id"]] = entry.at
        elif entry.kind == "SegmentEnded":
            lasted = (entry.at - started[data["segment_id"]]).total_seconds()
            assert abs(lasted - data["talk_seconds"] - data["hold_seconds"]) < 0.01


async def end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
