"""When somebody is called back who has agreed to it: as soon as it is his turn, or today or tomorrow at a time he types. Pure.

A part of the callback node. What time a queue can call at is not known here (`AskTime`, `TimeKnown`). Who cannot say it in a few tries is
called when it is his turn.
"""

from __future__ import annotations

from datetime import datetime

from huying.flows.effects import AskTime, Item, RequestCallback, Say
from huying.flows.nodes.node import KEYS
from huying.flows.signals import TimeKnown
from huying.flows.speech import spoken_date, time_of_day, weekday
from huying.flows.spoken import Prompt, lines_of
from huying.flows.state import Phase
from huying.flows.turn import Turn

TRIES = 3
"""Answers that lead nowhere; after that he is called when it is his turn."""
CLOCK_DIGITS = 4
STEP, CALL, AT, DAY = "_callback_step", "_callback_call", "_callback_at", "_callback_day"
"""Variables: the question that was asked; the number to be called, empty for his own; the moment that was offered; days from today."""
ASK = {
    "when": lines_of("callback.when"),
    "day": lines_of("callback.which_day"),
    "clock": lines_of("callback.which_time"),
}
CHECK = lines_of("callback.check_time")
NEAREST = lines_of("callback.nearest")
WRONG = {
    "unknown": lines_of("keypad.time_unknown"),
    "passed": lines_of("keypad.time_passed"),
    "closed": lines_of("keypad.closed_then"),
    "too_far": lines_of("keypad.time_too_far"),
}
STEPS = frozenset({*ASK, "moment"})
DAYS = {"1": "0", "2": "1"}


def lines() -> Prompt:
    """Everything that may be said, but for the moments."""
    said = [*ASK.values(), CHECK, NEAREST, *WRONG.values(), lines_of("callback.time_is", "callback.today", "callback.tomorrow")]
    return tuple(line for prompt in said for line in prompt)


def begin(turn: Turn, number: str) -> None:
    """The number is agreed (empty: his own): ask when."""
    turn.change(tries=0, variables={**turn.state.variables, CALL: number, AT: ""})
    _ask(turn, "when")


def pressed(turn: Turn, key: str, queue: str) -> bool:
    """A key to the question that was asked; `queue` (code) is where he will wait. Whether more keys are to come."""
    step = turn.state.variables.get(STEP, "")
    if step == "clock":
        return _typed(turn, key, queue)
    if step == "day" and key in DAYS:
        turn.change(variables={**turn.state.variables, DAY: DAYS[key]})
        _ask(turn, "clock")
    elif step == "when" and key == "2":
        _ask(turn, "day")
    elif key == "1" and step in ("when", "moment"):
        _request(turn, queue, turn.state.variables.get(AT, "") if step == "moment" else "")
    elif step == "moment" and key == "2":
        _again(turn, queue, "day")
    else:
        _again(turn, queue, step)
    return False


def silent(turn: Turn, queue: str) -> None:
    """No (further) key came."""
    step = turn.state.variables.get(STEP, "")
    if step == "clock" and turn.state.digits:
        _check(turn, queue)
    else:
        _again(turn, queue, step)


def known(turn: Turn, news: TimeKnown, queue: str) -> None:
    """Whether he can be called at the time he typed, and otherwise when next."""
    if news.result == "free" and news.at:
        _offer(turn, news.at)
        return
    turn.change(tries=turn.state.tries + 1)
    if turn.state.tries >= TRIES:
        _request(turn, queue, "")
    elif news.at:
        _offer(turn, news.at, WRONG[news.result] + NEAREST)
    else:
        _ask(turn, "clock" if news.result == "unknown" else "when", WRONG[news.result])


def booked(turn: Turn) -> bool:
    """Whether what was asked for last is a callback at a time."""
    return bool(turn.state.variables.get(AT, "")) and turn.state.variables.get(STEP) == "moment"


def _typed(turn: Turn, key: str, queue: str) -> bool:
    turn.change(digits=turn.state.digits + (key if key in KEYS[:10] else ""))
    if key != "#" and len(turn.state.digits) < CLOCK_DIGITS:
        return True
    _check(turn, queue)
    return False


def _check(turn: Turn, queue: str) -> None:
    turn.change(phase=Phase.TRANSFERRING)
    turn.do(AskTime(int(turn.state.variables.get(DAY, "0")), turn.state.digits, queue))


def _ask(turn: Turn, step: str, before: Prompt = ()) -> None:
    turn.change(variables={**turn.state.variables, STEP: step}, digits="")
    turn.say(before + ASK[step])


def _offer(turn: Turn, at: datetime, before: Prompt | None = None) -> None:
    turn.change(variables={**turn.state.variables, STEP: "moment", AT: at.isoformat()}, digits="")
    opening = turn.lines_as_items(lines_of("callback.time_is") if before is None else before)
    turn.play(opening + _moment(turn, at) + turn.lines_as_items(CHECK), Phase.SPEAKING)


def _moment(turn: Turn, at: datetime) -> tuple[Item, ...]:
    language = turn.state.language
    ahead = (at.date() - turn.now.astimezone(at.tzinfo).date()).days if turn.now else -1
    near = {0: ("callback.today",), 1: ("callback.tomorrow",)}.get(ahead)
    day = near or (*weekday(at.date()), *spoken_date(at.date(), language, with_year=False))
    return tuple(Say(key, language) for key in (*day, *time_of_day(at.time(), language)))


def _again(turn: Turn, queue: str, step: str) -> None:
    turn.change(tries=turn.state.tries + 1)
    at = turn.state.variables.get(AT, "")
    if turn.state.tries >= TRIES:
        _request(turn, queue, "")
    elif step == "moment" and at:
        _offer(turn, datetime.fromisoformat(at))
    else:
        _ask(turn, step)


def _request(turn: Turn, queue: str, at: str) -> None:
    turn.change(phase=Phase.TRANSFERRING, variables={**turn.state.variables, AT: at, STEP: "moment" if at else "when"})
    number = turn.state.variables.get(CALL, "")
    turn.do(RequestCallback(number, queue, datetime.fromisoformat(at) if at else None))
