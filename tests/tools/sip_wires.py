"""How the SIP messages of a test's telephone travel: UDP, or a WebSocket as a browser's."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from typing import Protocol

from websockets.asyncio.client import ClientConnection, connect


class Wire(Protocol):
    """How messages travel."""

    name: str
    host: str
    port: int

    async def send(self, text: str) -> None: ...

    async def close(self) -> None: ...


class UdpWire(asyncio.DatagramProtocol):
    """SIP over UDP from a socket of its own."""

    name = "UDP"

    def __init__(self, receive: Callable[[str], None]) -> None:
        self._receive = receive
        self.host, self.port = "127.0.0.1", 0

    async def open(self, server: tuple[str, int], local: str) -> None:
        self.host = local
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(local, 0), remote_addr=server)
        self.port = self._transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        text = data.decode(errors="replace")
        if text.strip():
            self._receive(text)

    def error_received(self, exc: Exception) -> None:
        pass

    async def send(self, text: str) -> None:
        self._transport.sendto(text.encode())

    async def close(self) -> None:
        self._transport.close()


class WebSocketWire:
    """SIP over a WebSocket, as a browser does it."""

    name = "WS"

    def __init__(self, receive: Callable[[str], None]) -> None:
        self._receive = receive
        self.host, self.port = f"{secrets.token_hex(6)}.invalid", 5060
        self._connection: ClientConnection | None = None

    async def open(self, server: tuple[str, int], local: str) -> None:
        address = f"ws://{server[0]}:{server[1]}/ws"
        self._connection = await connect(address, subprotocols=["sip"], local_addr=(local, 0), ping_interval=None, proxy=None)
        self._task = asyncio.create_task(self._read(self._connection))

    async def _read(self, connection: ClientConnection) -> None:
        with contextlib.suppress(Exception):
            async for message in connection:
                text = message if isinstance(message, str) else message.decode()
                if text.strip():
                    self._receive(text)

    async def send(self, text: str) -> None:
        assert self._connection
        await self._connection.send(text)

    async def close(self) -> None:
        assert self._connection
        await self._connection.close()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
