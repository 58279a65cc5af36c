"""Work on a loop and in a thread of its own: it ends with the task that waits for it, and what it raises is raised there."""

from __future__ import annotations

import asyncio
import threading

import pytest

from huying.foundation.loop_apart import run_apart


async def test_it_runs_elsewhere_and_ends_with_us() -> None:
    begun, ended = threading.Event(), threading.Event()
    where: list[int] = []

    async def work() -> None:
        where.append(threading.get_ident())
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(run_apart(work))
    assert await asyncio.to_thread(begun.wait, 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()
    assert where != [threading.get_ident()]


async def test_what_it_raises_is_raised_here() -> None:
    async def work() -> None:
        raise LookupError("no")

    with pytest.raises(LookupError):
        await run_apart(work)
