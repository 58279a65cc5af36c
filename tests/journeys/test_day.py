"""A day of 5,000 calls in virtual time: whatever the customers and agents do, every figure adds up and no stream has a gap."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict

import pytest

from huying.foundation.journal.entry import Entry
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import run_virtual
from journeys.centre import Centre

CALLS = 5000
DAY_SECONDS = 10 * 3600


@pytest.mark.timeout(900)
def test_a_day_of_five_thousand_calls_adds_up() -> None:
    run_virtual(_day())


async def _day() -> None:
    dice = random.Random(20261121)
    async with Centre(agents=30, announce_seconds=60) as centre:
        for agent in centre.agents:
            behaviour = dice.choice(["answer"] * 9 + ["refuse"])
            await centre.ready(agent, Phone(behaviour, dice.uniform(1, 6), talk_seconds=dice.uniform(60, 400)))
        returning = asyncio.create_task(_come_back(centre))
        moments = sorted(dice.uniform(0, DAY_SECONDS) for _ in range(CALLS))
        for before, moment in zip([0.0, *moments], moments, strict=False):
            await asyncio.sleep(moment - before)
            keys = dice.choice(["1", "2", "3", "0", "", "9w1", "x"]).replace("x", "7")
            centre.call(keys, patience_seconds=dice.expovariate(1 / 180), talk_seconds=dice.expovariate(1 / 150))
        await asyncio.sleep(3600)
        returning.cancel()
        assert not centre.process.switchboard.owners
        _adds_up(await centre.entries())
        snapshot = await centre.engine.snapshot()
        assert not snapshot.legs
        assert not snapshot.bridges
        assert await centre.entries("system") == []


async def _come_back(centre: Centre) -> None:
    """Agents who missed or refused a call become ready again after a while."""
    while True:
        await asyncio.sleep(120)
        for agent in centre.agents:
            await centre.client.set_status("0198f000-0000-7000-8000-000000000001", agent, "ready")


def _adds_up(entries: list[Entry]) -> None:
    numbers: dict[str, list[int]] = defaultdict(list)
    offered: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    offers: Counter[str] = Counter()
    for entry in entries:
        numbers[entry.stream_id].append(entry.number)
        data = entry.event.data()
        match entry.kind:
            case "QueueEntered":
                offered[data["queue_id"]] += 1
            case "QueueEntryEnded":
                ended[data["queue_id"]] += 1
            case "OfferMade":
                offers[data["offer_id"]] += 1
            case "OfferEnded":
                offers[data["offer_id"]] -= 1
    assert len(numbers) == CALLS
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert offered == ended
    assert sum(offered.values()) > CALLS / 2
    assert set(offers.values()) == {0}
    kinds = Counter(entry.kind for entry in entries)
    assert kinds["ContactEnded"] == CALLS
    assert kinds["SegmentStarted"] == kinds["SegmentEnded"] > CALLS / 4
    assert kinds["CallRecordingStarted"] == kinds["CallRecordingEnded"]
