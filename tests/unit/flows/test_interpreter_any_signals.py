"""Nothing that a customer or the house does can break the interpreter: any signals in any order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from huying.flows.effects import (
    CancelTimer,
    StartTimer,
)
from huying.flows.graph import Flow
from huying.flows.interpreter import advance, resume, start
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
from huying.flows.state import FlowState, Phase
from huying.routing.router.requirements import Action
from unit.flows.flow_story import NOW, SAID, SILENT, informed_flow, small_flow, waiting_caller

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
