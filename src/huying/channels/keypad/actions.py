"""What can be done from a keypad, and by which codes when nobody has chosen others. Pure.

A code is dialled, or pressed in a conversation; what it takes (an extension, a number, ...) follows it. In a conversation the end is
`#`. Codes begin with `*`, so that no number and no extension is mistaken for one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from huying.foundation.errors import Conflict, InvalidInput

DIALLED, IN_CALL = "dialled", "in_call"
TIME_DIGITS = 8
CODE = re.compile(r"^\*[0-9*]{1,4}$")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a code does. `takes`: nothing, extension, number, slot, key, time."""

    name: str
    where: str
    code: str
    takes: str = ""


ACTIONS = {
    one.name: one
    for one in (
        Action("pick_up_group", DIALLED, "*80"),
        Action("pick_up_agent", DIALLED, "*84", "extension"),
        Action("pick_up_parked", DIALLED, "*85", "slot"),
        Action("monitor", DIALLED, "*90", "extension"),
        Action("ready", DIALLED, "*21"),
        Action("break", DIALLED, "*22"),
        Action("sign_out", DIALLED, "*23"),
        Action("finish_after_call", DIALLED, "*24"),
        Action("redial", DIALLED, "*66"),
        Action("callback_when_free", DIALLED, "*67", "extension"),
        Action("book_callback", DIALLED, "*68"),
        Action("speed_dial", DIALLED, "*0", "key"),
        Action("forward_always", DIALLED, "*72", "number"),
        Action("forward_always_off", DIALLED, "*73"),
        Action("forward_busy", DIALLED, "*74", "number"),
        Action("forward_busy_off", DIALLED, "*75"),
        Action("forward_no_answer", DIALLED, "*76", "number"),
        Action("forward_no_answer_off", DIALLED, "*77"),
        Action("do_not_disturb", DIALLED, "*78"),
        Action("do_not_disturb_off", DIALLED, "*79"),
        Action("messages", DIALLED, "*97"),
        Action("recordings", DIALLED, "*98"),
        Action("hold", IN_CALL, "*1"),
        Action("consult", IN_CALL, "*2", "number"),
        Action("transfer", IN_CALL, "*3", "number"),
        Action("swap", IN_CALL, "*4"),
        Action("conference", IN_CALL, "*5"),
        Action("complete", IN_CALL, "*6"),
        Action("back", IN_CALL, "*7"),
        Action("park", IN_CALL, "*8"),
        Action("pause_recording", IN_CALL, "*9"),
        Action("book_in_call", IN_CALL, "*0", "time"),
    )
}
USUAL = {action.name: action.code for action in ACTIONS.values()}


@dataclass(frozen=True, slots=True)
class Codes:
    """A business's codes: action -> code; what is switched off is not in it."""

    by_action: Mapping[str, str]

    def dialled(self, text: str) -> tuple[Action, str] | None:
        """The action of what was dialled, and what follows the code; None where it is none. The longest code counts."""
        found = [one for one in self._of(DIALLED) if text.startswith(self.by_action[one.name])]
        best = max(found, key=lambda one: len(self.by_action[one.name]), default=None)
        if best is None:
            return None
        rest = text.removeprefix(self.by_action[best.name]).rstrip("#")
        return (best, rest) if bool(rest) == bool(best.takes) else None

    def pressed(self, keys: str) -> tuple[Action, str] | None:
        """The action of what was pressed in a conversation once it is whole; None as long as it may become one, or is none."""
        for action in self._of(IN_CALL):
            code = self.by_action[action.name]
            if not action.takes and keys == code and not self._longer(keys):
                return action, ""
            if action.takes and keys.startswith(code) and keys.endswith("#") and len(keys) > len(code) + 1:
                return action, keys[len(code) : -1]
        return None

    def may_become(self, keys: str) -> bool:
        """Whether more keys could make an action of it."""
        codes = [(self.by_action[one.name], one) for one in self._of(IN_CALL)]
        return (
            any(code.startswith(keys) or (keys.startswith(code) and _may_follow(one, keys[len(code) :])) for code, one in codes)
            and len(keys) < 40
        )

    def _longer(self, keys: str) -> bool:
        return any(self.by_action[one.name] != keys and self.by_action[one.name].startswith(keys) for one in self._of(IN_CALL))

    def _of(self, where: str) -> list[Action]:
        return [action for name, action in ACTIONS.items() if action.where == where and name in self.by_action]


def _may_follow(action: Action, rest: str) -> bool:
    """Whether these keys after its code can be the beginning of what it takes; a time has digits alone."""
    return bool(action.takes) and (action.takes != "time" or not rest or (rest.isdigit() and len(rest) <= TIME_DIGITS))


USUAL_CODES = Codes(USUAL)


def check(changed: str, code: str, others: Mapping[str, str]) -> None:
    """A code that may be given to this action. Raises InvalidInput, Conflict with the action that has it, or is hidden by it."""
    if not CODE.fullmatch(code):
        raise InvalidInput("A code is * and one to four digits or *, such as *85.", field="code")
    action = ACTIONS[changed]
    for name, other in others.items():
        if name == changed or ACTIONS[name].where != action.where:
            continue
        if other == code:
            raise Conflict(f"The code {code} is that of another action ({name}).", action=name)
        if action.where == IN_CALL and (other.startswith(code) or code.startswith(other)):
            raise Conflict(f"One of the codes {code} and {other} ({name}) is the beginning of the other.", action=name)
