"""Leads who hear a call are told apart from those who take part in it."""

from __future__ import annotations

from datetime import UTC, datetime

from huying.analytics.contact_story import told
from huying.analytics.folds.people import PeopleFold
from huying.channels.events import ContactEnded
from huying.channels.voice import party_events as p
from huying.foundation.journal.entry import STREAM_CONTACT, Entry

AT = datetime(2026, 11, 22, tzinfo=UTC)
INVITED = p.PartyInvited("m", "monitor_listen", "lead", "leg", AT.isoformat(), "agent")


def test_who_hears_a_call_is_not_among_those_who_enter_it() -> None:
    fold = PeopleFold()
    fold.apply(INVITED, AT)
    assert (fold.hearing["m"].ringing, fold.entering, list(fold.agents())) == (True, {}, [])
    fold.apply(p.MonitorStarted("m", "lead", "agent", "leg", "listen"), AT)
    assert (fold.hearing["m"].ringing, fold.hearing["m"].target_id) == (False, "agent")
    fold.apply(p.MonitorChanged("m", "join"), AT)
    assert fold.hearing["m"].mode == "join"
    fold.apply(p.MonitorEnded("m", "lead"), AT)
    assert fold.hearing == {}
    fold.apply(p.MonitorChanged("m", "join"), AT)
    assert fold.hearing == {}, "late"


def test_who_did_not_come_or_whose_call_is_over_hears_nothing() -> None:
    fold = PeopleFold()
    fold.apply(INVITED, AT)
    fold.apply(p.PartyNotJoined("m", "no_answer"), AT)
    assert fold.hearing == {}
    fold.apply(p.MonitorStarted("m", "lead", "agent", "leg", "whisper"), AT)
    fold.apply(ContactEnded("customer_hung_up", 9.0), AT)
    assert fold.hearing == {}


def test_only_who_may_hear_calls_reads_that_one_was_heard() -> None:
    heard = (INVITED, p.MonitorStarted("m", "lead", "agent", "leg", "listen"), p.MonitorChanged("m", "join"), p.MonitorEnded("m", "lead"))
    joined = p.PartyInvited("j", "join", "lead", "leg", AT.isoformat())
    entries = [Entry("b", STREAM_CONTACT, "c", number, AT, event) for number, event in enumerate((*heard, joined), 1)]
    assert told(entries, may_listen=True) == entries
    assert told(entries, may_listen=False) == entries[-1:]
