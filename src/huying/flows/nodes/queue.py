"""The node where the contact waits for an agent: what is heard meanwhile, and where it goes when nobody answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from huying.flows.announcements import key_items, waiting_items
from huying.flows.effects import EnterQueue, Item, StartMusic, StopMusic
from huying.flows.events import FlowChoiceMade
from huying.flows.nodes.diverting import KEY, divert
from huying.flows.nodes.node import KEYS, Node, pressed, within
from huying.flows.signals import SILENT, PlaceChanged, PlaybackFinished, QueueJoined, QueueLeft, Signal, TimerDue, TransferEnded, TurnedAway
from huying.flows.spoken import Prompt, lines_of
from huying.flows.state import Outcome, Phase
from huying.flows.turn import Turn
from huying.routing.router.requirements import Action

ANNOUNCE = "announce"
LIMIT = "queue_limit"
RECOVERED = lines_of("system.agent_lost")

CUSTOMER_NUMBER = "customer_number"
"""The variable that names the customer, where his telephone number does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueNode(Node):
    """Presents the contact to `queue`. Answered ends the flow; whatever else ends the stay takes the exit of its name, or `otherwise`.

    Meanwhile: `prompt` once, then music, and what the queue wants announced (unless `announce_place`, `announce_wait` are false) first at
    once and then every `announce_seconds` (0: as the queue says). After `max_wait_seconds` (0: never) it takes the exit `timeout`.
    A key takes the exit of its name, else it does what the queue says. Keys in `information` keep the place: their exits lead to
    menus and notices, and the contact stands in the queue until it comes back to this node.
    """

    kind: ClassVar[str] = "queue"
    queue_ending: ClassVar[str] = "overflowed"
    required_exits: ClassVar[tuple[str, ...]] = ("otherwise",)
    possible_exits: ClassVar[tuple[str, ...]] = (
        *("timeout", "overflow", "full", "closed", "nobody", "blocked", "rule", "voicemail", "callback"),
        *KEYS,
    )
    input_exits: ClassVar[tuple[str, ...]] = ("timeout", *KEYS)
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt", "announcement")

    queue: str = ""
    needs: Mapping[str, int] = field(default_factory=dict)
    """Skill (code) -> least level that an agent needs for those who come this way, beyond what the queue asks for."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the queue's rules may look at, for those who come this way."""
    information: str = ""
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
        for key in self.information:
            if key not in self.exits or key not in KEYS:
                problems.append(f"information names the key {key!r}, which has no exit")
        for skill, level in self.needs.items():
            problems += within(f"needs of {skill}", level, 1, 10)
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
        number = turn.state.variables.get(CUSTOMER_NUMBER, "")
        turn.do(EnterQueue(self.queue, turn.state.origin, needs=self.needs, attributes=self.attributes, customer_number=number))
        self._begin(turn)
        if said:
            turn.say(said)
        else:
            self._music(turn)

    def on(self, turn: Turn, signal: Signal) -> None:
        """News of the queue, a key, the end of an announcement, the hour of the next; after the queue, what became of a diversion."""
        match signal:
            case QueueLeft(result):
                self._left(turn, result)
            case TurnedAway() if turn.state.in_queue:
                self._turned_away(turn, signal)
            case QueueJoined():
                self._joined(turn, signal)
            case PlaceChanged():
                turn.take_place(signal)
            case PlaybackFinished() if turn.state.phase is Phase.PARTING:
                turn.finish(Outcome.HUNG_UP)
            case PlaybackFinished():
                self._spoken(turn)
            case TransferEnded(result) if turn.state.phase is Phase.TRANSFERRING:
                self._transferred(turn, result)
            case TimerDue(name) if name == ANNOUNCE:
                self._announce(turn)
            case TimerDue(name) if name == LIMIT:
                turn.leave("timeout", "timeout")
            case _ if turn.state.in_queue and (key := pressed(signal)):
                self._pressed(turn, key)

    def come_back(self, turn: Turn) -> None:
        """The contact is here again after something else was heard, and its place was kept."""
        turn.change(home="", buffer="")
        self._music(turn)
        self._next_announcement(turn)

    def _pressed(self, turn: Turn, key: str) -> None:
        if key in self.exits:
            turn.write(FlowChoiceMade(self.id, key))
            turn.leave(key, KEY, keep_place=key in self.information)
        elif action := turn.state.keys.get(key):
            turn.write(FlowChoiceMade(self.id, key))
            divert(turn, self.exits, action, KEY)

    def _turned_away(self, turn: Turn, signal: TurnedAway) -> None:
        if signal.why in self.exits or signal.action is None:
            turn.leave(signal.why if signal.why in self.exits else "otherwise", signal.why)
        else:
            divert(turn, self.exits, signal.action, signal.why, signal.detail)

    def _transferred(self, turn: Turn, result: str) -> None:
        if result == "answered":
            turn.finish(Outcome.ANSWERED)
        else:
            turn.leave("otherwise")

    def _begin(self, turn: Turn) -> None:
        turn.change(in_queue=True, place=0, people_waiting=0, estimate_seconds=None, waiting_since=None, buffer="", home="")
        turn.change(announcements=SILENT, keys={})
        self.limit(turn)

    def limit(self, turn: Turn) -> None:
        """Wait so long and no longer."""
        if self.max_wait_seconds:
            turn.start_timer(LIMIT, self.max_wait_seconds)

    def _joined(self, turn: Turn, news: QueueJoined) -> None:
        turn.take_joining(news)
        if turn.state.phase is Phase.WAITING and ANNOUNCE not in turn.state.timers:
            self._announce(turn)

    def _spoken(self, turn: Turn) -> None:
        if turn.state.phase is Phase.SPEAKING:
            self._announce(turn)
        else:
            self._music(turn)
            self._next_announcement(turn)

    def _announce(self, turn: Turn) -> None:
        if not self._every(turn):
            if turn.state.phase is not Phase.WAITING:
                self._music(turn)
            return
        items = self._news(turn) + turn.lines_as_items(self.announcement) + key_items(turn.state.language, self._keys(turn))
        if items:
            turn.play(items, Phase.ANNOUNCING)
        else:
            self._music(turn)
            self._next_announcement(turn)

    def _news(self, turn: Turn) -> tuple[Item, ...]:
        state, wanted = turn.state, turn.state.announcements
        says_wait = wanted.own_wait and self.announce_wait and turn.now is not None and state.waiting_since is not None
        waited = (turn.now - state.waiting_since).total_seconds() if says_wait and turn.now and state.waiting_since else 0.0
        return waiting_items(
            state.language,
            state.place if wanted.place and self.announce_place else 0,
            waited,
            state.people_waiting if wanted.people else 0,
            state.estimate_seconds if wanted.estimate and self.announce_wait else None,
        )

    def _keys(self, turn: Turn) -> dict[str, Action]:
        return {key: action for key, action in turn.state.keys.items() if key not in self.exits}

    def _every(self, turn: Turn) -> float:
        return self.announce_seconds or turn.state.announcements.every_seconds

    def _next_announcement(self, turn: Turn) -> None:
        if every := self._every(turn):
            turn.start_timer(ANNOUNCE, every)

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
        turn.leave(result if result in self.exits else "otherwise")
