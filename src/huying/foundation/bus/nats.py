"""The bus on NATS. Connects and reconnects for ever in the background; a process starts and works while NATS is away.

Payloads are JSON, deflated when they are long. A question is answered in a task of its own; a subscription's messages come in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription as NatsSubscription
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError

from huying.foundation.bus.port import Answerer, Listener, Message, Subscription
from huying.foundation.bus.wire import error_from_json, error_to_json
from huying.foundation.cancellation import end, heeding
from huying.foundation.errors import Unavailable

log = structlog.get_logger()

DEFLATE_ABOVE_BYTES = 16_384
PENDING_BYTES = 8 * 1024 * 1024


@dataclass(slots=True)
class _Interest:
    """A subscription of ours; `made` is the one at NATS once there is a connection."""

    subject: str
    heard: Callable[[Msg], Awaitable[None]]
    forget: Callable[[_Interest], None]
    made: NatsSubscription | None = None
    ended: bool = False

    async def stop(self) -> None:
        self.ended = True
        self.forget(self)
        if self.made:
            with contextlib.suppress(NatsError):
                await self.made.unsubscribe()


class NatsBus:
    """Implements Bus. Call `start` once."""

    def __init__(self, url: str, name: str = "huying") -> None:
        self._url, self._name = url, name
        self._client: Client | None = None
        self._interests: list[_Interest] = []
        self._answers: set[asyncio.Task[None]] = set()
        self._connecting: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()

    async def start(self, wait_seconds: float = 2.0) -> bool:
        """Begin to connect; returns whether the connection stands already after the wait. It goes on trying either way."""
        self._connecting = asyncio.create_task(self._connect())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_seconds):
                await self._connected.wait()
        return self._connected.is_set()

    @property
    def is_connected(self) -> bool:
        """Does the connection stand at the moment?"""
        return self._client is not None and self._client.is_connected

    async def publish(self, subject: str, message: Message) -> None:
        """See Bus."""
        if self._client is None:
            return
        try:
            await self._client.publish(subject, _pack(message))
        except NatsError as error:
            log.warning("bus.message_lost", subject=subject, reason=type(error).__name__)

    async def subscribe(self, subject: str, listener: Listener) -> Subscription:
        """See Bus."""

        async def heard(message: Msg) -> None:
            try:
                await listener(message.subject, _unpack(message.data))
            except Exception:
                log.exception("bus.listener_failed", subject=message.subject)

        return await self._listen(subject, heard)

    async def answer(self, subject: str, answerer: Answerer) -> Subscription:
        """See Bus."""

        async def heard(message: Msg) -> None:
            task = asyncio.create_task(self._answer(message, answerer))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

        return await self._listen(subject, heard)

    async def ask(self, subject: str, message: Message, timeout_seconds: float = 3.0) -> Message:
        """See Bus."""
        if self._client is None or not self._client.is_connected:
            raise Unavailable("the bus between the processes is away: try again in a few seconds")
        try:
            reply = await heeding(self._client.request(subject, _pack(message), timeout=timeout_seconds))
        except NoRespondersError as error:
            raise Unavailable(f"nobody answers {subject} at the moment: try again in a few seconds") from error
        except (NatsError, TimeoutError) as error:
            raise Unavailable(f"no answer on {subject} within {timeout_seconds:g} s") from error
        answer = _unpack(reply.data)
        if "error" in answer:
            raise error_from_json(answer["error"])
        result: Message = answer["result"]
        return result

    async def flush(self) -> None:
        """Return when the server has taken everything published and subscribed so far. Raises Unavailable."""
        try:
            if self._client is None:
                raise Unavailable("the bus between the processes is away: try again in a few seconds")
            # The client's ping overtakes what it has not written yet; when it is back all of that is written, and the next comes after it.
            for _ in range(2):
                await heeding(self._client.flush(timeout=2))
        except (NatsError, TimeoutError) as error:
            raise Unavailable("the bus between the processes is away: try again in a few seconds") from error

    async def close(self) -> None:
        """See Bus."""
        if self._connecting:
            await end(self._connecting)
        for task in list(self._answers):
            task.cancel()
        await asyncio.gather(*self._answers, return_exceptions=True)
        if self._client:
            with contextlib.suppress(NatsError, TimeoutError, OSError):
                if self._client.is_connected:
                    await heeding(self._client.flush(timeout=1))
                await heeding(self._client.close())

    async def _connect(self) -> None:
        while True:
            client = Client()
            try:
                await heeding(self._open(client))
                break
            except (NatsError, OSError, TimeoutError):
                with contextlib.suppress(NatsError, OSError, TimeoutError):
                    await client.close()
                await asyncio.sleep(0.25)
            except asyncio.CancelledError:
                await client.close()
                raise
        self._client = client
        for interest in list(self._interests):
            await self._make(interest)
        self._connected.set()

    async def _open(self, client: Client) -> None:
        await client.connect(
            self._url,
            name=self._name,
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            connect_timeout=2,
            reconnect_time_wait=0.25,  # type: ignore[arg-type]  # seconds; the annotation says int, the code takes floats
            ping_interval=2,
            max_outstanding_pings=2,
            pending_size=PENDING_BYTES,
            error_cb=_note_error,
            disconnected_cb=_note_disconnected,
            reconnected_cb=_note_reconnected,
        )

    async def _listen(self, subject: str, heard: Callable[[Msg], Awaitable[None]]) -> Subscription:
        interest = _Interest(subject, heard, self._forget)
        self._interests.append(interest)
        if self._connected.is_set():
            await self._make(interest)
            with contextlib.suppress(Unavailable):
                await self.flush()
        return interest

    async def _make(self, interest: _Interest) -> None:
        async def heard(message: Msg) -> None:
            if not interest.ended:
                await interest.heard(message)

        if self._client and not interest.ended:
            with contextlib.suppress(NatsError):
                interest.made = await self._client.subscribe(interest.subject, cb=heard)

    def _forget(self, interest: _Interest) -> None:
        if interest in self._interests:
            self._interests.remove(interest)

    async def _answer(self, message: Msg, answerer: Answerer) -> None:
        try:
            reply = {"result": await answerer(_unpack(message.data))}
        except Exception as error:
            reply = {"error": error_to_json(error)}
            if reply["error"]["code"] == "internal-error":
                log.exception("bus.answerer_failed", subject=message.subject)
        try:
            await message.respond(_pack(reply))
        except NatsError as error:
            log.warning("bus.answer_lost", subject=message.subject, reason=type(error).__name__)


def _pack(message: Message) -> bytes:
    plain = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return b"z" + zlib.compress(plain, 1) if len(plain) > DEFLATE_ABOVE_BYTES else plain


def _unpack(data: bytes) -> Message:
    value: Message = json.loads(zlib.decompress(data[1:]) if data[:1] == b"z" else data)
    return value


async def _note_error(error: Exception) -> None:
    log.debug("bus.error", reason=type(error).__name__)


async def _note_disconnected() -> None:
    log.warning("bus.disconnected")


async def _note_reconnected() -> None:
    log.info("bus.reconnected")


async def connect(url: str, name: str = "huying", wait_seconds: float = 2.0) -> NatsBus:
    """A started bus; see `NatsBus.start`."""
    bus = NatsBus(url, name)
    await bus.start(wait_seconds)
    return bus
