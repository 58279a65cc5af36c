"""The node that ends the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.nodes.node import Node
from huying.flows.signals import PlaybackFinished, Signal
from huying.flows.spoken import Prompt
from huying.flows.state import Outcome
from huying.flows.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodbyeNode(Node):
    """Plays `prompt`, then hangs up."""

    kind: ClassVar[str] = "goodbye"
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt",)

    prompt: Prompt = ()

    def enter(self, turn: Turn) -> None:
        """Say it to the end; keys do not matter any more."""
        turn.change(buffer="")
        if self.prompt:
            turn.say(self.prompt)
        else:
            turn.finish(Outcome.HUNG_UP)

    def on(self, turn: Turn, signal: Signal) -> None:
        """Hang up when it was said."""
        if isinstance(signal, PlaybackFinished):
            turn.finish(Outcome.HUNG_UP)
