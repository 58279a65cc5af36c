"""Gives queues the rules that people wrote for them. Pure. A text that cannot be read leaves its queue to its groups alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from huying.routing.configuration import QueueSettings, RoutingSettings
from huying.routing.router.requirements import Requirements
from huying.routing.rules.names import Names, names_of
from huying.routing.rules.text import parse_requirements


def with_requirements(routing: RoutingSettings) -> Mapping[str, QueueSettings]:
    """The queues with their requirements read, by the names of skills, groups and queues that are active."""
    active = {queue_id: queue for queue_id, queue in routing.queues.items() if queue.active}
    known = RoutingSettings(active, {}, routing.groups, routing.skills)
    names = {business_id: names_of(known, business_id) for business_id in {queue.business_id for queue in routing.queues.values()}}
    return {queue_id: _read(queue, names[queue.business_id]) for queue_id, queue in routing.queues.items()}


def _read(queue: QueueSettings, names: Names) -> QueueSettings:
    if not queue.requirements.strip():
        return queue
    reading = parse_requirements(queue.requirements, names, queue.queue_id)
    if not reading.usable:
        return replace(queue, problems=reading.problems)
    rules = replace(queue.rules, requirements=Requirements(frozenset(queue.groups), reading.lines))
    return replace(queue, rules=rules, problems=reading.problems)
