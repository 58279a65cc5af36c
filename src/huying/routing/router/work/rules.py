"""What queues are told to do with their work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from huying.routing.router.requirements import Action, Requirements

NOBODY = Requirements(frozenset())
"""Of a queue without groups."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What missed and refused offers bring an agent.

    After `misses` in a row (timed out) or `refusals` in a row he goes into a break with the reason; 0 never. After fewer he is
    passed over for `rest_seconds`. An unreachable phone always brings the break, which ends when the phone is back.
    """

    misses: int = 1
    refusals: int = 1
    rest_seconds: int = 5


@dataclass(frozen=True, slots=True)
class Door:
    """Limits of a queue, and where work goes for which there is no place. 0 means no limit.

    Without an action the flow takes its exit of the same name: `closed`, `full`, `blocked`, `nobody` (no agent of the circle is
    signed in), `timeout`.
    """

    most_waiting: int = 0
    most_seconds: int = 0
    refuse_when_nobody: bool = False
    """Where nobody who could take it is signed in, work is not let in; calls and chats wait no longer when the last of them leaves."""
    actions: Mapping[str, Action] = field(default_factory=dict)
    """closed, full, blocked, nobody, timeout -> what is done"""


@dataclass(frozen=True, slots=True)
class Announcements:
    """What the waiting customer hears, and how often. Seconds are whole; 0 seconds: nothing."""

    every_seconds: int = 30
    place: bool = True
    people: bool = False
    estimate: bool = True
    own_wait: bool = False


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What a queue does with its work. All times in seconds.

    `strategy`: longest_idle, ring_all, round_robin, fewest_contacts, least_talk, highest_level, weighted_random.
    `idle_from`: what an agent's idle time counts from: handled (the end of the last handled contact), offered (the last offer),
    ready (the last time he became ready).
    """

    queue_id: str
    business_id: str = ""
    code: str = ""
    requirements: Requirements = NOBODY
    strategy: str = "longest_idle"
    idle_from: str = "handled"
    priority: int = 0
    """Head start in seconds of everything in this queue."""
    offer_seconds: int = 20
    after_call_seconds: int = 60
    after_call_most_seconds: int = 600
    """After-call work with all its extensions."""
    short_abandon_seconds: int = 5
    announcements: Announcements = Announcements()
    consequence: Consequence = Consequence()
    door: Door = Door()
    opening: Opening | None = None
    """When the queue is open; None for always."""
    keys: Mapping[str, Action] = field(default_factory=dict)
    """What the customer may press while waiting."""
    overflow_keeps_wait: bool = True
    """Whether the wait of work that overflowed from here counts from its beginning."""


class Opening(Protocol):
    """Business hours. Pure."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why (hours, holiday, emergency, ...; empty when open), and when that changes next (None: never)."""
