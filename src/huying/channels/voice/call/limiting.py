"""The time limit inside a call: its timers, the tone that warns, and the end. How long is `limit`'s matter."""

from __future__ import annotations

from datetime import timedelta

from huying.channels.dialling.events import CallLimitSet, CallLimitWarned
from huying.channels.voice.call import dial_words as dw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.limit import LIMIT_TIMER, NO_LIMIT, Limit, next_step
from huying.channels.voice.call.state import CallState
from huying.channels.voice.call.turn import Turn

WARN_TIMER, END_TIMER = f"{LIMIT_TIMER}:warn", f"{LIMIT_TIMER}:end"


def watch_begun(turn: Turn, before: CallState, *, again: bool = False) -> None:
    """When the first conversation of a call begins, its agent's limit is watched; how long a call that an agent began may last is set
    where it is begun."""
    segment = turn.state.segment
    if segment and (again or before.segment is None) and turn.state.outgoing is None:
        watch(turn, turn.tables.talk_limit(segment.agent_id))


def agents_limit(turn: Turn) -> Limit:
    """The limit of whoever leads the conversation."""
    segment = turn.state.segment
    return turn.tables.talk_limit(segment.agent_id) if segment else NO_LIMIT


def watch(turn: Turn, limit: Limit, *, warned: bool = False) -> None:
    """Set the timer of what comes next; also after a restart."""
    segment = turn.state.segment
    step = next_step(limit, segment.started_at, turn.now, warned=warned) if segment else None
    if step:
        turn.do(w.SetTimer(WARN_TIMER if step.what == "warn" else END_TIMER, step.seconds))


def begin(turn: Turn, limit: Limit) -> None:
    """A conversation has begun whose time is limited."""
    segment = turn.state.segment
    if segment and limit.seconds:
        turn.record(CallLimitSet((segment.started_at + timedelta(seconds=limit.seconds)).isoformat()))
        watch(turn, limit)


def warn(turn: Turn, limit: Limit) -> None:
    """The tone, for everybody of ours in the conversation."""
    for segment in turn.state.segments:
        if segment.lost_since is None:
            turn.do(dw.Beep(turn.tables.new_id(), segment.leg_id))
    turn.record(CallLimitWarned(min(limit.warn_seconds, limit.seconds)))
    watch(turn, limit, warned=True)
