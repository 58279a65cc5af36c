"""The node that collects several digits, such as an order number. The value is a variable and is never journalled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.nodes.node import KEYS, Node, pressed, within
from huying.flows.signals import PlaybackFinished, Signal, TimerDue
from huying.flows.spoken import Prompt, lines_of
from huying.flows.state import Phase
from huying.flows.turn import Turn

TIMER = "input"
INVALID = lines_of("system.invalid_input")
SILENT = lines_of("system.no_input")


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectNode(Node):
    """Asks for `least` to `most` digits into `variable`; exits `done`, or after `tries` `no_input` or `invalid`.

    It is complete with `most` digits, with `terminator`, or when no further digit comes for `between_seconds`.
    """

    kind: ClassVar[str] = "collect"
    keeps_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("done", "no_input", "invalid")
    input_exits: ClassVar[tuple[str, ...]] = ("done",)
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt", "invalid_prompt", "no_input_prompt")

    variable: str = ""
    prompt: Prompt = ()
    invalid_prompt: Prompt = INVALID
    no_input_prompt: Prompt = SILENT
    least: int = 1
    most: int = 20
    terminator: str = "#"
    first_seconds: float = 6.0
    between_seconds: float = 3.0
    tries: int = 3
    barge_in: bool = True

    def own_problems(self) -> list[str]:
        """Limits that contradict each other, a missing variable."""
        problems = within("least", self.least, 1, 32) + within("most", self.most, self.least, 32) + within("tries", self.tries, 1, 10)
        problems += within("first_seconds", self.first_seconds, 0.5, 60) + within("between_seconds", self.between_seconds, 0.5, 60)
        if not self.variable.isidentifier():
            problems.append("variable needs a name of letters, digits and _")
        if self.terminator not in ("", "#", "*"):
            problems.append("terminator must be #, * or empty")
        return problems

    def enter(self, turn: Turn) -> None:
        """Take what was pressed ahead, or ask."""
        turn.change(digits="")
        if turn.state.buffer:
            self._take_ahead(turn)
        else:
            self._ask(turn)

    def on(self, turn: Turn, signal: Signal) -> None:
        """One more digit, the end of the question, or silence."""
        if digit := pressed(signal):
            if turn.state.phase is Phase.SPEAKING and not self.barge_in:
                turn.keep_ahead(digit)
            else:
                turn.stop_playing()
                self._take(turn, digit)
        elif isinstance(signal, PlaybackFinished):
            if turn.state.buffer:
                self._take_ahead(turn)
            else:
                self._listen(turn)
        elif isinstance(signal, TimerDue) and signal.name == TIMER:
            self._silence(turn)

    def _ask(self, turn: Turn, before: Prompt = ()) -> None:
        if before + self.prompt:
            turn.say(before + self.prompt)
        else:
            self._listen(turn)

    def _listen(self, turn: Turn) -> None:
        turn.change(phase=Phase.INPUT)
        turn.start_timer(TIMER, self.between_seconds if turn.state.digits else self.first_seconds)

    def _take_ahead(self, turn: Turn) -> None:
        while turn.state.buffer and turn.exit is None:
            self._take(turn, turn.take_ahead())

    def _take(self, turn: Turn, digit: str) -> None:
        if self.terminator and digit == self.terminator:
            self._complete(turn)
        elif digit not in KEYS[:10]:
            self._fail(turn, "invalid", self.invalid_prompt)
        else:
            turn.change(digits=turn.state.digits + digit)
            if len(turn.state.digits) >= self.most:
                self._complete(turn)
            else:
                self._listen(turn)

    def _silence(self, turn: Turn) -> None:
        if turn.state.digits:
            self._complete(turn)
        else:
            self._fail(turn, "no_input", self.no_input_prompt)

    def _complete(self, turn: Turn) -> None:
        turn.cancel_timer(TIMER)
        if self.least <= len(turn.state.digits) <= self.most:
            turn.change(variables={**turn.state.variables, self.variable: turn.state.digits}, digits="")
            turn.leave("done")
        else:
            self._fail(turn, "invalid", self.invalid_prompt)

    def _fail(self, turn: Turn, exit_name: str, message: Prompt) -> None:
        turn.cancel_timer(TIMER)
        turn.change(tries=turn.state.tries + 1, digits="", buffer="")
        if turn.state.tries >= self.tries:
            turn.leave(exit_name)
        else:
            self._ask(turn, message)
