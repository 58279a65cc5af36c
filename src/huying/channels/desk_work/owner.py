"""The owner of one piece of work at the desk: takes events one by one, asks the pure work, and carries out what it wants, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from huying.channels.desk_work import words as w
from huying.channels.desk_work.book import Outcome
from huying.channels.desk_work.machine import DeskWork
from huying.channels.voice.streams import Streams
from huying.foundation.clock import Clock
from huying.foundation.errors import HuyingError
from huying.foundation.journal.entry import STREAM_CONTACT
from huying.routing.router.work import RoutingEvent

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Desk:
    """What every owner works with."""

    streams: Streams
    clock: Clock
    route: Callable[[RoutingEvent], None]
    write: Callable[[Outcome], Awaitable[None]]
    over: Callable[[WorkOwner], None]


@dataclass(frozen=True, slots=True)
class _Letter:
    event: w.WorkEvent
    answer: asyncio.Future[None] | None = None


class WorkOwner:
    """One piece of work's mailbox and task."""

    def __init__(self, work: DeskWork, business_id: str, desk: Desk) -> None:
        self.work = work
        self.business_id = business_id
        self.contact_id = work.state.contact_id
        self._desk = desk
        self._mailbox: asyncio.Queue[_Letter] = asyncio.Queue()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take letters."""
        self._task = asyncio.create_task(self._run(), name=f"desk work {self.contact_id}")

    def post(self, event: w.WorkEvent) -> None:
        """Leave an event; nobody waits for it."""
        self._mailbox.put_nowait(_Letter(event))

    async def ask(self, event: w.WorkEvent) -> None:
        """Leave an event and wait until it has been carried out. Raises what the work says against it."""
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._mailbox.put_nowait(_Letter(event, answer))
        await answer

    async def stop(self) -> None:
        """Stop at once; the work is where it is."""
        for timer in self._timers.values():
            timer.cancel()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while not (self.work.ended and self._mailbox.empty()):
            letter = await self._mailbox.get()
            try:
                await self._handle(letter.event)
            except Exception as error:
                if not isinstance(error, HuyingError):
                    log.exception("desk_work.step_failed", contact_id=self.contact_id, event_kind=type(letter.event).__name__)
                if letter.answer and not letter.answer.done():
                    letter.answer.set_exception(error)
            else:
                if letter.answer and not letter.answer.done():
                    letter.answer.set_result(None)
        for timer in self._timers.values():
            timer.cancel()
        self._desk.over(self)

    async def _handle(self, event: w.WorkEvent) -> None:
        now = self._desk.clock()
        for command in self.work.handle(event, now):
            await self.execute(command, now)

    async def execute(self, command: w.WorkCommand, decided_at: datetime) -> None:
        """Carry out one command; what is journalled bears the time it was decided."""
        match command:
            case w.Record(events, durable) if durable:
                await self._desk.streams.commit(self.business_id, STREAM_CONTACT, self.contact_id, events, decided_at)
            case w.Record(events):
                self._desk.streams.record(self.business_id, STREAM_CONTACT, self.contact_id, events, decided_at)
            case w.Route(event):
                self._desk.route(event)
            case w.SetTimer(name, at):
                self._set_timer(name, (at - decided_at).total_seconds())
            case w.CancelTimer(name):
                self._cancel_timer(name)
            case w.WriteDown(holder_id, result):  # pragma: no branch - there are no other commands
                state = self.work.state
                outcome = Outcome(self.business_id, self.contact_id, state.subject, state.subject_id, holder_id, result, decided_at)
                await self._desk.write(outcome)

    def _set_timer(self, name: str, seconds: float) -> None:
        self._cancel_timer(name)
        loop = asyncio.get_running_loop()
        self._timers[name] = loop.call_later(max(0.0, seconds), self.post, w.TimerCame(name))

    def _cancel_timer(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer:
            timer.cancel()
