"""Write requirements in the readable form, in English or Chinese. What is written reads back as the same lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huying.routing.router.requirements import Action, Line, Step
from huying.routing.rules.names import Kind, Names
from huying.routing.rules.text import parse_requirements
from huying.routing.rules.words import KEYS, WRITTEN

_SIMPLE = re.compile(r"[\w+*./@-]+")
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": " "})


def format_requirements(lines: Sequence[Line], names: Names, language: str = "en") -> str:
    """The lines as people write them, one a line."""
    return "\n".join(format_line(line, names, language) for line in lines)


def format_line(line: Line, names: Names, language: str = "en") -> str:
    """One line. Names stand without quotation marks wherever that reads back as the same."""
    column = int(language.startswith("zh"))
    plain = _Writer(names, column, language, quoting=False).line(line)
    if parse_requirements(plain, names).lines == (line,):
        return plain
    return _Writer(names, column, language, quoting=True).line(line)


class _Writer:
    def __init__(self, names: Names, column: int, language: str, quoting: bool) -> None:
        self.names, self.column, self.language, self.quoting = names, column, language, quoting

    def line(self, line: Line) -> str:
        """Condition, time and what holds then."""
        return self.condition(line.when) + self.time(line.after_seconds) + self.thing(line)

    def condition(self, when: Sequence[tuple[str, str]]) -> str:
        parts = [self.say("is", self.key(key), self.value(value)) for key, value in when]
        return self.say("when", self.say("and").join(parts)) if parts else ""

    def time(self, seconds: int) -> str:
        if not seconds:
            return ""
        return self.say("after_seconds", str(seconds)) if seconds % 60 or seconds < 120 else self.say("after_minutes", str(seconds // 60))

    def thing(self, line: Line) -> str:
        if line.change == "need":
            skill = self.name("skill", line.skill)
            return self.say("need", skill, str(line.level)) if line.level else self.say("not_needed", skill)
        if line.action:
            return self.action(line.action)
        return self.say(line.change, self.name("group", line.group))

    def action(self, action: Action) -> str:
        if action.do == "overflow":
            return self.say("overflow", self.name("queue", action.target))
        return self.say(action.do, self.value(action.target) if action.target else "").rstrip()

    def name(self, kind: Kind, thing_id: str) -> str:
        """What the thing is called, if that is clear; else its code, or its id."""
        thing = next((thing for thing in self.names.of(kind) if thing.id == thing_id), None)
        for word in (thing.called(self.language), thing.code) if thing else ():
            if word.strip() and self.names.find(kind, word) == (thing_id,):
                return quoted(word) if self.quoting else word
        return quoted(thing_id)

    def key(self, key: str) -> str:
        return KEYS[key][self.column] if key in KEYS else self.value(key)

    def value(self, text: str) -> str:
        return text if _SIMPLE.fullmatch(text) and not self.quoting else quoted(text)

    def say(self, what: str, *values: str) -> str:
        return WRITTEN[what][self.column].format(*values)


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return f'"{text.translate(_ESCAPES)}"'


def describe_step(step: Step, names: Names, language: str = "en") -> str:
    """What holds from a step on, in one line for people; it is not meant to be read back."""
    writer = _Writer(names, int(language.startswith("zh")), language, False)
    if step.action:
        return writer.action(step.action)
    chinese = language.startswith("zh")
    need = ("，" if chinese else ", ").join(
        writer.say("need", writer.name("skill", skill), str(level)) for skill, level in step.circle.need
    )
    groups = ("、" if chinese else ", ").join(sorted(names.called("group", group, language) for group in step.circle.groups))
    return f"{need or ('任何人' if chinese else 'anyone')} · {groups or '—'}"
