"""One browser's connection to the live feed: what it watches, how far it was told, and whether it is still there.

Nothing is queued for a client: the writer reads the topics from the client's place when the socket takes more, so that a slow one
gets a fresh snapshot instead of a growing line.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from huying.foundation.errors import HuyingError, TooMany
from huying.web.live.hub import LiveHub, Viewer, WatchedTopic
from huying.web.live.topic import Place, Snapshot
from huying.web.live.words import (
    Ping,
    Said,
    Subscribe,
    Unsubscribe,
    change_message,
    error_message,
    ping_message,
    pong_message,
    snapshot_message,
    understand,
)

ASK_AFTER_SECONDS = 1.5
GONE_AFTER_SECONDS = 3.0
SEND_SECONDS = 10.0
MOST_CHANGES = 64
MOST_SUBSCRIPTIONS = 20
MOST_MESSAGES_A_SECOND = 40

CLOSE_SIGNED_OUT = 4401
CLOSE_TOO_MANY = 4429


class Closed(Exception):
    """The socket is closed."""


class Socket(Protocol):
    """Text messages both ways. `receive` and `send` raise Closed at the end."""

    async def receive(self) -> str:
        """The next message."""

    async def send(self, text: str) -> None:
        """Returns when the transport has taken it."""

    async def close(self, code: int) -> None:
        """End the connection."""


class Watching:
    """A subscription of this client: the topic and how far it was told."""

    def __init__(self, name: str, watched: WatchedTopic, place: Place | None) -> None:
        self.name = name
        self.watched = watched
        self.place = place

    def messages(self, subscription: str) -> list[str]:
        """What to send to be up to date; the place moves on. Nothing while the rows have not been read."""
        if not self.watched.ready:
            return []
        told = self.watched.topic.catch_up(self.place, at_most=MOST_CHANGES)
        self.place = Place(self.watched.topic.epoch, self.watched.topic.number)
        if isinstance(told, Snapshot):
            return [snapshot_message(subscription, told)]
        return [change_message(subscription, change) for change in told]


class FeedConnection:
    """Serves one socket until it ends. `alive` is called with True and False as the client is there or silent."""

    def __init__(self, socket: Socket, hub: LiveHub, viewer: Viewer, alive: Callable[[bool], None]) -> None:
        self._socket = socket
        self._hub = hub
        self.viewer = viewer
        self._alive = alive
        self._is_alive = False
        self._watching: dict[str, Watching] = {}
        self._asides: deque[str] = deque()
        self._wake = asyncio.Event()
        self._heard_at = time.monotonic()
        self._asked = False
        self._bucket = float(MOST_MESSAGES_A_SECOND)
        self._close_code: int | None = None

    async def run(self) -> None:
        """Read, write and watch until the socket ends."""
        tasks = [asyncio.create_task(work()) for work in (self._read, self._write, self._watch)]
        self._set_alive(True)
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._set_alive(False)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for item in self._watching.values():
                self._hub.close(item.watched, self._wake.set)
            self._watching.clear()
        for task in done:
            error = task.exception()
            if error is not None and not isinstance(error, Closed | TimeoutError):
                raise error

    def end(self, code: int = CLOSE_SIGNED_OUT) -> None:
        """Close the connection from our side."""
        self._close_code = code
        self._wake.set()

    def revise(self, viewer: Viewer) -> None:
        """The person's permissions, or whose presence he sees, may have changed: what is still allowed starts anew, the rest ends."""
        same, self.viewer = viewer == self.viewer, viewer
        for subscription, item in list(self._watching.items()):
            if same and self._hub.belongs(viewer, item.watched):
                continue
            self._stop(subscription)
            self._start(Subscribe(subscription, item.name, None))

    async def _read(self) -> None:
        while True:
            text = await self._socket.receive()
            now = time.monotonic()
            self._bucket = min(MOST_MESSAGES_A_SECOND, self._bucket + (now - self._heard_at) * MOST_MESSAGES_A_SECOND) - 1
            self._heard_at, self._asked = now, False
            self._set_alive(True)
            if self._close_code is not None:
                continue
            try:
                if self._bucket < 0:
                    self.end(CLOSE_TOO_MANY)
                    raise TooMany
                self._hear(understand(text))
            except HuyingError as error:
                self._say(error_message("", error))

    def _hear(self, said: Said) -> None:
        if isinstance(said, Ping):
            self._say(pong_message(said.at))
        elif isinstance(said, Subscribe):
            self._stop(said.id)
            self._start(said)
        elif isinstance(said, Unsubscribe):
            self._stop(said.id)

    def _start(self, wanted: Subscribe) -> None:
        try:
            if len(self._watching) >= MOST_SUBSCRIPTIONS:
                raise TooMany(f"Not more than {MOST_SUBSCRIPTIONS} subscriptions at a time.")
            watched = self._hub.open(self.viewer, wanted.topic, self._wake.set)
        except HuyingError as error:
            self._say(error_message(wanted.id, error))
            return
        self._watching[wanted.id] = Watching(wanted.topic, watched, wanted.after)
        self._wake.set()

    def _stop(self, subscription: str) -> None:
        item = self._watching.pop(subscription, None)
        if item is not None and not any(other.watched is item.watched for other in self._watching.values()):
            self._hub.close(item.watched, self._wake.set)

    def _say(self, text: str) -> None:
        self._asides.append(text)
        self._wake.set()

    async def _write(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._asides:
                await self._send(self._asides.popleft())
            if self._close_code is not None:
                await self._socket.close(self._close_code)
                return
            for subscription, item in list(self._watching.items()):
                for text in item.messages(subscription):
                    await self._send(text)

    async def _send(self, text: str) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await self._socket.send(text)

    async def _watch(self) -> None:
        while True:
            silent = time.monotonic() - self._heard_at
            if silent >= GONE_AFTER_SECONDS:
                self._set_alive(False)
            elif silent >= ASK_AFTER_SECONDS and not self._asked:
                self._asked = True
                self._say(ping_message(round(time.time() * 1000)))
            await asyncio.sleep(0.25)

    def _set_alive(self, alive: bool) -> None:
        if alive != self._is_alive:
            self._is_alive = alive
            self._alive(alive)
