"""Read requirements as people write them: one rule a line (or parted by “;”), English or Chinese, mixed as they like.

`English >= 7; after 20 s English >= 4; after 60 s anyone in the group; after 180 s overflow to queue Product`
`当 语言 为 en：英语 >= 5；2 分钟后 加组 后备`

Says with line and column what it does not understand, and never raises. Whether the rules make sense together is the matter of
`check`; writing them is that of `format`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from huying.routing.router.requirements import MOST, Action, Line
from huying.routing.rules import words as words
from huying.routing.rules.check import check_lines
from huying.routing.rules.names import Kind, Names, folded
from huying.routing.rules.problems import Problem

LONGEST_SECONDS = 24 * 3600
_PLAIN_ACTIONS = (
    (Action("voicemail"), words.VOICEMAIL),
    (Action("callback"), words.CALLBACK),
    (Action("goodbye"), words.GOODBYE),
)
_KEYS = {folded(word): key for key, pair in words.KEYS.items() for word in (key, *pair)}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `lines` is all that was understood; `places` where each of them stands (line, column)."""

    lines: tuple[Line, ...]
    places: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing is wrong beyond warnings."""
        return all(problem.severity == "warning" for problem in self.problems)


def parse_requirements(text: str, names: Names, queue_id: str = "", language: str = "en") -> Reading:
    """What the text asks for. `queue_id`: whose requirements these are; `language`: that of the near names in problems."""
    reader = _Reader(text.replace("\r\n", "\n").replace("\r", "\n"), names, language)
    for start, end in _statements(reader.text):
        try:
            _Statement(reader, start, end).read()
        except _Stop:
            continue
    lines, places = tuple(reader.lines), tuple(map(reader.place_of, reader.offsets))
    checked = check_lines(lines, places, names, queue_id, language)
    return Reading(lines, places, tuple(sorted((*reader.problems, *checked), key=lambda one: (one.line, one.column, one.code))))


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Where each rule begins and ends: at line ends and at semicolons outside of quotation marks."""
    start = 0
    for found in words.CUT.finditer(text):
        if found["cut"]:
            yield start, found.start()
            start = found.end()
    yield start, len(text)


class _Stop(Exception):
    """The rule cannot be read further; the problem has been told."""


@dataclass(slots=True)
class _Reader:
    """The whole text, and what was found in it so far."""

    text: str
    names: Names
    language: str
    lines: list[Line] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skill: str = ""
    """The skill named last."""

    def place_of(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)


@dataclass(slots=True)
class _Statement:
    """One rule of the text, read from left to right."""

    reader: _Reader
    at: int
    end: int
    when: tuple[tuple[str, str], ...] = ()
    after_seconds: int | None = None

    def read(self) -> None:
        """Read the rule, or tell what is wrong with it."""
        self.space()
        start = self.at
        if self.at == self.end or self.take(words.COMMENT):
            return
        if opened := words.OPENED.search(words.A_QUOTATION.sub(lambda found: "x" * len(found[0]), self.rest())):
            self.stop("open-quote", start + opened.start())
        while self.conditions() or self.time():
            self.space()
        if self.at == self.end:
            self.stop("not-understood", start)
        self.thing(start)

    def conditions(self) -> bool:
        """`when language is en:`"""
        start = self.at
        if not self.take(words.WHEN):
            return False
        found = dict(self.when)
        while condition := self.take(words.CONDITION):
            key, value = condition["key"], condition["value"]
            found[unquoted(key) if _is_quoted(key) else _KEYS.get(folded(key), key.strip())] = unquoted(value)
            if not self.take(words.AND):
                break
        if not self.take(words.COLON):
            if ":" in self.rest() or "：" in self.rest() or self.reader.text[start : start + 1].isascii():
                self.stop("bad-condition", start)
            self.at = start  # a name that begins with the word
            return False
        self.when = tuple(found.items())
        return True

    def time(self) -> bool:
        """`after 20 s`, `2 分钟后`"""
        start = self.at
        found = self.take(words.AFTER) or self.take(words.AFTER_CHINESE)
        if not found:
            return False
        if self.after_seconds is not None:
            self.stop("second-time", start)
        if not found["unit"]:
            self.stop("no-unit", start, found["number"][:9])
        size = 3600 if words.HOURS.match(found["unit"]) else 60 if words.MINUTES.match(found["unit"]) else 1
        seconds = int(found["number"]) * size if len(found["number"]) <= 6 else LONGEST_SECONDS + 1
        if seconds > LONGEST_SECONDS:
            self.stop("bad-time", start)
        self.after_seconds = seconds
        self.take(words.COLON)
        return True

    def thing(self, start: int) -> None:
        """What holds from then on."""
        if self.needs(start):
            return
        at = self.at
        if self.take(words.ANYONE):
            self.add(start, Line("anyone"))
        elif found := self.take(words.ADD_GROUP):
            self.add(start, Line("add_group", group=self.find("group", found, at)))
        elif found := self.take(words.ONLY_GROUP):
            self.add(start, Line("only_group", group=self.find("group", found, at)))
        elif action := self.action():
            self.add(start, Line("move", action=action))
        elif found := self.take(words.NOT_NEEDED):
            self.add(start, Line("need", skill=self.find("skill", found, at)))
        elif self.reader.names.find("skill", unquoted(self.rest())):
            self.stop("no-level", at, self.rest().strip())
        else:
            self.stop("not-understood", at)
        self.nothing_more()

    def needs(self, start: int) -> bool:
        """`English >= 7`, and more of them joined by “and”."""
        at = self.at
        found = self.take(words.NEED)
        if not found:
            return False
        if not words.RIGHT_SIGNS.fullmatch(found["sign"]):
            self.stop("wrong-sign", found.start("sign"))
        skill = self.find("skill", found, at) if (found["name"] or "").strip() else self.reader.skill
        if not skill:
            self.stop("which-skill", at)
        level = int(found["level"]) if len(found["level"]) <= 6 else MOST + 1
        if not 1 <= level <= MOST:
            self.stop("bad-level", found.start("level"), unquoted(found["name"] or ""))
        self.reader.skill = skill
        self.add(start, Line("need", skill=skill, level=level))
        if not (self.take(words.NEED_AGAIN) and self.needs(self.at)):
            self.nothing_more()
        return True

    def action(self) -> Action | None:
        """Where the work goes."""
        at = self.at
        for plain, pattern in _PLAIN_ACTIONS:
            if self.take(pattern):
                return plain
        if found := self.take(words.OVERFLOW):
            return Action("overflow", self.find("queue", found, at))
        if found := self.take(words.FORWARD):
            if not _name_of(found):
                self.stop("no-number", at)
            return Action("forward", _name_of(found))
        if found := self.take(words.MENU):
            return Action("menu", _name_of(found))
        return None

    def find(self, kind: Kind, found: re.Match[str], at: int) -> str:
        """The id of the thing that is named here."""
        written = _name_of(found)
        start = next((found.start(name) for name in ("name", "name2") if name in found.re.groupindex and found[name]), at)
        if not written:
            self.stop("no-name", at)
        ids = self.reader.names.find(kind, written)
        if not ids:
            near = self.reader.names.near(kind, written, self.reader.language)
            self.stop(f"unknown-{kind}", start, written[:80], near)
        if len(ids) > 1:
            self.stop("ambiguous-name", start, written)
        return ids[0]

    def add(self, start: int, line: Line) -> None:
        """A rule was understood."""
        self.reader.lines.append(Line(line.change, self.after_seconds or 0, self.when, line.skill, line.level, line.group, line.action))
        self.reader.offsets.append(start)

    def nothing_more(self) -> None:
        """The rule must end here."""
        self.space()
        if self.at < self.end:
            self.stop("unexpected", self.at, self.rest().strip()[:40])

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What the pattern finds here, if anything; then go on behind it."""
        found = pattern.match(self.reader.text, self.at, self.end)
        if found:
            self.at = found.end()
        return found

    def space(self) -> None:
        """Go on behind spaces and commas."""
        self.take(words.SPACE)

    def rest(self) -> str:
        """What was not read yet."""
        return self.reader.text[self.at : self.end]

    def stop(self, code: str, offset: int, found: str = "", near: tuple[str, ...] = ()) -> NoReturn:
        """Tell the problem and give the rule up."""
        line, column = self.reader.place_of(offset)
        self.reader.problems.append(Problem(line, column, code, found, near))
        raise _Stop


def unquoted(text: str) -> str:
    """The name that is written here, without quotation marks and the spaces around."""
    text = text.strip()
    if not _is_quoted(text):
        return text
    inside = text[1:-1]
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], inside) if text[0] == '"' else inside


_ESCAPED = re.compile(r"\\(.)")


def _is_quoted(text: str) -> bool:
    return words.A_QUOTATION.fullmatch(text.strip()) is not None


def _name_of(found: re.Match[str]) -> str:
    """What a pattern found as the name, in whichever language."""
    groups = found.groupdict()
    return unquoted(groups.get("name") or groups.get("name2") or "")
