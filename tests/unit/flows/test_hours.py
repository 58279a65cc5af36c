"""The node that asks for the hours, and what the sample business says when it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from huying.flows.effects import Effect, HangUp, Play, Say, TransferTo, Write
from huying.flows.events import FlowHoursRead
from huying.flows.graph import Flow
from huying.flows.interpreter import advance, start
from huying.flows.nodes import GoodbyeNode, HoursNode
from huying.flows.sample_flow import DUTY_NUMBER, SAMPLE_SCHEDULES, sample_flow
from huying.flows.signals import DigitPressed, PlaybackFinished, Signal, TransferEnded
from huying.flows.state import FlowState
from huying.flows.validation import problems_of

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@dataclass
class Always:
    """Open, or closed for a reason."""

    why: str = ""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        assert at == NOW
        return not self.why, self.why, None


def flow(**exits: str) -> Flow:
    hours = HoursNode(id="hours", schedule="office", exits={"open": "yes", "otherwise": "no", **exits})
    return Flow.build("f", 1, hours, *(GoodbyeNode(id=name) for name in ("yes", "no", *exits.values())))


def node_after(flow: Flow, why: str) -> str:
    return start(flow, "zh-CN", {}, NOW, {"office": Always(why)})[0].node


def test_every_reason_has_its_exit_or_the_common_one() -> None:
    special = flow(closed="shut", holiday="feast", emergency="fire")
    found = {why: node_after(special, why) for why in ("", "hours", "holiday", "emergency", "unheard of")}
    assert found == {"": "yes", "hours": "shut", "holiday": "feast", "emergency": "fire", "unheard of": "no"}
    assert {node_after(flow(), why) for why in ("hours", "holiday", "emergency")} == {"no"}


def test_an_unknown_schedule_is_open() -> None:
    assert start(flow(), "en", {}, NOW, {})[0].node == "yes"
    assert start(flow(), "en", {})[0].node == "yes"


def test_what_was_found_is_journalled() -> None:
    _, effects = start(flow(), "en", {}, NOW, {"office": Always("holiday")})
    assert Write(FlowHoursRead("hours", "office", "holiday")) in effects


def test_faults() -> None:
    def codes(*nodes: HoursNode, **names: list[str]) -> list[str]:
        return [problem.code for problem in problems_of(Flow.build("f", 1, *nodes, GoodbyeNode(id="bye")), **names)]

    both = {"open": "bye", "otherwise": "bye"}
    assert codes(HoursNode(id="a", exits=both)) == ["bad-setting"]
    assert codes(HoursNode(id="a", schedule="x", exits={"open": "bye"})) == ["missing-exit"]
    assert codes(HoursNode(id="a", schedule="x", exits={"open": "bye", "otherwise": "a"})) == ["loop-without-input"]
    assert codes(HoursNode(id="a", schedule="x", exits=both), schedules=["y"]) == ["unknown-schedule"]
    assert codes(HoursNode(id="a", schedule="x", exits=both), schedules=["x"]) == []


class Caller:
    """Runs the sample's flow."""

    def __init__(self, **why: str) -> None:
        self.schedules = {code: Always(why.get(code, "")) for code in SAMPLE_SCHEDULES}
        self.effects: list[Effect] = []
        self.state: FlowState
        self.state, self.effects = start(sample_flow(), "en", {}, NOW, self.schedules)

    def give(self, *signals: Signal) -> None:
        for signal in signals:
            self.state, effects = advance(sample_flow(), self.state, signal, NOW, self.schedules)
            self.effects += effects

    def played_out(self) -> None:
        self.give(PlaybackFinished(self.state.playback))

    def heard(self) -> list[str]:
        return [item.key for effect in self.effects if isinstance(effect, Play) for item in effect.items if isinstance(item, Say)]


@pytest.mark.parametrize(("why", "said"), [("hours", "closed"), ("holiday", "closed_holiday"), ("emergency", "closed_emergency")])
def test_the_sample_says_why_it_is_closed_and_offers_the_duty_telephone(why: str, said: str) -> None:
    caller = Caller(service=why)
    caller.played_out()
    caller.played_out()
    assert caller.heard()[-2:] == [f"queue.{said}", "sample.duty"]
    caller.give(DigitPressed("1"))
    caller.played_out()
    assert caller.effects[-1] == TransferTo("number", DUTY_NUMBER)
    caller.give(TransferEnded("busy"))
    caller.played_out()
    assert caller.effects[-1] == HangUp("flow_ended")


def test_a_key_pressed_ahead_for_the_menu_does_not_ring_the_duty_telephone() -> None:
    caller = Caller(service="hours")
    caller.give(DigitPressed("1"))
    assert caller.heard()[-1] == "queue.closed"
    caller.played_out()
    assert caller.state.node == "duty"


def test_only_the_office_is_closed() -> None:
    caller = Caller(office="hours")
    caller.played_out()
    caller.give(DigitPressed("4"))
    assert caller.state.node == "closed"
    caller = Caller()
    caller.played_out()
    caller.give(DigitPressed("4"))
    assert caller.state.node == "general"
