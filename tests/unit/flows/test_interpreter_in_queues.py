"""The interpreter while the customer waits: what he is told, his keys, information that keeps the place, and how the stay ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huying.flows.effects import (
    CancelTimer,
    EnterQueue,
    HangUp,
    LeaveQueue,
    Play,
    Say,
    StartMusic,
    StartTimer,
    StopMusic,
    StopPlaying,
    TransferTo,
    Write,
)
from huying.flows.events import FlowChoiceMade
from huying.flows.interpreter import advance, resume
from huying.flows.signals import (
    DigitPressed,
    PlaceChanged,
    PlaybackFinished,
    QueueJoined,
    QueueLeft,
    TimerDue,
    TransferEnded,
    TurnedAway,
)
from huying.flows.state import Outcome
from huying.routing.router.requirements import Action
from unit.flows.flow_story import SAID, Caller, informed_flow, waiting_caller


def test_the_queue_is_joined_before_anything_is_said_and_the_place_is_told() -> None:
    caller = waiting_caller()
    assert [type(effect) for effect in caller.effects[2:]] == [EnterQueue, Play]
    caller.give(QueueJoined(1, 1, SAID))
    assert caller.effects == []
    caller.end_playback()
    assert caller.heard() == ["zh-CN:queue.place.1"]
    caller.end_playback()
    assert caller.effects == [StartMusic(), StartTimer("announce", 30)]
    caller.now += timedelta(seconds=130)
    caller.give(PlaceChanged(12, 13), TimerDue("announce"))
    assert caller.heard() == [
        *(f"zh-CN:{key}" for key in ("queue.place.before", "num.12", "queue.place.after")),
        *(f"zh-CN:{key}" for key in ("queue.waited.before", "num.liang", "duration.minutes", "queue.waited.after")),
    ]


def test_a_queue_without_announcements_plays_music_only() -> None:
    caller = waiting_caller(prompt=())
    assert caller.effects[-1] == StartMusic()
    assert caller.give(QueueJoined(1, 1), PlaceChanged(2, 2)) == []


def test_the_place_is_told_when_it_becomes_known_after_the_prompt() -> None:
    caller = waiting_caller()
    caller.end_playback()
    assert caller.effects == [StartMusic()]
    caller.give(QueueJoined(2, 2, SAID))
    assert caller.heard() == ["zh-CN:queue.place.2"]


def test_answered_during_an_announcement_stops_it_and_ends_the_flow() -> None:
    caller = waiting_caller(max_wait_seconds=60)
    caller.give(QueueJoined(1, 1, SAID), QueueLeft("answered"))
    assert caller.effects == [StopPlaying(1), CancelTimer("queue_limit")]
    assert caller.state.outcome is Outcome.ANSWERED
    assert caller.give(DigitPressed("1"), QueueLeft("answered"), PlaybackFinished(1)) == []


@pytest.mark.parametrize(("target", "ending"), [("second", "overflowed"), ("bye", "ended")])
def test_waiting_too_long_leaves_with_the_ending_of_the_target(target: str, ending: str) -> None:
    caller = waiting_caller(max_wait_seconds=60, exits={"otherwise": "bye", "timeout": target})
    caller.end_playback()
    caller.give(QueueJoined(3, 3), TimerDue("queue_limit"))
    assert caller.of(LeaveQueue) == [LeaveQueue(ending, "timeout")]
    assert caller.of(StopMusic)
    if target == "second":
        assert caller.of(EnterQueue) == [EnterQueue("product", "overflow")]


def test_a_full_queue_takes_its_exit_or_otherwise() -> None:
    caller = waiting_caller(exits={"otherwise": "bye", "full": "second"})
    caller.give(QueueLeft("full"))
    assert caller.of(EnterQueue) == [EnterQueue("product", "first")]
    caller.give(QueueLeft("closed"))
    assert caller.state.node == "bye"


def test_resume_of_a_waiting_contact_keeps_an_open_stay_or_opens_a_recovered_one() -> None:
    flow = waiting_caller(max_wait_seconds=60).flow
    state, effects = resume(flow, "wait", "en", in_queue=True)
    assert effects == [StartTimer("queue_limit", 60), StartMusic()]
    state, effects = advance(flow, state, QueueJoined(1, 1, SAID))
    assert [type(e) for e in effects] == [Play]
    _, effects = resume(flow, "wait", "en")
    assert effects[0] == EnterQueue("repair", "recovery")
    assert effects[-1] == Play(1, (Say("system.agent_lost", "en"),))


def informed_caller() -> Caller:
    caller = Caller(informed_flow())
    caller.give(QueueJoined(2, 3, SAID), DigitPressed("3"))
    assert (caller.state.node, caller.state.home, caller.state.in_queue) == ("hours", "wait", True)
    assert not caller.of(LeaveQueue)
    return caller


def test_information_keeps_the_place_and_what_is_announced_stays_up_to_date() -> None:
    caller = informed_caller()
    caller.give(PlaceChanged(1, 2, 45), PlaybackFinished(caller.state.playback))
    assert (caller.state.node, caller.state.place, caller.state.estimate_seconds) == ("more", 1, 45)
    caller.give(DigitPressed("1"))
    assert (caller.state.node, caller.state.home, caller.state.in_queue) == ("wait", "", True)
    assert not caller.of(EnterQueue)
    caller.give(TimerDue("announce"))
    assert caller.heard() == ["zh-CN:queue.place.1", "zh-CN:queue.estimate.soon"]


@pytest.mark.parametrize(("key", "ending"), [("2", "overflowed"), ("*", "")])
def test_out_of_the_information_into_another_queue_the_place_is_left(key: str, ending: str) -> None:
    caller = informed_caller()
    caller.end_playback()
    caller.give(DigitPressed(key))
    assert [effect.ending for effect in caller.of(LeaveQueue)] == ([ending] if ending else [])


def test_whoever_waits_too_long_or_is_turned_away_during_information_follows_his_queue() -> None:
    caller = informed_caller()
    caller.give(TimerDue("queue_limit"))
    assert caller.of(LeaveQueue) == [LeaveQueue("overflowed", "timeout")]
    caller = informed_caller()
    caller.give(TurnedAway("closed", Action("goodbye"), "holiday"))
    assert caller.of(LeaveQueue) == [LeaveQueue("ended", "closed")]
    assert caller.heard() == ["zh-CN:queue.closed_holiday", "zh-CN:system.goodbye"]
    caller.end_playback()
    assert caller.of(HangUp)


def test_an_answer_during_information_ends_the_flow() -> None:
    caller = informed_caller()
    caller.give(QueueLeft("answered"))
    assert caller.state.outcome is Outcome.ANSWERED
    assert caller.of(StopPlaying)


def test_resume_in_the_information_keeps_the_place() -> None:
    flow = informed_flow()
    state, effects = resume(flow, "more", "en", in_queue=True, home="wait")
    assert (state.home, state.in_queue) == ("wait", True)
    assert StartTimer("queue_limit", 60) in effects
    state, effects = advance(flow, state, DigitPressed("1"))
    assert state.node == "wait" and not [e for e in effects if isinstance(e, EnterQueue)]


def test_a_queues_key_is_told_and_done_unless_the_flow_has_its_own() -> None:
    caller = Caller(informed_flow())
    keys = {"1": Action("voicemail"), "2": Action("overflow", "other-queue"), "4": Action("goodbye")}
    caller.give(QueueJoined(1, 1, SAID, keys=keys))
    assert caller.heard() == [
        "zh-CN:queue.place.1",
        *("zh-CN:queue.key.voicemail", "zh-CN:num.1", "zh-CN:queue.key.overflow", "zh-CN:num.2"),
    ]
    caller.give(DigitPressed("2"))
    assert caller.effects == [
        Write(FlowChoiceMade("wait", "2")),
        LeaveQueue("overflowed", "key"),
        EnterQueue("", "overflow", queue_id="other-queue"),
    ]
    caller.give(QueueJoined(1, 1, SAID, keys=keys), DigitPressed("9"))
    assert not caller.of(LeaveQueue)
    caller.give(DigitPressed("4"))
    assert caller.of(EnterQueue)[0].queue_code == "product"


def test_a_queues_action_without_an_exit_of_the_flow_is_done() -> None:
    caller = Caller(informed_flow())
    caller.give(TurnedAway("closed", Action("forward", "110")))
    assert caller.of(LeaveQueue) == [LeaveQueue("forwarded", "closed")]
    assert caller.of(TransferTo) == [TransferTo("number", "110")]
    caller.give(TransferEnded("answered"))
    assert caller.state.outcome is Outcome.ANSWERED
    caller = Caller(informed_flow())
    caller.give(TurnedAway("full", Action("goodbye")))
    assert caller.of(EnterQueue)[0].queue_code == "product"
    caller = Caller(informed_flow())
    caller.give(TurnedAway("rule", None))
    assert (caller.state.node, caller.of(LeaveQueue)) == ("bye", [LeaveQueue("ended", "rule")])
