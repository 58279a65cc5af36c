"""What every node kind has: its data as JSON, its exits, its own faults, and what it does in a turn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, Self

from huying.flows.signals import DigitPressed, Signal
from huying.flows.spoken import Line, Prompt, prompt_of
from huying.flows.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(ABC):
    """A node of a flow. `exits` maps the exit's name to the next node's id."""

    kind: ClassVar[str]
    required_exits: ClassVar[tuple[str, ...]] = ()
    possible_exits: ClassVar[tuple[str, ...]] = ()
    input_exits: ClassVar[tuple[str, ...]] = ()
    """Exits taken only after the customer did something, or after a real wait: a loop through one of them is sound."""
    prompt_fields: ClassVar[tuple[str, ...]] = ()
    queue_ending: ClassVar[str] = "ended"
    """How a stay in a queue ends that the flow leaves for this node; `ended` is `self_served` when the customer wanted it."""
    keeps_place: ClassVar[bool] = False
    """Whether a stay in a queue may go on while the contact is in this node."""
    holds_place: ClassVar[bool] = False
    """Whether the stay goes on without being asked for, because the node itself decides what becomes of it."""

    id: str
    exits: Mapping[str, str] = field(default_factory=dict)

    @abstractmethod
    def enter(self, turn: Turn) -> None:
        """The contact comes to this node."""

    @abstractmethod
    def on(self, turn: Turn, signal: Signal) -> None:
        """Something happened while the contact is here."""

    def resume(self, turn: Turn) -> None:
        """The contact was here before a restart: begin the node anew."""
        self.enter(turn)

    def exit_names(self) -> tuple[str, ...]:
        """Every exit this node may take."""
        return self.required_exits + self.possible_exits

    def is_input_exit(self, name: str) -> bool:
        """Whether the exit needs the customer's doing, or time."""
        return name in self.input_exits

    def lines(self) -> Prompt:
        """All lines this node may speak."""
        return tuple(line for name in self.prompt_fields for line in getattr(self, name))

    def own_prompt(self) -> Prompt:
        """The lines it speaks first."""
        spoken: Prompt = getattr(self, "prompt", ())
        return spoken

    def own_problems(self) -> list[str]:
        """Faults of the node's own settings, one sentence each."""
        return []

    def to_json(self) -> dict[str, Any]:
        """The stored form: kind, id, exits and whatever differs from the defaults."""
        value: dict[str, Any] = {"id": self.id, "kind": self.kind}
        for item in fields(self):
            stored = getattr(self, item.name)
            default = item.default if item.default is not MISSING else None
            if item.name in ("id", "exits") or stored == default or stored == {}:
                continue
            plain = dict(stored) if isinstance(stored, Mapping) else stored
            value[item.name] = [line.to_json() for line in stored] if item.name in self.prompt_fields else plain
        if self.exits:
            value["exits"] = dict(self.exits)
        return value

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Self:
        """The node of its stored form. Raises ValueError naming the wrong setting."""
        known = {item.name: item for item in fields(cls)}
        settings: dict[str, Any] = {}
        for name, stored in value.items():
            if name == "kind":
                continue
            if name not in known:
                raise ValueError(f"a {cls.kind} node has no setting {name!r}: it knows {', '.join(sorted(known))}")
            settings[name] = prompt_of(stored) if name in cls.prompt_fields else _checked(name, stored, str(known[name].type))
        if "id" not in settings:
            raise ValueError(f"a {cls.kind} node needs an id")
        return cls(**settings)


def _checked(name: str, value: object, wanted: str) -> object:
    """The value, when its JSON type fits the field's."""
    of_numbers = wanted == "Mapping[str, int]"
    fits = {
        "str": isinstance(value, str),
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, int | float) and not isinstance(value, bool),
    }.get(wanted, isinstance(value, Mapping) and all(type(part) is (int if of_numbers else str) for part in value.values()))
    if not fits:
        needed = f"an object of {'whole numbers' if of_numbers else 'texts'}" if "Mapping" in wanted else wanted
        raise ValueError(f"the setting {name!r} cannot be {value!r}: it needs {needed}")
    return value


def within(name: str, value: float, least: float, most: float) -> list[str]:
    """A sentence when the value lies outside."""
    return [] if least <= value <= most else [f"{name} must lie between {least:g} and {most:g}, not {value:g}"]


def pressed(signal: Signal) -> str:
    """The digit of a keypress, otherwise empty."""
    return signal.digit if isinstance(signal, DigitPressed) else ""


KEYS = tuple("0123456789*#")

__all__ = ["KEYS", "Line", "Node", "pressed", "within"]
