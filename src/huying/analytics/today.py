"""Today's queue entries of one business and their sums by queue, kept in step with folds and with history. Pure.

The same entry may come from a live fold and from the history's tables, in any order and again: the one that has seen
more of the contact's stream counts, and after-call work, which stands in another stream, only grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from huying.analytics.spans import Span
from huying.analytics.terms import EntryMeasure, QueueTerms, Target, queue_terms


@dataclass(frozen=True, slots=True)
class ContactMeasures:
    """The measures of a contact's queue entries as of its stream's `number`."""

    contact_id: str
    number: int
    measures: Sequence[EntryMeasure]


class TodayBook:
    """Sums by queue over the entries that were presented inside `day`."""

    def __init__(self, day: Span, targets: Mapping[str, Target]) -> None:
        self.day = day
        self._targets = dict(targets)
        self._contacts: dict[str, ContactMeasures] = {}
        self._sums: dict[str, QueueTerms] = {}

    def terms(self, queue_id: str) -> QueueTerms:
        """Today's sums of a queue."""
        return self._sums.get(queue_id, QueueTerms())

    def take(self, told: ContactMeasures) -> set[str]:
        """Count what is told of a contact in place of what was known; returns the queues whose sums changed."""
        known = self._contacts.get(told.contact_id)
        if known is not None:
            if told.number < known.number:
                return set()
            told = replace(told, measures=_longest_after_call(told.measures, known.measures))
            if told == known:
                return set()
        self._contacts[told.contact_id] = told
        changed = self._count(known.measures if known is not None else (), -1)
        return changed | self._count(told.measures, 1)

    def forget(self, contact_id: str) -> None:
        """Count the contact no more until it is told of again."""
        known = self._contacts.pop(contact_id, None)
        if known is not None:
            self._count(known.measures, -1)

    def retarget(self, targets: Mapping[str, Target]) -> None:
        """Count again under other targets."""
        if dict(targets) == self._targets:
            return
        self._targets, self._sums = dict(targets), {}
        for told in self._contacts.values():
            self._count(told.measures, 1)

    def next_day(self, day: Span) -> None:
        """Go over to another day, keeping what belongs to it."""
        kept = [told for told in self._contacts.values() if any(measure.started_at in day for measure in told.measures)]
        self.day, self._contacts, self._sums = day, {told.contact_id: told for told in kept}, {}
        for told in kept:
            self._count(told.measures, 1)

    def _count(self, measures: Iterable[EntryMeasure], sign: int) -> set[str]:
        changed = set()
        for measure in measures:
            if measure.started_at in self.day:
                terms = queue_terms(measure, self._targets.get(measure.queue_id, Target()))
                before = self.terms(measure.queue_id)
                self._sums[measure.queue_id] = before + terms if sign > 0 else before - terms
                changed.add(measure.queue_id)
        return changed


def _longest_after_call(told: Sequence[EntryMeasure], known: Sequence[EntryMeasure]) -> list[EntryMeasure]:
    before = {measure.entry_id: measure.after_call_ms for measure in known}
    return [replace(measure, after_call_ms=max(measure.after_call_ms, before.get(measure.entry_id, 0))) for measure in told]
