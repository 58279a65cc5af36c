"""Which rules hold for a caller: by number, by the beginning of the number, by class, or for hidden numbers. Pure.

The nearest rule wins: the number itself, then the longest beginning, then the class. So one number can be let through within a
blocked range, and one number blocked within a favoured class. What follows from a rule is the matter of `treatment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

By = Literal["number", "prefix", "class", "hidden"]
Effect = Literal["vip", "blocked", "green"]
BY: tuple[By, ...] = ("number", "prefix", "class", "hidden")
EFFECTS: tuple[Effect, ...] = ("vip", "blocked", "green")


@dataclass(frozen=True, slots=True)
class CallerRule:
    """One rule. `value`: a number in E.164, its beginning, or a class's code; of `hidden` it is empty.

    `effect`: vip (rank, head_start_seconds), blocked, green (to `agent_id`, who alone is asked for `seconds`).
    """

    rule_id: str
    by: By
    value: str
    effect: Effect
    rank: int = 0
    head_start_seconds: int = 0
    agent_id: str = ""
    seconds: int = 0
    until: datetime | None = None
    """It holds before this time; None: always."""


@dataclass(frozen=True, slots=True)
class Held:
    """The rules that hold for one caller: at most one of each effect."""

    vip: CallerRule | None = None
    blocked: CallerRule | None = None
    green: CallerRule | None = None


@dataclass(frozen=True, slots=True)
class CallerRules:
    """All rules of a business, ready to be asked about a caller: a few look-ups, however many rules there are."""

    rules: Mapping[tuple[str, str], tuple[CallerRule, ...]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    """Of the beginnings, the longest first."""

    @classmethod
    def of(cls, rules: Iterable[CallerRule]) -> CallerRules:
        """Put the rules in order."""
        found: dict[tuple[str, str], tuple[CallerRule, ...]] = {}
        for rule in rules:
            key = (rule.by, rule.value)
            found[key] = (*found.get(key, ()), rule)
        lengths = sorted({len(value) for by, value in found if by == "prefix"}, reverse=True)
        return cls(found, tuple(lengths))

    def hold(self, number: str, customer_class: str, now: datetime, *, may_hide: bool = True) -> Held:
        """What holds for this caller; `number` in E.164, empty for a hidden one, or (`may_hide` false) where there are no numbers."""
        near: dict[str, CallerRule] = {}
        for key in self._keys(number, customer_class, may_hide):
            here = [rule for rule in self.rules.get(key, ()) if rule.until is None or now < rule.until]
            lets_through = bool(near)
            for rule in sorted(here, key=lambda rule: rule.rule_id):
                if rule.effect != "blocked" or not lets_through:
                    near.setdefault(rule.effect, rule)
        return Held(near.get("vip"), near.get("blocked"), near.get("green"))

    def _keys(self, number: str, customer_class: str, may_hide: bool) -> list[tuple[str, str]]:
        """Where rules for this caller may stand, the nearest first."""
        own = [("number", number), *(("prefix", number[:length]) for length in self.lengths if length <= len(number))]
        hidden = [("hidden", "")] if may_hide else []
        return [*(own if number else hidden), *([("class", customer_class)] if customer_class else [])]


NO_RULES = CallerRules()
