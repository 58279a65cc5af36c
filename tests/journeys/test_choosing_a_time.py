"""Customers in a flow who would rather be called at a time of their own choice: typed, checked against the hours, kept, called."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huying.flows.graph import Flow
from huying.flows.nodes import CallbackNode, GoodbyeNode, QueueNode
from huying.flows.spoken import lines_of
from huying.routing.router.requirements import Action
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import virtual_clock
from journeys.centre import BUSINESS, Centre
from journeys.queue_story import LOST, journey, stays, told

ZONE = ZoneInfo("Asia/Shanghai")
NUMBER = "13800000000"
FLOW = Flow.build(
    "times",
    1,
    QueueNode(id="wait", queue="repair", exits={"otherwise": "bye", "callback": "call_back"}),
    CallbackNode(id="call_back", offer_time=True, exits={"arranged": "turn", "booked": "booked"}),
    GoodbyeNode(id="turn", prompt=lines_of("callback.arranged")),
    GoodbyeNode(id="booked", prompt=lines_of("callback.booked")),
    LOST,
)
TO_THE_QUESTION = "w1w1"


class Hours:
    """Open from eight to twenty, every day, in Shanghai."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """As of a queue."""
        local = at.astimezone(ZONE)
        day = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if 8 <= local.hour < 20:
            return True, "", day + timedelta(hours=20)
        return False, "hours", day + timedelta(hours=8, days=local.hour >= 20)


def centre_with(**rules: Any) -> Centre:
    """A centre whose repair queue lets people leave by key 1."""
    centre = Centre(agents=1, flow=FLOW)
    centre.change_queue("repair", **{"keys": {"1": Action("callback")}, **rules})
    centre.reconfigure(time_zones={BUSINESS: "Asia/Shanghai"})
    centre.engine.put_far_number(NUMBER, Phone(answer_after_seconds=3, talk_seconds=20))
    return centre


def clock(at: datetime) -> str:
    """As it is typed."""
    return at.astimezone(ZONE).strftime("%H%M")


async def heard(centre: Centre, key: str) -> None:
    """Wait until this has been said."""
    await centre.until(lambda: key in centre.heard, 120)


async def due(centre: Centre) -> list[datetime]:
    """The times that were booked."""
    return [datetime.fromisoformat(one.event.data()["due_at"]) for one in await centre.entries() if one.kind == "CallbackRequested"]


@pytest.mark.parametrize("dies", [False, True])
def test_he_is_called_at_his_time(dies: bool) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            at = (virtual_clock() + timedelta(hours=2)).replace(second=0, microsecond=0)
            centre.call(keys=f"{TO_THE_QUESTION}w2w1w{clock(at)}w1")
            await heard(centre, "callback.booked")
            assert await due(centre) == [at]
            assert {"callback.today", "callback.check_time"} <= set(centre.heard)
            if dies:
                await asyncio.sleep(30)
                await centre.kill()
                await centre.start()
            await centre.ready("agent0")
            await asyncio.sleep(3600)
            assert not centre.process.routing.router.item_ids(), "nobody is offered it before"
            await centre.until(lambda: centre.state_of("agent0") == "talking", 4000)
            assert abs(virtual_clock() - at) < timedelta(minutes=2)
            await centre.until(lambda: not centre.process.switchboard.owners, 200)
            assert await told(centre) == [("repair", "first", "called_back", "booked"), ("repair", "first", "answered", "")]
            before, after = await stays(centre)
            assert (after["needs"], after["attributes"]) == (before["needs"], before["attributes"])
            assert await centre.endings() == {"called_back": 1, "answered": 1}

    journey(story)


def test_closed_then_the_next_possible_time_is_offered_and_taken() -> None:
    async def story() -> None:
        async with centre_with(opening=Hours()) as centre:
            if not Hours().state(virtual_clock())[0]:
                await asyncio.sleep(12 * 3600)
            centre.call(keys=f"{TO_THE_QUESTION}w2w2w2100w1")
            await heard(centre, "callback.booked")
            assert {"keypad.closed_then", "callback.nearest"} <= set(centre.heard)
            morning = virtual_clock().astimezone(ZONE).replace(hour=8, minute=0, second=0, microsecond=0)
            assert await due(centre) == [morning + timedelta(days=2)]

    journey(story)


def test_a_time_that_has_passed() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await asyncio.sleep(600)
            now = virtual_clock()
            centre.call(keys=f"{TO_THE_QUESTION}w2w1w{clock(now - timedelta(minutes=5))}w1")
            await heard(centre, "callback.booked")
            assert "keypad.time_passed" in centre.heard
            (at,) = await due(centre)
            assert timedelta(minutes=15) <= at - now < timedelta(minutes=32)

    journey(story)


@pytest.mark.parametrize("keys", ["w1", "w2w1w2575w2575w2575", "w7w7w7", ""])
def test_no_time_is_as_soon_as_it_is_his_turn(keys: str) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys=TO_THE_QUESTION + keys, patience_seconds=200)
            await heard(centre, "callback.arranged")
            await centre.ready("agent0")
            await centre.until(lambda: not centre.process.switchboard.owners, 200)
            assert await told(centre) == [("repair", "first", "called_back", "key"), ("repair", "callback", "answered", "")]

    journey(story)


def test_one_is_enough_and_he_waits_on() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            at = (virtual_clock() + timedelta(hours=2)).replace(second=0, microsecond=0)
            keys = f"{TO_THE_QUESTION}w2w1w{clock(at)}w1"
            centre.call(keys=keys)
            await heard(centre, "callback.booked")
            await asyncio.sleep(20)
            centre.call(keys=keys, talk_seconds=5)
            await heard(centre, "callback.already")
            await centre.ready("agent0")
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            assert len(await due(centre)) == 1
            assert (await told(centre))[1] == ("repair", "first", "answered", "")

    journey(story)


def test_he_hangs_up_before_he_confirms() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            at = virtual_clock() + timedelta(hours=2)
            centre.call(keys=f"{TO_THE_QUESTION}w2w1w{clock(at)}", patience_seconds=20)
            await asyncio.sleep(60)
            assert not centre.process.switchboard.owners
            assert await due(centre) == []

    journey(story)
