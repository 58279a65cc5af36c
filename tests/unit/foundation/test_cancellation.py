"""Who is cancelled ends, also in the moment in which what he waits for comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from huying.foundation.bus import nats
from huying.foundation.bus.nats import NatsBus
from huying.foundation.cancellation import end, heeding
from huying.foundation.journal.entry import Entry, Event
from huying.foundation.journal.memory import MemoryJournal
from huying.foundation.journal.spool import Spool
from huying.foundation.journal.writer import JournalWriter

BUSINESS = "0198f000-0000-7000-8000-000000000001"
MOMENTS = range(5)
"""So many turns of the loop pass between the result and the cancelling."""


async def ends_when_cancelled(task: asyncio.Task[Any], result_comes: Callable[[], None], turns: int) -> None:
    """Cancelled so many turns after the result, it ends; nothing is left of it either way."""
    result_comes()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=2)
    if not done:
        task.cancel()
        await asyncio.wait([task])
    assert done, "the cancellation was lost"


class Slow:
    """Waits for a result as a library does."""

    def __init__(self) -> None:
        self.come = asyncio.Event()

    async def result(self) -> str:
        await asyncio.wait_for(self.come.wait(), 30)
        return "result"


@pytest.mark.parametrize("turns", MOMENTS)
async def test_what_a_library_swallows_is_raised_after_all(turns: int) -> None:
    slow = Slow()

    async def for_ever() -> None:
        while True:
            await heeding(slow.result())
            slow.come.clear()

    task = asyncio.create_task(for_ever())
    await asyncio.sleep(0.01)
    await ends_when_cancelled(task, slow.come.set, turns)


async def test_who_was_cancelled_before_may_still_clean_up() -> None:
    cleaned: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            slow = Slow()
            slow.come.set()
            cleaned.append(await heeding(slow.result()))

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    await end(task)
    assert cleaned == ["result"]


@pytest.mark.parametrize("turns", MOMENTS)
async def test_the_journals_writer_ends(tmp_path: Path, turns: int) -> None:
    writer = JournalWriter(MemoryJournal(), Spool(tmp_path / "spool"), lambda _entries: None, lag_seconds=30)
    await writer.start()
    writer.record([Entry(BUSINESS, "contact", "one", 1, datetime(2026, 3, 1, tzinfo=UTC), Event())])
    await asyncio.sleep(0.01)
    assert writer._writing
    await ends_when_cancelled(writer._writing, writer._urgent.set, turns)
    writer._writing = None
    await writer.close()


@pytest.mark.parametrize("turns", MOMENTS)
async def test_who_waits_for_the_bus_ends(turns: int) -> None:
    bus = NatsBus("nats://127.0.0.1:1")

    async def start_and_work() -> None:
        await bus.start(30)
        await asyncio.sleep(3600)

    task = asyncio.create_task(start_and_work())
    await asyncio.sleep(0.01)
    await ends_when_cancelled(task, bus._connected.set, turns)
    await bus.close()


class Stubborn:
    """A client that is about to connect when it is told to stop, and then loses the server again and again."""

    async def connect(self, _url: str, **_: object) -> None:
        for _ in range(2):
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                continue
        raise OSError

    async def close(self) -> None:
        return


async def test_the_bus_closes_whatever_its_client_swallows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nats, "Client", Stubborn)
    bus = NatsBus("nats://127.0.0.1:1")
    await bus.start(0.01)
    closing = asyncio.create_task(bus.close())
    done, _ = await asyncio.wait([closing], timeout=5)
    if not done:
        assert bus._connecting
        await end(bus._connecting)
        closing.cancel()
        await asyncio.wait([closing])
    assert done
