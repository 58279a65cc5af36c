"""From Asterisk's events to ours: events as Asterisk 22.10.1 sends them, shortened."""

from __future__ import annotations

from typing import Any

import pytest

from huying.telephony.asterisk.book import Book, is_ours, side_of_file, side_of_snoop, snoop_id
from huying.telephony.asterisk.causes import end_cause
from huying.telephony.asterisk.translation import WANTED, translate
from huying.telephony.port import (
    AccountReachable,
    DigitReceived,
    Direction,
    EndCause,
    HoldChanged,
    LegAnswered,
    LegEnded,
    LegEntered,
    LegRinging,
    LegSnapshot,
    PlaybackEnded,
    TransferRequested,
)


def channel(leg_id: str, name: str, state: str = "Ring", data: str = "", **more: Any) -> dict[str, Any]:
    plan = {"context": "from-trunk", "exten": "4001234567", "priority": 2, "app_name": "Stasis", "app_data": data}
    caller = {"name": "李雷", "number": "13800138000"}
    return {"id": leg_id, "name": name, "state": state, "caller": caller, "accountcode": "", "dialplan": plan, **more}


def entered(leg_id: str = "1.1", name: str = "PJSIP/trunk.carrier-00000001", token: str = "", account: str = "") -> dict[str, Any]:
    one = channel(leg_id, name, data=f"huying,entered,{token}", accountcode=account)
    return {"type": "StasisStart", "args": ["entered", token], "channel": one}


def outbound(book: Book, leg_id: str = "out") -> str:
    book.open_leg(LegSnapshot(leg_id, False, Direction.OUTBOUND, "agent", "1", ""), local=False)
    return leg_id


def test_a_caller_from_a_trunk_enters_once() -> None:
    book = Book()
    first = translate(entered(), book)
    assert first == [LegEntered("1.1", "4001234567", "13800138000", "李雷", "", "carrier", "")]
    assert translate(entered(), book) == []


def test_a_visitor_enters_with_the_token() -> None:
    event = entered(name="PJSIP/visitor-7-00000002", token="entry-7", account="visitor-7")
    found = translate(event, Book())
    assert found == [LegEntered("1.1", "4001234567", "13800138000", "李雷", "entry-7", "", "visitor-7")]


@pytest.mark.parametrize("channel_id", [snoop_id("r", "near"), "simulated-1", "out;2"])
def test_what_is_no_leg_gives_nothing(channel_id: str) -> None:
    assert not is_ours(channel_id)
    assert translate(entered(channel_id), Book()) == []


def test_a_called_leg_rings_once_answers_once_and_ends_once() -> None:
    book = Book()
    leg_id = outbound(book)
    ringing = {"type": "ChannelStateChange", "channel": channel(leg_id, "PJSIP/agent-1", "Ringing")}
    assert translate(ringing, book) == [LegRinging(leg_id)]
    assert translate(ringing, book) == []
    answered = {"type": "StasisStart", "args": ["called"], "channel": channel(leg_id, "PJSIP/agent-1", "Up")}
    assert translate(answered, book) == [LegAnswered(leg_id)]
    assert translate(answered, book) == []
    gone = {"type": "StasisEnd", "channel": channel(leg_id, "PJSIP/agent-1", "Up")}
    assert translate(gone, book) == [LegEnded(leg_id, EndCause.NORMAL, by_far_end=True)]
    assert translate({**gone, "type": "ChannelDestroyed", "cause": 16}, book) == []


def test_the_answer_of_an_inbound_leg_is_no_event_but_remembered() -> None:
    book = Book()
    translate(entered(), book)
    event = {"type": "ChannelStateChange", "channel": channel("1.1", "PJSIP/trunk.carrier-1", "Up")}
    assert translate(event, book) == []
    assert book.legs["1.1"].snapshot.answered


def test_our_own_hang_up_is_not_the_far_ends() -> None:
    book = Book()
    translate(entered(), book)
    book.legs["1.1"].hung_up_by_us = EndCause.BUSY
    event = {"type": "StasisEnd", "channel": channel("1.1", "x")}
    assert translate(event, book) == [LegEnded("1.1", EndCause.BUSY, by_far_end=False)]


@pytest.mark.parametrize(
    ("cause", "status", "expected", "by_far_end"),
    [
        (17, 486, EndCause.BUSY, True),
        (21, 603, EndCause.REFUSED, True),
        (19, 480, EndCause.UNREACHABLE, False),
        (1, 404, EndCause.UNREACHABLE, False),
        (20, 0, EndCause.UNREACHABLE, False),
        (19, 0, EndCause.NO_ANSWER, False),
        (0, 0, EndCause.NO_ANSWER, False),
        (34, 503, EndCause.CONGESTION, True),
        (127, 500, EndCause.FAILED, True),
    ],
)
def test_why_nobody_answered(cause: int, status: int, expected: EndCause, by_far_end: bool) -> None:
    book = Book()
    leg_id = outbound(book)
    event = {"type": "ChannelDestroyed", "cause": cause, "tech_cause": status, "channel": channel(leg_id, "x")}
    assert translate(event, book) == [LegEnded(leg_id, expected, by_far_end)]


def test_after_the_answer_every_end_is_normal_but_a_broken_network() -> None:
    assert end_cause(17, 486, answered=True, outbound=True) is EndCause.NORMAL
    assert end_cause(38, 0, answered=True, outbound=False) is EndCause.FAILED


def test_a_telephone_that_rang_in_vain_was_there() -> None:
    assert end_cause(19, 480, answered=False, outbound=True, rang=True) is EndCause.NO_ANSWER
    assert end_cause(19, 480, answered=False, outbound=True, rang=False) is EndCause.UNREACHABLE


def test_playbacks_end_before_their_leg() -> None:
    book = Book()
    translate(entered(), book)
    for playback in ("b", "a"):
        book.playbacks[playback] = "1.1"
        book.legs["1.1"].playbacks.add(playback)
    found = translate({"type": "StasisEnd", "channel": channel("1.1", "x")}, book)
    assert found[:2] == [PlaybackEnded("a", "1.1", completed=False), PlaybackEnded("b", "1.1", completed=False)]
    assert isinstance(found[2], LegEnded)
    assert translate({"type": "PlaybackFinished", "playback": {"id": "a", "state": "done"}}, book) == []


@pytest.mark.parametrize(("state", "stopped", "completed"), [("done", False, True), ("done", True, False), ("failed", False, False)])
def test_how_a_playback_ends(state: str, stopped: bool, completed: bool) -> None:
    book = Book()
    translate(entered(), book)
    book.playbacks["p"] = "1.1"
    if stopped:
        book.stopped_playbacks.add("p")
    found = translate({"type": "PlaybackFinished", "playback": {"id": "p", "state": state}}, book)
    assert found == [PlaybackEnded("p", "1.1", completed)]


def test_keys_and_hold_of_known_legs_alone() -> None:
    book = Book()
    translate(entered(), book)
    one, other = channel("1.1", "x"), channel("9.9", "x")
    assert translate({"type": "ChannelDtmfReceived", "digit": "#", "channel": one}, book) == [DigitReceived("1.1", "#")]
    twice = {"type": "ChannelDtmfReceived", "digit": "1", "channel": one, "timestamp": "2026-03-02T00:00:00.123+0000"}
    assert translate(twice, book) == [DigitReceived("1.1", "1")]
    assert translate(twice, book) == []
    assert translate({**twice, "timestamp": "2026-03-02T00:00:00.623+0000"}, book) == [DigitReceived("1.1", "1")]
    assert translate({"type": "ChannelHold", "channel": one}, book) == [HoldChanged("1.1", held=True)]
    assert translate({"type": "ChannelUnhold", "channel": one}, book) == [HoldChanged("1.1", held=False)]
    assert translate({"type": "ChannelDtmfReceived", "digit": "#", "channel": other}, book) == []


def test_one_key_for_transferring_asks_once_until_it_was_refused() -> None:
    """Asterisk tells one REFER for the channel, for its bridge and for its endpoint."""
    book = Book()
    translate(entered(), book)
    asked = {
        "type": "ChannelTransfer",
        "referred_by": {"source_channel": channel("1.1", "x")},
        "refer_to": {"requested_destination": {"destination": "8002"}},
    }
    assert translate(asked, book) == [TransferRequested("1.1", "8002", "")]
    assert translate(asked, book) == translate(asked, book) == []
    book.legs["1.1"].asks_transfer = False
    assert translate(asked, book) == [TransferRequested("1.1", "8002", "")]


def test_accounts_are_told_when_they_change_and_trunks_never() -> None:
    book = Book()
    online = {"technology": "PJSIP", "resource": "agent", "state": "online"}
    assert translate({"type": "EndpointStateChange", "endpoint": online}, book) == [AccountReachable("agent", True)]
    assert translate({"type": "ContactStatusChange", "endpoint": online}, book) == []
    offline = {**online, "state": "offline"}
    assert translate({"type": "PeerStatusChange", "endpoint": offline}, book) == [AccountReachable("agent", False)]
    assert translate({"type": "EndpointStateChange", "endpoint": {**online, "resource": "trunk.carrier"}}, book) == []


def test_unknown_events_give_nothing_and_the_filter_lets_answers_through() -> None:
    assert translate({"type": "ChannelVarset", "channel": channel("1", "x")}, Book()) == []
    assert {"RESTResponse", "ApplicationReplaced", "StasisStart"} <= set(WANTED)


def test_names_of_recordings_can_be_read_back() -> None:
    assert side_of_file("0190-ab-near") == ("0190-ab", "near")
    assert side_of_snoop(snoop_id("0190-ab", "far")) == ("0190-ab", "far")
    assert side_of_file("something") is None
    assert side_of_snoop("1.1") is None
