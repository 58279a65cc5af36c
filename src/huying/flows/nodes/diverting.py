"""Where a waiting contact goes by a queue's rule or its own key: the queue's action carried out in the flow. The flow's exits go first."""

from __future__ import annotations

from collections.abc import Mapping

from huying.flows.effects import EnterQueue, LeaveQueue, StartMusic, StopMusic, TransferTo
from huying.flows.spoken import lines_of
from huying.flows.state import Phase
from huying.flows.turn import Turn
from huying.routing.router.requirements import Action

MARK = "#"
"""Of the nodes that no flow need draw, `#callback` and `#voicemail`."""
KEY = "key"
"""The reason of a customer who chose to leave by a key."""
PARTING = {
    "closed": lines_of("queue.closed", "system.goodbye"),
    "closed:holiday": lines_of("queue.closed_holiday", "system.goodbye"),
    "closed:emergency": lines_of("queue.closed_emergency", "system.goodbye"),
    "full": lines_of("queue.all_busy", "system.goodbye"),
    "blocked": lines_of("queue.not_served"),
    KEY: lines_of("system.goodbye"),
}
"""The last words by the reason, and its detail where it has one; for others there is none but that nobody answered."""
NOBODY_ANSWERED = lines_of("queue.nobody_answered", "system.goodbye")


def divert(turn: Turn, exits: Mapping[str, str], action: Action, why: str, detail: str = "") -> None:
    """Do what the queue says, out of the queue node that has these `exits`."""
    match action.do:
        case "overflow":
            turn.do(LeaveQueue("overflowed", why))
            turn.change(place=0, people_waiting=0, estimate_seconds=None, keys={})
            turn.do(EnterQueue("", "overflow", queue_id=action.target))
        case "forward":
            _out(turn, "forwarded", why)
            turn.change(phase=Phase.TRANSFERRING)
            turn.do(StartMusic())
            turn.do(TransferTo("number", action.target))
        case "goodbye":
            _out(turn, "self_served" if why == KEY else "ended", why)
            turn.say(PARTING.get(f"{why}:{detail}") or PARTING.get(why, NOBODY_ANSWERED), Phase.PARTING)
        case "menu":
            turn.leave(action.target if action.target in exits else "otherwise", why)
        case _:
            turn.leave(action.do if action.do in exits else MARK + action.do, why)


def _out(turn: Turn, ending: str, why: str) -> None:
    turn.do(LeaveQueue(ending, why))
    turn.stop_playing()
    turn.cancel_timers()
    if turn.state.phase is Phase.WAITING:
        turn.do(StopMusic())
    turn.change(in_queue=False)
