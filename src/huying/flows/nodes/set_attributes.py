"""The node that notes something about the contact for routing, such as the product line a menu stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from huying.flows.events import AttributesSet
from huying.flows.nodes.node import Node
from huying.flows.signals import Signal
from huying.flows.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAttributesNode(Node):
    """From here on the contact's work in every queue has these `attributes`. They are journalled: nothing personal belongs here."""

    kind: ClassVar[str] = "set_attributes"
    keeps_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("next",)

    attributes: Mapping[str, str] = field(default_factory=dict)

    def own_problems(self) -> list[str]:
        """Nothing to note."""
        return [] if self.attributes else ["attributes is empty: give at least one key with its value"]

    def enter(self, turn: Turn) -> None:
        """Note them and go on at once."""
        turn.write(AttributesSet(dict(self.attributes)))
        turn.leave("next")

    def on(self, turn: Turn, signal: Signal) -> None:
        """Nothing can happen here."""
