"""Where a call to a person goes: rings, is passed on, goes to the mailbox, or hears busy. Pure, with its reasons.

The order of what counts: passed on always; not disturbed; outside the person's hours; nobody there (signed out, or no device can
be rung); in a contact (call waiting lets a second call ring quietly); else the devices ring, and after so many seconds the call
is passed on. Passing on to a colleague asks that colleague's own settings, never anybody twice, and at most `MOST_HOPS` times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

MOST_HOPS = 5


class Opening(Protocol):
    """Hours. Pure."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why not, and when that changes next."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call is passed on to. `kind`: number, agent, queue, flow, mailbox (of the person himself, or of the agent or queue named)."""

    kind: str
    id: str = ""
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReachSettings:
    """What a person has set for calls to himself. Work of queues is not touched by it."""

    always: Target | None = None
    busy: Target | None = None
    no_answer: Target | None = None
    no_answer_seconds: int = 20
    after_hours: Target | None = None
    hours: Opening | None = None
    """None: always in hours."""
    do_not_disturb: bool = False
    not_disturbed: Target | None = None
    call_waiting: bool = False
    """Whether a second call rings (quietly) while he is in one."""
    all_devices: bool = True
    """Whether all his telephones ring, not only the one he signed in at."""


USUAL = ReachSettings()
OCCASIONS = ("always", "busy", "no_answer", "after_hours", "not_disturbed")
NOT_DISTURBED = "do_not_disturb"
"""Why a call does not ring at somebody who wants to be left alone."""
MAILBOX = Target("mailbox")


@dataclass(frozen=True, slots=True)
class Seen:
    """How a person is at this moment. `devices`: accounts that can be rung, the one he works at first. `contacts`: in hand."""

    signed_in: bool = False
    devices: tuple[str, ...] = ()
    contacts: int = 0
    ringing: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring these devices so long, then go on. `quiet`: he is in another call."""

    agent_id: str
    devices: tuple[str, ...]
    seconds: int
    then: Target
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """Passed on out of the reach of persons: to a number, a queue, a flow or a mailbox."""

    target: Target


@dataclass(frozen=True, slots=True)
class Busy:
    """Nothing is left to be tried."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One person on the way, and what decided there.

    rings, call_waiting, always, do_not_disturb, after_hours, away, busy, no_answer, loop.
    """

    agent_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be done, and how it came to that."""

    plan: Ring | Away | Busy
    path: tuple[Hop, ...]


def inside(settings: ReachSettings, meant: Callable[[str], Target | None]) -> ReachSettings:
    """The settings with whoever an internal number means in place of the number. `meant`: number -> whom; None for one outside."""
    named = {one: target for one in OCCASIONS if (target := getattr(settings, one)) and target.kind == "number"}
    found: dict[str, Any] = {one: whom for one, target in named.items() if (whom := meant(target.number))}
    return replace(settings, **found) if found else settings


NOBODY_THERE = (USUAL, Seen())
Look = Callable[[str], tuple[ReachSettings, Seen]]
"""Person -> settings and presence. Of somebody unknown: nothing set and not there."""


def reach(agent_id: str, look: Look, now: datetime, passed: tuple[str, ...] = ()) -> Found:
    """Where a call to this person goes. `passed`: persons whom the same call was at already."""
    path: list[Hop] = []
    while True:
        if agent_id in passed or len(passed) >= MOST_HOPS:
            return Found(Busy(), (*path, Hop(agent_id, "loop")))
        passed = (*passed, agent_id)
        settings, seen = look(agent_id)
        why, target = at_person(settings, seen, now)
        path.append(Hop(agent_id, why))
        if target is None:
            return Found(_ring(agent_id, settings, seen), tuple(path))
        if target.kind != "agent":
            return Found(Away(_own(target, agent_id)), tuple(path))
        agent_id = target.id


def after_ringing(ring: Ring, result: str, look: Look, now: datetime, passed: tuple[str, ...]) -> Found:
    """Nobody answered, or he refused (`result` refused, busy): where the call goes then. `passed` ends with him who was rung."""
    settings, _ = look(ring.agent_id)
    target = (settings.busy or ring.then) if result in ("refused", "busy") else ring.then
    why = "busy" if result in ("refused", "busy") else "no_answer"
    hop = Hop(ring.agent_id, why)
    if target.kind != "agent":
        return Found(Away(_own(target, ring.agent_id)), (hop,))
    found = reach(target.id, look, now, passed)
    return Found(found.plan, (hop, *found.path))


def at_person(settings: ReachSettings, seen: Seen, now: datetime) -> tuple[str, Target | None]:
    """What decides at one person, and where the call is passed on to; None: he is rung."""
    if settings.always:
        return "always", settings.always
    if settings.do_not_disturb:
        return NOT_DISTURBED, settings.not_disturbed or MAILBOX
    if settings.hours is not None and not settings.hours.state(now)[0]:
        return "after_hours", settings.after_hours or MAILBOX
    if not seen.signed_in or not seen.devices:
        return "away", settings.no_answer or MAILBOX
    if seen.ringing or seen.contacts > 1 or (seen.contacts == 1 and not settings.call_waiting):
        return "busy", settings.busy or MAILBOX
    return ("call_waiting" if seen.contacts else "rings"), None


def _ring(agent_id: str, settings: ReachSettings, seen: Seen) -> Ring:
    devices = seen.devices if settings.all_devices and not seen.contacts else seen.devices[:1]
    return Ring(agent_id, devices, settings.no_answer_seconds, settings.no_answer or MAILBOX, quiet=seen.contacts > 0)


def _own(target: Target, agent_id: str) -> Target:
    """A mailbox without a name is that of the person the call was for."""
    return Target("mailbox", agent_id) if target.kind == "mailbox" and not target.id else target
