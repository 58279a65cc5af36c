"""A lead who listens to an agent's call, whispers to him, or talks with everybody. Pure.

He takes no part in what becomes of the call: it goes on and ends as without him. Whom he hears, and who hears him, is `placing`'s matter.
"""

from __future__ import annotations

from huying.channels.voice import party_events as p
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.parties import Invite, Monitor
from huying.channels.voice.call.state import Phase
from huying.channels.voice.call.turn import Turn
from huying.foundation.errors import Conflict, InvalidInput
from huying.routing.router import work

MODES = ("listen", "whisper", "join")
PURPOSE = "monitor_"


def is_monitor(purpose: str) -> bool:
    """Whether somebody comes in to monitor."""
    return purpose.removeprefix(PURPOSE) in MODES and purpose.startswith(PURPOSE)


def began(turn: Turn, invite: Invite) -> None:
    """His telephone is there: from now on he hears the agent's call."""
    mode = invite.purpose.removeprefix(PURPOSE)
    turn.record(p.MonitorStarted(invite.party_id, invite.agent_id, invite.target_id, invite.leg_id, mode), durable=True)
    turn.place()
    turn.do(w.Route(work.Engaged(invite.agent_id, turn.state.contact_id, "talking")))


def change(turn: Turn, asked: pw.MonitorAsked) -> None:
    """Another way of taking part. Raises Conflict, InvalidInput."""
    monitor = turn.state.monitor_of(asked.agent_id)
    if monitor is None:
        raise Conflict("You do not listen to this call (any longer).")
    if asked.mode not in MODES:
        raise InvalidInput("One listens, whispers or joins.", field="mode")
    if asked.mode != monitor.mode:
        turn.record(p.MonitorChanged(monitor.monitor_id, asked.mode), durable=True)
        turn.place()


def over(turn: Turn, monitor: Monitor, by: str) -> None:
    """He listens no longer. `by`: lead, call, lost."""
    turn.record(p.MonitorEnded(monitor.monitor_id, by))
    turn.place()
    turn.do(ew.HangUpLeg(monitor.leg_id))
    turn.do(w.Route(work.AgentReleased(monitor.agent_id, turn.state.contact_id, after_call=False)))


def sweep(turn: Turn) -> None:
    """Where nobody talks any more there is nothing to be heard."""
    if turn.state.phase is not Phase.TALKING:
        let_go(turn)


def let_go(turn: Turn) -> None:
    """The call is over, or has gone where there is no agent."""
    for monitor in turn.state.monitors:
        over(turn, monitor, "call")
