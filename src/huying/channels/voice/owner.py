"""The owner of one call: a task that takes events one by one, asks the pure call, and carries out what it wants, in order.

No decision stands here. What fails in the engine comes back to the call as an event, or is found by the reconciler.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import dial_words as dw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.machine import Call, CallEvent
from huying.channels.voice.call.party_words import KeepParty
from huying.channels.voice.engine_commands import carry_out
from huying.channels.voice.events import CallRecordingFailed
from huying.channels.voice.streams import Streams
from huying.flows.effects import Item
from huying.foundation.clock import Clock
from huying.foundation.errors import Conflict, HuyingError
from huying.foundation.journal.entry import STREAM_CONTACT, Event
from huying.routing.router.work import RoutingEvent
from huying.telephony.port import (
    BadRequestToEngine,
    EndCause,
    Engine,
    EngineUnavailable,
    Gone,
    LegEnded,
    Media,
    PlaybackEnded,
    RecordingFailed,
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every owner works with."""

    engine: Engine
    streams: Streams
    clock: Clock
    route: Callable[[RoutingEvent], None]
    speak: Callable[[tuple[Item, ...]], list[Media]]
    leg_made: Callable[[str, CallOwner], None]
    """A leg is about to be made: its events belong to this owner."""
    look_up: Callable[[CallOwner, w.LookUp], None]
    """Find out what is known of the customer, and post `LookedUp`."""
    over: Callable[[CallOwner], None]
    """The call is over and nothing of it is left to do."""
    callback: Callable[[CallOwner, w.CallbackCommand, datetime], None]
    """What a call wants done about a callback, besides its journal."""
    keep_party: Callable[[CallOwner, KeepParty], None]
    """Remember the number of somebody outside who takes part."""


@dataclass(frozen=True, slots=True)
class _Letter:
    event: CallEvent
    answer: asyncio.Future[None] | None = None
    accepted: Callable[[], Awaitable[None]] | None = None


class CallOwner:
    """One call's mailbox and task."""

    def __init__(self, call: Call, business_id: str, remote_number: str, remote_name: str, around: Surroundings) -> None:
        self.call = call
        self.business_id = business_id
        self.remote_number = remote_number
        self.remote_name = remote_name
        self.contact_id = call.state.contact_id
        self._around = around
        self._mailbox: asyncio.Queue[_Letter] = asyncio.Queue()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._recordings: set[str] = set()
        self._given_up: set[str] = set()
        """Recordings that the journal says have failed: what the engine still says of them comes too late."""
        self._keeping: set[str] = set()
        self._stillborn = False
        self._closed = False
        """Nobody takes letters any more."""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take letters."""
        self._task = asyncio.create_task(self._run(), name=f"call {self.contact_id}")

    def post(self, event: CallEvent) -> None:
        """Leave an event; nobody waits for it."""
        self._mailbox.put_nowait(_Letter(event))

    async def ask(self, event: CallEvent, accepted: Callable[[], Awaitable[None]] | None = None) -> None:
        """Leave an event and wait until it has been carried out. Raises what the call says against it; Conflict when it is over.

        `accepted` is awaited when the call has nothing against it, and before anything happens to anybody's leg. It must not raise.
        """
        if self._closed:
            raise Conflict("This contact is over.")
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._mailbox.put_nowait(_Letter(event, answer, accepted))
        await answer

    def now(self) -> datetime:
        """The time by the owner's clock."""
        return self._around.clock()

    def has_agent(self, agent_id: str) -> bool:
        """Is the agent in the conversation, is he asked, or is he being rung for it?"""
        return self.call.state.has_agent(agent_id)

    async def note(self, event: Event) -> None:
        """Journal, for good, something about the contact that changes nothing in the call. Raises Conflict when it is over."""
        if self.call.ended:
            raise Conflict("This contact is over.")
        await self._around.streams.commit(self.business_id, STREAM_CONTACT, self.contact_id, [event], self._around.clock())

    def recordings(self) -> set[str]:
        """Recordings of the call that the engine should still be writing or finishing."""
        return self._recordings - self._keeping

    def expected_recordings(self) -> frozenset[str]:
        """Recordings of the call that are not kept yet."""
        return frozenset(self._recordings)

    def waits_for(self, recording_id: str) -> bool:
        """Is this recording of the call still to be kept?"""
        return recording_id in self._recordings

    def keeping(self, recording_id: str) -> None:
        """The engine has finished it; the sound is being put into the store."""
        self._keeping.add(recording_id)

    def expect_recording(self, recording_id: str) -> None:
        """After a restart: this recording of the call is still to be kept."""
        self._recordings.add(recording_id)

    async def stop(self) -> None:
        """Stop at once; the call itself goes on in the engine."""
        for timer in self._timers.values():
            timer.cancel()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while not self._finished():
            letter = await self._mailbox.get()
            try:
                await self._handle(letter.event, letter.accepted)
            except Exception as error:
                self._report(letter, error)
                if isinstance(letter.event, w.Begin):
                    await self._give_up()
            else:
                if letter.answer and not letter.answer.done():
                    letter.answer.set_result(None)
        for timer in self._timers.values():
            timer.cancel()
        self._closed = True
        self._around.over(self)

    def _report(self, letter: _Letter, error: Exception) -> None:
        if not isinstance(error, HuyingError) or letter.answer is None:
            log.exception("call.step_failed", contact_id=self.contact_id, event_kind=type(letter.event).__name__)
        if letter.answer and not letter.answer.done():
            letter.answer.set_exception(error)

    async def _give_up(self) -> None:
        """The call could not be begun: the customer hears so at once, instead of ringing until he tires."""
        self._stillborn = True
        await self._engine(ew.HangUpLeg(self.call.state.caller_leg, EndCause.CONGESTION))

    def _finished(self) -> bool:
        return (self.call.ended or self._stillborn) and not self._recordings and self._mailbox.empty()

    async def _handle(self, event: CallEvent, accepted: Callable[[], Awaitable[None]] | None = None) -> None:
        if isinstance(event, w.TimerCame):
            self._timers.pop(event.name, None)
        if isinstance(event, w.RecordingKept | RecordingFailed):
            self._recordings.discard(event.recording_id)
            if isinstance(event, w.RecordingKept) and event.recording_id in self._given_up:
                return
        now = self._around.clock()
        for command in self.call.handle(event, now):
            if accepted and not isinstance(command, w.Record):
                await accepted()
                accepted = None
            await self.execute(command, now)
        if accepted:
            await accepted()

    async def execute(self, command: w.CallCommand, decided_at: datetime | None = None) -> None:
        """Carry out one command. What is journalled bears the time it was decided, not that of waiting for the engine before it."""
        match command:
            case w.Record():
                await self._record(command, decided_at or self._around.clock())
            case w.Route(event):
                self._around.route(event)
            case cw.BeginCallback(events, contact_id, first):
                at = decided_at or self._around.clock()
                parts = [(self.contact_id, events), (contact_id, first)]
                await self._around.streams.commit_together(self.business_id, STREAM_CONTACT, parts, at)
                self._around.callback(self, command, at)
            case cw.KeepCallback() | cw.ForgetCallback() | cw.EndCallback():
                self._around.callback(self, command, decided_at or self._around.clock())
            case KeepParty():
                self._around.keep_party(self, command)
            case w.LookUp():
                self._around.look_up(self, command)
            case w.SetTimer(name, seconds):
                self._set_timer(name, seconds)
            case w.CancelTimer(name):
                timer = self._timers.pop(name, None)
                if timer:
                    timer.cancel()
            case _:
                await self._engine(command)

    async def _record(self, command: w.Record, at: datetime) -> None:
        failed = {event.recording_id for event in command.events if isinstance(event, CallRecordingFailed)}
        self._given_up |= failed
        self._recordings -= failed
        if command.durable:
            await self._around.streams.commit(self.business_id, STREAM_CONTACT, self.contact_id, command.events, at)
        else:
            self._around.streams.record(self.business_id, STREAM_CONTACT, self.contact_id, command.events, at)

    def _set_timer(self, name: str, seconds: float) -> None:
        old = self._timers.pop(name, None)
        if old:
            old.cancel()
        loop = asyncio.get_running_loop()
        self._timers[name] = loop.call_later(seconds, self.post, w.TimerCame(name))

    async def _engine(self, command: ew.EngineCommand) -> None:
        if isinstance(command, ew.RingAccount | ew.RingNumber | cw.RingCustomer | dw.RingOutside):
            self._around.leg_made(command.leg_id, self)
        if isinstance(command, ew.StartRecording):
            self._recordings.add(command.recording_id)
        try:
            await carry_out(self._around.engine, command, self._around.speak, self.remote_number, self.remote_name, self.contact_id)
        except Gone:
            log.debug("call.gone", contact_id=self.contact_id, command=type(command).__name__)
            self._failed(command)
        except (EngineUnavailable, BadRequestToEngine) as error:
            log.warning("call.engine_failed", contact_id=self.contact_id, command=type(command).__name__, reason=error.message)
            self._failed(command)

    def _failed(self, command: ew.EngineCommand) -> None:
        if isinstance(command, ew.RingAccount | ew.RingNumber | cw.RingCustomer | dw.RingOutside):
            self.post(LegEnded(command.leg_id, EndCause.FAILED, by_far_end=False))
        elif isinstance(command, ew.PlayItems):
            self.post(PlaybackEnded(command.playback_id, command.leg_id, completed=False))
        elif isinstance(command, ew.StartRecording):
            self.post(RecordingFailed(command.recording_id, "the engine could not begin it"))
