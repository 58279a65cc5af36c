"""What the router must know of queues and agents, as plain values. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """One queue; all times in whole seconds."""

    queue_id: str
    business_id: str
    code: str
    name: Mapping[str, str]
    strategy: str
    offer_seconds: int
    after_call_seconds: int
    short_abandon_seconds: int
    service_level_seconds: int
    announce_seconds: int
    record: bool
    position: int


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """One agent. `agent_id` is the person's id; `queues` are ids in the order of the queues."""

    agent_id: str
    business_id: str
    name: str
    extension: str
    languages: tuple[str, ...]
    queues: tuple[str, ...]
    auto_answer: bool
    simulated: bool


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """All active queues and agents, by id."""

    queues: Mapping[str, QueueSettings]
    agents: Mapping[str, AgentSettings]
