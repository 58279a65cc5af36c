"""The application served on a real port, and the live feed's WebSocket as a browser uses it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from huying.web.server import WebServer


@asynccontextmanager
async def served(house) -> AsyncIterator[int]:  # type: ignore[no-untyped-def]
    """The application on a real port; its lifespan runs already."""

    async def without_lifespan(scope, receive, send):  # type: ignore[no-untyped-def]
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": message["type"] + ".complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        await house.app(scope, receive, send)

    server = WebServer(without_lifespan, 0)
    task = asyncio.create_task(server.serve())
    await asyncio.wait_for(server.started(), 30)
    yield server.port
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def feed(port: int, session: str = "", origin: str | None = None):  # type: ignore[no-untyped-def]
    headers = {"Cookie": f"huying_session={session}"} if session else {}
    return connect(f"ws://127.0.0.1:{port}/live", additional_headers=headers, origin=origin)  # type: ignore[arg-type]


async def hear(socket: ClientConnection, kind: str = "") -> dict[str, object]:
    async with asyncio.timeout(30):
        while True:
            message = json.loads(await socket.recv())
            if message["type"] == "ping" and kind != "ping":
                await socket.send(json.dumps({"type": "pong"}))
                continue
            return message  # type: ignore[no-any-return]


async def say(socket: ClientConnection, **message: object) -> None:
    await socket.send(json.dumps(message))


async def hear_until(socket: ClientConnection, right: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first message but pings of which `right` holds."""
    async with asyncio.timeout(30):
        while True:
            message = await hear(socket)
            if right(message):
                return message
