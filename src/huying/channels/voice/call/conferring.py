"""People coming into a conversation and leaving it: colleagues who join, who take a parked call or one that rings elsewhere, and guests."""

from __future__ import annotations

from datetime import timedelta

from huying.channels.voice import events as e
from huying.channels.voice import party_events as p
from huying.channels.voice.call import consulting, monitoring, talking, transferring
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.parties import Guest, Invite
from huying.channels.voice.call.state import Phase, Ringing
from huying.channels.voice.call.turn import Turn
from huying.foundation.errors import Conflict, NotFound
from huying.routing.events import OfferMade
from huying.routing.router import work
from huying.telephony.port import EndCause

RING_SECONDS = 15
NOTHING = {
    "join": "There is no conversation to join.",
    "pick_up": "Nobody is parked here any longer.",
    "take": "This call rings nowhere any longer.",
}
NO_CALL = "There is no conversation to be heard."


def come_in(turn: Turn, asked: pw.ComeInAsked) -> None:
    """Ring the agent's own telephone, or take the one that has called. Raises Conflict."""
    state = turn.state
    if state.has_agent(asked.agent_id):
        raise Conflict("You take part already.")
    if not _possible(turn, asked.purpose):
        raise Conflict(NOTHING.get(asked.purpose, NO_CALL))
    leg_id = asked.leg_id or turn.tables.new_id()
    expires_at = turn.now + timedelta(seconds=RING_SECONDS)
    invited = p.PartyInvited(turn.tables.new_id(), asked.purpose, asked.agent_id, leg_id, expires_at.isoformat(), asked.target_id)
    turn.record(invited)
    turn.do(w.Route(work.Engaged(asked.agent_id, state.contact_id, "ringing", queue_id=_queue(turn))))
    if asked.leg_id:
        arrived(turn, turn.state.invites[-1])
    else:
        turn.do(ew.RingAccount(leg_id, asked.account, RING_SECONDS, auto_answer=True))


def invite_at(turn: Turn, leg_id: str) -> Invite | None:
    """Who is rung over this leg to come in."""
    return next((one for one in turn.state.invites if one.leg_id == leg_id), None)


def arrived(turn: Turn, invite: Invite) -> bool:
    """His telephone was answered. Whether the call led by its flow goes over to him."""
    if not _possible(turn, invite.purpose):
        not_joined(turn, invite, "late")
        turn.do(ew.HangUpLeg(invite.leg_id))
        return False
    if monitoring.is_monitor(invite.purpose):
        monitoring.began(turn, invite)
        return False
    queue_id = _queue(turn)
    if invite.purpose == "take":
        _take(turn, invite)
        return True
    bridge_id = turn.state.bridge_id if turn.state.phase is Phase.TALKING else turn.tables.new_id()
    if invite.purpose == "pick_up":
        transferring.unpark(turn, "picked_up")
    reason = invite.purpose
    turn.record(e.SegmentStarted(turn.tables.new_id(), invite.agent_id, "", queue_id, invite.leg_id, bridge_id, reason), durable=True)
    turn.place()
    turn.do(w.Route(work.Engaged(invite.agent_id, turn.state.contact_id, "talking", queue_id=queue_id)))
    if len(turn.state.segments) == 1:
        talking.start_recording(turn)
    return False


def not_joined(turn: Turn, invite: Invite, result: str) -> None:
    """He did not come in."""
    turn.record(p.PartyNotJoined(invite.party_id, result))
    turn.do(w.Route(work.AgentReleased(invite.agent_id, turn.state.contact_id, after_call=False)))


def let_invites_go(turn: Turn) -> None:
    """Nobody comes in any longer."""
    for invite in turn.state.invites:
        not_joined(turn, invite, "late")
        turn.do(ew.HangUpLeg(invite.leg_id))


def leg_gone(turn: Turn, invite: Invite, cause: EndCause) -> None:
    """His telephone was not answered."""
    not_joined(turn, invite, consulting.RESULTS.get(cause, "failed"))


def leave(turn: Turn, agent_id: str) -> None:
    """The others go on without this agent. Raises Conflict when there is nobody else."""
    segment = talking.segment_of(turn, agent_id)
    if talking.is_alone(turn, segment):
        raise Conflict("The customer has nobody but you: hang up, or transfer the call.")
    if turn.state.side and turn.state.side.segment_id == segment.segment_id:
        consulting.over(turn, "cancelled")
    talking.end_segment(turn, segment, "left")


def drop(turn: Turn, asked: pw.DropAsked) -> None:
    """Take a colleague or a guest out of the conversation. Raises NotFound, Conflict."""
    talking.segment_of(turn, asked.agent_id)
    guest = next((one for one in turn.state.guests if one.party_id == asked.party_id), None)
    segment = next((one for one in turn.state.segments if one.segment_id == asked.party_id), None)
    if guest:
        turn.do(ew.HangUpLeg(guest.leg_id))
        guest_left(turn, guest, "agent")
    elif segment and segment.agent_id != asked.agent_id:
        if turn.state.side and turn.state.side.segment_id == segment.segment_id:
            consulting.over(turn, "cancelled")
        talking.end_segment(turn, segment, "dropped")
    else:
        raise NotFound("This person is not in the conversation.")


def guest_left(turn: Turn, guest: Guest, by: str) -> None:
    """A telephone outside is in the conversation no longer."""
    turn.record(p.GuestLeft(guest.party_id, by))
    turn.place()


def let_guests_go(turn: Turn) -> None:
    """The call is over for everybody."""
    for guest in turn.state.guests:
        turn.do(ew.HangUpLeg(guest.leg_id))
        turn.record(p.GuestLeft(guest.party_id, "over"))


def _take(turn: Turn, invite: Invite) -> None:
    """A colleague's ringing call: from here on as if it had been offered to this agent."""
    stay = turn.state.stay
    assert stay
    offer_id = turn.tables.new_id()
    made = OfferMade(
        offer_id, stay.entry_id, stay.queue_id, invite.agent_id, invite.leg_id, invite.expires_at.isoformat(), {"picked_up": True}
    )
    turn.record(made)
    ring = turn.state.ring_of(offer_id)
    assert isinstance(ring, Ringing)
    talking.connect(turn, ring)


def _possible(turn: Turn, purpose: str) -> bool:
    state = turn.state
    if purpose == "join" or monitoring.is_monitor(purpose):
        return state.phase is Phase.TALKING
    if purpose == "pick_up":
        return state.phase is Phase.PARKED
    return state.phase is Phase.WAITING and bool(state.rings)


def _queue(turn: Turn) -> str:
    state = turn.state
    if state.parked:
        return state.parked.queue_id
    if state.segment:
        return state.segment.queue_id
    return state.stay.queue_id if state.stay else ""
