"""The sample business's flow in virtual time, with the true lengths of its sounds: what a customer hears, and when."""

from __future__ import annotations

import heapq
import wave
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count, pairwise

from huying.flows.effects import CancelTimer, Effect, EnterQueue, HangUp, LeaveQueue, Pause, Play, Say, StartTimer, StopPlaying, Write
from huying.flows.interpreter import advance, start
from huying.flows.prompts.catalogue import text_of
from huying.flows.prompts.library import sound_file
from huying.flows.sample_flow import sample_flow
from huying.flows.signals import DigitPressed, PlaceChanged, PlaybackFinished, QueueJoined, QueueLeft, Signal, TimerDue
from huying.flows.state import Outcome
from huying.routing.router.work import Announcements

BEGIN = datetime(2026, 11, 21, 8, tzinfo=UTC)


@cache
def seconds_of(item: Say | Pause) -> float:
    if isinstance(item, Pause):
        return item.milliseconds / 1000
    with wave.open(str(sound_file(item.key, item.language))) as sound:
        return sound.getnframes() / sound.getframerate()


@dataclass
class Journey:
    """A customer in the flow. `plan` is what the world does: (second, signal)."""

    plan: list[tuple[float, Signal]]
    place: int = 1
    announce_seconds: int = 30
    heard: list[tuple[float, str]] = field(default_factory=list)
    effects: list[tuple[float, Effect]] = field(default_factory=list)

    def run(self, until: float = 2000.0) -> Journey:
        """Let time pass until the flow is over."""
        order = count()
        self.ahead = [(at, next(order), signal) for at, signal in self.plan]
        heapq.heapify(self.ahead)
        self.order, self.now = order, 0.0
        flow = sample_flow()
        self.state, effects = start(flow, "zh-CN", {}, BEGIN)
        self._take(effects)
        while self.ahead and not self.state.finished and self.now <= until:
            self.now, _, signal = heapq.heappop(self.ahead)
            self.state, effects = advance(flow, self.state, signal, BEGIN + timedelta(seconds=self.now))
            self._take(effects)
        return self

    def _take(self, effects: list[Effect]) -> None:
        for effect in effects:
            self.effects.append((self.now, effect))
            if isinstance(effect, Play):
                self.heard += [(self.now, text_of(item.key, item.language)) for item in effect.items if isinstance(item, Say)]
                self._later(sum(map(seconds_of, effect.items)), PlaybackFinished(effect.playback))
            elif isinstance(effect, StopPlaying):
                self._forget(PlaybackFinished(effect.playback))
            elif isinstance(effect, StartTimer):
                self._forget(TimerDue(effect.name))
                self._later(effect.seconds, TimerDue(effect.name))
            elif isinstance(effect, CancelTimer):
                self._forget(TimerDue(effect.name))
            elif isinstance(effect, EnterQueue):
                self._later(0.01, QueueJoined(self.place, self.place, Announcements(self.announce_seconds, own_wait=True)))

    def _later(self, seconds: float, signal: Signal) -> None:
        heapq.heappush(self.ahead, (self.now + seconds, next(self.order), signal))

    def _forget(self, signal: Signal) -> None:
        self.ahead = [entry for entry in self.ahead if entry[2] != signal]
        heapq.heapify(self.ahead)

    def of(self, kind: type) -> list[tuple[float, Effect]]:
        return [(at, effect) for at, effect in self.effects if isinstance(effect, kind)]

    def path(self) -> list[str]:
        return [effect.event.node for _, effect in self.effects if isinstance(effect, Write) and effect.event.kind == "FlowNodeEntered"]


def test_a_chinese_customer_reports_a_repair_and_is_answered_while_first_in_the_queue() -> None:
    journey = Journey([(12.0, DigitPressed("1")), (60.0, QueueLeft("answered"))]).run()
    texts = [text for _, text in journey.heard]
    assert texts[0].startswith("您好，欢迎致电海川家电")
    assert texts[1] == "For English, press nine."
    assert "您目前排在第一位。" in texts
    assert journey.path() == ["welcome", "open", "menu", "repair"]
    assert [effect for _, effect in journey.of(EnterQueue)] == [EnterQueue("repair")]
    assert journey.of(EnterQueue)[0][0] == 12.0
    assert journey.state.outcome is Outcome.ANSWERED
    assert not journey.of(HangUp)


def test_an_english_customer_hears_english_from_the_key_on() -> None:
    journey = Journey(
        [(3.0, DigitPressed("9")), (20.0, DigitPressed("2")), (70.0, PlaceChanged(1, 1)), (200.0, QueueLeft("answered"))], place=12
    ).run()
    after = [text for at, text in journey.heard if at > 3.0]
    assert all(text.isascii() for text in after)
    assert " ".join(after[after.index("You are number") :][:3]) == "You are number twelve in the queue."
    assert "You are number one in the queue." in after
    assert journey.path() == ["welcome", "open", "menu", "english", "menu", "product"]
    assert journey.state.language == "en"


def test_announcements_come_at_the_queues_interval_and_tell_the_waiting_time() -> None:
    journey = Journey([(1.0, DigitPressed("1")), (190.0, QueueLeft("answered"))], announce_seconds=40).run()
    times = [at for at, text in journey.heard if text == "您目前排在第一位。"]
    assert 4 <= len(times) <= 5
    assert all(40 < later - earlier < 55 for earlier, later in pairwise(times))
    assert any(text == "您已等候" for _, text in journey.heard)


def test_a_silent_customer_comes_to_a_person_and_is_told_when_nobody_answers() -> None:
    journey = Journey([]).run()
    assert journey.path() == ["welcome", "open", "menu", "person", "sorry"]
    assert [effect for _, effect in journey.of(LeaveQueue)] == [LeaveQueue("ended", "timeout")]
    assert journey.state.outcome is Outcome.HUNG_UP
    assert journey.of(HangUp)[0][0] - journey.of(EnterQueue)[0][0] > 900


def test_a_complaint_overflows_to_a_person() -> None:
    journey = Journey([(1.0, DigitPressed("3")), (400.0, QueueLeft("answered"))]).run()
    assert [effect for _, effect in journey.of(EnterQueue)] == [EnterQueue("complaints"), EnterQueue("product", "overflow")]
    assert [(round(at), effect) for at, effect in journey.of(LeaveQueue)] == [(301, LeaveQueue("overflowed", "timeout"))]


def test_a_closed_centre_says_so_and_hangs_up() -> None:
    journey = Journey([(1.0, DigitPressed("1")), (1.0, QueueLeft("closed"))]).run()
    assert journey.heard[-1][1] == "感谢您的来电，再见。"
    assert journey.state.outcome is Outcome.HUNG_UP
