"""Requests to the engine that nobody waits for: one after another in the order in which they were wished. What is gone is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from huying.foundation.errors import HuyingError

Request = Coroutine[Any, Any, None]


class Beside:
    """Runs requests beside those who wish them."""

    def __init__(self) -> None:
        self._last: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def ask(self, request: Request) -> None:
        """After all that was asked before."""
        self._last = self._begin(self._after(self._last, request))
        self._last.add_done_callback(lambda _task: request.close())  # it may have ended before it began

    def at_once(self, request: Request) -> None:
        """Without waiting for anything."""
        self._begin(request)

    async def settled(self) -> None:
        """Return when all that has been asked so far is done."""
        if self._last:
            await asyncio.wait([self._last])

    async def close(self) -> None:
        """What is not done by now is left undone."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @staticmethod
    async def _after(before: asyncio.Task[None] | None, request: Request) -> None:
        if before:
            await asyncio.wait([before])
        with suppress(HuyingError):
            await request

    def _begin(self, job: Request) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
