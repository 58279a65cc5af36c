"""A loop whose clock jumps."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from huying.telephony.virtual_time import START, NothingWillHappen, run_virtual, sleep_until, virtual_clock


def test_a_day_passes_at_once() -> None:
    async def day() -> None:
        await asyncio.sleep(86_400)
        assert virtual_clock() == START + timedelta(days=1)

    began = time.process_time()
    run_virtual(day())
    assert time.process_time() - began < 2


def test_timers_fire_in_order_and_on_time() -> None:
    async def main() -> list[tuple[str, float]]:
        loop = asyncio.get_running_loop()
        seen: list[tuple[str, float]] = []

        async def note(name: str, after: float) -> None:
            await asyncio.sleep(after)
            seen.append((name, loop.time()))

        await asyncio.gather(note("c", 30), note("a", 0.001), note("b", 29.999))
        return seen

    assert run_virtual(main()) == [("a", 0.001), ("b", 29.999), ("c", 30.0)]


def test_timeouts_follow_virtual_time() -> None:
    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3600):
                await asyncio.Event().wait()
        await sleep_until(START + timedelta(hours=2))
        assert virtual_clock() == START + timedelta(hours=2)

    run_virtual(main())


def test_threads_may_still_answer() -> None:
    async def main() -> int:
        return await asyncio.to_thread(lambda: 7)

    assert run_virtual(main()) == 7


def test_a_world_in_which_nothing_can_happen_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huying.telephony.virtual_time.REAL_SECONDS_WITHOUT_TIMER", 0.05)

    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(NothingWillHappen):
        run_virtual(main())
