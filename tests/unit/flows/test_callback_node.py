"""The callback node that offers a time: its questions, what is said of a time that will not do, and that nobody is held for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.flows.effects import AskNumber, AskTime, RequestCallback
from huying.flows.graph import Flow
from huying.flows.nodes import CallbackNode, GoodbyeNode
from huying.flows.prompts.catalogue import catalogue
from huying.flows.signals import CallbackArranged, DigitPressed, NumberKnown, PlaybackFinished, Signal, TimeKnown, TimerDue
from huying.flows.spoken import lines_of
from huying.flows.state import Outcome
from huying.flows.validation import problems_of
from unit.flows.flow_story import NOW, Caller

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 21, 18, 30, tzinfo=ZONE)
FLOW = Flow.build(
    "callback",
    1,
    CallbackNode(id="callback", queue="repair", offer_time=True, exits={"arranged": "turn", "booked": "booked", "otherwise": "no"}),
    GoodbyeNode(id="turn", prompt=lines_of("callback.arranged")),
    GoodbyeNode(id="booked", prompt=lines_of("callback.booked")),
    GoodbyeNode(id="no", prompt=lines_of("system.goodbye")),
)


def keys(text: str) -> list[Signal]:
    return [DigitPressed(key) for key in text]


def asked(text: str = "", language: str = "zh-CN") -> Caller:
    """Somebody who has confirmed his own number, and presses this."""
    caller = Caller(FLOW, language)
    assert caller.effects[-1] == AskNumber()
    caller.give(NumberKnown("13800000000"), *keys("1"))
    caller.give(*keys(text))
    return caller


def said(caller: Caller) -> list[str]:
    return [one.partition(":")[2] for one in caller.heard()]


def test_as_soon_as_it_is_his_turn() -> None:
    caller = asked("1")
    assert caller.of(RequestCallback) == [RequestCallback("", "repair", None)]
    caller.give(CallbackArranged("kept"))
    assert said(caller) == ["callback.arranged"]


def test_a_time_is_typed_read_back_and_booked() -> None:
    caller = asked("2")
    assert said(caller) == ["callback.which_day"]
    caller.give(*keys("1"))
    assert said(caller) == ["callback.which_time"]
    caller.give(*keys("1830"))
    assert caller.of(AskTime) == [AskTime(0, "1830", "repair")]
    caller.give(TimeKnown("free", AT))
    assert said(caller) == ["callback.time_is", "callback.today", "time.evening", "hour.6", "time.half", "callback.check_time"]
    caller.give(*keys("1"))
    assert caller.of(RequestCallback) == [RequestCallback("", "repair", AT)]
    caller.give(CallbackArranged("kept"))
    assert said(caller) == ["callback.booked"]


def test_another_number_and_tomorrow_in_english() -> None:
    caller = Caller(FLOW, "en")
    caller.give(NumberKnown(""), *keys("02012345678#1"))
    caller.give(*keys("22"), *keys("0905"), TimeKnown("free", AT + timedelta(days=1, hours=-9, minutes=-25)), *keys("1"))
    assert caller.of(AskTime) == [AskTime(1, "0905", "repair")]
    assert caller.of(RequestCallback)[0].number == "02012345678"
    assert said(caller)[-7:-1] == ["callback.time_is", "callback.tomorrow", "num.9", "num.oh", "num.5", "time.am"]


def test_why_not_is_said_and_the_next_possible_time_offered() -> None:
    caller = asked("222000")
    monday = datetime(2026, 11, 23, 9, tzinfo=ZONE)
    caller.give(TimeKnown("closed", monday))
    day = ["weekday.1", "month.11", "day.23", "time.morning", "hour.9"]
    assert said(caller) == ["keypad.closed_then", "callback.nearest", *day, "callback.check_time"]
    caller.give(*keys("1"))
    assert caller.of(RequestCallback)[0].due_at == monday


@pytest.mark.parametrize("text", ["2199992199992", "25558", "22" + "2999" * 3, "999"])
def test_who_cannot_say_it_is_called_when_it_is_his_turn(text: str) -> None:
    caller = asked()
    wanted: list[RequestCallback] = []
    for key in text * 3:
        caller.give(DigitPressed(key))
        if caller.of(AskTime):
            caller.give(TimeKnown("unknown"))
            assert caller.of(RequestCallback) or said(caller)[:1] == ["keypad.time_unknown"]
        if wanted := caller.of(RequestCallback):
            break
    assert [one.due_at for one in wanted] == [None]


def test_silence_ends_in_the_same() -> None:
    caller = asked("2")
    for _ in range(3):
        caller.give(PlaybackFinished(caller.state.playback))
        caller.give(TimerDue("input"))
    assert caller.of(RequestCallback) == [RequestCallback("", "repair", None)]


def test_he_need_not_end_with_a_key_and_may_go_back() -> None:
    caller = asked("21153")
    caller.give(TimerDue("input"))
    assert caller.of(AskTime) == [AskTime(0, "153", "repair")]
    caller.give(TimeKnown("unknown"), *keys("*"))
    assert said(caller)[-1] == "system.goodbye"


def test_one_that_is_booked_already_is_told() -> None:
    caller = asked("211830")
    caller.give(TimeKnown("free", AT), *keys("1"), CallbackArranged("already"))
    assert said(caller)[-1] == "callback.already"
    caller.end_playback()
    assert caller.state.node == "no"


def test_a_number_that_is_not_called_asks_for_another_and_then_for_the_time_again() -> None:
    caller = asked("211830")
    caller.give(TimeKnown("free", AT), *keys("1"), CallbackArranged("not_allowed"), *keys("02012345678#"), *keys("1"))
    assert said(caller)[-1] == "callback.when"
    caller.give(*keys("1"))
    assert caller.of(RequestCallback) == [RequestCallback("02012345678", "repair", None)]


def test_the_exit_of_who_chose_a_time_must_be_drawn_and_everything_can_be_said() -> None:
    assert not problems_of(FLOW, queues=["repair"], prompts=catalogue().keys())
    node = CallbackNode(id="callback", offer_time=True, exits={"arranged": "turn"})
    found = problems_of(Flow.build("flow", 1, node, GoodbyeNode(id="turn", prompt=lines_of("system.goodbye"))))
    assert [one.code for one in found] == ["bad-setting"]


SIGNALS = st.one_of(
    st.sampled_from("0123456789*#").map(DigitPressed),
    st.just(TimerDue("input")),
    st.builds(TimeKnown, st.sampled_from(["unknown", "passed", "closed", "too_far"]), st.sampled_from([None, AT])),
    st.just(TimeKnown("free", AT)),
    st.sampled_from([CallbackArranged(result) for result in ("kept", "failed", "already", "not_allowed")]),
)


@given(st.lists(SIGNALS, max_size=60))
def test_nothing_he_does_breaks_it(signals: list[Signal]) -> None:
    caller = asked()
    for signal in signals:
        caller.give(signal)
        for request in caller.of(RequestCallback):
            assert request.due_at in (None, AT)
    for _ in range(40):
        if caller.state.finished:
            assert caller.state.outcome is Outcome.HUNG_UP
            return
        caller.give(TimerDue("input"), PlaybackFinished(caller.state.playback))
        if caller.of(AskTime):
            caller.give(TimeKnown("unknown"))
        if caller.of(RequestCallback):
            caller.give(CallbackArranged("kept"))
    assert caller.state.phase.value in ("transferring", "finished")


def test_now_is_in_the_clocks_of_the_business() -> None:
    assert NOW.astimezone(ZONE).date() == AT.date()
    assert NOW.tzinfo is UTC
