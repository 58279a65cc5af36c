"""The node that asks whether the business is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.events import FlowHoursRead
from huying.flows.nodes.node import Node
from huying.flows.signals import Signal
from huying.flows.turn import Turn

EXITS = {"": "open", "hours": "closed", "holiday": "holiday", "emergency": "emergency"}
"""Why a schedule is closed (empty: it is open) -> the exit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursNode(Node):
    """Goes on at once: `open`, or why it is closed: `closed` (no hours), `holiday`, `emergency`, each falling back to `otherwise`.

    A schedule that does not exist counts as open: better a customer in a queue, which has hours of its own, than one turned away.
    """

    kind: ClassVar[str] = "hours"
    keeps_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("open", "otherwise")
    possible_exits: ClassVar[tuple[str, ...]] = ("closed", "holiday", "emergency")

    schedule: str = ""

    def own_problems(self) -> list[str]:
        """No schedule."""
        return [] if self.schedule else ["schedule is empty: choose one"]

    def enter(self, turn: Turn) -> None:
        """Look, and go on."""
        why = self._why_closed(turn)
        turn.write(FlowHoursRead(self.id, self.schedule, why))
        if why:
            turn.change(buffer="")  # what was pressed ahead was meant for the menu of the open hours
        exit_name = EXITS.get(why, "otherwise")
        turn.leave(exit_name if exit_name in self.exits else "otherwise")

    def on(self, turn: Turn, signal: Signal) -> None:
        """Nothing can happen here."""

    def _why_closed(self, turn: Turn) -> str:
        opening = turn.schedules.get(self.schedule)
        if opening is None or turn.now is None:
            return ""
        is_open, why, _ = opening.state(turn.now)
        return "" if is_open else why
