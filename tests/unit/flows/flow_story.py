"""What stories of a flow are told with: a caller who gives signals, and small flows."""

from __future__ import annotations

from datetime import UTC, datetime

from huying.flows.effects import (
    Effect,
    Play,
    Say,
)
from huying.flows.graph import Flow
from huying.flows.interpreter import advance, start
from huying.flows.nodes import CollectNode, GoodbyeNode, MenuNode, PlayNode, QueueNode, TransferNode
from huying.flows.signals import (
    DigitPressed,
    PlaybackFinished,
    Signal,
)
from huying.flows.spoken import Line, lines_of
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
