"""The node where the contact waits for an agent: what is heard meanwhile, and where it goes when nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.announcements import waiting_items
from huying.flows.effects import EnterQueue, StartMusic, StopMusic
from huying.flows.nodes.node import Node, within
from huying.flows.signals import PlaceChanged, PlaybackFinished, QueueJoined, QueueLeft, Signal, TimerDue
from huying.flows.spoken import Prompt, lines_of
from huying.flows.state import Outcome, Phase
from huying.flows.turn import Turn

ANNOUNCE = "announce"
LIMIT = "queue_limit"
RECOVERED = lines_of("system.agent_lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueNode(Node):
    """Presents the contact to `queue`. Answered ends the flow; any other result takes the exit of its name, or `otherwise`.

    Meanwhile: `prompt` once, then music, and the place in the queue (`announce_place`, `announce_wait`) first at once and then every
    `announce_seconds` (0: as the queue says). After `max_wait_seconds` (0: never) it takes the exit `timeout`.
    """

    kind: ClassVar[str] = "queue"
    required_exits: ClassVar[tuple[str, ...]] = ("otherwise",)
    possible_exits: ClassVar[tuple[str, ...]] = ("timeout", "overflow", "full", "closed")
    input_exits: ClassVar[tuple[str, ...]] = ("timeout",)
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt", "announcement")

    queue: str = ""
    prompt: Prompt = ()
    announcement: Prompt = ()
    """Said after the place at each announcement, such as thanks for waiting."""
    announce_place: bool = True
    announce_wait: bool = True
    announce_seconds: float = 0.0
    max_wait_seconds: float = 0.0

    def own_problems(self) -> list[str]:
        """No queue, senseless times, a timeout without its exit."""
        problems = within("announce_seconds", self.announce_seconds, 10, 3600) if self.announce_seconds else []
        if self.max_wait_seconds:
            problems += within("max_wait_seconds", self.max_wait_seconds, 1, 86_400)
        elif "timeout" in self.exits:
            problems.append("the exit timeout can never be taken: set max_wait_seconds")
        return problems if self.queue else [*problems, "queue is empty: choose one"]

    def enter(self, turn: Turn) -> None:
        """Join the queue at once; what is said costs no place."""
        self._join(turn, self.prompt)

    def resume(self, turn: Turn) -> None:
        """After a restart, or when the agent was lost.

        A stay that is still open begins only its sound anew (the owner gives QueueJoined again); otherwise a new stay is opened.
        """
        if turn.state.in_queue:
            self._begin(turn)
            self._music(turn)
        else:
            self._join(turn, RECOVERED)

    def _join(self, turn: Turn, said: Prompt) -> None:
        turn.do(EnterQueue(self.queue, turn.state.origin))
        self._begin(turn)
        if said:
            turn.say(said)
        else:
            self._music(turn)

    def on(self, turn: Turn, signal: Signal) -> None:
        """News of the queue, the end of an announcement, the hour of the next."""
        if isinstance(signal, QueueLeft):
            self._left(turn, signal.result)
        elif isinstance(signal, QueueJoined):
            self._joined(turn, signal)
        elif isinstance(signal, PlaceChanged):
            turn.change(place=signal.place, people_waiting=signal.people_waiting)
        elif isinstance(signal, PlaybackFinished):
            self._spoken(turn)
        elif isinstance(signal, TimerDue) and signal.name == ANNOUNCE:
            self._announce(turn)
        elif isinstance(signal, TimerDue) and signal.name == LIMIT:
            turn.leave("timeout")

    def _begin(self, turn: Turn) -> None:
        turn.change(in_queue=True, place=0, people_waiting=0, announce_seconds=0, waiting_since=None, buffer="")
        if self.max_wait_seconds:
            turn.start_timer(LIMIT, self.max_wait_seconds)

    def _joined(self, turn: Turn, news: QueueJoined) -> None:
        turn.change(
            place=news.place,
            people_waiting=news.people_waiting,
            announce_seconds=self.announce_seconds or news.announce_seconds,
            waiting_since=news.waiting_since or turn.now,
            entered=0,
        )
        if turn.state.phase is Phase.WAITING and ANNOUNCE not in turn.state.timers:
            self._announce(turn)

    def _spoken(self, turn: Turn) -> None:
        if turn.state.phase is Phase.SPEAKING:
            self._announce(turn)
        else:
            self._music(turn)
            self._next_announcement(turn)

    def _announce(self, turn: Turn) -> None:
        state = turn.state
        if not state.announce_seconds:
            if state.phase is not Phase.WAITING:
                self._music(turn)
            return
        waited = (turn.now - state.waiting_since).total_seconds() if turn.now and state.waiting_since and self.announce_wait else 0.0
        items = waiting_items(state.language, state.place if self.announce_place else 0, waited)
        extra = turn.lines_as_items(self.announcement)
        if items + extra:
            turn.play(items + extra, Phase.ANNOUNCING)
        else:
            self._music(turn)
            self._next_announcement(turn)

    def _next_announcement(self, turn: Turn) -> None:
        if turn.state.announce_seconds:
            turn.start_timer(ANNOUNCE, turn.state.announce_seconds)

    def _music(self, turn: Turn) -> None:
        turn.change(phase=Phase.WAITING)
        turn.do(StartMusic())

    def _left(self, turn: Turn, result: str) -> None:
        turn.change(in_queue=False)
        if result == "answered":
            turn.finish(Outcome.ANSWERED)
            return
        if turn.state.phase is Phase.WAITING:
            turn.do(StopMusic())
        turn.change(origin="overflow" if result == "overflow" else "first")
        turn.leave(result if result in self.exits else "otherwise")
