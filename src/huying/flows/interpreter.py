"""Runs a flow: signal in, effects out. Pure; the owner of the call carries the effects out in their order.

Theory of operation. A contact is in one node at a time (`FlowState`). `start` enters the first node, `advance` gives a signal to the
present one; a node answers by changing the state, asking for effects and perhaps choosing an exit, which is followed at once, so
that the state that comes back always waits for something or is finished. A signal that no longer matters (a playback that was
stopped, a timer that was cancelled, anything after the end) changes nothing. A fault of the flow itself (an exit that leads nowhere,
a loop that nothing stops) ends in the trouble announcement, never in an exception. `resume` begins the node anew after a
restart of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huying.flows.dialogues import SORRY
from huying.flows.effects import Effect, LeaveQueue, StopMusic
from huying.flows.events import FlowNodeEntered, FlowStarted
from huying.flows.graph import Flow
from huying.flows.nodes import Node, QueueNode
from huying.flows.nodes.diverting import KEY, MARK
from huying.flows.nodes.queue import LIMIT
from huying.flows.signals import (
    DigitPressed,
    PlaceChanged,
    PlaybackFinished,
    QueueJoined,
    QueueLeft,
    Signal,
    TimerDue,
    TurnedAway,
)
from huying.flows.spoken import lines_of
from huying.flows.state import FlowState, Outcome, Phase
from huying.flows.turn import Schedules, Turn

MOST_NODES = 50
"""Nodes entered without the customer's doing before a flow counts as faulty."""
TROUBLE = lines_of("system.trouble")
AT_ONCE = ("set_language", "set_attributes")
"""Node kinds that take no time: an exit to one of them leads to what stands behind it."""

Result = tuple[FlowState, list[Effect]]


def start(
    flow: Flow,
    language: str,
    variables: Mapping[str, str] | None = None,
    now: datetime | None = None,
    schedules: Schedules | None = None,
) -> Result:
    """Begin the flow. The first effects journal FlowStarted and the first node."""
    turn = Turn(FlowState(flow.id, flow.version, "", language, variables=dict(variables or {})), now, schedules)
    turn.write(FlowStarted(flow.id, flow.version))
    _go(flow, turn, flow.start)
    return turn.state, turn.effects


def advance(flow: Flow, state: FlowState, signal: Signal, now: datetime | None = None, schedules: Schedules | None = None) -> Result:
    """Give one signal. `now` (UTC) is used to say how long the customer has waited, and to ask the `schedules` (by code)."""
    if state.finished or _is_late(state, signal):
        return state, []
    turn = Turn(state, now, schedules)
    if isinstance(signal, PlaybackFinished):
        turn.change(playing=False)
    elif isinstance(signal, TimerDue):
        turn.change(timers=state.timers - {signal.name})
    elif isinstance(signal, DigitPressed):
        turn.change(entered=0)
    node = flow.nodes.get(state.node)
    if state.home and (news := _news_of_the_place(flow, turn, signal)) is not None:
        node = news
    elif node is not None:
        node.on(turn, signal)
    if node is not None:
        _follow(flow, turn, node)
    elif isinstance(signal, PlaybackFinished):
        turn.finish(Outcome.TROUBLE)
    return turn.state, turn.effects


def resume(
    flow: Flow,
    node: str,
    language: str,
    variables: Mapping[str, str] | None = None,
    *,
    in_queue: bool = False,
    home: str = "",
    now: datetime | None = None,
    schedules: Schedules | None = None,
) -> Result:
    """Go on in this node after a restart: what is playing must be stopped by the owner first. Journals nothing about the node itself.

    `in_queue`: the stay in the node's queue is still open; it is not entered again, but QueueJoined is expected again. False in a queue
    node opens a new stay with origin `recovery` (also for a customer whose agent was lost). `home`: the queue node of the open stay,
    when that is another one: its place is kept while the contact is in this node.
    """
    origin = "recovery" if isinstance(flow.nodes.get(node), QueueNode) else "first"
    state = FlowState(flow.id, flow.version, node, language, in_queue=in_queue, origin=origin, variables=dict(variables or {}))
    turn = Turn(state, now, schedules)
    here, waits_at = flow.nodes.get(node), flow.nodes.get(home)
    if in_queue and home != node and isinstance(waits_at, QueueNode):
        turn.change(home=home)
        waits_at.limit(turn)
    if here is None:
        _trouble(turn)
    else:
        here.resume(turn)
        turn.change(origin="first")
        _follow(flow, turn, here)
    return turn.state, turn.effects


def _is_late(state: FlowState, signal: Signal) -> bool:
    """Whether the signal belongs to something that is over."""
    if isinstance(signal, PlaybackFinished):
        return not state.playing or signal.playback != state.playback
    return isinstance(signal, TimerDue) and signal.name not in state.timers


def _follow(flow: Flow, turn: Turn, node: Node) -> None:
    """Take the exits that were chosen, until a node waits or the flow is over."""
    while turn.exit is not None:
        target, turn.exit = _target(turn, node, turn.exit), None
        if target not in flow.nodes:
            _trouble(turn)
            return
        came_back = _keep_or_leave_queue(flow, turn, target)
        turn.stop_playing()
        turn.cancel_timers(but=LIMIT if turn.state.home else "")
        _enter(flow, turn, target, came_back=came_back)
        node = flow.nodes[target]


def _target(turn: Turn, node: Node, exit_name: str) -> str:
    """Where an exit leads: as drawn; `#callback` and `#voicemail` to what every flow can do; and out of these back to the queue."""
    if exit_name in node.exits or not (node.holds_place or exit_name.startswith(MARK)):
        return node.exits.get(exit_name, "")
    return exit_name if exit_name.startswith(MARK) else turn.state.home or SORRY


def _go(flow: Flow, turn: Turn, target: str) -> None:
    if target not in flow.nodes:
        _trouble(turn)
        return
    _enter(flow, turn, target)
    _follow(flow, turn, flow.nodes[target])


def _enter(flow: Flow, turn: Turn, target: str, *, came_back: bool = False) -> None:
    node = flow.nodes[target]
    turn.change(node=target, tries=0, digits="", entered=turn.state.entered + 1)
    if turn.state.entered > MOST_NODES:
        _trouble(turn)
        return
    turn.write(FlowNodeEntered(target, node.kind))
    if came_back and isinstance(node, QueueNode):
        node.come_back(turn)
    else:
        node.enter(turn)
    if isinstance(node, QueueNode):
        turn.change(origin="first")


def _news_of_the_place(flow: Flow, turn: Turn, signal: Signal) -> Node | None:
    """While the place is kept: what concerns the queue. None when the signal is the present node's own affair."""
    match signal:
        case QueueJoined():
            turn.take_joining(signal)
        case PlaceChanged():
            turn.take_place(signal)
        case QueueLeft("answered"):
            turn.change(in_queue=False, home="")
            turn.finish(Outcome.ANSWERED)
        case QueueLeft() | TurnedAway():
            return _called_back_home(flow, turn, signal)
        case TimerDue(name) if name == LIMIT:
            return _called_back_home(flow, turn, signal)
        case _:
            return None
    return flow.nodes[turn.state.node]


def _called_back_home(flow: Flow, turn: Turn, signal: Signal) -> Node:
    """The stay is over while the contact is elsewhere: its queue node decides what follows."""
    home = flow.nodes[turn.state.home]
    assert isinstance(home, QueueNode)
    turn.stop_playing()
    turn.cancel_timers(but=LIMIT)
    turn.change(node=home.id)
    turn.write(FlowNodeEntered(home.id, home.kind))
    home.come_back(turn)
    home.on(turn, signal)
    return home


def _keep_or_leave_queue(flow: Flow, turn: Turn, target: str) -> bool:
    """Going on to `target`: is the contact back at its queue with the place kept? The stay is left where it cannot be kept."""
    state = turn.state
    if not state.in_queue:
        return False
    ahead = flow.nodes[target]
    if not state.home and ((turn.keep_place and ahead.keeps_place) or (ahead.holds_place and turn.reason == KEY)):
        turn.change(home=state.node)
    elif state.home == target:
        return True
    elif not (state.home and flow.nodes[target].keeps_place):
        _leave_queue(flow, turn, target)
        return False
    if state.phase is Phase.WAITING:
        turn.do(StopMusic())
    return False


def _leave_queue(flow: Flow, turn: Turn, target: str) -> None:
    """The flow itself takes the contact out: the ending says where it goes."""
    ahead = flow.nodes[target]
    for _ in range(MOST_NODES):
        if ahead.kind not in AT_ONCE or ahead.exits.get("next") not in flow.nodes:
            break
        ahead = flow.nodes[ahead.exits["next"]]
    ending = ahead.queue_ending
    if ending == "ended" and (turn.reason == KEY or turn.state.home):
        ending = "self_served"
    turn.change(in_queue=False, home="", origin="overflow" if ending == "overflowed" else "first")
    turn.do(LeaveQueue(ending, turn.reason))
    if turn.state.phase is Phase.WAITING:
        turn.do(StopMusic())


def _trouble(turn: Turn) -> None:
    """The flow is faulty: say so, and end when it was said."""
    turn.exit = None
    if turn.state.in_queue:
        turn.change(in_queue=False, home="")
        turn.do(LeaveQueue("lost"))
    turn.cancel_timers()
    turn.change(node="", buffer="")
    turn.say(TROUBLE)
