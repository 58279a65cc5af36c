"""A thin client of ARI: one WebSocket carries the events and the requests (REST over WebSocket).

It knows nothing of calls. A socket lives in one `AriSocket`; when it ends, all that waited on it fails, and a new one is opened.
The reader never waits for anybody: what it reads goes into a bounded queue, and a queue that is full ends the socket, because
after that only a full re-sync tells the truth.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

log = structlog.get_logger(__name__)

Json = dict[str, Any]
REQUEST_SECONDS = 5.0
PING_EVERY_SECONDS = 2.0
PINGS_MISSED = 3
QUEUE_LIMIT = 20_000
MESSAGE_LIMIT = 64 * 1024 * 1024


class AriLost(Exception):
    """The socket is gone, or a request was not answered in time."""


class AriNobody(AriLost):
    """Nothing listens at the address: there is no such process."""


class AriRefused(Exception):
    """Asterisk answered with a status from 400 upwards."""

    def __init__(self, status: int, message: str, request: str) -> None:
        super().__init__(f"{status} {message} ({request})")
        self.status = status
        self.message = message


def path(*parts: str) -> str:
    """A path of ARI with each part escaped."""
    return "/".join(quote(part, safe="") for part in parts)


class AriSocket:
    """One open WebSocket. `events` ends with None when the socket has ended; `reason` then says why."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._number = 0
        self.events: asyncio.Queue[Json | None] = asyncio.Queue(QUEUE_LIMIT)
        self.reason = ""
        self.closed = asyncio.Event()
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._watch())]

    @classmethod
    async def open(cls, address: str, user: str, secret: str, application: str) -> AriSocket:
        """Connect; raises AriLost when Asterisk does not take the connection within 5 s."""
        token = base64.b64encode(f"{user}:{secret}".encode()).decode()
        try:
            connection = await connect(
                f"{address}?app={quote(application)}",
                additional_headers={"Authorization": f"Basic {token}"},
                open_timeout=REQUEST_SECONDS,
                close_timeout=1,
                ping_interval=None,
                max_size=MESSAGE_LIMIT,
                max_queue=None,
                compression=None,
                proxy=None,
            )
        except ConnectionRefusedError:
            raise AriNobody("nothing listens there") from None
        except (OSError, TimeoutError, WebSocketException) as error:
            raise AriLost(f"no connection: {type(error).__name__}") from None
        return cls(connection)

    async def request(
        self,
        method: str,
        uri: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
        seconds: float = REQUEST_SECONDS,
    ) -> Any:
        """Send one request and return the decoded answer (None when it is empty). Raises AriRefused, AriLost."""
        self._number += 1
        number = str(self._number)
        message: Json = {"type": "RESTRequest", "request_id": number, "method": method, "uri": uri}
        if query:
            message["query_strings"] = [{"name": name, "value": str(value)} for name, value in query.items()]
        if body is not None:
            message["content_type"] = "application/json"
            message["message_body"] = json.dumps(body)
        answer = await self._exchange(number, message, seconds)
        status = int(answer.get("status_code", 500))
        if status >= 400:
            raise AriRefused(status, _reason(answer), f"{method} {uri}")
        text = answer.get("message_body")
        return json.loads(text) if text else None

    async def _exchange(self, number: str, message: Json, seconds: float) -> Json:
        if self.closed.is_set():
            raise AriLost(self.reason)
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            async with asyncio.timeout(seconds):
                await self._connection.send(json.dumps(message))
                return await future
        except TimeoutError:
            raise AriLost(f"no answer within {seconds:g} s to {message['method']} {message['uri']}") from None
        except WebSocketException as error:
            raise AriLost(type(error).__name__) from None
        finally:
            self._waiting.pop(number, None)

    async def _read(self) -> None:
        reason = "closed by the other side"
        try:
            async for text in self._connection:
                message = json.loads(text)
                if message.get("type") == "RESTResponse":
                    future = self._waiting.get(message.get("request_id", ""))
                    if future is not None and not future.done():
                        future.set_result(message)
                else:
                    self.events.put_nowait(message)
        except asyncio.QueueFull:
            reason = "events came faster than they were handled"
        except (WebSocketException, OSError, ValueError) as error:
            reason = type(error).__name__
        finally:
            self._end(reason)

    async def _watch(self) -> None:
        """A socket may die, and a node may hang, without an exception: ask now and then."""
        missed = 0
        while not self.closed.is_set():
            await asyncio.sleep(PING_EVERY_SECONDS)
            try:
                await self.request("GET", "asterisk/ping", seconds=PING_EVERY_SECONDS)
                missed = 0
            except AriLost:
                missed += 1
                if missed >= PINGS_MISSED:
                    self._end("no answer to pings")
                    return
            except AriRefused:
                missed = 0

    def _end(self, reason: str) -> None:
        if self.closed.is_set():
            return
        self.reason = reason
        self.closed.set()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(AriLost(reason))
        while True:
            try:
                self.events.put_nowait(None)
                return
            except asyncio.QueueFull:
                self.events.get_nowait()

    async def close(self) -> None:
        """End the socket; calls in Asterisk go on."""
        self._end("closed")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(WebSocketException, OSError):
            await self._connection.close()


def _reason(answer: Json) -> str:
    try:
        body = json.loads(answer.get("message_body") or "{}")
        text = body.get("message") or body.get("error") or answer.get("reason_phrase", "")
    except ValueError:
        text = answer.get("reason_phrase", "")
    return str(text)


def event_filter(types: Sequence[str]) -> Json:
    """The body that tells Asterisk which events we want at all."""
    return {"allowed": [{"type": name} for name in types]}
