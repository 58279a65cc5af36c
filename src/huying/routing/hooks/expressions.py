"""Evaluates CEL expressions in a process of their own: whatever takes too long is killed with it. Decides nothing about what they mean."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import structlog

from huying.routing.hooks.words import HookFailed

log = structlog.get_logger(__name__)
WORKER = Path(__file__).with_name("cel_worker.py")
START_SECONDS = 5.0
LINE_BYTES = 256 * 1024
MOST_CHARACTERS = 4000
"""Of an expression."""


class Expressions:
    """A worker process, started when first needed; `close` at the end."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._number = 0

    async def evaluate(self, expression: str, variables: Mapping[str, object], seconds: float) -> object:
        """The expression's value, as JSON has it. Raises HookFailed: time-out, error, busy (others were before it too long)."""
        return await self._ask({"expression": expression, "variables": dict(variables)}, seconds)

    async def check(self, expression: str, seconds: float = 2.0) -> str:
        """What is wrong with the expression's writing; empty when nothing is. Raises HookFailed when that cannot be found out."""
        if not expression.strip():
            return "it is empty"
        if len(expression) > MOST_CHARACTERS:
            return f"it is longer than {MOST_CHARACTERS} characters"
        try:
            await self._ask({"expression": expression}, seconds)
        except HookFailed as failed:
            if failed.reason != "error":
                raise
            return failed.message
        return ""

    def start(self) -> None:
        """Start the worker in the background, unless it runs: the first one who asks need not wait for it then."""
        if self._starting is None and (self._process is None or self._process.returncode is not None):
            self._starting = asyncio.get_running_loop().create_task(self._start(), name="expressions-worker")

    async def close(self) -> None:
        """End the worker."""
        if self._starting:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        async with self._turn:
            await self._end()

    async def _ask(self, question: dict[str, object], seconds: float) -> object:
        try:
            async with asyncio.timeout(seconds):
                await self._turn.acquire()
        except TimeoutError:
            raise HookFailed("busy", "Other expressions took all the time: make them simpler.") from None
        try:
            return await self._exchange(question, seconds)
        finally:
            self._turn.release()

    async def _exchange(self, question: dict[str, object], seconds: float) -> object:
        process = await self._running(seconds)
        self._number += 1
        number = self._number
        try:
            async with asyncio.timeout(seconds):
                answer = await _say(process, {"n": number, **question})
        except TimeoutError:
            await self._end()
            self.start()
            raise HookFailed("time-out", f"The expression took longer than {seconds * 1000:.0f} ms.") from None
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await self._end()
            raise HookFailed("error", "The expression took too much memory or time.") from None
        except asyncio.CancelledError:
            process.kill()  # the one who asked is gone; its answer must not be taken for the next one's
            self._process = None
            raise
        if "error" in answer:
            raise HookFailed("error", str(answer["error"]))
        return answer["value"]

    async def _running(self, seconds: float) -> asyncio.subprocess.Process:
        """The worker; a new one when there is none (any more). Nobody waits longer for it than `seconds`."""
        self.start()
        if self._starting:
            await asyncio.wait([self._starting], timeout=seconds)
        if self._starting or self._process is None:
            raise HookFailed("time-out", "The process for expressions is not up yet.")
        return self._process

    async def _start(self) -> None:
        """Start the worker, and try it; it is nobody's business before it has answered once."""
        process = None
        try:
            async with asyncio.timeout(START_SECONDS):
                process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-I",
                    str(WORKER),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.DEVNULL,
                    env={},
                    limit=LINE_BYTES,
                )
                await _say(process, {"n": 0, "expression": "0"})
            self._process, process = process, None
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError):
            log.exception("routing.expressions_not_started")
        finally:
            self._starting = None
            if process:
                await _kill(process)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            await _kill(process)


async def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdin:
        process.stdin.close()
    await process.wait()


async def _say(process: asyncio.subprocess.Process, question: Mapping[str, object]) -> Mapping[str, object]:
    """Write a line, and read its answer."""
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(question).encode() + b"\n")
    await process.stdin.drain()
    answer: Mapping[str, object] = json.loads(await process.stdout.readuntil(b"\n"))
    return answer
