"""Customers who give up waiting at the telephone: for a callback that keeps the place, or for a message. In virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from huying.channels.callback.settings import CallbackSettings
from huying.flows.graph import Flow
from huying.flows.nodes import CallbackNode, GoodbyeNode, QueueNode, VoicemailNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import Unavailable
from huying.routing.router.requirements import Action
from huying.routing.router.work import Door
from huying.telephony.simulator import Caller, Phone
from journeys.centre import BUSINESS, NUMBER, Centre
from journeys.queue_story import LOST, Shut, journey, plain, stays, told

HERE, OTHER = "13800000000", "02081234567"
KEYS = {"1": Action("callback"), "2": Action("voicemail")}
HOME = Phone(answer_after_seconds=3, talk_seconds=20)


def centre_with(agents: int = 1, flow: Flow | None = None, **rules: Any) -> Centre:
    """A centre whose repair queue lets people leave by a key."""
    centre = Centre(agents=agents, flow=flow or plain())
    centre.change_queue("repair", **{"keys": KEYS, **rules})
    for number in (HERE, OTHER):
        centre.engine.put_far_number(number, HOME)
    return centre


async def over(centre: Centre, seconds: float = 200) -> None:
    """Wait until nobody is in the centre."""
    await asyncio.sleep(1)
    await centre.until(lambda: not centre.process.switchboard.owners, seconds)
    assert not centre.engine._world.legs


def since(stay: dict[str, Any]) -> datetime:
    """What the wait counts from."""
    return datetime.fromisoformat(stay["waiting_since"]) if stay["waiting_since"] else stay["at"]


async def events(centre: Centre, kind: str) -> list[dict[str, Any]]:
    """All events of a kind."""
    return [entry.event.data() for entry in await centre.entries() if entry.kind == kind]


# --- callbacks -----------------------------------------------------------------------------------------------------------------


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


def test_without_the_database_no_promise_is_made() -> None:
    async def story() -> None:
        async with centre_with() as centre:

            async def away(_interaction: Any) -> None:
                raise Unavailable("The database is away.")

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


# --- messages ------------------------------------------------------------------------------------------------------------------


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
