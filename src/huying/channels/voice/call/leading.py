"""The flow inside a call: its signals in, its effects as the call's commands. What the flow says is the interpreter's matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huying.channels.voice.call import words as w
from huying.channels.voice.call.forwarding import ring_number
from huying.channels.voice.call.state import Phase
from huying.channels.voice.call.turn import Turn
from huying.channels.voice.call.waiting import enter_queue, leave_queue
from huying.flows import effects as f
from huying.flows import interpreter
from huying.flows.graph import Flow
from huying.flows.signals import PlaybackFinished, QueueLeft, Signal, TransferEnded
from huying.flows.state import FlowState

FLOW_TIMER = "flow:"


class Leading:
    """One run of a flow in a call. `over` holds the cause once the flow has asked for the end of the call."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._state: FlowState | None = None
        self._playing: tuple[int, str] | None = None
        self._waiting_since: datetime | None = None
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
        self._run(
            turn,
            interpreter.resume(self._flow, node, turn.state.language, in_queue=in_queue, now=turn.now, schedules=turn.tables.schedules),
        )
        self._waiting_since = None

    def signal(self, turn: Turn, signal: Signal) -> None:
        """Give a signal to the flow, when it is still running."""
        if self._state and not self._state.finished:
            self._run(turn, interpreter.advance(self._flow, self._state, signal, turn.now, turn.tables.schedules))

    def playback_ended(self, turn: Turn, playback_id: str) -> None:
        """The engine has played something."""
        if self._playing and self._playing[1] == playback_id:
            number, self._playing = self._playing[0], None
            self.signal(turn, PlaybackFinished(number))

    def playback_forgotten(self, turn: Turn) -> None:
        """The end of what played may have been missed: it counts as over."""
        if self._playing:
            turn.do(w.StopPlayback(self._playing[1]))
            self.playback_ended(turn, self._playing[1])

    def silence(self, turn: Turn) -> None:
        """Stop what plays, because the conversation begins or the call ends."""
        if self._playing:
            turn.do(w.StopPlayback(self._playing[1]))
            self._playing = None

    def _run(self, turn: Turn, result: interpreter.Result) -> None:
        self._state, effects = result
        refused: list[Signal] = []
        for effect in effects:
            self._carry_out(turn, effect, refused)
        for signal in refused:
            self.signal(turn, signal)

    def _carry_out(self, turn: Turn, effect: f.Effect, refused: list[Signal]) -> None:
        leg = turn.state.caller_leg
        match effect:
            case f.Write(event):
                turn.record(event)
            case f.Play(playback, items):
                self._playing = (playback, turn.tables.new_id())
                turn.do(w.PlayItems(self._playing[1], leg, items))
            case f.StopPlaying():
                self.silence(turn)
            case f.StartMusic():
                turn.do(w.Music(leg, True))
            case f.StopMusic():
                turn.do(w.Music(leg, False))
            case f.StartTimer(name, seconds):
                turn.do(w.SetTimer(FLOW_TIMER + name, seconds))
            case f.CancelTimer(name):
                turn.do(w.CancelTimer(FLOW_TIMER + name))
            case f.EnterQueue(code, origin):
                if turn.state.phase is Phase.WAITING or not enter_queue(turn, code, origin, self._waiting_since):
                    refused.append(QueueLeft("closed"))
            case f.LeaveQueue(ending):
                leave_queue(turn, ending)
            case f.SetLanguage():
                pass  # the interpreter journals it, and the state follows the journal
            case f.TransferTo(kind, address):
                if kind != "number" or not ring_number(turn, address):
                    refused.append(TransferEnded("failed"))
            case f.HangUp(cause):
                self.over = cause
