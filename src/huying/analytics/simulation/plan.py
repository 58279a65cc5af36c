"""What will happen in a day whatever the rules: who calls when and with which patience, who works when. Pure: dice come from the seed.

Each stream of customers and each contact has dice of its own, so the same people call under other rules (common random numbers).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from math import log
from random import Random

from huying.analytics.simulation.distributions import Distribution, Steps
from huying.analytics.simulation.rules import agent_ids
from huying.analytics.simulation.scenario import AgentsPart, CallbackPart, CustomersPart, Scenario


@dataclass(frozen=True, slots=True)
class Customer:
    """One contact that will come. Durations in seconds; `dice` are numbers in [0, 1) for what depends on the rules."""

    contact_id: str
    at: datetime
    queue_id: str
    talk_seconds: float
    patience_seconds: float | None = None
    after_call_seconds: float = 0.0
    channel: str = "call"
    stream: str = ""
    language: str = ""
    needs: Mapping[str, int] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    rank: int = 0
    head_start_seconds: int = 0
    callback: CallbackPart | None = None
    transfer_to: str = ""
    second_talk_seconds: float = 0.0
    """Of the conversation after a transfer."""
    dice: tuple[float, float, float, float] = (0.5, 0.5, 0.5, 0.5)
    """Of ringing, missing, asking to be called back, being reached."""


@dataclass(frozen=True, slots=True)
class AgentConduct:
    """How an agent of a part behaves."""

    answers_after: Distribution = field(default_factory=lambda: Distribution(constant=0.0))
    misses: float = 0.0
    returns_after_seconds: float = 60.0
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Turn:
    """An agent's status changes: `status` is ready, break or out."""

    at: datetime
    agent_id: str
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A day. `customers` and `turns` by time."""

    start: datetime
    customers: tuple[Customer, ...]
    turns: tuple[Turn, ...]
    conduct: Mapping[str, AgentConduct]


def midnight(scenario: Scenario, number: int) -> datetime:
    """When the day with this number (from 0) begins, by the scenario's clock."""
    return datetime.combine(scenario.day(number), time(), scenario.zone)


def plan_day(scenario: Scenario, number: int = 0) -> Plan:
    """The day with this number (from 0) of a scenario."""
    start = midnight(scenario, number)
    customers = [customer for stream in scenario.customers for customer in _customers(scenario, stream, number)]
    turns: list[Turn] = []
    conduct: dict[str, AgentConduct] = {}
    for part in scenario.agents:
        turns += _turns(part, start)
        behaves = AgentConduct(part.answers_after, part.misses, part.returns_after_seconds, part.pace)
        conduct |= dict.fromkeys(agent_ids(part.name, part.count), behaves)
    customers.sort(key=lambda customer: (customer.at, customer.contact_id))
    return Plan(start.astimezone(UTC), tuple(customers), tuple(sorted(turns, key=lambda turn: (turn.at, turn.agent_id))), conduct)


def _customers(scenario: Scenario, stream: CustomersPart, number: int) -> Iterator[Customer]:
    start, seed = midnight(scenario, number), f"{scenario.seed}/{number}/{stream.name}"
    arrivals = Random(seed)  # noqa: S311 - dice, not secrets
    per_hour = stream.per_hour if isinstance(stream.per_hour, dict) else {0.0: stream.per_hour}
    rank = scenario.classes.get(stream.customer_class)
    attributes = dict(stream.attributes)
    if stream.language:
        attributes["language"] = stream.language
    if stream.customer_class:
        attributes["customer_class"] = stream.customer_class
    moments = Steps(per_hour, scenario.opens, scenario.closes).moments(lambda: -log(1.0 - arrivals.random()))
    for place, moment in enumerate(moments):
        dice = Random(f"{seed}/{place}")  # noqa: S311
        patience, talk, after_call, transfer, second = (dice.random() for _ in range(5))
        sent_on = stream.transfer is not None and transfer < stream.transfer.share
        yield Customer(
            contact_id=f"{stream.name}-{number}-{place + 1:05}",
            at=_moment(start, round(moment, 3)),
            queue_id=stream.queue,
            talk_seconds=round(stream.talk.at(talk), 3),
            patience_seconds=round(stream.patience.at(patience), 3) if stream.patience else None,
            after_call_seconds=round(stream.after_call.at(after_call), 3),
            channel=stream.channel,
            stream=stream.name,
            language=stream.language,
            needs=stream.needs,
            attributes=attributes,
            rank=rank.rank if rank else 0,
            head_start_seconds=rank.head_start_seconds if rank else 0,
            callback=stream.callback,
            transfer_to=stream.transfer.queue if sent_on and stream.transfer else "",
            second_talk_seconds=round(stream.talk.at(second), 3),
            dice=(dice.random(), dice.random(), dice.random(), dice.random()),
        )


def _turns(part: AgentsPart, start: datetime) -> Iterator[Turn]:
    ids = agent_ids(part.name, part.count)
    for place, agent_id in enumerate(ids):
        for begins, ends in part.works:
            yield Turn(_moment(start, begins), agent_id, "ready")
            for pause in part.breaks:
                at = pause.at + pause.within_minutes * 60.0 * place / len(ids)
                if begins < at < ends:
                    yield Turn(_moment(start, at), agent_id, "break", pause.reason)
                    yield Turn(_moment(start, min(ends, at + pause.minutes * 60.0)), agent_id, "ready")
            yield Turn(_moment(start, ends), agent_id, "out")


def _moment(start: datetime, seconds: float) -> datetime:
    """A time of day by the clock on the wall, as UTC."""
    return (start + timedelta(seconds=seconds)).astimezone(UTC)
