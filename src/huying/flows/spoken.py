"""What a node says, as data: catalogue keys, values of variables, pauses. Decides the items of a language, not their sounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huying.flows.effects import Item, Pause, Say
from huying.flows.speech import speak_value

STYLES = ("digits", "number", "money", "date", "time")


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of a prompt: a catalogue `key`, a `variable` spoken in a `style`, or a pause.

    `language` fixes the language of the piece; empty is the contact's. `only` says it to contacts of that language alone.
    """

    key: str = ""
    language: str = ""
    only: str = ""
    variable: str = ""
    style: str = "digits"
    pause_ms: int = 0

    def to_json(self) -> str | dict[str, Any]:
        """A plain key stays a string."""
        if self == Line(key=self.key):
            return self.key
        plain = Line()
        return {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) != getattr(plain, name)}

    @classmethod
    def of(cls, value: object) -> Line:
        """The line of `to_json`'s form. Raises ValueError."""
        if isinstance(value, str):
            return cls(key=value)
        if not isinstance(value, Mapping) or not set(value) <= set(cls.__slots__):
            raise ValueError(f"a prompt piece is a catalogue key or an object with {', '.join(cls.__slots__)}; got {value!r}")
        line = cls(**value)
        if not (line.key or line.variable or line.pause_ms):
            raise ValueError("a prompt piece needs a key, a variable or pause_ms")
        if line.style not in STYLES:
            raise ValueError(f"the style {line.style!r} is unknown: use one of {', '.join(STYLES)}")
        return line


Prompt = tuple[Line, ...]


def lines_of(*pieces: str | Line) -> Prompt:
    """The prompt of these catalogue keys and lines."""
    return tuple(Line(key=piece) if isinstance(piece, str) else piece for piece in pieces)


def prompt_of(value: object) -> Prompt:
    """The prompt of its JSON form: a list, or a single piece. Raises ValueError."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(Line.of(piece) for piece in value)
    return (Line.of(value),)


def items_of(lines: Prompt, language: str, variables: Mapping[str, str]) -> tuple[Item, ...]:
    """What is played for the prompt to a contact of this language."""
    items: list[Item] = []
    for line in lines:
        if line.only and line.only != language:
            continue
        spoken_in = line.language or language
        if line.pause_ms:
            items.append(Pause(line.pause_ms))
        elif line.key:
            items.append(Say(line.key, spoken_in))
        else:
            items += [Say(word, spoken_in) for word in speak_value(variables.get(line.variable, ""), line.style, spoken_in)]
    return tuple(items)
