"""Runs work on an event loop and in a thread of its own, so that a loop that people wait for is not held up by it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from concurrent.futures import Future


async def run_apart(work: Callable[[], Awaitable[None]]) -> None:
    """Run this until it ends or this task is cancelled; what it raises is raised here. What it uses must belong to no other loop."""
    began: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = Future()

    async def inside() -> None:
        task = asyncio.current_task()
        assert task is not None
        began.set_result((asyncio.get_running_loop(), task))
        await work()

    thread = asyncio.ensure_future(asyncio.to_thread(lambda: asyncio.run(inside())))
    try:
        await asyncio.shield(thread)
    except asyncio.CancelledError:
        if not thread.done():
            loop, task = await asyncio.wrap_future(began)
            loop.call_soon_threadsafe(task.cancel)
            with contextlib.suppress(asyncio.CancelledError):
                await thread
        raise
