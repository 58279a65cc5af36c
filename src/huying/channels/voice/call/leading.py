"""The flow inside a call: its signals in, its effects as the call's commands. What the flow says is the interpreter's matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import entering, exchanging
from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_words import CallbackKept, ForgetCallback
from huying.channels.voice.call.forwarding import ring_number
from huying.channels.voice.call.state import Phase
from huying.channels.voice.call.turn import Turn
from huying.channels.voice.call.waiting import leave_queue
from huying.flows import effects as f
from huying.flows import interpreter
from huying.flows.dialogues import with_dialogues
from huying.flows.graph import Flow
from huying.flows.signals import CallbackArranged, PlaybackFinished, QueueLeft, Signal, TransferEnded, TurnedAway
from huying.flows.state import FlowState

FLOW_TIMER = "flow:"
PERSONS = ("person", "duty")
LINKED = ("overflowed", "called_back")
"""Endings that have a following entry in a queue: they stay what they are also for somebody who was turned away at the door."""


class Leading:
    """One run of a flow in a call. `over` holds the cause once the flow has asked for the end of the call."""

    def __init__(self, flow: Flow) -> None:
        self._flow = with_dialogues(flow)
        self._state: FlowState | None = None
        self._playing: tuple[int, str] | None = None
        self._waiting_since: datetime | None = None
        self._entering: entering.Entering | None = None
        self._at_door = False
        self._arranging: tuple[str, str, datetime | None] = ("", "", None)
        """The contact (id) that a callback is to be, the queue (code) it was asked for, and when."""
        self.person: tuple[str, str] | None = None
        """Whom the flow wants the caller to talk with: `person` and an agent, or `duty` and a duty telephone. Whoever runs it takes it."""
        self.over = ""

    @property
    def finished(self) -> bool:
        """The flow has nothing more to say."""
        return self._state is None or self._state.finished

    def start(self, turn: Turn, language: str, variables: Mapping[str, str]) -> None:
        """Begin the flow."""
        self._run(turn, interpreter.start(self._flow, language, variables, turn.now, turn.tables.schedules))

    def resume(self, turn: Turn, node: str, *, in_queue: bool, waiting_since: datetime | None = None) -> None:
        """Go on in a node after a restart, or queue again a customer whose agent was lost (he keeps his waiting time)."""
        self._waiting_since = waiting_since
        home = turn.state.queue_node if in_queue else ""
        state, schedules = turn.state, turn.tables.schedules
        resumed = interpreter.resume(self._flow, node, state.language, in_queue=in_queue, home=home, now=turn.now, schedules=schedules)
        self._run(turn, resumed)
        self._waiting_since = None

    def signal(self, turn: Turn, signal: Signal) -> None:
        """Give a signal to the flow, when it is still running."""
        if self._state and not self._state.finished:
            self._run(turn, interpreter.advance(self._flow, self._state, signal, turn.now, turn.tables.schedules))

    def looked_up(self, turn: Turn, found: w.LookedUp | None) -> None:
        """What is known of the customer is known, or (None) was not found out in time: he stands in the line now."""
        waits = self._entering
        if waits and (found is None or found.look_up_id == waits.look_up_id):
            self._entering = None
            entering.enter(turn, waits, found.treatment if found else None)

    def turned_away(self, turn: Turn, event: w.TurnedAway) -> None:
        """The queue has no place: the flow takes the contact where its exits or the queue's action say."""
        action = event.action
        if action and action.do == "overflow" and not entering.may_overflow(turn, action.target):
            action = None
        self._at_door = event.at_door
        self.signal(turn, TurnedAway(event.why, action, event.detail))
        self._at_door = False

    def playback_ended(self, turn: Turn, playback_id: str, *, completed: bool = True) -> None:
        """The engine has played something."""
        if self._playing and self._playing[1] == playback_id:
            number, self._playing = self._playing[0], None
            self.signal(turn, PlaybackFinished(number, completed))

    def playback_forgotten(self, turn: Turn) -> None:
        """The end of what played may have been missed: it counts as over."""
        if self._playing:
            turn.do(ew.StopPlayback(self._playing[1]))
            self.playback_ended(turn, self._playing[1])

    def silence(self, turn: Turn) -> None:
        """Stop what plays, because the conversation begins or the call ends."""
        if self._playing:
            turn.do(ew.StopPlayback(self._playing[1]))
            self._playing = None

    def _run(self, turn: Turn, result: interpreter.Result) -> None:
        self._state, effects = result
        refused: list[Signal] = []
        before, start = turn.state.stay, len(turn.commands)
        for effect in effects:
            self._carry_out(turn, effect, refused)
        if before and turn.state.stay is not before:
            turn.commit_together(start)  # no death may part the end of one stay from the next
        for signal in refused:
            self.signal(turn, signal)

    def _carry_out(self, turn: Turn, effect: f.Effect, refused: list[Signal]) -> None:
        leg = turn.state.caller_leg
        match effect:
            case f.Write(event):
                turn.record(event)
            case f.Play(playback, items):
                self._playing = (playback, turn.tables.new_id())
                turn.do(ew.PlayItems(self._playing[1], leg, items))
            case f.StopPlaying():
                self.silence(turn)
            case f.StartMusic():
                turn.do(ew.Music(leg, True))
            case f.StopMusic():
                turn.do(ew.Music(leg, False))
            case f.StartTimer(name, seconds):
                turn.do(w.SetTimer(FLOW_TIMER + name, seconds))
            case f.CancelTimer(name):
                turn.do(w.CancelTimer(FLOW_TIMER + name))
            case f.EnterQueue():
                if not self._enter(turn, effect):
                    refused.append(QueueLeft("closed"))
            case f.LeaveQueue(ending, reason):
                self._leave(turn, ending, reason)
            case f.SetLanguage():
                pass  # the interpreter journals it, and the state follows the journal
            case f.TransferTo(kind, address) if kind in PERSONS or turn.tables.inner(address):
                self.person = (kind if kind in PERSONS else "person", address)
            case f.TransferTo(kind, address):
                if kind != "number" or not ring_number(turn, address):
                    refused.append(TransferEnded("failed"))
            case f.HangUp(cause):
                self.over = cause
            case _:
                self._exchange(turn, effect, refused)

    def _exchange(self, turn: Turn, effect: f.Effect, refused: list[Signal]) -> None:
        """What a customer does instead of waiting at the telephone."""
        match effect:
            case f.AskNumber():
                refused.append(exchanging.number_known(turn))
            case f.AskTime():
                refused.append(exchanging.time_known(turn, effect))
            case f.RequestCallback():
                self._arranging = (exchanging.ask_to_keep(turn, effect), effect.queue_code, effect.due_at)
                if not self._arranging[0]:
                    refused.append(CallbackArranged("failed"))
            case f.RecordMessage():
                exchanging.begin_message(turn, effect)
            case f.StopMessage():
                exchanging.stop_message(turn)

    def callback_kept(self, turn: Turn, event: CallbackKept) -> None:
        """It is known whether the callback can be: it begins, unless the customer has gone on meanwhile."""
        contact_id, queue_code, due_at = self._arranging
        if contact_id != event.contact_id or self.finished:
            turn.do(ForgetCallback(event.contact_id))
            return
        self._arranging = ("", "", None)
        if event.result == "kept":
            exchanging.exchange(turn, contact_id, queue_code, due_at)
        self.signal(turn, CallbackArranged(event.result))

    def _enter(self, turn: Turn, effect: f.EnterQueue) -> bool:
        if turn.state.phase is Phase.WAITING:
            return False
        rules = entering.queue_of(turn, effect)
        if rules is None:
            return False
        if turn.state.stay and (effect.queue_id or turn.state.left == "answered"):
            entering.again(turn, rules, effect.origin, self._waiting_since)
        else:
            self._entering = entering.begin(turn, rules, effect, self._waiting_since)
        return True

    def _leave(self, turn: Turn, ending: str, reason: str) -> None:
        if self._entering:
            self._entering = None
            entering.give_up(turn)
        linked = ending in LINKED
        leave_queue(turn, "refused" if self._at_door and not linked else ending, reason)
