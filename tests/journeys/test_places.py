"""Telling waiting calls where they stand: only news, a part at a time, and never at a call's cost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from huying.channels.voice import places
from huying.channels.voice.call import words as w
from huying.channels.voice.places import Places
from huying.routing.router.router import Router
from huying.routing.router.work import Configured, QueueRules, WorkArrived, WorkItem, WorkLeft
from huying.telephony.virtual_time import run_virtual, virtual_clock
from journeys.centre import Centre
from journeys.queue_story import journey, plain, stays


def test_everybody_is_told_and_only_news() -> None:
    async def story() -> None:
        told: list[tuple[float, w.Placed]] = []
        router, loop = Router(lambda: "id"), asyncio.get_running_loop()
        rules = {"q": QueueRules("q")}
        router.handle(Configured(rules, {}), virtual_clock())
        telling = Places(router, virtual_clock, lambda _, placed: told.append((loop.time(), placed)))
        telling.configure(rules)
        for number in range(250):
            item = WorkItem(f"{number:03}", f"contact{number}", "q", datetime(2026, 1, 1, 8, 0, number // 60, number, UTC))
            router.handle(WorkArrived(item), virtual_clock())
            telling.joined(item)
        assert len(told) == 250
        assert all(placed.joined for _, placed in told)
        told.clear()
        await asyncio.sleep(1.5)
        assert sorted({placed.people_waiting for _, placed in told}) == [250]
        told.clear()
        await asyncio.sleep(3)
        assert told == []  # nothing has changed
        router.handle(WorkLeft("000"), virtual_clock())
        await asyncio.sleep(1.5)
        assert sorted(placed.place for _, placed in told) == list(range(1, 250))
        assert len({moment for moment, _ in told}) == 3  # not all at once
        for number in range(250):
            router.handle(WorkLeft(f"{number:03}"), virtual_clock())
        await asyncio.sleep(3)
        assert telling._due is None
        telling.stop()

    run_virtual(story())


def test_an_estimate_that_fails_costs_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def observe(self, *_: object) -> None:
            raise ZeroDivisionError

    async def story() -> None:
        monkeypatch.setattr(places, "Estimator", Broken)
        async with Centre(agents=1, flow=plain()) as centre:
            await centre.ready("agent0")
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(30)
            assert [stay["ending"] for stay in await stays(centre)] == ["answered"]

    journey(story)
