"""Serves the application on one loopback port for the edge, with the socket settings that notice a dead browser soon."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

SOCKET_PING_SECONDS = 2.0
SOCKET_GONE_SECONDS = 6.0
"""Pings of the protocol itself, answered by the browser even when its page is busy or asleep; without an answer the socket ends.

That a person is gone is noticed earlier, by the silence of the page; ending a socket is only the cleaning up."""
LONGEST_SOCKET_MESSAGE = 16 * 1024
CLOSING_SECONDS = 3


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the caller's."""
        yield


class WebServer:
    """One running server. `port` 0 takes a free one."""

    def __init__(self, app: ASGIApp, port: int, host: str = "127.0.0.1") -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            http="h11",
            ws="websockets-sansio",
            lifespan="on",
            ws_ping_interval=SOCKET_PING_SECONDS,
            ws_ping_timeout=SOCKET_GONE_SECONDS,
            ws_max_size=LONGEST_SOCKET_MESSAGE,
            ws_per_message_deflate=False,  # messages are small and many: the time is worth more than the bytes
            proxy_headers=True,
            forwarded_allow_ips="127.0.0.1",
            server_header=False,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=CLOSING_SECONDS,
            timeout_keep_alive=75,
        )
        self._server = _Server(config)

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        sockets = self._server.servers[0].sockets
        return int(sockets[0].getsockname()[1])

    async def serve(self) -> None:
        """Serve until cancelled; then answers end and sockets close within seconds."""
        serving = asyncio.create_task(self._server.serve(), name="web-server")
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            self._server.should_exit = True
            await serving
            raise

    async def started(self) -> None:
        """Wait until it listens."""
        while not self._server.started:  # noqa: ASYNC110 (uvicorn has no event for it)
            await asyncio.sleep(0.02)
