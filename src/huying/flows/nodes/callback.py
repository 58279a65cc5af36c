"""The node that agrees a callback with the customer: at which number, and that it is right. Whether it can be done decides its owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.effects import AskNumber, RequestCallback
from huying.flows.nodes.node import KEYS, Node, pressed
from huying.flows.signals import CallbackArranged, NumberKnown, PlaybackFinished, Signal, TimerDue
from huying.flows.spoken import Line, Prompt, lines_of
from huying.flows.state import Phase
from huying.flows.turn import Turn

TIMER = "input"
LISTEN_SECONDS, BETWEEN_SECONDS = 8.0, 4.0
LONGEST_NUMBER = 20
NUMBER, STEP = "_callback_number", "_callback_step"
"""Variables of the dialogue: the number as it is spoken, and which question was asked: own, typing, typed."""
ASK = {
    "own": lines_of("callback.own_number", Line(variable=NUMBER), "callback.confirm"),
    "typing": lines_of("callback.enter_number"),
    "typed": lines_of("callback.entered", Line(variable=NUMBER), "callback.check"),
}
TRIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackNode(Node):
    """Confirms the number or takes another one by keys. `arranged`: he will be called; `otherwise`: he does not want it, or it cannot be.

    Reached out of a queue by a key, the place is kept meanwhile, and an exit `otherwise` that is not there leads back to it. Reached
    otherwise, `queue` (a code) says where he will wait; without it the queue he was in last.
    """

    kind: ClassVar[str] = "callback"
    keeps_place: ClassVar[bool] = True
    holds_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("arranged", "otherwise")
    input_exits: ClassVar[tuple[str, ...]] = ("arranged", "otherwise")

    queue: str = ""

    def lines(self) -> Prompt:
        """All lines this node may speak."""
        return tuple(line for prompt in ASK.values() for line in prompt) + lines_of("callback.not_allowed", "callback.failed")

    def enter(self, turn: Turn) -> None:
        """Find out whether the customer calls from a number he can be called at."""
        turn.change(buffer="", tries=0)
        turn.do(AskNumber())

    def on(self, turn: Turn, signal: Signal) -> None:
        """What is known of him, his keys, and whether it could be arranged."""
        match signal:
            case NumberKnown(done=True):
                turn.leave("arranged")
            case NumberKnown(spoken):
                self._ask(turn, "own" if spoken else "typing", spoken)
            case CallbackArranged(result):
                self._arranged(turn, result)
            case PlaybackFinished() if turn.state.phase is Phase.SPEAKING:
                self._listen(turn)
            case PlaybackFinished() if turn.state.phase is Phase.PARTING:
                turn.leave("otherwise")
            case TimerDue(name) if name == TIMER:
                self._silence(turn)
            case _ if (key := pressed(signal)) and turn.state.phase in (Phase.SPEAKING, Phase.INPUT):
                self._pressed(turn, key)

    def _ask(self, turn: Turn, step: str, number: str, before: Prompt = ()) -> None:
        turn.change(variables={**turn.state.variables, STEP: step, NUMBER: number}, digits="")
        turn.say(before + ASK[step])

    def _listen(self, turn: Turn) -> None:
        turn.change(phase=Phase.INPUT)
        turn.start_timer(TIMER, BETWEEN_SECONDS if turn.state.digits else LISTEN_SECONDS)

    def _pressed(self, turn: Turn, key: str) -> None:
        turn.stop_playing()
        turn.cancel_timer(TIMER)
        step, number = turn.state.variables.get(STEP, ""), turn.state.variables.get(NUMBER, "")
        if key == "*":
            turn.leave("otherwise")
        elif step == "typing":
            self._typed(turn, key)
        elif key == "1":
            turn.change(phase=Phase.TRANSFERRING)
            turn.do(RequestCallback(number if step == "typed" else "", self.queue))
        elif key == "2":
            self._ask(turn, "typing", "")
        else:
            self._again(turn, step, number)

    def _typed(self, turn: Turn, key: str) -> None:
        if key in KEYS[:10]:
            turn.change(digits=turn.state.digits + key)
            if len(turn.state.digits) < LONGEST_NUMBER:
                self._listen(turn)
                return
        self._complete(turn)

    def _complete(self, turn: Turn) -> None:
        digits = turn.state.digits
        if digits:
            self._ask(turn, "typed", digits)
        else:
            self._again(turn, "typing", "")

    def _silence(self, turn: Turn) -> None:
        step, number = turn.state.variables.get(STEP, ""), turn.state.variables.get(NUMBER, "")
        if step == "typing" and turn.state.digits:
            self._complete(turn)
        else:
            self._again(turn, step, number)

    def _again(self, turn: Turn, step: str, number: str, before: Prompt = ()) -> None:
        turn.change(tries=turn.state.tries + 1)
        if turn.state.tries >= TRIES:
            turn.leave("otherwise")
        else:
            self._ask(turn, step, number, before)

    def _arranged(self, turn: Turn, result: str) -> None:
        if result == "kept":
            turn.change(in_queue=False, home="")
            turn.leave("arranged")
        elif result == "not_allowed":
            self._again(turn, "typing", "", lines_of("callback.not_allowed"))
        else:
            turn.say(lines_of("callback.failed"), Phase.PARTING)
