"""The node that changes the contact's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.flows.effects import SetLanguage
from huying.flows.events import LanguageChosen
from huying.flows.nodes.node import Node
from huying.flows.signals import Signal
from huying.flows.turn import Turn

LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLanguageNode(Node):
    """From here on the contact is spoken to in `language`."""

    kind: ClassVar[str] = "set_language"
    keeps_place: ClassVar[bool] = True
    required_exits: ClassVar[tuple[str, ...]] = ("next",)

    language: str = ""

    def own_problems(self) -> list[str]:
        """A language that nothing can be said in."""
        return [] if self.language in LANGUAGES else [f"the language {self.language!r} is not one of {', '.join(LANGUAGES)}"]

    def enter(self, turn: Turn) -> None:
        """Change it and go on at once."""
        turn.change(language=self.language)
        turn.do(SetLanguage(self.language))
        turn.write(LanguageChosen(self.language))
        turn.leave("next")

    def on(self, turn: Turn, signal: Signal) -> None:
        """Nothing can happen here."""
