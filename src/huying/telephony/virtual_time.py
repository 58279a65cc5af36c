"""An asyncio event loop whose clock jumps to the next timer whenever nothing is left to do, so that a day passes in seconds.

Everything that waits by the loop (sleep, timeouts, call_later) follows it; threads and real sockets do not belong in it.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")
START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
"""A Monday, 08:00 in Shanghai."""
REAL_SECONDS_WITHOUT_TIMER = 5.0


class NothingWillHappen(RuntimeError):
    """Every task waits, and no timer is set: the simulated world stands still."""


class _JumpingSelector(selectors.BaseSelector):
    """Never waits while a timer is set: it tells how long it would have waited."""

    def __init__(self, jump: Callable[[float], None]) -> None:
        self._real = selectors.DefaultSelector()
        self._jump = jump

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = self._real.select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            ready = self._real.select(REAL_SECONDS_WITHOUT_TIMER)
            if not ready:
                raise NothingWillHappen("All tasks wait for each other, and no timer is set.")
            return ready
        self._jump(timeout)
        return []

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """The loop. `clock` gives its time as aware UTC; `start` is the time at which it begins."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._passed = 0.0
        super().__init__(_JumpingSelector(self._jump))

    def _jump(self, seconds: float) -> None:
        self._passed += seconds

    def time(self) -> float:
        """Seconds since the beginning."""
        return self._passed

    def clock(self) -> datetime:
        """The present moment of the simulated world, aware and in UTC (a `huying.foundation.clock.Clock`)."""
        return self._start + timedelta(seconds=self._passed)


def virtual_clock() -> datetime:
    """The time of the running loop, which must be a VirtualTimeLoop."""
    loop = asyncio.get_running_loop()
    if not isinstance(loop, VirtualTimeLoop):
        raise TypeError("This runs in virtual time only.")
    return loop.clock()


def run_virtual(main: Coroutine[Any, Any, T], *, start: datetime = START) -> T:
    """Run to the end in virtual time and return the result."""
    with asyncio.Runner(loop_factory=lambda: VirtualTimeLoop(start)) as runner:
        return runner.run(main)


async def sleep_until(moment: datetime) -> None:
    """Wait until a moment of the simulated world (at once if it has passed)."""
    await asyncio.sleep(max(0.0, (moment - virtual_clock()).total_seconds()))
