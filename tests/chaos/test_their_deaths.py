"""Asterisk, PostgreSQL and NATS die while twenty people talk and ten wait: what is lost is said, all else goes on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter

import pytest
from crowd import TALKING, WAITING, Crowd, check_streams, open_entries

GONE_SECONDS = 30
FREE_SECONDS = 5

pytestmark = pytest.mark.timeout(600)


async def test_asterisk_gone_loses_calls_says_so_and_comes_back(crowd: Crowd) -> None:
    crowd.kill("asterisk")
    begun = asyncio.get_running_loop().time()
    while [*(await _agents_states(crowd)).values()] != ["idle"] * TALKING:
        assert asyncio.get_running_loop().time() - begun < FREE_SECONDS, await _agents_states(crowd)
        await asyncio.sleep(0.2)
    async with asyncio.timeout(30):
        while sum(entry.kind == "ContactEnded" for entry in await crowd.journal()) < TALKING + WAITING:
            await asyncio.sleep(0.2)
    entries = await crowd.journal()
    endings = Counter(entry.event.data()["ending"] for entry in entries if entry.kind == "QueueEntryEnded")
    assert endings == {"answered": TALKING, "lost": WAITING}
    causes = Counter(entry.event.data()["cause"] for entry in entries if entry.kind == "ContactEnded")
    assert causes == {"engine_lost": TALKING + WAITING}
    by = Counter(entry.event.data()["by"] for entry in entries if entry.kind == "SegmentEnded")
    assert by == {"engine_lost": TALKING}
    await asyncio.to_thread(crowd.house.wait_ready)
    for agent in crowd.agents:
        assert await agent.phone.register() == 200
    await crowd.call(3)
    await crowd.until(lambda: crowd.new_talks() == 3, 30, "new calls are answered")
    check_streams(await crowd.journal())


async def _agents_states(crowd: Crowd) -> dict[str, str]:
    """The last state of each."""
    return {entry.stream_id: entry.event.data()["state"] for entry in await crowd.journal() if entry.kind == "AgentStateChanged"}


@pytest.mark.parametrize("process", ["postgres", "nats"])
async def test_a_store_gone_for_half_a_minute_stops_no_call(crowd: Crowd, process: str) -> None:
    line = await crowd.waiting()
    crowd.silence_supervisor(True)
    os.killpg(os.getpgid(crowd.pid(process)), signal.SIGKILL)
    gone = asyncio.create_task(asyncio.sleep(GONE_SECONDS))
    await crowd.call(2)
    first = crowd.agents[0]
    await first.phone.hang_up(first.talking()[0])
    await crowd.until(lambda: sum(not customer.is_up for customer in crowd.customers) == 1, 30, "hanging up works meanwhile")
    await gone
    assert sum(customer.is_up for customer in crowd.customers) == TALKING + WAITING + 2 - 1
    crowd.silence_supervisor(False)
    await crowd.voice_answers(60)
    await _everybody_is_served(crowd)
    entries = await crowd.journal()
    check_streams(entries)
    offered = [entry.event.data()["entry_id"] for entry in entries if entry.kind == "OfferMade"]
    assert [entry for entry in dict.fromkeys(offered) if entry in line] == line
    assert Counter(entry.kind for entry in entries)["ContactEntered"] == TALKING + WAITING + 2


async def _everybody_is_served(crowd: Crowd) -> None:
    """The conversations end one after another, until nobody is left."""
    for customer in crowd.customers[:TALKING]:
        if customer.is_up:
            await customer.phone.hang_up(customer.dialog)
    async with asyncio.timeout(120):
        while open_entries(await crowd.journal()):
            for agent in crowd.agents:
                await crowd.voice.finish_after_call(crowd.business_id, agent.person_id)
            await asyncio.sleep(1)
    for customer in crowd.customers[TALKING:]:
        assert customer.is_up
        await customer.phone.hang_up(customer.dialog)
    async with asyncio.timeout(60):
        while Counter(entry.kind for entry in await crowd.journal())["ContactEnded"] < TALKING + WAITING + 2:
            await asyncio.sleep(0.5)
