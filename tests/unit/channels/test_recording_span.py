"""How long a recording should be, as its contact's stream tells it."""

from datetime import UTC, datetime, timedelta

from huying.channels.dialling.events import DialRequested
from huying.channels.events import ContactEnded
from huying.channels.messages.events import MessageStarted
from huying.channels.voice.events import CallRecordingStarted, SegmentEnded, SegmentStarted
from huying.channels.voice.recording_span import expected_seconds, missing_seconds, span_of
from huying.foundation.journal.entry import STREAM_CONTACT, Entry, Event

T0 = datetime(2026, 5, 1, tzinfo=UTC)


def stream(*events: tuple[float, Event]) -> list[Entry]:
    return [Entry("b", STREAM_CONTACT, "c", n, T0 + timedelta(seconds=at), event) for n, (at, event) in enumerate(events, 1)]


SEGMENT = (1.0, SegmentStarted("s", "agent", "e", "q", "leg", "bridge"))
FIRST = (2.0, CallRecordingStarted("r1", "s", 1))
SECOND = (30.0, CallRecordingStarted("r2", "s", 2))
OVER = (62.0, SegmentEnded("s", "agent", "customer", 61.0, 0.0))
GONE = (62.0, ContactEnded("customer_hung_up", 62.0))


def lasts(recording_id: str, *events: tuple[float, Event]) -> float | None:
    span = span_of(recording_id, stream(*events))
    return expected_seconds(span, T0 + timedelta(seconds=100)) if span else None


def test_a_recording_ends_with_its_segment_its_next_part_or_the_contact() -> None:
    assert lasts("r1", SEGMENT, FIRST, OVER, GONE) == 60
    assert lasts("r1", SEGMENT, FIRST, SECOND, OVER) == 28
    assert lasts("r2", SEGMENT, FIRST, SECOND, OVER) == 32
    assert lasts("r1", SEGMENT, FIRST, GONE) == 60
    assert lasts("r1", SEGMENT, FIRST) == 98
    assert lasts("r9", SEGMENT, FIRST) is None


def test_the_span_knows_its_place() -> None:
    span = span_of("r2", stream(SEGMENT, FIRST, SECOND))
    assert span is not None
    assert (span.segment_id, span.agent_id, span.part, span.ended_at) == ("s", "agent", 2, None)


def test_a_message_that_a_colleague_leaves_names_him() -> None:
    def left_by(direction: str) -> str | None:
        dialled = (0.5, DialRequested(direction, "colleague", "leg", "internal", called_id="owner"))
        span = span_of("r1", stream(dialled, (2.0, CallRecordingStarted("r1", "r1", 1)), (2.0, MessageStarted("r1", "", "", "owner"))))
        assert span is not None
        assert span.message_of == "owner"
        return span.left_by

    assert left_by("internal") == "colleague"
    assert left_by("outbound") == ""


def test_what_starting_takes_is_not_missing() -> None:
    assert missing_seconds(60, 59.6) == 0
    assert missing_seconds(60, 60.3) == 0
    assert missing_seconds(60, 47.25) == 12.75
