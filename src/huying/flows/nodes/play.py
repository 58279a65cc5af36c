"""The node that says something and goes on: a welcome, a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.nodes.node import Node, pressed
from huying.flows.signals import PlaybackFinished, Signal
from huying.flows.spoken import Prompt
from huying.flows.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayNode(Node):
    """Plays `prompt`, then takes the exit `next`. A digit is kept for the next question and, with barge-in, skips the rest."""

    kind: ClassVar[str] = "play"
    keeps_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("next",)
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt",)

    prompt: Prompt = ()
    barge_in: bool = True

    def enter(self, turn: Turn) -> None:
        """Speak, unless the customer is already ahead."""
        if not self.prompt or (self.barge_in and turn.state.buffer):
            turn.leave("next")
        else:
            turn.say(self.prompt)

    def on(self, turn: Turn, signal: Signal) -> None:
        """Go on when all was said, or when the customer does not want to hear it."""
        if digit := pressed(signal):
            turn.keep_ahead(digit)
            if self.barge_in:
                turn.stop_playing()
                turn.leave("next")
        elif isinstance(signal, PlaybackFinished):
            turn.leave("next")


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeNode(PlayNode):
    """The greeting: a play node by another name, so that reports and pictures can tell it."""

    kind: ClassVar[str] = "welcome"
