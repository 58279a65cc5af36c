"""The voice process: connects engine, journal, bus and directory with the calls and the router, and keeps them together.

The order of a start: read what is open from the journal, read the configuration, connect with the engine, hold every call against
what the engine really has, and only then let new calls in and offers out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from huying.channels.desk_work.book import NoBook, WorkBook
from huying.channels.desk_work.commands import work_commands
from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.desk_work.works import DeskWorks
from huying.channels.devices.settings import BY_HAND
from huying.channels.telling import TOLD_SUBJECT
from huying.channels.voice import client
from huying.channels.voice.appointing import Appointing
from huying.channels.voice.bookings import Bookings
from huying.channels.voice.call import words as w
from huying.channels.voice.desk_commands import DeskCommands
from huying.channels.voice.devices.configured import choices_of
from huying.channels.voice.devices.engine import DevicesEngine
from huying.channels.voice.devices.keeper import LineKeeper
from huying.channels.voice.dialling_part import DiallingPart
from huying.channels.voice.directory import Directory
from huying.channels.voice.keypad import Keypad
from huying.channels.voice.keypad_book import KeypadBook
from huying.channels.voice.lamps import MessageLamps
from huying.channels.voice.live_publishing import LivePublishing
from huying.channels.voice.look_up import LookUps
from huying.channels.voice.one_voice import OneVoice
from huying.channels.voice.open_pages import OpenPages
from huying.channels.voice.owner import CallOwner, Surroundings
from huying.channels.voice.provisioning import Provisioning
from huying.channels.voice.quality_watch import QualityWatch
from huying.channels.voice.reconciler import Reconciler
from huying.channels.voice.recovery import bring_back, restore_agents, restore_calls, restore_streams
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.silence import SilenceWatch
from huying.channels.voice.sound_keeping import RecordingKeeper, SoundKeeping
from huying.channels.voice.streams import Streams, Writer
from huying.channels.voice.switchboard import Switchboard
from huying.channels.voice.visitors import Visitors
from huying.flows.effects import Item
from huying.foundation.bus.port import Bus, Message, Subscription
from huying.foundation.clock import Clock
from huying.foundation.errors import HuyingError, Unavailable
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.port import Journal, StreamConflict
from huying.routing.hooks.asking import QueueHooks
from huying.routing.hooks.service import vocabularies
from huying.routing.router import work
from huying.routing.router.router import Router
from huying.telephony import port

log = structlog.get_logger()

RETRY_SECONDS = 0.5


class VoiceProcess:
    """Everything of one voice process. `run` until cancelled."""

    def __init__(
        self,
        engine: port.Engine,
        journal: Journal,
        writer: Writer,
        bus: Bus,
        directory: Directory,
        keeper: RecordingKeeper,
        speak: Callable[[tuple[Item, ...]], list[port.Media]],
        clock: Clock,
        new_id: Callable[[], str],
        engine_start_file: Path | None = None,
        hooks: QueueHooks | None = None,
        book: WorkBook | None = None,
        keypad_book: KeypadBook | None = None,
    ) -> None:
        self._set_up(bus, new_id(), engine_start_file)
        self.devices = DevicesEngine(engine, new_id, speak)
        engine = self._engine = self.devices
        self._journal, self._directory, self._clock, self._hooks = journal, directory, clock, hooks
        self.streams = Streams(writer)
        self.visitors = Visitors(engine, new_id, clock)
        self.switchboard = Switchboard(directory, self.streams, self.visitors, new_id)
        self.routing = RoutingOwner(Router(new_id), self.streams, clock, self.switchboard.owner_of)
        router = self.routing.router
        self.works = DeskWorks(book or NoBook(), journal, self.streams, clock, self.routing.handle, router, new_id, self._accept_seconds)
        self.routing.elsewhere, self.routing.leaving = self.works.deliver, self.works.agent_leaves
        self.reconciler = Reconciler(self.switchboard, self.works, self.routing, engine, clock)
        self.silence = SilenceWatch(self.switchboard, self.routing, engine, self.devices.account_of)
        self.quality = QualityWatch(self.switchboard, engine)
        self.lamps = MessageLamps(self.switchboard, directory, engine)
        self.lines = LineKeeper(self.devices, self.routing)
        self.dialling = DiallingPart(self.switchboard, self.routing, directory, self.streams, clock)
        self.bookings = Bookings(self.switchboard, self.dialling.calls)
        more = {**work_commands(self.works), **self.dialling.commands.handlers, **self.bookings.handlers}
        self.desk = DeskCommands(self.switchboard, self.routing, self.visitors, self.reload, self.lines, more)
        appointing = Appointing(self.switchboard, self.bookings, directory, speak)
        self.keypad = Keypad(
            self.switchboard,
            self.routing,
            self.desk.parties,
            self.dialling,
            keypad_book,
            appointing,
            speak,
            self._reload_and_tell,
            self._spawn,
        )
        self._pages = OpenPages(self.epoch, self.streams.open_entries, new_id)
        self.look_ups = LookUps(directory, clock, lambda: self.switchboard.configuration, hooks)
        self._keeping = SoundKeeping(self.switchboard, keeper)
        self._provisioning = Provisioning(engine)
        self.switchboard.surround(self._surroundings(speak))

    def _set_up(self, bus: Bus, epoch: str, engine_start_file: Path | None) -> None:
        """What a process has before there are calls."""
        self._bus, self.epoch, self._engine_start_file = bus, epoch, engine_start_file
        self._publishing = LivePublishing(bus, epoch)
        self._restored: list[CallOwner] = []
        self._loading = asyncio.Lock()
        self._rereading = False
        self._engine_start = ""
        self._tasks: set[asyncio.Task[None]] = set()
        self._subscriptions: list[Subscription] = []
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._over.add_done_callback(lambda over: over.cancelled() or over.exception())  # it may come while nobody waits for it yet
        self.ready = asyncio.Event()

    def _surroundings(self, speak: Callable[[tuple[Item, ...]], list[port.Media]]) -> Surroundings:
        """What every call works with."""
        switchboard = self.switchboard
        return Surroundings(
            engine=self._engine,
            streams=self.streams,
            clock=self._clock,
            route=OneVoice(switchboard, self.routing.handle).route,
            speak=speak,
            leg_made=switchboard.leg_made,
            look_up=lambda owner, asked: self._spawn(self.look_ups.answer(owner, asked)),
            over=switchboard.over,
            callback=switchboard.callback,
            keep_party=switchboard.records.keep_party,
        )

    def published(self, entries: Sequence[Entry]) -> None:
        """Tell the bus of entries that are true now. To be given to the journal's writer."""
        self._publishing.put(entries)

    def refused(self, entries: Sequence[Entry], error: Exception) -> None:
        """The journal does not take what follows an entry of ours: somebody else writes our streams, or our numbers are wrong. Only a
        new start, which reads the journal, heals either; calls go on meanwhile. To be given to the journal's writer."""
        if isinstance(error, StreamConflict) and entries[0].number > 1 and not self._over.done():
            log.critical("voice.not_the_only_writer", stream_id=entries[0].stream_id, reason=error.message)
            self._over.set_exception(error)

    async def run(self) -> None:
        """Serve calls until cancelled. Raises StreamConflict when another process writes the same streams."""
        try:
            await self._restore()
            self._spawn(self._publishing.run(), lasting=True)
            self._spawn(self._take_events(), lasting=True)
            await self._ready_or_over()
            await self._listen()
            self._spawn(self.reconciler.run(), lasting=True)
            self._spawn(self.silence.run(), lasting=True)
            self._spawn(self.works.run(), lasting=True)
            self._spawn(self.dialling.wishes.run(), lasting=True)
            self._spawn(self.quality.run(), lasting=True)
            self._spawn(self.lamps.run(), lasting=True)
            self._spawn(self.lines.run(), lasting=True)
            await self._bus.publish(client.UP_SUBJECT, {"epoch": self.epoch})
            await self._over
        finally:
            await self._stop()

    async def _ready_or_over(self) -> None:
        ready = asyncio.ensure_future(self.ready.wait())
        either: list[asyncio.Future[Any]] = [ready, self._over]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ready.cancel()
        if self._over.done():
            self._over.result()

    # --- start ------------------------------------------------------------------------------------------------------------------

    async def _restore(self) -> None:
        while True:
            try:
                contacts, agents = await restore_streams(self._journal, self.streams)
                await self.reload()
                contacts = self.works.restore(contacts)
                self._restored = await restore_calls(contacts, self.switchboard, self._directory)
            except Unavailable as error:
                log.warning("voice.waits_for_database", reason=error.message)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                break
        restore_agents(agents, self.routing)

    async def reload(self) -> None:
        """Read the configuration and put it in force at once. Raises Unavailable."""
        async with self._loading:
            configuration = await self._directory.load()
            self.switchboard.configure(configuration)
            self.devices.configure(choices_of(configuration))
            if self._hooks:
                self._hooks.configure(configuration.hooks, vocabularies(configuration.routing))
            business_of = {agent.agent_id: agent.business_id for agent in configuration.routing.agents.values()}
            self.routing.configure(configuration.for_router(), business_of)
        if self.ready.is_set():
            await self._provisioning.bring(configuration)

    async def _reload_and_tell(self) -> None:
        """After a change that was made here, by a telephone's keypad. Raises Unavailable."""
        await self.reload()
        await self._bus.publish(client.CONFIGURATION_SUBJECT, {"business_id": "", "what": "person_reach"})

    async def _listen(self) -> None:
        self._subscriptions += [
            await self._bus.answer(client.COMMAND_SUBJECT, self.desk.answer),
            await self._bus.answer(client.OPEN_SUBJECT, self._pages.answer),
            await self._bus.subscribe(client.CONFIGURATION_SUBJECT, self._configuration_changed),
            await self._bus.subscribe(client.FEED_SUBJECT, self._feed_changed),
            await self._bus.subscribe(TOLD_SUBJECT, self._told),
        ]

    async def _configuration_changed(self, _subject: str, _message: Message) -> None:
        if not await self._reloaded() and not self._rereading:
            self._rereading = True
            self._spawn(self._reread())

    async def _reloaded(self) -> bool:
        try:
            await self.reload()
        except HuyingError as error:
            log.warning("voice.configuration_not_read", reason=error.message)
            return False
        return True

    async def _reread(self) -> None:
        """What was changed while it could not be read is read as soon as it can be."""
        try:
            while True:
                await asyncio.sleep(RETRY_SECONDS * 4)
                if await self._reloaded():
                    return
        finally:
            self._rereading = False

    def _accept_seconds(self, agent_id: str) -> int:
        """Work is accepted by itself at desks that are open, as far as we know."""
        configuration = self.switchboard.configuration
        return configuration.accept_seconds(agent_id) if configuration and not self.silence.is_away(agent_id) else BY_HAND

    async def _told(self, _subject: str, message: Message) -> None:
        if message["topic"] == WORK_TOPIC:
            self.lamps.look_soon()

    async def _feed_changed(self, _subject: str, message: Message) -> None:
        self.silence.feed_changed(str(message["person_id"]), bool(message["connected"]))

    # --- engine -----------------------------------------------------------------------------------------------------------------

    async def _take_events(self) -> None:
        async for event in self._engine.events():
            try:
                await self._take(event)
            except Exception:
                if not self.ready.is_set():
                    raise  # half a recovery is none: a new start tries it again
                log.exception("voice.event_failed", event_kind=type(event).__name__)

    async def _take(self, event: port.EngineEvent) -> None:
        match event:
            case port.EngineConnected(snapshot):
                await self._connected(snapshot)
            case port.EngineLost(reason):
                log.warning("voice.engine_lost", reason=reason)
            case port.EngineGone():
                log.error("voice.engine_died", calls=len(self.switchboard.owners))
                self._tell_truth(port.NOTHING, restarted=True)
            case port.AccountReachable(account, reachable):
                self.routing.handle(work.AccountSeen(account, reachable))
            case port.RecordingEnded():
                self._spawn(self._keeping.keep(event))
            case _:
                self.switchboard.take(event)

    async def _connected(self, snapshot: port.Snapshot) -> None:
        restarted = self._engine_restarted(snapshot.engine_start)
        assert self.switchboard.configuration
        if self.ready.is_set():
            self._tell_truth(snapshot, restarted=restarted)
            self.routing.handle(work.AccountsSeen(snapshot.reachable_accounts))
            self._spawn(self._provisioning.bring(self.switchboard.configuration))
        else:
            await self._provisioning.begin(self.switchboard.configuration, snapshot.reachable_accounts)
            await bring_back(self._restored, self.works, snapshot, self.switchboard, self.routing, self._clock(), restarted=restarted)
            self._restored = []
            self.ready.set()
        self.switchboard.take_unheard(snapshot)

    def _tell_truth(self, snapshot: port.Snapshot, *, restarted: bool) -> None:
        truth = w.EngineTruth(snapshot, self._clock(), restarted=restarted, reconnected=True)
        for owner in list(self.switchboard.owners.values()):
            owner.post(truth)

    def _engine_restarted(self, engine_start: str) -> bool:
        before = self._engine_start
        if not before and self._engine_start_file and self._engine_start_file.exists():
            before = self._engine_start_file.read_text()
        self._engine_start = engine_start
        if self._engine_start_file:
            self._engine_start_file.write_text(engine_start)
        return bool(before) and before != engine_start

    # --- the end --------------------------------------------------------------------------------------------------------------------

    async def _stop(self) -> None:
        for subscription in self._subscriptions:
            await subscription.stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.routing.stop()
        await self.works.stop()
        await self.switchboard.stop()
        await self.visitors.stop()

    def _spawn(self, job: Coroutine[None, None, None], *, lasting: bool = False) -> None:
        """Run beside; what is `lasting` must not end before the process, or the process ends too and is started anew."""
        task = asyncio.get_running_loop().create_task(job)
        self._tasks.add(task)
        task.add_done_callback(partial(self._finished, lasting=lasting))

    def _finished(self, task: asyncio.Task[None], *, lasting: bool) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error:
            log.error("voice.task_died", exc_info=error)
        if error and lasting and not self._over.done():
            self._over.set_exception(error)
