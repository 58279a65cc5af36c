"""Customers who give up waiting at the telephone for a callback that keeps the place. In virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from huying.channels.callback.settings import CallbackSettings
from huying.flows.graph import Flow
from huying.flows.nodes import CallbackNode, GoodbyeNode, QueueNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import Unavailable
from huying.routing.router.requirements import Action
from huying.routing.router.work import Door
from huying.telephony.simulator import Caller, Phone
from journeys.centre import BUSINESS, NUMBER
from journeys.leaving_story import HERE, OTHER, centre_with, over, since
from journeys.queue_story import LOST, Shut, journey, stays, told


def test_he_confirms_his_number_keeps_his_place_and_is_called() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w1w1")
            await asyncio.sleep(3)
            centre.call(keys="", patience_seconds=300, talk_seconds=5)
            await centre.until(lambda: len(centre.process.switchboard.owners) == 2)
            await centre.until(lambda: "callback.arranged" in centre.heard)
            await asyncio.sleep(30)
            await centre.ready("agent0")
            await over(centre)
            first, second, third = sorted(await stays(centre), key=lambda stay: stay["entry_id"])
            assert (first["ending"], first["reason"]) == ("called_back", "key")
            callback = next(stay for stay in (second, third) if stay["channel"] == "callback")
            assert (callback["origin"], callback["ending"]) == ("callback", "answered")
            assert callback["previous_entry_id"] == first["entry_id"]
            assert since(callback) == since(first)
            assert callback["attributes"] == first["attributes"]
            order = [entry.event.data()["entry_id"] for entry in await centre.entries() if entry.kind == "SegmentStarted"]
            assert order[0] == callback["entry_id"], "he is served before who came after him"
            begun = [entry.event.data() for entry in await centre.entries() if entry.kind == "CallbackRequested"]
            assert begun[0]["by"] == "queue"
            assert [one.remote_number for one in centre.directory.interactions.values() if one.channel == "callback"] == [f"+86{HERE}"]

    journey(story)


def test_he_types_another_number() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys=f"w1w2w{OTHER}#w1")
            await centre.until(lambda: "callback.arranged" in centre.heard)
            await centre.ready("agent0")
            await over(centre)
            assert await centre.endings() == {"called_back": 1, "answered": 1}
            assert [one.remote_number for one in centre.directory.interactions.values() if one.channel == "callback"] == ["+862081234567"]

    journey(story)


def test_whoever_hides_his_number_must_type_one() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.engine.place_call(_anonymous(keys=f"w1w{OTHER}#w1"))
            await centre.until(lambda: "callback.arranged" in centre.heard)
            assert "callback.own_number" not in centre.heard
            await centre.ready("agent0")
            await over(centre)
            assert await centre.endings() == {"called_back": 1, "answered": 1}

    journey(story)


def _anonymous(keys: str) -> Caller:
    return Caller(number_called=NUMBER, remote_number="anonymous", keys=keys)


def test_numbers_that_are_not_called_are_refused_and_he_waits_on() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w1w2w110#w1" + "w" * 12 + "*", patience_seconds=60)
            await over(centre)
            assert "callback.not_allowed" in centre.heard
            assert await centre.endings() == {"abandoned": 1}
            assert not any(one.channel == "callback" for one in centre.directory.interactions.values())

    journey(story)


def test_he_changes_his_mind_and_waits_on() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w1w*", talk_seconds=5)
            await asyncio.sleep(20)
            owner = next(iter(centre.process.switchboard.owners.values()))
            assert owner.call.state.phase.value == "waiting"
            await centre.ready("agent0")
            await over(centre)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


def test_whoever_says_nothing_waits_on() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w1", patience_seconds=400)
            await asyncio.sleep(200)
            owner = next(iter(centre.process.switchboard.owners.values()))
            assert owner.call.state.node == "wait"
            assert owner.call.state.phase.value == "waiting"
            await over(centre, 400)
            assert await centre.endings() == {"abandoned": 1}

    journey(story)


def test_an_agent_who_comes_while_he_types_is_not_kept_waiting() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys=f"w1w2w{OTHER}", talk_seconds=5)
            await asyncio.sleep(6)
            await centre.ready("agent0", Phone(answer_after_seconds=1))
            await over(centre)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


@pytest.mark.parametrize("after", [3.0, 4.5, 6.5])
def test_he_hangs_up_during_it(after: float) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w1w1", patience_seconds=after)
            await asyncio.sleep(20)
            if after > 4:
                assert await centre.endings() == {"called_back": 1}
                assert len(centre.process.switchboard.owners) == 1
                await centre.ready("agent0")
                await over(centre)
                assert await centre.endings() == {"called_back": 1, "answered": 1}
            else:
                assert await centre.endings() == {"short_abandoned": 1}
                await over(centre)

    journey(story)


@pytest.mark.parametrize("trouble", [Unavailable("The database is away."), ValueError("The database cannot take this.")])
def test_what_cannot_be_written_down_is_not_promised(trouble: Exception) -> None:
    async def story() -> None:
        async with centre_with() as centre:

            async def away(_interaction: Any) -> None:
                raise trouble

            await asyncio.sleep(0.1)
            kept = centre.directory.keep_interaction
            centre.directory.keep_interaction = away  # type: ignore[method-assign]
            centre.call(keys="w1w1", talk_seconds=5)
            await centre.until(lambda: "callback.failed" in centre.heard)
            centre.directory.keep_interaction = kept  # type: ignore[method-assign]
            await centre.ready("agent0")
            await over(centre)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


def test_without_a_trunk_it_is_not_offered() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.directory.configuration = replace(centre.directory.configuration, trunks=[])
            await centre.client.refresh_configuration()
            centre.call(keys="w1w1", patience_seconds=40)
            await over(centre)
            assert "callback.own_number" not in centre.heard
            assert "queue.key.callback" not in centre.heard
            assert await centre.endings() == {"abandoned": 1}

    journey(story)


def test_he_calls_again_and_has_his_place() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w1w1")
            await asyncio.sleep(20)
            centre.call(keys="", talk_seconds=5)
            await asyncio.sleep(20)
            called_back, callback, again = await stays(centre)
            assert (called_back["ending"], callback["ending"], callback["reason"]) == ("called_back", "ended", "caller_returned")
            assert since(again) == since(called_back)
            assert again["previous_entry_id"] == callback["entry_id"]
            assert "caller_returned" in again["notes"]
            assert len(centre.process.switchboard.owners) == 1
            await centre.ready("agent0")
            await over(centre)
            assert await centre.endings() == {"called_back": 1, "ended": 1, "answered": 1}

    journey(story)


def test_he_calls_again_while_he_is_dialled() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.engine.put_far_number(HERE, Phone("silent"))
            centre.call(keys="w1w1")
            await asyncio.sleep(20)
            await centre.ready("agent0")
            await asyncio.sleep(8)
            centre.call(keys="", talk_seconds=5)
            await over(centre)
            assert await centre.endings() == {"called_back": 1, "ended": 1, "answered": 1}

    journey(story)


def test_the_queue_gives_him_up_and_offers_a_callback() -> None:
    async def story() -> None:
        async with centre_with(door=Door(most_seconds=20, actions={"timeout": Action("callback")})) as centre:
            centre.call(keys="w" * 22 + "1")
            await centre.until(lambda: "callback.arranged" in centre.heard)
            await asyncio.sleep(120)
            first, callback = await stays(centre)
            assert (first["ending"], first["reason"]) == ("ended", "timeout")
            assert (callback["origin"], callback["previous_entry_id"]) == ("callback", first["entry_id"])
            assert callback["ending"] == "", "who was promised a call is not given up by the same rule"
            await centre.ready("agent0")
            await over(centre)
            assert await centre.endings() == {"ended": 1, "answered": 1}

    journey(story)


def test_at_a_closed_door_one_can_ask_to_be_called_when_it_opens() -> None:
    async def story() -> None:
        async with centre_with(opening=Shut(), door=Door(actions={"closed": Action("callback")})) as centre:
            await centre.ready("agent0")
            centre.call(keys="www1")
            await asyncio.sleep(60)
            assert await told(centre) == [("repair", "first", "refused", "closed"), ("repair", "callback", "", "")]
            centre.change_queue("repair", opening=None)
            await centre.client.refresh_configuration()
            await over(centre)
            assert await centre.endings() == {"refused": 1, "answered": 1}

    journey(story)


def test_a_flow_may_agree_a_callback_without_a_queue() -> None:
    agree = CallbackNode(id="agree", queue="repair", exits={"arranged": "bye", "otherwise": "bye"})

    async def story() -> None:
        async with centre_with(flow=Flow.build("agree", 1, agree, LOST)) as centre:
            centre.call(keys="w1")
            await centre.until(lambda: len(centre.process.switchboard.owners) == 1, 30)
            await centre.ready("agent0")
            await over(centre)
            assert await told(centre) == [("repair", "first", "answered", "")]

    journey(story)


def test_a_drawn_dialogue_goes_before_the_usual_one() -> None:
    agree = CallbackNode(id="agree", exits={"arranged": "thanks", "otherwise": "wait"})
    flow = Flow.build(
        "drawn",
        1,
        QueueNode(id="wait", queue="repair", exits={"otherwise": "bye", "callback": "agree"}),
        agree,
        GoodbyeNode(id="thanks", prompt=lines_of("system.please_wait")),
        LOST,
    )

    async def story() -> None:
        async with centre_with(flow=flow) as centre:
            centre.call(keys="w1w*ww1w1")
            await centre.until(lambda: "system.please_wait" in centre.heard)
            await centre.ready("agent0")
            await over(centre)
            assert await told(centre) == [("repair", "first", "called_back", "key"), ("repair", "callback", "answered", "")]

    journey(story)


@pytest.mark.parametrize("moment", [2.5, 4.05, 4.3, 5.5, 30.0])
def test_our_death_neither_loses_nor_doubles_him(moment: float) -> None:
    async def story() -> None:
        async with centre_with() as centre:
            centre.call(keys="w1w1" + "w" * 30 + "*", patience_seconds=100, talk_seconds=5)
            await asyncio.sleep(moment)
            await centre.kill()
            await asyncio.sleep(1)
            await centre.start()
            await asyncio.sleep(60)
            waiting = [stay for stay in await stays(centre) if not stay["ending"]]
            assert len(waiting) == 1, waiting
            await centre.ready("agent0")
            await over(centre)
            endings = await centre.endings()
            assert endings in ({"answered": 1}, {"called_back": 1, "answered": 1})

    journey(story)


def test_settings_of_the_business_hold() -> None:
    async def story() -> None:
        centre = centre_with()
        terms = CallbackSettings(denied_prefixes=("+86138",), expire_seconds=600)
        centre.directory.configuration = replace(centre.directory.configuration, callbacks={BUSINESS: terms})
        async with centre:
            centre.call(keys=f"w1w{OTHER}#w1")
            await centre.until(lambda: "callback.arranged" in centre.heard)
            await over(centre, 800)
            assert await centre.endings() == {"called_back": 1, "ended": 1}

    journey(story)
