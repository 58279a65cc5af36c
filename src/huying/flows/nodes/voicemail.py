"""The node in which the customer leaves a message: what is said before, the tone, and when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.effects import RecordMessage, StopMessage
from huying.flows.nodes.node import Node, pressed, within
from huying.flows.prompts.catalogue import BEEP
from huying.flows.signals import MessageEnded, PlaybackFinished, Signal, TimerDue
from huying.flows.spoken import Line, Prompt, lines_of
from huying.flows.state import Phase
from huying.flows.turn import Turn

LEAST_SECONDS = 1.0
TRIES = 2
TIMER = "tone"
HANGS_UP_SECONDS = 1.0
"""What could not be played may mean that he is hanging up: then he keeps his place to the end."""
PROMPT = lines_of("message.leave")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailNode(Node):
    """Plays `prompt` and the tone, then records until a key is pressed, nothing is said for `silence_seconds`, or `most_seconds` are over.

    `left`: there is a message for the team of `queue` (a code; without it the queue he was in last). `otherwise`: nothing was said, or it
    could not be recorded. Reached out of a queue by a key, the place is kept up to the tone.
    """

    kind: ClassVar[str] = "voicemail"
    queue_ending: ClassVar[str] = "voicemail"
    keeps_place: ClassVar[bool] = True
    holds_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("left", "otherwise")
    input_exits: ClassVar[tuple[str, ...]] = ("left", "otherwise")
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt",)

    prompt: Prompt = PROMPT
    queue: str = ""
    person: str = ""
    """A person (id) whose mailbox it goes into, instead of a queue's."""
    most_seconds: int = 180
    silence_seconds: int = 6

    def own_problems(self) -> list[str]:
        """Limits."""
        return within("most_seconds", self.most_seconds, 5, 1800) + within("silence_seconds", self.silence_seconds, 2, 60)

    def enter(self, turn: Turn) -> None:
        """Say what to do."""
        turn.change(buffer="", tries=0)
        self._ask(turn)

    def on(self, turn: Turn, signal: Signal) -> None:
        """The tone has sounded, a key ends the message, the message is over."""
        match signal:
            case PlaybackFinished(completed=True) if turn.state.phase is Phase.SPEAKING:
                self._record(turn)
            case PlaybackFinished() if turn.state.phase is Phase.SPEAKING:
                turn.start_timer(TIMER, HANGS_UP_SECONDS)
            case TimerDue(name) if name == TIMER:
                self._record(turn)
            case MessageEnded(seconds) if turn.state.phase is Phase.INPUT:
                self._over(turn, seconds)
            case _ if pressed(signal) and turn.state.phase is Phase.INPUT:
                turn.do(StopMessage())
            case _ if pressed(signal) == "*" and turn.state.phase is Phase.SPEAKING:
                turn.leave("otherwise")

    def _ask(self, turn: Turn, before: Prompt = ()) -> None:
        turn.play(turn.lines_as_items(before + self.prompt + (Line(key=BEEP),)), Phase.SPEAKING)

    def _record(self, turn: Turn) -> None:
        turn.change(phase=Phase.INPUT, in_queue=False, home="")
        turn.do(RecordMessage(self.queue, self.most_seconds, self.silence_seconds, self.person))

    def _over(self, turn: Turn, seconds: float) -> None:
        turn.change(tries=turn.state.tries + 1)
        if seconds >= LEAST_SECONDS:
            turn.leave("left")
        elif turn.state.tries < TRIES:
            self._ask(turn, lines_of("message.nothing_heard"))
        else:
            turn.leave("otherwise")
