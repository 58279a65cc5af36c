"""`kill -9` of each process of ours in turn, and of the supervisor, while twenty people talk and ten wait: nobody notices."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter

import httpx
import pytest
from crowd import TALKING, WAITING, Crowd, check_streams, open_entries
from house import House

from huying.foundation.errors import HuyingError
from huying.foundation.journal.entry import Entry

OURS = ("voice", "web", "edge", "supervisor", "outer")

pytestmark = pytest.mark.timeout(600)


async def test_nobody_is_cut_off_and_the_line_keeps_its_order(house: House, crowd: Crowd) -> None:
    line = await crowd.waiting()
    for process in OURS:
        dead = crowd.kill(process)
        await _is_back(crowd, house, process, dead)
        assert all(customer.is_up for customer in crowd.customers), f"somebody was cut off when {process} died"
        assert crowd.talks() == TALKING
        assert await crowd.waiting() == line
    await _hang_up_from_both_ends(crowd)
    await _serve_the_line(crowd, line)


async def _is_back(crowd: Crowd, house: House, process: str, dead: int) -> None:
    deadline = time.monotonic() + 45
    async with httpx.AsyncClient(timeout=5) as client:
        while time.monotonic() < deadline:
            with contextlib.suppress(HuyingError, httpx.HTTPError, OSError, ValueError):
                await crowd.voice.open_streams()
                ready = (await client.get(f"{house.address}/health/ready")).status_code == 200
                if ready and (process == "outer" or crowd.pid(process) != dead):
                    return
            await asyncio.sleep(0.2)
    raise AssertionError(f"{process} has not come back")


async def _hang_up_from_both_ends(crowd: Crowd) -> None:
    talking = [agent for agent in crowd.agents if agent.talking()]
    for agent in talking[:10]:
        await agent.phone.hang_up(agent.talking()[0])
    await crowd.until(lambda: sum(not customer.is_up for customer in crowd.customers) == 10, 30, "ten customers were let go")
    first = {agent.account: next(iter(agent.phone.dialogs.values())) for agent in talking[10:]}
    for customer in [customer for customer in crowd.customers[:TALKING] if customer.is_up]:
        await customer.phone.hang_up(customer.dialog)
    await crowd.until(lambda: all(dialog.ended.is_set() for dialog in first.values()), 30, "the agents were let go")


async def _serve_the_line(crowd: Crowd, line: list[str]) -> None:
    for agent in crowd.agents:
        await crowd.voice.finish_after_call(crowd.business_id, agent.person_id)
    async with asyncio.timeout(120):
        while open_entries(entries := await crowd.journal()):
            await asyncio.sleep(0.5)
    offered = [entry.event.data()["entry_id"] for entry in entries if entry.kind == "OfferMade"]
    assert [entry for entry in dict.fromkeys(offered) if entry in line] == line
    for customer in crowd.customers[TALKING:]:
        assert customer.is_up
        await customer.phone.hang_up(customer.dialog)
    async with asyncio.timeout(120):
        while (states := await _states(crowd)) != {"after_call": WAITING, "idle": TALKING - WAITING} and states != {"idle": TALKING}:
            await asyncio.sleep(0.5)
    async with asyncio.timeout(120):
        while not _all_is_told(entries := await crowd.journal()):
            await asyncio.sleep(0.5)
    check_streams(entries)
    kinds = [entry.kind for entry in entries]
    assert kinds.count("ContactEnded") == TALKING + WAITING
    assert kinds.count("SegmentStarted") == kinds.count("SegmentEnded") == TALKING + WAITING
    started = {entry.event.data()["recording_id"] for entry in entries if entry.kind == "CallRecordingStarted"}
    kept = {entry.event.data()["recording_id"] for entry in entries if entry.kind == "CallRecordingEnded"}
    failed = {entry.event.data()["recording_id"] for entry in entries if entry.kind == "CallRecordingFailed"}
    assert started == kept | failed
    assert len(kept) >= TALKING + WAITING


def _all_is_told(entries: list[Entry]) -> bool:
    """Whether every contact and every recording has its end."""
    kinds = Counter(entry.kind for entry in entries)
    recorded = kinds["CallRecordingEnded"] + kinds["CallRecordingFailed"] >= kinds["CallRecordingStarted"]
    return recorded and kinds["ContactEnded"] >= TALKING + WAITING


async def _states(crowd: Crowd) -> dict[str, int]:
    states: dict[str, str] = {}
    for entry in await crowd.journal():
        if entry.kind == "AgentStateChanged":
            states[entry.stream_id] = entry.event.data()["state"]
    return {state: list(states.values()).count(state) for state in set(states.values())}
