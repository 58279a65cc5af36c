"""The node that agrees a callback with the customer: at which number and when (`appointment`). Whether that can be decides its owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.effects import AskNumber, RequestCallback
from huying.flows.nodes import appointment
from huying.flows.nodes.appointment import STEP
from huying.flows.nodes.node import KEYS, Node, pressed
from huying.flows.signals import CallbackArranged, NumberKnown, PlaybackFinished, Signal, TimeKnown, TimerDue
from huying.flows.spoken import Line, Prompt, lines_of
from huying.flows.state import Phase
from huying.flows.turn import Turn

TIMER = "input"
LISTEN_SECONDS, BETWEEN_SECONDS = 8.0, 4.0
LONGEST_NUMBER = 20
NUMBER = "_callback_number"
"""Variable of the dialogue: the number as it is spoken. STEP says which question was asked: own, typing, typed, or one of `appointment`."""
ASK = {
    "own": lines_of("callback.own_number", Line(variable=NUMBER), "callback.confirm"),
    "typing": lines_of("callback.enter_number"),
    "typed": lines_of("callback.entered", Line(variable=NUMBER), "callback.check"),
}
ALREADY = lines_of("callback.already")
TRIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackNode(Node):
    """Confirms the number or takes another one by keys. `arranged`: he will be called; `otherwise`: he does not want it, or it cannot be.

    Reached out of a queue by a key, the place is kept meanwhile, and an exit `otherwise` that is not there leads back to it. Reached
    otherwise, `queue` (a code) says where he will wait; without it the queue he was in last. With `offer_time` he may choose a time, and
    `booked` is the exit of whoever did (`arranged` where it is not drawn).
    """

    kind: ClassVar[str] = "callback"
    keeps_place: ClassVar[bool] = True
    holds_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("arranged",)
    possible_exits: ClassVar[tuple[str, ...]] = ("booked", "otherwise")
    input_exits: ClassVar[tuple[str, ...]] = ("arranged", "booked", "otherwise")

    queue: str = ""
    offer_time: bool = False

    def lines(self) -> Prompt:
        """All lines this node may speak."""
        said = tuple(line for prompt in ASK.values() for line in prompt)
        timed = appointment.lines() + ALREADY if self.offer_time else ()
        return said + timed + lines_of("callback.not_allowed", "callback.failed")

    def own_problems(self) -> list[str]:
        """A time that is offered, and nowhere confirmed."""
        untold = self.offer_time and "booked" not in self.exits
        return ["it offers a time, so it needs an exit 'booked' that says the customer will be called then"] if untold else []

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
            case TimeKnown() if turn.state.phase is Phase.TRANSFERRING and turn.state.variables.get(STEP) == "clock":
                appointment.known(turn, signal, self.queue)
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
        elif step in appointment.STEPS:
            if appointment.pressed(turn, key, self.queue):
                self._listen(turn)
        elif step == "typing":
            self._typed(turn, key)
        elif key == "1" and self.offer_time:
            appointment.begin(turn, number if step == "typed" else "")
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
        if step in appointment.STEPS:
            appointment.silent(turn, self.queue)
        elif step == "typing" and turn.state.digits:
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
            turn.leave("booked" if appointment.booked(turn) and "booked" in self.exits else "arranged")
        elif result == "not_allowed":
            self._again(turn, "typing", "", lines_of("callback.not_allowed"))
        else:
            turn.say(ALREADY if result == "already" else lines_of("callback.failed"), Phase.PARTING)
