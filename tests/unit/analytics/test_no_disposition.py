"""What was left without a disposition counts for the last answered entry and the last agent, until it is given; live as in history."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from random_journals import START, Centre, acts_about_closing

from huying.analytics.folds.contact import ContactFold
from huying.analytics.live_view import LiveView, Taken
from huying.analytics.tables import queue_table
from huying.analytics.terms import AgentTerms, Target, measures_of_fold, segment_terms, total
from huying.channels.dispositions.events import DispositionGivenLate, DispositionNotGiven
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.events import SegmentEnded, SegmentStarted
from huying.foundation.journal.entry import STREAM_ACT, STREAM_CONTACT, Entry, Event
from huying.routing.configuration import RoutingSettings
from huying.routing.events import QueueEntered, QueueEntryEnded

AT = datetime(2026, 3, 9, 8, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
TALKS: tuple[Event, ...] = (
    ContactEntered("phone", "inbound", "4000", "", "zh-CN", "leg"),
    QueueEntered("e1", "sales", "first", ""),
    QueueEntryEnded("e1", "sales", "answered", 3, "ann"),
    SegmentStarted("s1", "ann", "e1", "sales", "l1", "b"),
    SegmentEnded("s1", "ann", "agent", 10, 0),
    QueueEntered("e2", "repair", "transfer", "e1"),
    QueueEntryEnded("e2", "repair", "answered", 3, "bob"),
    SegmentStarted("s2", "bob", "e2", "repair", "l2", "b"),
    SegmentEnded("s2", "bob", "customer", 10, 0),
    ContactEnded("customer_hung_up", 30),
)
LEFT = Entry("b", STREAM_ACT, "c", 1, AT, DispositionNotGiven("c", "bob", "repair"))
GIVEN = Entry("b", STREAM_ACT, "c", 2, AT, DispositionGivenLate("c", "bob"))


def talked() -> list[Entry]:
    return [Entry("b", STREAM_CONTACT, "c", number, AT, event) for number, event in enumerate(TALKS, 1)]


def counted(fold: ContactFold) -> tuple[list[str], list[str]]:
    entries = [measure.entry_id for measure in measures_of_fold(fold) if measure.no_disposition]
    return entries, [key for key, segment in fold.segments.items() if segment.no_disposition]


def test_it_counts_where_the_contact_was_last_until_it_is_given() -> None:
    fold = ContactFold("b", "c")
    for entry in talked():
        fold.apply(entry)
    assert fold.apply_act(LEFT)
    assert counted(fold) == (["e2"], ["s2"])
    terms = total((segment_terms(segment) for segment in fold.segments.values()), AgentTerms())
    assert (terms.segments, terms.no_disposition) == (2, 1)
    assert not fold.apply_act(LEFT)
    assert fold.apply_act(GIVEN)
    assert not fold.apply_act(LEFT), "what was heard already does not bring it back"
    assert counted(fold) == ([], [])


def test_a_contact_that_is_still_shown_counts_at_once() -> None:
    view = LiveView("b", RoutingSettings({}, {}), UTC_ZONE, AT)
    for entry in talked()[:-1]:
        view.take(entry)
    assert view.confirm(LEFT, AT) is Taken.CHANGED
    assert view.today.terms("repair").no_disposition == 1
    assert view.confirm(GIVEN, AT) is Taken.CHANGED
    assert view.today.terms("repair").no_disposition == 0
    view.take(talked()[-1])
    assert view.confirm(LEFT, AT) is Taken.NOTHING


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32).map(Random))
def test_the_sum_is_what_the_last_acts_say(random: Random) -> None:
    journal = Centre(random, contacts=20).run()
    acts = acts_about_closing(journal, random)
    folds: dict[str, ContactFold] = {}
    for entry in journal:
        if entry.stream == STREAM_CONTACT:
            folds.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id)).apply(entry)
    for act in acts:
        folds[act.stream_id].apply_act(act)
    last = {act.stream_id: act.event for act in acts}
    left = sum(isinstance(event, DispositionNotGiven) for event in last.values())
    measures = [measure for fold in folds.values() for measure in measures_of_fold(fold)]
    whole = LiveView("b", RoutingSettings({}, {}), UTC_ZONE, START).today.day
    whole = type(whole)(whole.start - timedelta(days=1), whole.end + timedelta(days=2))
    table = queue_table(measures, {queue_id: Target() for queue_id in ("a", "b")}, whole, "total", UTC_ZONE)
    assert table.total.no_disposition == left == sum(one.no_disposition for fold in folds.values() for one in fold.segments.values())
