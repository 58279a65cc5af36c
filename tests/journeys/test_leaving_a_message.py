"""Customers who give up waiting at the telephone for a message. In virtual time."""

from __future__ import annotations

import asyncio

import pytest

from huying.flows.graph import Flow
from huying.flows.nodes import VoicemailNode
from huying.routing.router.requirements import Action
from huying.routing.router.work import Door
from huying.telephony.simulator import Phone
from journeys.centre import BUSINESS
from journeys.leaving_story import centre_with, events, over
from journeys.queue_story import LOST, Shut, journey, told


def test_he_leaves_a_message() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w2" + "w" * 12 + "#", patience_seconds=60)
            await over(centre)
            assert await told(centre) == [("repair", "first", "voicemail", "key")]
            (started,) = await events(centre, "MessageStarted")
            (left,) = await events(centre, "MessageLeft")
            assert started["queue_id"] == "repair"
            assert 5 < left["seconds"] < 12
            assert list(centre.keeper.kept) == [left["recording_id"]]
            assert "message.kept" in centre.heard

    journey(story)


def test_the_message_ends_when_he_hangs_up() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w2", patience_seconds=20)
            await over(centre)
            (left,) = await events(centre, "MessageLeft")
            assert left["seconds"] > 5
            assert await centre.endings() == {"voicemail": 1}
            assert len(centre.keeper.kept) == 1

    journey(story)


def test_the_message_ends_when_nothing_is_said() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w2", patience_seconds=60, tone=0)
            await over(centre)
            (left,) = await events(centre, "MessageLeft")
            assert left["seconds"] == pytest.approx(6, abs=0.5)

    journey(story)


def test_the_message_is_not_endless() -> None:
    box = VoicemailNode(id="box", queue="product", most_seconds=15, exits={"left": "bye", "otherwise": "bye"})

    async def story() -> None:
        async with centre_with(flow=Flow.build("box", 1, box, LOST)) as centre:
            centre.call(keys="", patience_seconds=60)
            await over(centre)
            (left,) = await events(centre, "MessageLeft")
            assert left["seconds"] == pytest.approx(15, abs=0.5)
            assert (await events(centre, "MessageStarted"))[0]["queue_id"] == "product"
            assert not await told(centre)

    journey(story)


@pytest.mark.parametrize("after", [2.5, 3.5])
def test_he_hangs_up_before_the_tone(after: float) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w2", patience_seconds=after)
            await over(centre)
            assert await centre.endings() == {"short_abandoned": 1}
            assert not await events(centre, "MessageStarted")

    journey(story)


def test_an_agent_who_comes_before_the_tone_gets_him() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await centre.ready("agent0", Phone(answer_after_seconds=0.5))
            await centre.client.set_status(BUSINESS, "agent0", "break", "lunch")
            centre.call(keys="w2", talk_seconds=5)
            await asyncio.sleep(2.3)
            await centre.client.set_status(BUSINESS, "agent0", "ready")
            await over(centre)
            assert await centre.endings() == {"answered": 1}

    journey(story)


def test_who_finds_it_closed_may_leave_a_message() -> None:
    async def story() -> None:
        async with centre_with(opening=Shut(), door=Door(actions={"closed": Action("voicemail")})) as centre:
            centre.call(keys="w" * 12 + "#", patience_seconds=60)
            await over(centre)
            assert await told(centre) == [("repair", "first", "refused", "closed")]
            assert len(await events(centre, "MessageLeft")) == 1

    journey(story)


@pytest.mark.parametrize("moment", [2.5, 6.0, 10.0])
def test_our_death_costs_no_message(moment: float) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w2", patience_seconds=40)
            await asyncio.sleep(moment)
            await centre.kill()
            await asyncio.sleep(1)
            await centre.start()
            await over(centre)
            left = await events(centre, "MessageLeft")
            assert len(left) in (1, 2)
            assert {one["recording_id"] for one in left} == set(centre.keeper.kept)

    journey(story)


def test_the_engines_death_in_a_message() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w2", patience_seconds=40)
            await asyncio.sleep(10)
            centre.engine.restart(2)
            await over(centre)
            assert await centre.endings() == {"voicemail": 1}

    journey(story)
