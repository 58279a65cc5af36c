"""The node that connects the customer with a number, a person, or whoever has the duty telephone, outside the queues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.effects import StartMusic, TransferTo
from huying.flows.nodes.node import Node
from huying.flows.signals import PlaybackFinished, Signal, TransferEnded
from huying.flows.spoken import Prompt
from huying.flows.state import Outcome, Phase
from huying.flows.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferNode(Node):
    """Plays `prompt`, then asks for the connection; `answered` ends the flow, any other result takes its exit or `otherwise`.

    The internal number of a queue, a flow or a mailbox leads the caller there for good."""

    kind: ClassVar[str] = "transfer"
    queue_ending: ClassVar[str] = "forwarded"
    required_exits: ClassVar[tuple[str, ...]] = ("otherwise",)
    possible_exits: ClassVar[tuple[str, ...]] = ("busy", "no_answer", "failed", "refused")
    prompt_fields: ClassVar[tuple[str, ...]] = ("prompt",)

    to: str = "number"
    address: str = ""
    prompt: Prompt = ()

    def own_problems(self) -> list[str]:
        """No destination."""
        problems = [] if self.to in ("number", "person", "duty") else ["to must be number, person or duty"]
        return problems if self.address else [*problems, "address is empty: give a number, an extension, or a duty telephone"]

    def enter(self, turn: Turn) -> None:
        """Say where it goes, then connect."""
        turn.change(buffer="")
        if self.prompt:
            turn.say(self.prompt)
        else:
            self._connect(turn)

    def on(self, turn: Turn, signal: Signal) -> None:
        """The end of the words, then the result."""
        if isinstance(signal, PlaybackFinished) and turn.state.phase is Phase.SPEAKING:
            self._connect(turn)
        elif isinstance(signal, TransferEnded) and turn.state.phase is Phase.TRANSFERRING:
            if signal.result == "answered":
                turn.finish(Outcome.ANSWERED)
            else:
                turn.leave(signal.result if signal.result in self.exits else "otherwise")

    def _connect(self, turn: Turn) -> None:
        turn.change(phase=Phase.TRANSFERRING)
        turn.do(StartMusic())
        turn.do(TransferTo(self.to, self.address))
