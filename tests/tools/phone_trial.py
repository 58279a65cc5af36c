"""The telephone engine and the browser's telephone alone, without the rest of the product."""

from __future__ import annotations

import asyncio
import functools
import http.server
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

from running_asterisk import running_asterisk

from huying.telephony.asterisk.configuration import AsteriskSettings
from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.port import EngineConnected, EngineEvent

Event = TypeVar("Event")


class RunningEngine:
    """An Asterisk of one's own with our adapter, its events kept in order."""

    def __init__(self, settings: AsteriskSettings) -> None:
        self.settings = settings
        self.engine = AsteriskEngine.of(settings)
        self.events: list[EngineEvent] = []
        self._news = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._reader = asyncio.create_task(self._read())
        await self.wait(EngineConnected)

    async def stop(self) -> None:
        await self.engine.close()
        if self._reader:
            self._reader.cancel()

    async def _read(self) -> None:
        async for event in self.engine.events():
            async with self._news:
                self.events.append(event)
                self._news.notify_all()

    async def wait(self, kind: type[Event], matches: Callable[[Event], bool] = lambda _: True, seconds: float = 30) -> Event:
        """The first event of this kind that matches and was not waited for before."""

        def find() -> Event | None:
            for index, event in enumerate(self.events):
                if isinstance(event, kind) and matches(event):
                    del self.events[index]
                    return event
            return None

        async with asyncio.timeout(seconds), self._news:
            while (event := find()) is None:
                await self._news.wait()
            return event


@asynccontextmanager
async def running_engine(folder: Path) -> AsyncIterator[RunningEngine]:
    """Asterisk on free ports of 127.0.0.1 with our adapter, ended afterwards."""
    with running_asterisk(folder) as asterisk:
        running = RunningEngine(asterisk.settings)
        await running.start()
        try:
            yield running
        finally:
            await running.stop()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on a free port of 127.0.0.1; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
