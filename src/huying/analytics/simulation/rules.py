"""A scenario's rules as the router wants them. Names of queues, groups and skills are their ids. Raises InvalidScenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from huying.analytics.simulation.scenario import QueuePart, Scenario
from huying.analytics.simulation.scenario_file import InvalidScenario
from huying.analytics.terms import Target
from huying.routing.router import work as w
from huying.routing.router.requirements import Action, Requirements
from huying.routing.rules.names import Named, Names
from huying.routing.rules.text import parse_requirements

BUSINESS = "00000000-0000-7000-8000-00000000feed"


@dataclass(frozen=True, slots=True)
class DailyHours:
    """The same hours every day; spans are seconds since midnight."""

    spans: tuple[tuple[float, float], ...]
    zone: ZoneInfo

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why not, and when that changes next."""
        local = at.astimezone(self.zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = (local - midnight).total_seconds()
        is_open = any(start <= passed < end or start <= passed + 86400.0 < end for start, end in self.spans)
        later = [moment for span in self.spans for moment in (*span, *(time + 86400.0 for time in span)) if moment > passed]
        return is_open, "" if is_open else "hours", midnight + timedelta(seconds=min(later)) if later else None


def configured(scenario: Scenario) -> w.Configured:
    """Queues and agents."""
    names = _names(scenario)
    queues = {code: _queue(code, part, names, scenario.zone) for code, part in scenario.queues.items()}
    agents = {
        agent_id: w.AgentProfile(agent_id, BUSINESS, groups=part.groups, skills=part.skills)
        for part in scenario.agents
        for agent_id in agent_ids(part.name, part.count)
    }
    return w.Configured(queues, agents)


def agent_ids(name: str, count: int) -> list[str]:
    """The agents of a part, by number."""
    return [name] if count == 1 else [f"{name}-{number:0{len(str(count))}}" for number in range(1, count + 1)]


def targets(scenario: Scenario) -> dict[str, Target]:
    """What each queue promises."""
    return {code: Target(part.service_level_seconds, part.service_level_kind) for code, part in scenario.queues.items()}


def _names(scenario: Scenario) -> Names:
    groups = {group for part in scenario.agents for group in part.groups}
    skills = {skill for part in scenario.agents for skill in part.skills} | {s for stream in scenario.customers for s in stream.needs}
    return Names(*(tuple(Named(name, name) for name in sorted(names)) for names in (skills, groups, scenario.queues)))


def _queue(code: str, part: QueuePart, names: Names, zone: ZoneInfo) -> w.QueueRules:
    reading = parse_requirements(part.requirements, names, code)
    if not reading.usable:
        problem = next(problem for problem in reading.problems if problem.severity == "error")
        raise InvalidScenario(f"queues.{code}.requirements, line {problem.line}, column {problem.column}: {problem.message()}")
    return w.QueueRules(
        queue_id=code,
        business_id=BUSINESS,
        code=code,
        requirements=Requirements(frozenset(part.groups), reading.lines),
        strategy=part.strategy,
        idle_from=part.idle_from,
        priority=part.head_start_seconds,
        offer_seconds=part.offer_seconds,
        after_call_seconds=part.after_call_seconds,
        after_call_most_seconds=max(part.after_call_seconds, part.after_call_most_seconds),
        short_abandon_seconds=part.short_abandon_seconds,
        consequence=w.Consequence(part.consequence.misses, part.consequence.refusals, part.consequence.rest_seconds),
        door=w.Door(
            part.door.most_waiting,
            part.door.most_seconds,
            part.door.refuse_when_nobody,
            {why: Action(action.do, action.target) for why, action in part.door.actions.items()},
        ),
        opening=DailyHours(tuple(part.open), zone) if part.open else None,
        overflow_keeps_wait=part.overflow_keeps_wait,
    )
