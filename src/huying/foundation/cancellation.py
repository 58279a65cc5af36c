"""Cancelling that is not lost. `asyncio.wait_for` of Python 3.11 gives its result back when it is cancelled in the very moment in which
the result came: the cancellation is gone, and a process that was told to end goes on for ever. Ours use `asyncio.timeout`, which
does not; what libraries wait for is wrapped here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")
AGAIN_SECONDS = 0.5


async def heeding(awaited: Awaitable[Result]) -> Result:
    """Await it. A cancellation that came meanwhile and was swallowed is raised after all; the result, or the error, is then lost."""
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    try:
        result = await awaited
    except Exception as error:
        if task and task.cancelling() > before:
            raise asyncio.CancelledError from error
        raise
    if task and task.cancelling() > before:
        raise asyncio.CancelledError
    return result


async def end(task: asyncio.Task[None]) -> None:
    """Cancel a task, again and again, until it has ended. What it raised is of no interest."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN_SECONDS)
    if not task.cancelled():
        task.exception()
