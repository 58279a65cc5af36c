"""The kinds of work, and what an agent can take of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CHANNELS = ("call", "callback", "chat", "email", "voicemail", "fax", "task")
"""Every kind of work. A callback is a call that the centre makes when the customer's turn comes."""
WAITED_FOR = frozenset({"call", "chat"})
"""Channels whose customer is at the other end while he waits."""
ALONE = {
    "call": frozenset({"email", "voicemail", "fax", "task"}),
    "callback": frozenset({"email", "voicemail", "fax", "task"}),
    "chat": frozenset({"chat", "email", "voicemail", "fax", "task"}),
    "email": frozenset({"email"}),
    "voicemail": frozenset({"email"}),
    "fax": frozenset({"email"}),
    "task": frozenset({"email"}),
}
"""The usual interruptions: work of a channel is offered to an agent who has nothing else in hand than work of these channels."""
ONE_OF_EACH = dict.fromkeys(CHANNELS, 1)
"""The usual capacity."""


@dataclass(frozen=True, slots=True)
class AgentProfile:
    """What an agent can take. `skills` and `groups`: id -> level 1-10; languages and product knowledge are skills."""

    agent_id: str
    business_id: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    capacity: Mapping[str, int] = field(default_factory=lambda: ONE_OF_EACH)
    """Channel -> pieces of work at a time."""
    after_call_seconds: int = -1
    """For his after-call work, whatever the queue grants; -1: as the queue says, 0: none."""
    joins: Mapping[str, frozenset[str]] = field(default_factory=lambda: ALONE)
    """Channel -> what he may have in hand when such work is offered to him."""
