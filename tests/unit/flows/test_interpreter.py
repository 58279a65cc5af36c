"""The interpreter: barge-in, type-ahead, tries, queues, and that nothing a customer does can break it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.flows.effects import (
    CancelTimer,
    Effect,
    EnterQueue,
    HangUp,
    LeaveQueue,
    Play,
    Say,
    SetLanguage,
    StartMusic,
    StartTimer,
    StopMusic,
    StopPlaying,
    TransferTo,
    Write,
)
from huying.flows.events import FlowChoiceMade, FlowNodeEntered, FlowStarted, LanguageChosen
from huying.flows.graph import Flow
from huying.flows.interpreter import advance, resume, start
from huying.flows.nodes import CollectNode, GoodbyeNode, MenuNode, PlayNode, QueueNode, SetLanguageNode, TransferNode, WelcomeNode
from huying.flows.sample_flow import sample_flow
from huying.flows.signals import (
    DigitPressed,
    PlaceChanged,
    PlaybackFinished,
    QueueJoined,
    QueueLeft,
    Signal,
    TimerDue,
    TransferEnded,
    TurnedAway,
)
from huying.flows.spoken import Line, lines_of
from huying.flows.state import FlowState, Outcome, Phase
from huying.routing.router.requirements import Action
from huying.routing.router.work import Announcements

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
SILENT = Announcements(every_seconds=0)
SAID = Announcements(every_seconds=30, place=True, estimate=True, own_wait=True)


class Caller:
    """Runs a flow and remembers the latest effects."""

    def __init__(self, flow: Flow, language: str = "zh-CN") -> None:
        self.flow = flow
        self.now = NOW
        self.state, self.effects = start(flow, language, {}, self.now)

    def give(self, *signals: Signal) -> list[Effect]:
        """The effects of all the signals."""
        self.effects = []
        for signal in signals:
            self.state, effects = advance(self.flow, self.state, signal, self.now)
            self.effects += effects
        return self.effects

    def heard(self) -> list[str]:
        """Keys of what the latest effects play, as language:key."""
        return [f"{i.language}:{i.key}" for e in self.effects if isinstance(e, Play) for i in e.items if isinstance(i, Say)]

    def end_playback(self) -> list[Effect]:
        """What is playing comes to its end."""
        return self.give(PlaybackFinished(self.state.playback))

    def of(self, kind: type) -> list:
        """The latest effects of one kind."""
        return [effect for effect in self.effects if isinstance(effect, kind)]


def digits(text: str) -> list[Signal]:
    return [DigitPressed(digit) for digit in text]


def small_flow(**menu: object) -> Flow:
    return Flow.build(
        "f",
        3,
        PlayNode(id="hello", prompt=lines_of("system.please_wait"), exits={"next": "menu"}),
        MenuNode(
            id="menu",
            prompt=lines_of("sample.menu"),
            tries=2,
            exits={"1": "number", "2": "bye", "no_input": "bye", "invalid": "away"},
            **menu,
        ),
        CollectNode(
            id="number",
            variable="order",
            least=2,
            most=4,
            tries=2,
            prompt=lines_of("system.enter_number"),
            exits={"done": "read", "no_input": "bye", "invalid": "bye"},
        ),
        PlayNode(id="read", prompt=(Line(variable="order"),), exits={"next": "away"}),
        TransferNode(id="away", address="10086", exits={"otherwise": "bye"}),
        GoodbyeNode(id="bye", prompt=lines_of("system.goodbye")),
    )


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


def waiting_caller(**queue: object) -> Caller:
    settings: dict = {"queue": "repair", "prompt": lines_of("system.please_wait"), "exits": {"otherwise": "bye"}, **queue}
    return Caller(
        Flow.build(
            "f",
            1,
            QueueNode(id="wait", **settings),
            QueueNode(id="second", queue="product", exits={"otherwise": "bye"}),
            GoodbyeNode(id="bye", prompt=lines_of("system.goodbye")),
        )
    )


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


def informed_flow() -> Flow:
    """A queue whose key 3 tells something and leads back, and whose key 4 leads to another queue."""
    exits = {"otherwise": "bye", "3": "hours", "4": "second", "timeout": "second", "full": "second"}
    return Flow.build(
        "f",
        1,
        QueueNode(id="wait", queue="repair", information="3", max_wait_seconds=60, exits=exits),
        PlayNode(id="hours", prompt=lines_of("queue.closed"), exits={"next": "more"}),
        MenuNode(id="more", prompt=lines_of("sample.menu"), exits={"1": "wait", "2": "second", "no_input": "bye", "invalid": "wait"}),
        QueueNode(id="second", queue="product", exits={"otherwise": "bye"}),
        GoodbyeNode(id="bye", prompt=lines_of("system.goodbye")),
    )


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


ACTIONS = (
    Action("overflow", "other"),
    Action("forward", "110"),
    Action("goodbye"),
    Action("menu", "3"),
    Action("voicemail"),
    Action("callback"),
)
FLOWS = [informed_flow(), small_flow(), small_flow(barge_in=False), sample_flow(), waiting_caller(max_wait_seconds=5).flow]
SIGNALS = st.one_of(
    st.sampled_from("0123456789*#").map(DigitPressed),
    st.integers(0, 8).map(PlaybackFinished),
    st.just("now").map(lambda _: PlaybackFinished(-1)),
    st.sampled_from(["input", "announce", "queue_limit", "other"]).map(TimerDue),
    st.builds(QueueJoined, st.integers(0, 30), st.integers(0, 30), st.sampled_from([SILENT, SAID])),
    st.builds(PlaceChanged, st.integers(0, 30), st.integers(0, 30)),
    st.sampled_from(["answered", "timeout", "overflow", "full", "closed", "lost"]).map(QueueLeft),
    st.builds(TurnedAway, st.sampled_from(["closed", "full", "timeout", "rule"]), st.none() | st.sampled_from(ACTIONS)),
    st.builds(QueueJoined, st.integers(1, 5), announcements=st.just(SAID), keys=st.just(dict(zip("45678", ACTIONS, strict=False)))),
    st.sampled_from(["answered", "busy", "failed"]).map(TransferEnded),
)


def waits_for_something(state: FlowState) -> bool:
    """A state that comes back is finished or something outside will move it on."""
    return state.finished or state.playing or bool(state.timers) or state.in_queue or state.phase is Phase.TRANSFERRING


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FLOWS), st.lists(SIGNALS, max_size=60))
def test_whatever_happens_the_flow_waits_or_is_over(flow: Flow, signals: list[Signal]) -> None:
    state, effects = start(flow, "zh-CN", {}, NOW)
    running = {effect.name for effect in effects if isinstance(effect, StartTimer)}
    for signal in [*signals, *[TimerDue("input"), PlaybackFinished(-1)] * 3]:
        if signal == PlaybackFinished(-1):
            signal = PlaybackFinished(state.playback)
        if isinstance(signal, TimerDue):
            running.discard(signal.name)
        before = state
        state, effects = advance(flow, state, signal, NOW)
        for effect in effects:
            if isinstance(effect, StartTimer):
                running.add(effect.name)
            elif isinstance(effect, CancelTimer):
                running.discard(effect.name)
        assert waits_for_something(state)
        assert running == set(state.timers)
        assert not before.finished or (state == before and not effects)
        if state.finished:
            assert not running
        elif state.node:
            again, _ = resume(flow, state.node, state.language, state.variables, in_queue=state.in_queue)
            assert waits_for_something(again)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from("0123456789*#"), max_size=20))
def test_a_customer_who_falls_silent_comes_to_an_end_or_a_queue(pressed: list[str]) -> None:
    flow = small_flow()
    state, _ = start(flow, "en", {})
    for digit in pressed:
        state, _ = advance(flow, state, DigitPressed(digit))
    for _ in range(40):
        if state.finished or state.phase is Phase.TRANSFERRING:
            return
        signal: Signal = PlaybackFinished(state.playback) if state.playing else TimerDue(next(iter(state.timers)))
        state, _ = advance(flow, state, signal)
    raise AssertionError(state)
