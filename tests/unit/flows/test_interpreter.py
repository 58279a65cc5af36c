"""The interpreter: barge-in, type-ahead, tries, collected digits, transfers, and flows that are faulty."""

from __future__ import annotations

from huying.flows.effects import (
    EnterQueue,
    HangUp,
    Play,
    Say,
    SetLanguage,
    StartTimer,
    StopPlaying,
    TransferTo,
    Write,
)
from huying.flows.events import FlowChoiceMade, FlowNodeEntered, FlowStarted, LanguageChosen
from huying.flows.graph import Flow
from huying.flows.interpreter import advance, start
from huying.flows.nodes import PlayNode, SetLanguageNode, WelcomeNode
from huying.flows.sample_flow import sample_flow
from huying.flows.signals import (
    DigitPressed,
    QueueJoined,
    QueueLeft,
    TimerDue,
    TransferEnded,
)
from huying.flows.spoken import lines_of
from huying.flows.state import Outcome, Phase
from unit.flows.flow_story import SAID, Caller, digits, small_flow


def test_start_journals_the_flow_and_its_first_node_and_plays() -> None:
    caller = Caller(small_flow())
    assert caller.effects == [
        Write(FlowStarted("f", 3)),
        Write(FlowNodeEntered("hello", "play")),
        Play(1, (Say("system.please_wait", "zh-CN"),)),
    ]


def test_a_digit_during_the_greeting_skips_it_and_chooses_in_the_menu() -> None:
    caller = Caller(small_flow())
    caller.give(DigitPressed("1"))
    assert caller.effects[0] == StopPlaying(1)
    assert Write(FlowChoiceMade("menu", "1")) in caller.effects
    assert caller.state.node == "number"
    assert caller.heard() == ["zh-CN:system.enter_number"]


def test_type_ahead_crosses_nodes() -> None:
    caller = Caller(
        Flow.build(
            "f",
            1,
            PlayNode(id="law", prompt=lines_of("system.recording_notice"), barge_in=False, exits={"next": "menu"}),
            *small_flow().nodes.values(),
        )
    )
    caller.give(*digits("142#"))
    assert caller.effects == []
    caller.end_playback()
    assert caller.state.node == "read"
    assert caller.state.variables == {"order": "42"}
    assert caller.heard() == ["zh-CN:num.4", "zh-CN:num.2"]


def test_a_wrong_key_is_told_and_after_the_last_try_takes_its_exit() -> None:
    caller = Caller(small_flow())
    caller.end_playback()
    caller.give(DigitPressed("7"))
    assert caller.heard() == ["zh-CN:system.invalid_key", "zh-CN:sample.menu"]
    caller.give(DigitPressed("*"))
    assert caller.state.node == "away"
    assert caller.of(TransferTo) == [TransferTo("number", "10086")]


def test_silence_in_the_menu_repeats_and_then_leaves() -> None:
    caller = Caller(small_flow())
    caller.end_playback()
    caller.end_playback()
    assert caller.effects == [StartTimer("input", 5.0)]
    caller.give(TimerDue("input"))
    assert caller.heard() == ["zh-CN:system.no_input", "zh-CN:sample.menu"]
    caller.end_playback()
    caller.give(TimerDue("input"))
    assert caller.state.node == "bye"
    caller.end_playback()
    assert caller.effects == [HangUp("flow_ended")]
    assert caller.state.outcome is Outcome.HUNG_UP


def test_without_barge_in_a_key_is_taken_when_the_question_was_asked() -> None:
    caller = Caller(small_flow(barge_in=False))
    caller.end_playback()
    assert caller.give(DigitPressed("2")) == []
    caller.end_playback()
    assert caller.state.node == "bye"


def test_collected_digits_are_never_journalled_nor_printed() -> None:
    caller = Caller(small_flow())
    seen = [*caller.give(*digits("1")), *caller.give(*digits("9871"))]
    caller_text = repr(caller.state) + repr([e for e in seen if isinstance(e, Write)])
    assert caller.state.variables == {"order": "9871"}
    assert "9871" not in caller_text and "'9'" not in repr(DigitPressed("9"))


def test_collect_ends_by_silence_between_digits_and_refuses_too_few() -> None:
    caller = Caller(small_flow())
    caller.give(*digits("155"))
    assert StartTimer("input", 3.0) in caller.effects
    caller.give(TimerDue("input"))
    assert caller.state.node == "read"
    caller = Caller(small_flow())
    caller.give(*digits("15#"))
    assert caller.heard()[-2:] == ["zh-CN:system.invalid_input", "zh-CN:system.enter_number"]
    caller.give(*digits("5#"))
    assert caller.state.node == "bye"


def test_a_transfer_that_fails_takes_otherwise_and_one_that_is_answered_ends_the_flow() -> None:
    caller = Caller(small_flow())
    caller.give(*digits("1555#"))
    caller.end_playback()
    assert caller.state.phase is Phase.TRANSFERRING
    other = advance(caller.flow, caller.state, TransferEnded("answered"))[0]
    assert other.outcome is Outcome.ANSWERED
    caller.give(TransferEnded("busy"))
    assert caller.state.node == "bye"


def test_a_faulty_flow_says_so_and_hangs_up() -> None:
    caller = Caller(Flow.build("f", 1, WelcomeNode(id="a", prompt=lines_of("system.please_wait"))))
    caller.end_playback()
    assert caller.heard() == ["zh-CN:system.trouble"]
    caller.end_playback()
    assert caller.effects == [HangUp("system")]
    looping = Flow.build("f", 1, SetLanguageNode(id="a", language="en", exits={"next": "a"}))
    state, _ = start(looping, "en", {})
    assert state.node == "" and not state.finished


def test_the_sample_flow_in_english() -> None:
    caller = Caller(sample_flow())
    assert caller.heard() == ["zh-CN:sample.greeting", "en:sample.for_english", "zh-CN:system.recording_notice"]
    caller.give(DigitPressed("9"))
    assert caller.of(SetLanguage) == [SetLanguage("en")]
    assert Write(LanguageChosen("en")) in caller.effects
    assert caller.heard() == ["en:sample.menu"]
    caller.give(DigitPressed("1"))
    assert caller.of(EnterQueue) == [EnterQueue("repair", "first")]
    caller.give(QueueJoined(1, 1, SAID))
    caller.end_playback()
    assert caller.heard() == ["en:queue.place.1", "en:queue.please_wait"]
    caller.give(QueueLeft("answered"))
    assert caller.state.outcome is Outcome.ANSWERED
