"""The bus inside one process, for simulations and tests. Messages are copied through JSON as on the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from huying.foundation.bus.port import Answerer, Listener, Message, Subscription
from huying.foundation.bus.subjects import matches
from huying.foundation.bus.wire import error_from_json, error_to_json
from huying.foundation.cancellation import end
from huying.foundation.errors import Unavailable

log = structlog.get_logger()


@dataclass(slots=True)
class _Listening:
    pattern: str
    listener: Listener
    end: Callable[[_Listening], None]
    queue: asyncio.Queue[tuple[str, str]] = field(default_factory=asyncio.Queue)
    task: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        self.end(self)
        if self.task and self.task is not asyncio.current_task():
            await end(self.task)

    async def run(self) -> None:
        while True:
            subject, text = await self.queue.get()
            try:
                await self.listener(subject, json.loads(text))
            except Exception:
                log.exception("bus.listener_failed", subject=subject)


@dataclass(slots=True)
class _Answering:
    subject: str
    answerer: Answerer
    end: Callable[[_Answering], None]

    async def stop(self) -> None:
        self.end(self)


class MemoryBus:
    """Implements Bus."""

    def __init__(self) -> None:
        self._listening: list[_Listening] = []
        self._answering: list[_Answering] = []

    async def publish(self, subject: str, message: Message) -> None:
        """See Bus."""
        text = json.dumps(message)
        for one in self._listening:
            if matches(one.pattern, subject):
                one.queue.put_nowait((subject, text))

    async def subscribe(self, subject: str, listener: Listener) -> Subscription:
        """See Bus."""
        one = _Listening(subject, listener, self._forget)
        one.task = asyncio.create_task(one.run())
        self._listening.append(one)
        return one

    async def answer(self, subject: str, answerer: Answerer) -> Subscription:
        """See Bus."""
        one = _Answering(subject, answerer, self._answering.remove)
        self._answering.append(one)
        return one

    async def ask(self, subject: str, message: Message, timeout_seconds: float = 3.0) -> Message:
        """See Bus."""
        found = next((one for one in self._answering if one.subject == subject), None)
        if found is None:
            raise Unavailable(f"nobody answers {subject} at the moment: try again in a few seconds")
        try:
            async with asyncio.timeout(timeout_seconds):
                answer: Message = json.loads(json.dumps(await found.answerer(json.loads(json.dumps(message)))))
        except TimeoutError as error:
            raise Unavailable(f"no answer on {subject} within {timeout_seconds:g} s") from error
        except Exception as error:
            raise error_from_json(error_to_json(error)) from error
        return answer

    async def close(self) -> None:
        """See Bus."""
        for one in list(self._listening):
            await one.stop()
        self._answering.clear()

    def _forget(self, one: _Listening) -> None:
        if one in self._listening:
            self._listening.remove(one)
