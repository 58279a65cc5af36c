"""Keeps the live state of every business in step with the voice process: what it publishes, and all it has open after a break.

Decides when to read the open streams again (another epoch, a gap, voice is back); the state itself is `live_view`. While voice is away the
last known rows stay, and at a first start the journal's open streams stand in for it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog

from huying.analytics.live_rows import Row, colleague_row
from huying.analytics.live_view import LiveView, Taken
from huying.analytics.spans import Span
from huying.analytics.today import ContactMeasures
from huying.channels.voice.client import CONFIGURATION_SUBJECT, UP_SUBJECT, OpenStreams, live_subject
from huying.foundation.bus.port import Bus, Message
from huying.foundation.clock import Clock, utc_now
from huying.foundation.errors import HuyingError, Unavailable
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry, Event
from huying.foundation.journal.port import Journal
from huying.routing.configuration import RoutingSettings

log = structlog.get_logger(__name__)

TICK_SECONDS = 2.0
AUDIT_SECONDS = 300.0
"""How often the open streams are read again although nothing seems to be missing."""
SYNC_PAUSE_SECONDS = 0.5
PENDING_AT_MOST = 20_000
"""Messages kept while the open streams are being read; what is lost beyond that shows as a gap."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What of a business's configuration the live view shows."""

    zone: ZoneInfo
    routing: RoutingSettings
    people: Mapping[str, str] = field(default_factory=dict)
    """Names by person."""
    not_disturbed: frozenset[str] = frozenset()
    """Persons who do not want to be disturbed by calls to themselves."""
    presence_of_groups: bool = False
    """Agents see what the colleagues of their own groups do, and nobody else's presence."""


class Background(Protocol):
    """What the live view reads of the database."""

    async def settings(self) -> Mapping[str, Setting]:
        """Names, queues, agents and time zone of every business."""

    async def measures_since(self, business_id: str, day: Span, changed_since: datetime | None) -> Sequence[ContactMeasures]:
        """Contacts with queue entries of the day, from history; those projected since then only, where a moment is given."""


class OpenStreamsSource(Protocol):
    """Whoever can tell all entries of open streams: the voice process's client."""

    async def open_streams(self) -> OpenStreams:
        """See VoiceClient."""


class LiveCentre:
    """The live state of all businesses. Everything runs in the event loop's thread; `run` is one task."""

    def __init__(
        self,
        voice: OpenStreamsSource,
        bus: Bus,
        background: Background,
        journal: Journal | None = None,
        clock: Clock = utc_now,
        *,
        tick_seconds: float = TICK_SECONDS,
    ) -> None:
        self._voice, self._bus, self._background, self._journal, self._clock = voice, bus, background, journal, clock
        self._tick_seconds = tick_seconds
        self._views: dict[str, LiveView] = {}
        self._settings: dict[str, Setting] = {}
        self._listeners: list[Callable[[str], None]] = []
        self._epoch = ""
        self._pending: deque[Message] = deque(maxlen=PENDING_AT_MOST)
        self._wanted = asyncio.Event()
        self._reload = asyncio.Event()
        self._synced = False
        self._synced_at = clock()
        self._read_history_at: dict[str, datetime] = {}
        self.voice_is_up = False
        """Whether the rows are those of a voice process that answers."""

    # --- for whoever shows it ------------------------------------------------------------------------------------------

    def listen(self, changed: Callable[[str], None]) -> None:
        """Call `changed` with the business id whenever rows of the business may have changed. It must not block."""
        self._listeners.append(changed)

    def agents(self, business_id: str) -> Mapping[str, Row]:
        """Agent rows by agent id. The table is never changed afterwards."""
        view = self._views.get(business_id)
        return view.agents() if view is not None else {}

    def colleagues(self, business_id: str) -> Mapping[str, Row]:
        """What colleagues may see of agents, by agent id: no customer, and no contact but one that rings."""
        return {agent_id: colleague_row(row) for agent_id, row in self.agents(business_id).items()}

    def presence_of_groups(self, business_id: str) -> bool:
        """Whether agents see the presence of their own groups alone."""
        setting = self._settings.get(business_id)
        return setting is not None and setting.presence_of_groups

    def contacts(self, business_id: str) -> Mapping[str, Row]:
        """Rows of the contacts that are in the centre now, by contact id."""
        view = self._views.get(business_id)
        return view.contacts() if view is not None else {}

    def why(self, business_id: str, contact_id: str, agent_id: str) -> Mapping[str, object]:
        """Why a contact that is in the centre now was offered to this agent; empty when it was not."""
        view = self._views.get(business_id)
        return view.why(contact_id, agent_id) if view is not None else {}

    def queues(self, business_id: str) -> Mapping[str, Row]:
        """Queue rows by queue id."""
        view = self._views.get(business_id)
        return view.queues() if view is not None else {}

    def confirm(self, entries: Sequence[Entry]) -> None:
        """Take what the journal holds, so that a message the bus lost leaves no row behind for long."""
        if self._synced and not self._wanted.is_set():
            self._apply(entries, confirmed=True)

    # --- the task ------------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Follow until cancelled."""
        subscriptions = [
            await self._bus.subscribe(live_subject(">"), self._heard),
            await self._bus.subscribe(UP_SUBJECT, self._voice_up),
            await self._bus.subscribe(CONFIGURATION_SUBJECT, self._configuration_changed),
        ]
        self._wanted.set()
        self._reload.set()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep_synced())
                group.create_task(self._keep_background())
        finally:
            for subscription in subscriptions:
                await subscription.stop()

    async def _heard(self, _subject: str, message: Message) -> None:
        if not self._synced or self._wanted.is_set() or message["epoch"] != self._epoch:
            self._pending.append(message)
            if message["epoch"] != self._epoch:
                self._wanted.set()
            return
        self._apply([_entry(value) for value in message["entries"]])

    async def _voice_up(self, _subject: str, message: Message) -> None:
        if message.get("epoch") != self._epoch:
            self._wanted.set()

    async def _configuration_changed(self, _subject: str, _message: Message) -> None:
        self._reload.set()

    async def _keep_synced(self) -> None:
        while True:
            try:
                async with asyncio.timeout(AUDIT_SECONDS):  # wait_for loses a cancellation that comes with the event
                    await self._wanted.wait()
            except TimeoutError:
                self._wanted.set()
            try:
                opened = await self._voice.open_streams()
            except HuyingError as error:
                await self._without_voice(error)
                await asyncio.sleep(1.0)
                continue
            except Exception:
                log.exception("live.open_streams_failed")
                await asyncio.sleep(5.0)
                continue
            self._begin(opened)
            await asyncio.sleep(SYNC_PAUSE_SECONDS)

    def _begin(self, opened: OpenStreams) -> None:
        """Start from the open streams, then apply what was published meanwhile."""
        pending, self._pending = self._pending, deque(maxlen=PENDING_AT_MOST)
        self._wanted.clear()
        if opened.epoch != self._epoch:
            log.info("live.synced", epoch=opened.epoch, entries=len(opened.entries))
        self._epoch, self._synced, self.voice_is_up, self._synced_at = opened.epoch, True, True, self._clock()
        self._reset(opened.entries)
        for message in pending:
            if message["epoch"] == self._epoch:
                self._apply([_entry(value) for value in message["entries"]])
        if pending and pending[-1]["epoch"] != self._epoch:
            self._wanted.set()  # Another voice process speaks already: the one that answered is on its way out.

    async def _without_voice(self, error: HuyingError) -> None:
        if self.voice_is_up or not self._synced:
            log.warning("live.voice_away", code=error.code)
        self.voice_is_up = False
        if self._synced or self._journal is None:
            return
        try:
            entries = [*await self._journal.read_open(STREAM_CONTACT), *await self._journal.read_open(STREAM_AGENT)]
        except Unavailable:
            return
        self._synced, self._synced_at = True, self._clock()
        self._reset(entries)

    def _reset(self, entries: Sequence[Entry]) -> None:
        by_business: dict[str, list[Entry]] = {business_id: [] for business_id in self._views}
        for entry in entries:
            by_business.setdefault(entry.business_id, []).append(entry)
        for business_id, own in by_business.items():
            self._view(business_id).reset(own)
            self._tell(business_id)
        self._read_history_at.clear()
        self._reload.set()

    def _apply(self, entries: Sequence[Entry], confirmed: bool = False) -> None:
        changed = set()
        for entry in entries:
            view = self._view(entry.business_id)
            taken = view.confirm(entry, self._synced_at) if confirmed else view.take(entry)
            if taken is Taken.GAP and not self._wanted.is_set():
                log.warning("live.gap", stream=entry.stream, stream_id=entry.stream_id, number=entry.number)
                self._wanted.set()
            if taken is Taken.CHANGED:
                changed.add(entry.business_id)
        for business_id in changed:
            self._tell(business_id)

    def _view(self, business_id: str) -> LiveView:
        view = self._views.get(business_id)
        if view is None:
            setting = self._settings.get(business_id) or Setting(ZoneInfo("UTC"), RoutingSettings({}, {}))
            view = self._views[business_id] = LiveView(business_id, setting.routing, setting.zone, self._clock())
        return view

    def _tell(self, business_id: str) -> None:
        for changed in self._listeners:
            changed(business_id)

    # --- names, and today's history -----------------------------------------------------------------------------------

    async def _keep_background(self) -> None:
        while True:
            try:
                if self._reload.is_set():
                    self._reload.clear()
                    await self._trying(self._load_settings)
                await self._trying(self._load_history)
                async with asyncio.timeout(self._tick_seconds):
                    await self._reload.wait()
            except TimeoutError:
                pass

    async def _trying(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            await step()
        except HuyingError as error:
            log.warning("live.background_away", code=error.code)
        except Exception:
            log.exception("live.background_failed")
        else:
            return
        await asyncio.sleep(min(self._tick_seconds, TICK_SECONDS))
        self._reload.set()

    async def _load_settings(self) -> None:
        self._settings = dict(await self._background.settings())
        for business_id, setting in self._settings.items():
            self._view(business_id).configure(setting.routing, setting.zone, self._clock(), setting.people, setting.not_disturbed)
            self._tell(business_id)

    async def _load_history(self) -> None:
        for business_id, view in list(self._views.items()):
            now = self._clock()
            if view.tick(now):
                self._read_history_at.pop(business_id, None)
                self._tell(business_id)
            since = self._read_history_at.get(business_id)
            told = await self._background.measures_since(business_id, view.today.day, since)
            self._read_history_at[business_id] = now
            if view.take_history(told):
                self._tell(business_id)


def _entry(value: Mapping[str, Any]) -> Entry:
    """An entry off the bus; an event that this version does not know keeps its number and does nothing."""
    try:
        return Entry.from_json(value)
    except KeyError:
        log.warning("live.unknown_event", kind=str(value.get("kind")))
        at = datetime.fromisoformat(value["at"])
        return Entry(value["business_id"], value["stream"], value["stream_id"], value["number"], at, Event())
