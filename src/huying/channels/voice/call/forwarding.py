"""A call that its flow sends to a telephone outside the centre: ringing it, joining it, and what follows when it does not answer.

The caller hears it ring; that sound is named like the leg that rings.
"""

from __future__ import annotations

from huying.channels.voice import events as e
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call.callback_words import Ringback
from huying.channels.voice.call.turn import Turn
from huying.telephony.port import EndCause

RING_SECONDS = 45
RESULTS = {EndCause.BUSY: "busy", EndCause.NO_ANSWER: "no_answer", EndCause.REFUSED: "refused"}


def ring_number(turn: Turn, number: str, seconds: int = RING_SECONDS) -> bool:
    """Ring the number; false without one, and when there is no trunk to do it over."""
    if not turn.tables.trunk or not number:
        return False
    leg_id = turn.tables.new_id()
    turn.record(e.ForwardStarted(turn.state.node, leg_id))
    turn.do(Ringback(leg_id, turn.state.caller_leg))
    turn.do(ew.RingNumber(leg_id, number, turn.tables.trunk, seconds))
    return True


def is_forward(turn: Turn, leg_id: str) -> bool:
    """Is this the leg of the telephone outside?"""
    return turn.state.forward is not None and turn.state.forward.leg_id == leg_id


def answered(turn: Turn, leg_id: str) -> None:
    """The telephone outside was answered: both talk, and nobody of ours is needed."""
    bridge_id = turn.tables.new_id()
    turn.record(e.ForwardAnswered(leg_id, bridge_id), durable=True)
    turn.do(ew.StopPlayback(leg_id))
    turn.do(ew.JoinLegs(bridge_id, (turn.state.caller_leg, leg_id)))


def not_answered(turn: Turn, cause: EndCause) -> str:
    """It rang in vain; the result for the flow."""
    forward = turn.state.forward
    result = RESULTS.get(cause, "failed")
    if forward:
        turn.record(e.ForwardEnded(forward.leg_id, result))
        turn.do(ew.StopPlayback(forward.leg_id))
    return result


def let_go(turn: Turn) -> None:
    """The call is over: the telephone outside is free."""
    forward = turn.state.forward
    if forward:
        turn.do(ew.HangUpLeg(forward.leg_id))
        if forward.bridge_id:
            turn.do(ew.DestroyBridge(forward.bridge_id))
