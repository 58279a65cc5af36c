"""Where calls go that a queue does not take, or keeps no longer, in virtual time: overflow, closed, full, nobody there."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from huying.flows.graph import Flow
from huying.flows.nodes import QueueNode
from huying.routing.router.requirements import Action, Line, Requirements
from huying.routing.router.work import Door
from huying.telephony.simulator import Phone
from journeys.centre import Centre
from journeys.queue_story import LOST, Shut, journey, plain, stays, told


def test_an_overflow_chain_is_linked_and_keeps_the_wait() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", door=Door(most_seconds=30, actions={"timeout": Action("overflow", "product")}))
        centre.change_queue("product", door=Door(most_waiting=1, actions={"full": Action("overflow", "complaints")}))
        async with centre:
            centre.call(keys="", patience_seconds=500)
            await asyncio.sleep(2)
            centre.call(keys="", patience_seconds=100)
            await asyncio.sleep(60)
            assert sorted(await told(centre)) == [
                ("complaints", "overflow", "", ""),
                ("product", "overflow", "", ""),
                ("product", "overflow", "overflowed", "full"),
                ("repair", "first", "overflowed", "timeout"),
                ("repair", "first", "overflowed", "timeout"),
            ]
            for stay in await stays(centre):
                if stay["origin"] == "overflow":
                    before = next(one for one in await stays(centre) if one["entry_id"] == stay["previous_entry_id"])
                    since = before["waiting_since"] or before["at"].isoformat()
                    assert datetime.fromisoformat(stay["waiting_since"]) == datetime.fromisoformat(since)
            await centre.ready("agent0")
            await asyncio.sleep(600)

    journey(story)


def test_an_overflow_may_count_the_wait_anew() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        asked = Requirements(frozenset({"repair"}), (Line("move", 40, action=Action("overflow", "product")),))
        centre.change_queue("repair", requirements=asked, overflow_keeps_wait=False)
        async with centre:
            centre.call(keys="", patience_seconds=90)
            await asyncio.sleep(100)
            first, second = await stays(centre)
            assert (first["ending"], first["reason"]) == ("overflowed", "rule")
            assert second["waiting_since"] == ""
            assert second["at"] - first["at"] >= timedelta(seconds=39)

    journey(story)


def test_queues_that_send_each_other_everything_come_to_an_end() -> None:
    async def story() -> None:
        centre = Centre(agents=0, flow=plain())
        centre.change_queue("repair", door=Door(most_seconds=1, actions={"timeout": Action("overflow", "product")}))
        centre.change_queue("product", door=Door(most_seconds=1, actions={"timeout": Action("overflow", "repair")}))
        async with centre:
            centre.call(keys="")
            await asyncio.sleep(30)
            endings = [stay["ending"] for stay in await stays(centre)]
            assert endings == ["overflowed"] * (len(endings) - 1) + ["ended"]
            assert not centre.process.switchboard.owners

    journey(story)


@pytest.mark.parametrize(
    ("why", "heard"), [("hours", "queue.closed"), ("holiday", "queue.closed_holiday"), ("emergency", "queue.closed_emergency")]
)
def test_a_closed_queue_refuses_and_says_why(why: str, heard: str) -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", opening=Shut(why), door=Door(actions={"closed": Action("goodbye")}))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="")
            await asyncio.sleep(20)
            assert await told(centre) == [("repair", "first", "refused", "closed")]
            assert heard in centre.heard
            assert not centre.process.switchboard.owners

    journey(story)


def test_the_flows_exit_goes_before_the_queues_action() -> None:
    async def story() -> None:
        flow = Flow.build(
            "exits",
            1,
            QueueNode(id="wait", queue="repair", exits={"otherwise": "bye", "closed": "other"}),
            QueueNode(id="other", queue="product", exits={"otherwise": "bye"}),
            LOST,
        )
        centre = Centre(agents=1, flow=flow)
        centre.change_queue("repair", opening=Shut(), door=Door(actions={"closed": Action("goodbye")}))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "overflowed", "closed"), ("product", "overflow", "answered", "")]

    journey(story)


def test_a_full_queue_is_full_only_at_the_door() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", door=Door(most_waiting=2))
        async with centre:
            for _ in range(3):
                centre.call(keys="", patience_seconds=60)
                await asyncio.sleep(1)
            assert [ending for _, _, ending, _ in await told(centre)] == ["", "", "refused"]
            assert (await told(centre))[2][3] == "full"
            await asyncio.sleep(100)

    journey(story)


def test_nobody_signed_in_sends_to_the_duty_telephone() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", door=Door(refuse_when_nobody=True, actions={"nobody": Action("forward", "13911112222")}))
        centre.engine.put_far_number("13911112222", Phone(talk_seconds=20))
        async with centre:
            centre.call(keys="", talk_seconds=60)
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "refused", "nobody")]
            assert "ForwardAnswered" in await centre.kinds()
            assert not centre.process.switchboard.owners

    journey(story)


def test_a_duty_telephone_that_nobody_takes_leads_on_in_the_flow() -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", door=Door(most_seconds=20, actions={"timeout": Action("forward", "13911112222")}))
        centre.engine.put_far_number("13911112222", Phone("busy"))
        async with centre:
            centre.call(keys="")
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "forwarded", "timeout")]
            assert "system.goodbye" in centre.heard

    journey(story)
