"""What came of simulated days: the journal of each, folded by the same code as live views and reports, and added up to the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import AgentInterval, OfferFact, SegmentFact
from huying.analytics.simulation.day import play
from huying.analytics.simulation.estimates import EstimateErrors, EstimateWatcher
from huying.analytics.simulation.plan import midnight, plan_day
from huying.analytics.simulation.rules import configured, targets
from huying.analytics.simulation.scenario import Scenario
from huying.analytics.spans import Span
from huying.analytics.tables import Table, agent_table, queue_table
from huying.analytics.terms import AgentTerms, EntryMeasure, QueueTerms, Target, measures_of_fold
from huying.foundation.journal.entry import STREAM_CONTACT, Entry


@dataclass(slots=True)
class FoldedDay:
    """A day's journal, folded as it comes."""

    contacts: dict[str, ContactFold] = field(default_factory=dict)
    agents: dict[str, AgentFold] = field(default_factory=dict)

    def write(self, entry: Entry) -> None:
        """Take the next entry."""
        if entry.stream == STREAM_CONTACT:
            contact = self.contacts.get(entry.stream_id)
            if contact is None:
                contact = self.contacts[entry.stream_id] = ContactFold(entry.business_id, entry.stream_id)
            contact.apply(entry)
        else:
            agent = self.agents.get(entry.stream_id)
            if agent is None:
                agent = self.agents[entry.stream_id] = AgentFold(entry.business_id, entry.stream_id)
            agent.apply(entry)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All days of one scenario. `queues` and `agents` are the same tables that reports are made of."""

    scenario: Scenario
    rule_set: str
    days: int
    whole: Span
    measures: Sequence[EntryMeasure]
    queues: Table[QueueTerms]
    agents: Table[AgentTerms]
    targets: Mapping[str, Target]
    estimates: EstimateErrors
    ignored: int
    """Entries that did not fit: a defect of the simulation."""

    @property
    def adds_up(self) -> bool:
        """Whether the identity of the queue figures holds in every interval and queue."""
        return self.ignored == 0 and all(terms.identity_holds() for terms in (*self.queues.cells.values(), self.queues.total))


def simulate(scenario: Scenario, rule_set: str = "", progress: Callable[[int], None] = lambda _day: None) -> Outcome:
    """Play all days of a scenario. Raises InvalidScenario."""
    rules, zone = configured(scenario), scenario.zone
    measures: list[EntryMeasure] = []
    offers: list[OfferFact] = []
    segments: list[SegmentFact] = []
    intervals: list[AgentInterval] = []
    estimates = EstimateErrors()
    ends, ignored = [], 0
    for number in range(scenario.days):
        plan, folded = plan_day(scenario, number), FoldedDay()
        day = play(plan, rules, folded.write, [EstimateWatcher(estimates)], seed=scenario.seed + number)
        ends.append(day.now)
        agents = [_closed(fold, day.now) for fold in folded.agents.values()]
        after_calls = _after_calls(stretch for stretches in agents for stretch in stretches)
        for contact in folded.contacts.values():
            measures += measures_of_fold(contact, after_calls.get(contact.contact_id, ()))
            offers += contact.offers.values()
            segments += contact.segments.values()
        intervals += [stretch for stretches in agents for stretch in stretches]
        ignored += sum(contact.ignored for contact in folded.contacts.values())
        ignored += sum(agent.ignored for agent in folded.agents.values())
        progress(number + 1)
    whole = Span(midnight(scenario, 0).astimezone(UTC), max(ends) + timedelta(seconds=1))
    promised = targets(scenario)
    queues = queue_table(measures, promised, whole, scenario.interval, zone)
    staff = agent_table(offers, segments, intervals, whole, scenario.interval, zone, max(ends))
    return Outcome(scenario, rule_set, scenario.days, whole, measures, queues, staff, promised, estimates, ignored)


def _closed(fold: AgentFold, end: datetime) -> list[AgentInterval]:
    """All intervals; what goes on ends with the day."""
    return [*fold.closed, *([replace(fold.present, ended_at=max(end, fold.present.started_at))] if fold.present else [])]


def _after_calls(intervals: Iterable[AgentInterval]) -> dict[str, list[AgentInterval]]:
    found: dict[str, list[AgentInterval]] = {}
    for interval in intervals:
        if interval.state == "after_call":
            found.setdefault(interval.contact_id, []).append(interval)
    return found
