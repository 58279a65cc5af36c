"""The connection with Asterisk, and the truth that comes over it.

One task keeps the connection: it opens the socket, re-syncs everything, and then translates event by event until the socket
ends; then it tries again. Nothing is replayed by Asterisk, so after each connect the snapshot is the truth.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Self

import structlog

from huying.telephony.asterisk.ari import AriLost, AriNobody, AriRefused, AriSocket, Json
from huying.telephony.asterisk.book import Book
from huying.telephony.asterisk.configuration import ARI_USER, AsteriskSettings
from huying.telephony.asterisk.dialplan import APPLICATION
from huying.telephony.asterisk.listening import Listening
from huying.telephony.asterisk.recording import Recorder
from huying.telephony.asterisk.registry import Registry
from huying.telephony.asterisk.resync import Truth, fill, filter_events, read_truth, watch_accounts
from huying.telephony.asterisk.translation import translate
from huying.telephony.port import (
    BadRequestToEngine,
    EngineConnected,
    EngineEvent,
    EngineGone,
    EngineLost,
    EngineUnavailable,
    Gone,
    Snapshot,
)

log = structlog.get_logger(__name__)

RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.0)
REFUSALS_OF_THE_DEAD = 3
"""So many refused connections in a row, over 0.7 s, tell that the process is dead; one that is only slow lets us wait."""


class AsteriskConnection:
    """What stands between an engine's commands and one Asterisk."""

    def __init__(self, address: str, secret: str, folder: Path, *, user: str = ARI_USER) -> None:
        """`address` as in `AsteriskSettings.ari_address`; `folder` is the run folder of Asterisk."""
        self._address, self._user, self._secret = address, user, secret
        self._silence_folder = folder / "spool/tmp"
        self._socket: AriSocket | None = None
        self._book = Book()
        self._engine_start = ""
        self._events: asyncio.Queue[EngineEvent | None] = asyncio.Queue()
        self._registry = Registry(self._ask, self._events.put_nowait)
        self._listening = Listening(self._ask)
        self._recorder = Recorder(self._ask, folder / "spool/recording", lambda: self._book, self._events.put_nowait)
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def of(cls, settings: AsteriskSettings) -> Self:
        """The engine that runs with these settings."""
        return cls(settings.ari_address, settings.ari_secret, settings.folder)

    async def events(self) -> AsyncIterator[EngineEvent]:
        """All events, from one reader; connects at the first step."""
        if self._task is None:
            self._task = asyncio.create_task(self._stay_connected())
        while (event := await self._events.get()) is not None:
            yield event

    async def _stay_connected(self) -> None:
        tries, nobody = 0, 0
        while True:
            try:
                socket = await AriSocket.open(self._address, self._user, self._secret, APPLICATION)
            except AriLost as error:
                log.info("engine_unreachable", reason=str(error), tries=tries)
                nobody = nobody + 1 if isinstance(error, AriNobody) else 0
                if nobody == REFUSALS_OF_THE_DEAD:
                    self._events.put_nowait(EngineGone())
            except Exception:  # whatever it is, there must be a next try
                log.exception("engine_unreachable", tries=tries)
            else:
                nobody = 0
                try:
                    await self._serve(socket)
                    tries = 0
                except (AriLost, AriRefused, Gone, EngineUnavailable) as error:
                    log.warning("engine_resync_failed", reason=str(error))
                except Exception:
                    log.exception("engine_resync_failed")
                finally:
                    self._socket = None
                    await socket.close()
            await asyncio.sleep(RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)])
            tries += 1

    async def _serve(self, socket: AriSocket) -> None:
        await filter_events(socket)
        before = await read_truth(socket)
        if before.engine_start != self._engine_start:
            await self._registry.put_again(socket.request)
            before = await read_truth(socket)
        await watch_accounts(socket, before.accounts)
        truth = await read_truth(socket)
        # From here on without a pause: commands of other tasks must find the new book, or none.
        recordings = self._book.recordings
        self._book = fill(truth, self._book, self._recorder.recover(truth.channel_ids, recordings))
        self._engine_start = truth.engine_start
        self._socket = socket
        self._events.put_nowait(EngineConnected(self._snapshot(truth)))
        self._recorder.complete_missing(recordings)
        self._listening.recover(truth.channel_ids, truth.legs)
        log.info("engine_connected", legs=len(self._book.legs), engine_start=truth.engine_start)
        while (event := await socket.events.get()) is not None:
            if event["type"] == "ApplicationReplaced":
                socket.reason = "another process took the application"
                break
            try:
                self._take(event)
            except Exception:
                log.exception("engine_event_failed", event_kind=event.get("type"))
        log.warning("engine_lost", reason=socket.reason)
        self._events.put_nowait(EngineLost(socket.reason))

    def _take(self, event: Json) -> None:
        if not self._listening.handle(event) and not self._recorder.handle(event):
            for ours in translate(event, self._book):
                self._events.put_nowait(ours)

    def _snapshot(self, truth: Truth) -> Snapshot:
        return Snapshot(
            legs=truth.legs,
            bridges=truth.bridges,
            reachable_accounts=truth.reachable | self._registry.simulated_accounts,
            recordings=frozenset(self._book.recordings),
            engine_start=truth.engine_start,
        )

    async def snapshot(self) -> Snapshot:
        """The truth of this moment."""
        if self._socket is None:
            raise EngineUnavailable
        try:
            return self._snapshot(await read_truth(self._socket))
        except AriLost:
            raise EngineUnavailable from None

    async def close(self) -> None:
        """Leave the engine; its calls go on."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._recorder.close()
        await self._listening.close()
        self._events.put_nowait(None)

    async def _ask(
        self, method: str, uri: str, query: Mapping[str, str | int] | None = None, body: Mapping[str, object] | None = None
    ) -> Any:
        if self._socket is None:
            raise EngineUnavailable
        try:
            return await self._socket.request(method, uri, query, body)
        except AriLost as error:
            raise EngineUnavailable(f"The telephone engine does not answer: {error}") from None
        except AriRefused as error:
            raise _translated(error) from None


def _translated(error: AriRefused) -> Gone | BadRequestToEngine | EngineUnavailable:
    if error.status in (404, 409, 412, 422) or "not found" in error.message.lower():
        return Gone(str(error))
    return BadRequestToEngine(str(error)) if error.status < 500 else EngineUnavailable(str(error))
