"""What must hold of every journal, whatever happened: no gap, nothing that does not fit, one ending each, and the identity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold, milliseconds
from huying.analytics.folds.facts import Verdict
from huying.analytics.spans import Span
from huying.analytics.tables import queue_table
from huying.analytics.terms import EntryMeasure, measures_of_fold
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry


def assert_adds_up(entries: Iterable[Entry]) -> None:
    """Fold the whole journal and hold it against the rules."""
    contacts: dict[str, ContactFold] = {}
    agents: dict[str, AgentFold] = {}
    for entry in entries:
        if entry.stream == STREAM_CONTACT:
            contact = contacts.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id))
            _take(contact, entry)
        elif entry.stream == STREAM_AGENT:
            _take(agents.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id)), entry)
    for contact in contacts.values():
        derived = [fact for facts in (contact.entries, contact.offers, contact.segments) for fact in facts.values() if fact.derived]
        assert not derived, f"contact {contact.contact_id} ended before {derived}"
        for stay in contact.entries.values():
            assert stay.ended_at is not None or contact.ended_at is None
            if stay.ended_at is not None and stay.wait_ms is not None:
                assert abs(milliseconds(stay.ended_at - stay.waiting_since) - stay.wait_ms) <= 2, (
                    f"the wait of {stay} is not that of its times"
                )
    for agent in agents.values():
        for one, other in zip(agent.closed, agent.closed[1:], strict=False):
            assert one.ended_at is not None
            assert one.ended_at <= other.started_at
    _identity([measure for contact in contacts.values() for measure in measures_of_fold(contact)])


def _take(fold: ContactFold | AgentFold, entry: Entry) -> None:
    ignored, before = fold.ignored, fold.last_at
    assert fold.apply(entry) is Verdict.APPLIED, f"{entry.stream} {entry.stream_id}: {entry.number} does not follow"
    assert fold.ignored == ignored, f"{entry.stream} {entry.stream_id}: {entry.kind} ({entry.number}) does not fit: {entry.event}"
    assert before is None or before <= entry.at, f"{entry.stream} {entry.stream_id}: {entry.number} is older than the one before"


def _identity(measures: list[EntryMeasure]) -> None:
    if not measures:
        return
    moments = sorted(measure.started_at for measure in measures)
    zone = ZoneInfo("Asia/Shanghai")
    for interval in ("15m", "1d", "total"):
        whole = Span(moments[0], moments[-1] + timedelta(seconds=1))
        table = queue_table(measures, {}, whole, interval, zone)
        for terms in [*table.cells.values(), table.total]:
            assert terms.identity_holds()
