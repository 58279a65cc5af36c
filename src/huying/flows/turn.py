"""One step of a flow: what a node may do while it is asked. Gathers effects and the changed state; nothing outlives the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from huying.flows.effects import CancelTimer, Effect, HangUp, Item, Play, StartTimer, StopPlaying, Write
from huying.flows.signals import PlaceChanged, QueueJoined
from huying.flows.spoken import Prompt, items_of
from huying.flows.state import FlowState, Outcome, Phase
from huying.foundation.journal.entry import Event
from huying.routing.router.work import Opening

LONGEST_BUFFER = 32
Schedules = Mapping[str, Opening]
"""The business's hours by the schedule's code."""


class Turn:
    """The state while it changes, the effects so far, and the exit the node has chosen."""

    def __init__(self, state: FlowState, now: datetime | None, schedules: Schedules | None = None) -> None:
        self.state = state
        self.now = now
        self.schedules: Schedules = schedules or {}
        self.effects: list[Effect] = []
        self.exit: str | None = None
        self.reason = ""
        """Why the exit is taken out of a queue: closed, full, ..., timeout, key."""
        self.keep_place = False
        """The stay in the queue goes on while the contact is elsewhere."""

    def change(self, **fields: Any) -> None:
        """Replace fields of the state."""
        self.state = replace(self.state, **fields)

    def do(self, effect: Effect) -> None:
        """Ask for one more effect."""
        self.effects.append(effect)

    def write(self, event: Event) -> None:
        """Journal an event."""
        self.do(Write(event))

    def leave(self, exit_name: str, reason: str = "", *, keep_place: bool = False) -> None:
        """Go out of the node through this exit, when the node's step is over. Out of a queue: why, and whether the place is kept."""
        self.exit, self.reason, self.keep_place = exit_name, reason, keep_place

    def say(self, lines: Prompt, phase: Phase = Phase.SPEAKING) -> None:
        """Play the lines in the contact's language."""
        self.play(self.lines_as_items(lines), phase)

    def lines_as_items(self, lines: Prompt) -> tuple[Item, ...]:
        """What is played for the lines to this contact."""
        return items_of(lines, self.state.language, self.state.variables)

    def play(self, items: tuple[Item, ...], phase: Phase) -> None:
        """Play the items; whatever was playing stops."""
        self.stop_playing()
        number = self.state.playback + 1
        self.change(playback=number, playing=True, phase=phase)
        self.do(Play(number, items))

    def stop_playing(self) -> None:
        """Silence now, when something is playing."""
        if self.state.playing:
            self.do(StopPlaying(self.state.playback))
            self.change(playing=False)

    def start_timer(self, name: str, seconds: float) -> None:
        """Start (or start anew) a timer."""
        self.change(timers=self.state.timers | {name})
        self.do(StartTimer(name, seconds))

    def cancel_timer(self, name: str) -> None:
        """Forget a timer, when it runs."""
        if name in self.state.timers:
            self.change(timers=self.state.timers - {name})
            self.do(CancelTimer(name))

    def cancel_timers(self, but: str = "") -> None:
        """Forget every timer (but one)."""
        for name in sorted(self.state.timers - {but}):
            self.cancel_timer(name)

    def take_joining(self, news: QueueJoined) -> None:
        """The contact stands in the queue now."""
        self.change(
            place=news.place,
            people_waiting=news.people_waiting,
            estimate_seconds=news.estimate_seconds,
            announcements=news.announcements,
            keys=news.keys,
            waiting_since=news.waiting_since or self.now,
            entered=0,
        )

    def take_place(self, news: PlaceChanged) -> None:
        """What is announced next is another."""
        self.change(place=news.place, people_waiting=news.people_waiting, estimate_seconds=news.estimate_seconds)

    def keep_ahead(self, digit: str) -> None:
        """Keep a digit for a later question."""
        self.change(buffer=(self.state.buffer + digit)[:LONGEST_BUFFER])

    def take_ahead(self) -> str:
        """The next digit that was pressed ahead, or empty."""
        digit, rest = self.state.buffer[:1], self.state.buffer[1:]
        self.change(buffer=rest)
        return digit

    def finish(self, outcome: Outcome) -> None:
        """The flow is over; the call is ended unless a person has it."""
        self.stop_playing()
        self.cancel_timers()
        self.change(phase=Phase.FINISHED, outcome=outcome, buffer="", digits="")
        if outcome is Outcome.HUNG_UP:
            self.do(HangUp("flow_ended"))
        elif outcome is Outcome.TROUBLE:
            self.do(HangUp("system"))
