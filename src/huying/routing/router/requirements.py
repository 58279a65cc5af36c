"""Who may take a piece of work, and how that relaxes while it waits. Decides eligibility only; who is chosen is the router's matter.

A queue's requirements are lines in a fixed order. Each line holds from `after_seconds` of waiting on, for work whose attributes
fit `when`, and changes what the lines before it asked for. `steps` plays the lines for one piece of work: what comes out no
longer depends on anything but the time it has waited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

MOST = 10
"""Levels go from 1 to 10."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Who may take it: members of one of `groups` (ids) who have every skill of `need` (id -> least level)."""

    groups: frozenset[str]
    need: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Where work goes that leaves a queue by a rule or by the customer's key.

    `do`: overflow (to the queue `target`, an id), voicemail, callback, forward (to the number `target`), menu (back to the flow's exit
    `target`), goodbye.
    """

    do: Literal["overflow", "voicemail", "callback", "forward", "menu", "goodbye"]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a queue's requirements.

    `change`: `need` asks for `skill` at `level` (replacing what was asked of it, also by the work itself; 0 asks for it no
    longer); `anyone` asks for no skill at all; `add_group` and `only_group` change the circle; `move` sends the work away.
    """

    change: Literal["need", "anyone", "add_group", "only_group", "move"]
    after_seconds: int = 0
    when: tuple[tuple[str, str], ...] = ()
    """Attributes that the work must have, all of them: (key, value)."""
    skill: str = ""
    level: int = 0
    group: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """From `after_seconds` of waiting on, this circle; with `action` the work goes away instead."""

    after_seconds: int
    circle: Circle
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a queue asks of the agents who take its work. `groups` are those that serve the queue from the first second on."""

    groups: frozenset[str]
    lines: tuple[Line, ...] = field(default=())

    @property
    def looks_at(self) -> frozenset[str]:
        """The attributes that make a difference."""
        return frozenset(key for line in self.lines for key, _ in line.when)

    def steps(self, needs: Mapping[str, int], attributes: Mapping[str, str]) -> tuple[Step, ...]:
        """The steps of a piece of work with these needs of its own (skill -> least level): at least one, by time, the first at 0."""
        groups, need = self.groups, dict(needs)
        found: list[Step] = []
        lines = [line for line in self.lines if holds(line.when, attributes)]
        for line in sorted(lines, key=lambda line: line.after_seconds):
            if line.after_seconds and not found:
                found.append(Step(0, _circle(groups, need)))
            groups = _groups_after(groups, line)
            _change_need(need, line)
            step = Step(line.after_seconds, _circle(groups, need), line.action)
            if found and found[-1].after_seconds == line.after_seconds:
                found.pop()
            found.append(step)
            if line.action:
                break
        return tuple(found) or (Step(0, _circle(groups, need)),)


def holds(when: Iterable[tuple[str, str]], attributes: Mapping[str, str]) -> bool:
    """Whether work with these attributes has all that is asked. Case does not matter, and the language zh holds for zh-CN too."""
    return all(_is(key, attributes.get(key), value) for key, value in when)


def _is(key: str, found: str | None, wanted: str) -> bool:
    if found is None or found == wanted:
        return found is not None
    found, wanted = found.casefold(), wanted.casefold()
    return found == wanted or (key == "language" and found.startswith(f"{wanted}-"))


def _groups_after(groups: frozenset[str], line: Line) -> frozenset[str]:
    if line.change == "add_group":
        return groups | {line.group}
    return frozenset({line.group}) if line.change == "only_group" else groups


def _change_need(need: dict[str, int], line: Line) -> None:
    if line.change == "anyone":
        need.clear()
    elif line.change == "need" and line.level:
        need[line.skill] = line.level
    elif line.change == "need":
        need.pop(line.skill, None)


def _circle(groups: frozenset[str], need: Mapping[str, int]) -> Circle:
    return Circle(groups, tuple(sorted(need.items())))
