"""The live feed's WebSocket: lets in who is signed in and comes from our own pages, and keeps looking whether they still may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect
from starlette.requests import HTTPConnection

from huying.admin.guard import find_caller
from huying.analytics.live import LiveCentre
from huying.channels.colleagues.views import room_rows
from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.help.views import help_rows
from huying.channels.notices.api import notice_rows
from huying.channels.tasks.live_rows import own_messages, own_tasks, queue_work
from huying.channels.telling import COLLEAGUES
from huying.foundation.bus.port import Message
from huying.foundation.errors import HuyingError, NotSignedIn, Unavailable
from huying.foundation.http import Caller, Ground
from huying.web.live.closing_keeper import ClosingKeeper
from huying.web.live.connection import CLOSE_SIGNED_OUT, Closed, FeedConnection
from huying.web.live.help_keeper import HelpKeeper
from huying.web.live.hub import AGENTS, CALLS, ME, PRESENCE, QUEUES, LiveHub, Viewer
from huying.web.live.personal import Loader, PersonalTopics
from huying.web.live.presence import FeedPresence
from huying.web.metrics import WebMetrics
from huying.web.security import is_same_origin
from huying.web.views.unclosed import unclosed_contacts

log = structlog.get_logger(__name__)

NEEDED = {
    ME: "desk.use",
    QUEUES: "queues.view",
    AGENTS: "live.view",
    CALLS: "live.view",
    PRESENCE: "colleagues.talk",
    COLLEAGUES: "colleagues.talk",
    WORK_TOPIC: "desk.use",
}
"""The permission that each topic needs."""

PERSONAL: dict[str, tuple[Loader, ...]] = {
    COLLEAGUES: (room_rows, notice_rows, help_rows),
    WORK_TOPIC: (own_tasks, own_messages, queue_work, unclosed_contacts),
}
"""Topics of one person's own rows in the database, and who reads them."""

CLOSE_OTHER_SITE = 4403
CLOSE_UNAVAILABLE = 1013
LOOK_AGAIN_SECONDS = 10.0
CONFIGURATION_SUBJECT = "config.changed"


class LiveFeed:
    """Everything of the live feed in this process."""

    def __init__(self, centre: LiveCentre, ground: Ground, metrics: WebMetrics) -> None:
        self.centre, bus = centre, ground.bus
        self.presence = FeedPresence(bus)
        self.hub = LiveHub(centre, NEEDED, personal=frozenset(PERSONAL), connected=self.presence.connected)
        self._personal = PersonalTopics(ground.database, bus, self.hub, PERSONAL)
        self._help = HelpKeeper(ground, centre)
        self._closing = ClosingKeeper(ground, centre)
        self._bus = bus
        self._metrics = metrics
        self._look_again: set[asyncio.Event] = set()
        centre.listen(self.hub.touched)

    async def run(self) -> None:
        """Serve until cancelled."""
        await self.presence.start()
        subscription = await self._bus.subscribe(CONFIGURATION_SUBJECT, self._configuration_changed)
        beside = [asyncio.create_task(work(), name="live-rows") for work in (self._personal.run, self._help.run, self._closing.run)]
        try:
            await self.centre.run()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await subscription.stop()
            await self.presence.stop()
            self.hub.stop()

    async def serve(self, websocket: WebSocket, caller: Caller) -> None:
        """Serve one accepted socket until it ends."""
        feed = FeedConnection(_Wire(websocket), self.hub, viewer_of(caller), self._alive_of(caller))
        look = asyncio.Event()
        self._look_again.add(look)
        watcher = asyncio.create_task(self._keep_looking(websocket, feed, look))
        self._metrics.feed_sockets.inc()
        try:
            await feed.run()
        finally:
            self._metrics.feed_sockets.dec()
            self._look_again.discard(look)
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)

    def _alive_of(self, caller: Caller) -> Callable[[bool], None]:
        def alive(is_alive: bool) -> None:
            (self.presence.came if is_alive else self.presence.went)(caller.business_id, caller.person_id)
            self.hub.touched(caller.business_id)
            self._metrics.feed_people.set(self.presence.count())

        return alive

    async def _configuration_changed(self, _subject: str, _message: Message) -> None:
        for look in self._look_again:
            look.set()

    async def _keep_looking(self, websocket: WebSocket, feed: FeedConnection, look: asyncio.Event) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                    await look.wait()
            look.clear()
            try:
                feed.revise(viewer_of(await find_caller(websocket)))
            except NotSignedIn:
                feed.end(CLOSE_SIGNED_OUT)
                return
            except Unavailable:
                continue
            except Exception:  # a look that is never followed by another would let in who is signed out
                log.exception("live.look_failed")


def viewer_of(caller: Caller) -> Viewer:
    """The caller as a viewer of topics."""
    return Viewer(caller.business_id, caller.person_id, caller.permissions)


def live_router() -> APIRouter:
    """The WebSocket's route."""
    router = APIRouter()

    @router.websocket("/live")
    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        feed: LiveFeed = websocket.app.state.live
        if not is_same_origin(websocket.headers, websocket.app.state.allowed_origins):
            await websocket.close(CLOSE_OTHER_SITE)
            return
        try:
            caller = await find_caller(websocket)
        except HuyingError as error:
            await websocket.close(CLOSE_SIGNED_OUT if isinstance(error, NotSignedIn) else CLOSE_UNAVAILABLE)
            return
        await feed.serve(websocket, caller)

    return router


def live_centre(connection: HTTPConnection) -> LiveCentre:
    """The live state of this application."""
    found = connection.app.state.live
    assert isinstance(found, LiveFeed)
    return found.centre


LiveOf = Annotated[LiveCentre, Depends(live_centre)]


class _Wire:
    """Starlette's WebSocket as the connection wants it."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def receive(self) -> str:
        try:
            return await self._websocket.receive_text()
        except (WebSocketDisconnect, RuntimeError, KeyError) as error:
            raise Closed from error

    async def send(self, text: str) -> None:
        try:
            await self._websocket.send_text(text)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise Closed from error

    async def close(self, code: int) -> None:
        try:
            await self._websocket.close(code)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise Closed from error
