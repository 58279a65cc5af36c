"""How long a call may last, and when a tone warns that it is about to end. Pure; whoever leads the call sets the timers and hangs up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LIMIT_TIMER = "limit"


@dataclass(frozen=True, slots=True)
class Limit:
    """`seconds` of conversation (0: no limit), and how long before the end the tone warns (0: not at all)."""

    seconds: int = 0
    warn_seconds: int = 30


NO_LIMIT = Limit()


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next, and in how many seconds. `what`: warn, end."""

    what: str
    seconds: float


def next_step(limit: Limit, since: datetime, now: datetime, *, warned: bool = False) -> Step | None:
    """What the time limit brings next in a conversation that began at `since`; None without a limit.

    A restart asks anew: a warning whose moment has passed is not given late, unless the end itself is still to come by more than
    half of the warning's time.
    """
    if limit.seconds <= 0:
        return None
    ends_at = since + timedelta(seconds=limit.seconds)
    warn = min(limit.warn_seconds, limit.seconds)
    warns_at = ends_at - timedelta(seconds=warn)
    if warn > 0 and not warned and now <= warns_at + timedelta(seconds=warn / 2):
        return Step("warn", max(0.0, (warns_at - now).total_seconds()))
    return Step("end", max(0.0, (ends_at - now).total_seconds()))


def strictest(*limits: Limit) -> Limit:
    """The shortest of several limits."""
    real = [limit for limit in limits if limit.seconds > 0]
    return min(real, key=lambda limit: limit.seconds) if real else NO_LIMIT
