"""The node that asks for one key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.events import FlowChoiceMade
from huying.flows.nodes.node import KEYS, Node, pressed, within
from huying.flows.signals import PlaybackFinished, Signal, TimerDue
from huying.flows.spoken import Prompt, lines_of
from huying.flows.state import Phase
from huying.flows.turn import Turn

TIMER = "input"
INVALID = lines_of("system.invalid_key")
SILENT = lines_of("system.no_input")


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuNode(Node):
    """Plays `prompt` and waits for a key: an exit named by the key (`"1"`), else after `tries` the exit `invalid` or `no_input`.

    An empty `prompt` listens at once. Digits pressed ahead are taken without playing.
    """

    kind: ClassVar[str] = "menu"
    keeps_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("no_input", "invalid")
    possible_exits: ClassVar[tuple[str, ...]] = KEYS
    input_exits: ClassVar[tuple[str, ...]] = KEYS
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt", "invalid_prompt", "no_input_prompt")

    prompt: Prompt = ()
    invalid_prompt: Prompt = INVALID
    no_input_prompt: Prompt = SILENT
    timeout_seconds: float = 5.0
    tries: int = 3
    barge_in: bool = True

    def own_problems(self) -> list[str]:
        """Limits, and at least one key."""
        problems = within("timeout_seconds", self.timeout_seconds, 0.5, 60) + within("tries", self.tries, 1, 10)
        return problems if any(key in self.exits for key in KEYS) else [*problems, "a menu needs at least one key"]

    def enter(self, turn: Turn) -> None:
        """Take what was pressed ahead, or ask."""
        if digit := turn.take_ahead():
            self._choose(turn, digit)
        else:
            self._ask(turn)

    def on(self, turn: Turn, signal: Signal) -> None:
        """A key, silence, or the end of the question."""
        if digit := pressed(signal):
            if turn.state.phase is Phase.SPEAKING and not self.barge_in:
                turn.keep_ahead(digit)
            else:
                self._choose(turn, digit)
        elif isinstance(signal, PlaybackFinished):
            if turn.state.buffer:
                self._choose(turn, turn.take_ahead())
            else:
                self._listen(turn)
        elif isinstance(signal, TimerDue) and signal.name == TIMER:
            self._fail(turn, "no_input", self.no_input_prompt)

    def _ask(self, turn: Turn, before: Prompt = ()) -> None:
        if before + self.prompt:
            turn.say(before + self.prompt)
        else:
            self._listen(turn)

    def _listen(self, turn: Turn) -> None:
        turn.change(phase=Phase.INPUT)
        turn.start_timer(TIMER, self.timeout_seconds)

    def _choose(self, turn: Turn, digit: str) -> None:
        turn.cancel_timer(TIMER)
        turn.stop_playing()
        if digit in self.exits and digit in KEYS:
            turn.write(FlowChoiceMade(self.id, digit))
            turn.leave(digit)
        else:
            turn.change(buffer="")
            self._fail(turn, "invalid", self.invalid_prompt)

    def _fail(self, turn: Turn, exit_name: str, message: Prompt) -> None:
        turn.change(tries=turn.state.tries + 1)
        if turn.state.tries >= self.tries:
            turn.leave(exit_name)
        else:
            self._ask(turn, message)
