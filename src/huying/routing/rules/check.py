"""Whether the rules of a queue make sense together, and whether there is anybody for them. Decides nothing about their writing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from huying.routing.router.requirements import Circle, Line, Requirements, holds
from huying.routing.rules.names import Names
from huying.routing.rules.problems import Problem

Places = Sequence[tuple[int, int]]


class Member(Protocol):
    """What is asked of an agent here: levels by group and by skill (ids)."""

    @property
    def groups(self) -> Mapping[str, int]: ...

    @property
    def skills(self) -> Mapping[str, int]: ...


def check_lines(lines: Sequence[Line], places: Places, names: Names, queue_id: str = "", language: str = "en") -> Iterator[Problem]:
    """What is wrong with the lines among each other; `places` are where they stand."""
    for number, (line, place) in enumerate(zip(lines, places, strict=True)):
        above = [other for other in lines[:number] if _may_meet(other, line)]
        if line.action and line.action.do == "overflow" and queue_id and line.action.target == queue_id:
            yield Problem(*place, "overflow-to-itself")
        if any(other.change == "move" and _always_with(other, line) and other.after_seconds <= line.after_seconds for other in above):
            yield Problem(*place, "never-reached")
        elif any(other.after_seconds > line.after_seconds for other in above):
            yield Problem(*place, "time-goes-back", str(max(other.after_seconds for other in above)))
        elif line.change == "need" and any(_same_need(other, line) for other in above):
            yield Problem(*place, "said-twice", names.called("skill", line.skill, language))


def check_circles(
    requirements: Requirements, places: Places, names: Names, members: Iterable[Member], language: str = "en"
) -> Iterator[Problem]:
    """Warnings about circles that nobody is in, for every case the conditions tell apart."""
    members, found = list(members), dict[tuple[int, int], Problem]()
    if not requirements.groups and not any(line.group for line in requirements.lines):
        yield Problem(1, 1, "no-group")
        return
    for attributes in _cases(requirements.lines):
        steps = requirements.steps({}, attributes)
        empty = [step for step in steps if not step.action and not any(is_in(step.circle, member) for member in members)]
        for step in empty:
            place = _place_of(requirements.lines, places, attributes, step.after_seconds)
            ever = step is steps[-1] and len(empty) == len(steps)
            if ever or place not in found:
                found[place] = Problem(*place, "nobody-ever" if ever else "nobody-here", _need_text(step.circle, names, language))
    yield from (found[place] for place in sorted(found))


def is_in(circle: Circle, member: Member) -> bool:
    """Whether the agent is of this circle."""
    return bool(circle.groups & member.groups.keys()) and all(member.skills.get(skill, 0) >= level for skill, level in circle.need)


def _may_meet(one: Line, other: Line) -> bool:
    """Whether a piece of work can have both conditions."""
    wanted = dict(one.when)
    return all(wanted.get(key, value) == value for key, value in other.when)


def _always_with(one: Line, other: Line) -> bool:
    """Whether the first holds whenever the second does."""
    return set(one.when) <= set(other.when)


def _same_need(one: Line, other: Line) -> bool:
    return one.change == "need" and (one.skill, one.after_seconds, set(one.when)) == (other.skill, other.after_seconds, set(other.when))


def _cases(lines: Sequence[Line]) -> list[dict[str, str]]:
    """Attributes of work that the rules tell apart: without any, and with each line's conditions."""
    found: list[dict[str, str]] = [{}]
    for line in lines:
        if dict(line.when) not in found:
            found.append(dict(line.when))
    return found


def _place_of(lines: Sequence[Line], places: Places, attributes: Mapping[str, str], after_seconds: int) -> tuple[int, int]:
    """Where the last line stands that made this step."""
    found = (1, 1)
    for line, place in zip(lines, places, strict=True):
        if line.after_seconds == after_seconds and holds(line.when, attributes):
            found = place
    return found


def _need_text(circle: Circle, names: Names, language: str) -> str:
    return ", ".join(f"{names.called('skill', skill, language)} >= {level}" for skill, level in circle.need) or "—"
