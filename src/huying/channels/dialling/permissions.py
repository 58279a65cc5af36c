"""Who may dial what, and when. Pure: a person, a number with its class and the time in, a decision with its reason out.

How it is decided. Emergency numbers always. Of the rules that concern the person now (by role, group or name, in the rule's hours)
a forbidding pattern of any goes before everything; else a class or an allowing pattern of any of them is enough; else it is
refused. A business without rules goes by `USUAL`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from huying.channels.dialling.numbers import Dialled


class Opening(Protocol):
    """Hours. Pure."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why not, and when that changes next."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What some people may dial. Without roles, groups and agents it concerns everybody.

    Patterns are E.164 or short numbers in which * stands for any digits and ? for one.
    """

    rule_id: str
    name: str
    classes: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    opening: Opening | None = None
    """The hours it holds in; None: always."""
    override_do_not_call: bool = False
    """Whether these people may call customers who do not want to be called, when they say so."""

    def concerns(self, person: Person) -> bool:
        """Is the rule about this person?"""
        everybody = not (self.roles or self.groups or self.agents)
        return everybody or bool(self.roles & person.roles or self.groups & person.groups or person.person_id in self.agents)

    def holds(self, now: datetime) -> bool:
        """Is it in force at this moment?"""
        return self.opening is None or self.opening.state(now)[0]


@dataclass(frozen=True, slots=True)
class Person:
    """Who wants to dial."""

    person_id: str
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why`: emergency, allowed, forbidden, class_not_allowed, outside_hours, do_not_call. `rule`: the name of what decided it.

    `may_override`: it was refused, and would not be if the person said that he wants it all the same.
    """

    allowed: bool
    why: str
    rule: str = ""
    may_override: bool = False


USUAL = (Rule("", "", frozenset({"internal", "local", "national", "mobile"})),)
"""What everybody may dial where nothing is said."""


def may_dial(
    person: Person, found: Dialled, rules: Sequence[Rule], now: datetime, *, do_not_call: bool = False, knowing: bool = False
) -> Verdict:
    """May this person dial this number now? `do_not_call`: the customer does not want it; `knowing`: the person wants it all the same."""
    if found.kind == "emergency":
        return Verdict(True, "emergency")
    mine = [rule for rule in rules or USUAL if rule.concerns(person)]
    now_mine = [rule for rule in mine if rule.holds(now)]
    against = _matching(now_mine, found, forbids=True)
    if against:
        return Verdict(False, "forbidden", against.name)
    allows = _allowing(now_mine, found)
    if allows is None:
        later = _allowing(mine, found)
        return Verdict(False, "outside_hours", later.name) if later else Verdict(False, "class_not_allowed")
    may_override = any(rule.override_do_not_call for rule in now_mine)
    if do_not_call and not (knowing and may_override):
        return Verdict(False, "do_not_call", may_override=may_override)
    return Verdict(True, "allowed", allows.name)


def _allowing(rules: Iterable[Rule], found: Dialled) -> Rule | None:
    listed = [rule for rule in rules if found.kind in rule.classes]
    return listed[0] if listed else _matching(rules, found, forbids=False)


def _matching(rules: Iterable[Rule], found: Dialled, *, forbids: bool) -> Rule | None:
    for rule in rules:
        if any(matches(pattern, found.number) for pattern in (rule.forbidden if forbids else rule.allowed)):
            return rule
    return None


def matches(pattern: str, number: str) -> bool:
    """Does the number fit the pattern?"""
    return _compiled(pattern).fullmatch(number) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in pattern))
