"""A call with several people in it: consulted, handed on, in conference, parked; told as a story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.state import Phase
from huying.flows.effects import Say
from huying.foundation.errors import Conflict
from huying.routing.router.work import AgentReleased, Engaged, Offer, OfferAnswered, WorkArrived, WorkLeft
from huying.telephony import port
from unit.channels.people_story import Talk
from unit.channels.test_call import Story


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.call.tables = talk.tables = replace(talk.tables, trunk="line")
    return talk


def test_a_consultation_is_not_heard_by_the_customer_who_has_music(talk: Talk) -> None:
    talk.tell(pw.ConsultAsked("agent", pw.Target("agent", "other", "phone-other")))
    assert talk.ears.music == {"caller"}
    assert talk.agent in talk.ears.playing
    assert any(event == Engaged("other", "contact", "ringing", queue_id="id-repair") for event in talk.routed())
    leg = talk.rings()
    talk.tell(port.LegAnswered(leg))
    assert talk.ears.hear_each_other(talk.agent, leg)
    assert talk.ears.music == {"caller"}
    assert not talk.ears.playing
    assert talk.call.state == talk.folded()


def test_swap_lets_the_asked_one_hear_music(talk: Talk) -> None:
    leg = talk.consult()
    talk.tell(pw.SwapAsked("agent"))
    assert talk.ears.hear_each_other(talk.agent, "caller")
    assert talk.ears.music == {leg}
    talk.tell(pw.SwapAsked("agent"))
    assert talk.ears.hear_each_other(talk.agent, leg)
    assert talk.ears.music == {"caller"}


def test_three_talk_and_the_first_leaves_the_others_to_it(talk: Talk) -> None:
    leg = talk.consult()
    talk.tell(pw.MergeAsked("agent"))
    assert talk.ears.hear_each_other("caller", talk.agent, leg)
    assert len(talk.call.state.segments) == 2
    outside = talk.consult(pw.Target("number", number="13800001111"))
    assert talk.ears.hear_each_other("caller", leg)
    talk.tell(pw.MergeAsked("agent"))
    assert talk.ears.hear_each_other("caller", talk.agent, leg, outside)
    talk.tell(pw.LeaveAsked("agent"))
    assert talk.ears.hear_each_other("caller", leg, outside)
    assert AgentReleased("agent", "contact") in talk.routed()
    talk.tell(w.HangUpAsked("other"))
    assert talk.ears.hear_each_other("caller", outside)
    assert talk.call.state.phase is Phase.TALKING
    talk.tell(port.LegEnded(outside, port.EndCause.NORMAL, True))
    assert talk.call.ended
    assert talk.call.state == talk.folded()


def test_an_attended_transfer_is_one_commit_and_the_recording_goes_on_with_the_next(talk: Talk) -> None:
    leg = talk.consult()
    talk.tell(pw.CompleteAsked("agent"))
    assert talk.ears.hear_each_other("caller", leg)
    durable = [c for c in talk.commands if isinstance(c, w.Record) and c.durable]
    assert {"SegmentStarted", "ConsultEnded", "SegmentEnded"} <= {event.kind for event in durable[0].events}
    assert [c for c in talk.commands if isinstance(c, ew.StartRecording)]
    assert talk.call.state.segment is not None
    assert talk.call.state.segment.agent_id == "other"
    talk.tell(port.LegEnded(leg, port.EndCause.NORMAL, True))
    assert talk.call.ended


def test_putting_the_telephone_down_while_consulting_transfers(talk: Talk) -> None:
    leg = talk.consult()
    talk.tell(port.LegEnded(talk.agent, port.EndCause.NORMAL, True))
    assert talk.ears.hear_each_other("caller", leg)


@pytest.mark.parametrize("cause", [port.EndCause.BUSY, port.EndCause.NO_ANSWER, port.EndCause.REFUSED, port.EndCause.FAILED])
def test_whoever_is_asked_in_vain_brings_the_agent_back_to_the_customer(talk: Talk, cause: port.EndCause) -> None:
    talk.tell(pw.ConsultAsked("agent", pw.Target("agent", "other", "phone-other")))
    talk.tell(port.LegEnded(talk.rings(), cause, True))
    assert talk.ears.hear_each_other("caller", talk.agent)
    assert not talk.ears.music
    assert AgentReleased("other", "contact", after_call=False) in talk.routed()
    assert talk.call.state.side is None


def test_a_queue_is_asked_and_the_next_of_it_when_one_refuses(talk: Talk) -> None:
    talk.tell(pw.ConsultAsked("agent", pw.Target("queue", "id-product")))
    arrived = next(event for event in talk.routed() if isinstance(event, WorkArrived))
    for who in ("second", "third"):
        talk.tell(w.OfferFor(Offer(f"o-{who}", arrived.item, who, f"phone-{who}", talk.now), {}))
        leg = talk.rings()
        if who == "second":
            talk.tell(w.RefuseAsked(who))
            assert talk.call.state.side is not None
    talk.tell(port.LegAnswered(leg))
    assert any(isinstance(event, OfferAnswered) for event in talk.routed())
    talk.tell(pw.EndConsultAsked("agent"))
    assert talk.ears.hear_each_other("caller", talk.agent)


def test_ending_the_consultation_of_a_queue_takes_the_work_back(talk: Talk) -> None:
    talk.tell(pw.ConsultAsked("agent", pw.Target("queue", "id-product")))
    side = talk.call.state.side
    assert side
    talk.tell(pw.EndConsultAsked("agent"))
    assert WorkLeft(side.consult_id) in talk.routed()


def test_a_transfer_to_a_person_is_work_that_wants_him_and_then_the_one_who_transferred(talk: Talk) -> None:
    talk.tell(pw.TransferAsked("agent", pw.Target("agent", "other")))
    arrived = next(event for event in talk.routed() if isinstance(event, WorkArrived))
    assert [(one.agent_id, one.why) for one in arrived.item.wanted] == [("other", "transfer"), ("agent", "transfer_back")]
    assert arrived.admitted
    assert AgentReleased("agent", "contact") in talk.routed()
    kinds = [event.kind for c in talk.commands if isinstance(c, w.Record) and c.durable for event in c.events]
    assert kinds[:2] == ["TransferStarted", "SegmentEnded"]
    assert "QueueEntered" in kinds
    assert talk.call.state.phase is Phase.WAITING
    assert talk.call.state == talk.folded()


def test_a_number_that_does_not_answer_gives_the_customer_back(talk: Talk) -> None:
    talk.tell(pw.TransferAsked("agent", pw.Target("number", number="13800001111")))
    talk.tell(port.LegEnded(talk.rings(), port.EndCause.NO_ANSWER, False))
    arrived = next(event for event in talk.routed() if isinstance(event, WorkArrived))
    assert [one.agent_id for one in arrived.item.wanted] == ["agent"]


def test_a_closed_queue_gives_the_customer_back(talk: Talk) -> None:
    talk.tell(pw.TransferAsked("agent", pw.Target("queue", "id-product")))
    arrived = next(event for event in talk.routed() if isinstance(event, WorkArrived))
    assert (arrived.item.queue_id, arrived.admitted, arrived.item.wanted) == ("id-product", False, ())
    talk.tell(w.TurnedAway(arrived.item.item_id, "closed", None, True))
    again = next(event for event in talk.routed() if isinstance(event, WorkArrived))
    assert again.item.queue_id == "id-repair"
    assert [one.agent_id for one in again.item.wanted] == ["agent"]


def test_a_parked_customer_is_taken_or_comes_back(talk: Talk) -> None:
    talk.tell(pw.ParkAsked("agent", "701"))
    assert talk.ears.music == {"caller"}
    assert talk.call.state.phase is Phase.PARKED
    talk.tell(pw.ComeInAsked("other", "phone-other", "pick_up"))
    leg = talk.rings()
    talk.tell(port.LegAnswered(leg))
    assert talk.ears.hear_each_other("caller", leg)
    talk.tell(pw.ParkAsked("other", "702"))
    talk.tell(w.TimerCame("park"), 180)
    arrived = next(event for event in talk.routed() if isinstance(event, WorkArrived))
    assert [one.agent_id for one in arrived.item.wanted] == ["other"]
    assert talk.call.state == talk.folded()


def test_a_ringing_call_is_taken_by_a_colleague() -> None:
    story = Story()
    leg = story.offer(story.to_queue())
    story.tell(pw.ComeInAsked("other", "phone-other", "take"))
    mine = next(c.leg_id for c in story.commands if isinstance(c, ew.RingAccount))
    story.tell(port.LegAnswered(mine))
    assert ew.HangUpLeg(leg, port.EndCause.ANSWERED_ELSEWHERE) in story.commands
    endings = [event.data()["agent_id"] for event, _ in story.journal if event.kind == "QueueEntryEnded"]
    assert endings == ["other"]
    assert story.call.state == story.folded()


def test_a_standard_recording_is_heard_by_the_customer_alone(talk: Talk) -> None:
    talk.tell(pw.PlayAsked("agent", "sound", (Say("system.goodbye", "en"),)))
    assert "caller" in talk.ears.playing
    assert "caller" not in talk.ears.bridge
    talk.tell(port.PlaybackEnded(talk.ears.playing["caller"], "caller", True))
    assert talk.ears.hear_each_other("caller", talk.agent)


def test_a_lead_joins_and_is_heard(talk: Talk) -> None:
    talk.tell(pw.ComeInAsked("lead", "phone-lead", "join"))
    leg = talk.rings()
    talk.tell(port.LegAnswered(leg))
    assert talk.ears.hear_each_other("caller", talk.agent, leg)
    with pytest.raises(Conflict):
        talk.tell(pw.ParkAsked("agent", "701"))


def test_an_agent_lost_while_consulting_is_back_with_whom_he_asked(talk: Talk) -> None:
    leg = talk.consult()
    talk.tell(port.LegEnded(talk.agent, port.EndCause.FAILED, False))
    assert talk.ears.music == {"caller", leg}
    talk.tell(w.RejoinAsked("agent", "phone-agent"))
    new = talk.rings()
    talk.tell(port.LegAnswered(new))
    assert talk.ears.hear_each_other(new, leg)
    assert talk.ears.music == {"caller"}


def test_a_colleague_lost_while_asked_comes_back(talk: Talk) -> None:
    leg = talk.consult()
    talk.tell(port.LegEnded(leg, port.EndCause.FAILED, False))
    assert talk.ears.music == {"caller", talk.agent}
    talk.tell(w.RejoinAsked("other", "phone-other"))
    new = talk.rings()
    talk.tell(port.LegAnswered(new))
    assert talk.ears.hear_each_other(talk.agent, new)
    talk.tell(port.LegEnded(new, port.EndCause.FAILED, False))
    talk.tell(w.TimerCame("consult-lost"), 15)
    assert talk.ears.hear_each_other("caller", talk.agent)


def test_a_colleague_whose_page_was_loaded_anew_while_it_rang_answers_at_the_new_one(talk: Talk) -> None:
    talk.tell(pw.ConsultAsked("agent", pw.Target("agent", "other", "phone-other")))
    old = talk.rings()
    talk.tell(w.RejoinAsked("other", "phone-other"))
    new = talk.rings()
    talk.tell(port.LegAnswered(new))
    assert talk.ears.hear_each_other(talk.agent, new)
    assert ew.HangUpLeg(old, port.EndCause.ANSWERED_ELSEWHERE) in talk.commands
    talk.tell(port.LegEnded(old, port.EndCause.ANSWERED_ELSEWHERE, False))
    assert talk.ears.hear_each_other(talk.agent, new)
    assert talk.call.state == talk.folded()


def test_the_end_of_the_customer_frees_everybody(talk: Talk) -> None:
    talk.consult()
    talk.tell(port.LegEnded("caller", port.EndCause.NORMAL, True))
    assert talk.call.ended
    assert not talk.ears.bridge
    released = {event.agent_id for event in talk.routed() if isinstance(event, AgentReleased)}
    assert released == {"agent", "other"}
