"""Recording both sides of a leg apart: two snoop channels, each written by Asterisk itself, so that it goes on without us.

Why snoops: docs/decisions/0001-recording-both-sides.md. The ids of the snoops and the names of the files follow from the id of the
recording, so that one that is running is found again after a restart, and one that ended meanwhile by its files.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import structlog

from huying.telephony.asterisk.ari import path
from huying.telephony.asterisk.book import FAR, NEAR, SIDES, Book, RecordingBook, file_name, side_of_file, side_of_snoop, snoop_id
from huying.telephony.asterisk.dialplan import APPLICATION
from huying.telephony.port import (
    BadRequestToEngine,
    EngineEvent,
    EngineUnavailable,
    Gone,
    RecordingEnded,
    RecordingFailed,
    RecordingStarted,
)
from huying.telephony.wav import mend

log = structlog.get_logger(__name__)

Ask = Callable[..., Awaitable[Any]]
SNOOP_SECONDS = 5.0
TOLD_LIMIT = 10_000
"""Of so many recordings it is remembered that their end was told, so that it is told once."""
_SPY = {NEAR: "in", FAR: "out"}


class Recorder:
    """Starts, mutes and ends recordings, and says when their files are complete."""

    def __init__(self, ask: Ask, folder: Path, book: Callable[[], Book], emit: Callable[[EngineEvent], None]) -> None:
        self._ask = ask
        self._folder = folder
        self._book = book
        self._emit = emit
        self._entering: dict[str, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._told: dict[str, None] = {}
        self._limited: set[str] = set()
        """Recordings that end by themselves; after a restart of ours they are ended by their owner."""

    async def start(self, recording_id: str, leg_id: str, most_seconds: int = 0, silence_seconds: int = 0) -> None:
        """Begin; RecordingStarted follows when both sides are being written. Raises Gone when the leg has ended.

        The limits are those of the party's own side; when it ends by one, the other side is ended too.
        """
        near = {"maxDurationSeconds": str(most_seconds), "maxSilenceSeconds": str(silence_seconds)}
        self._limited |= {recording_id} if most_seconds or silence_seconds else set()
        self._book().recordings[recording_id] = RecordingBook(recording_id)
        try:
            await asyncio.gather(*(self._start_side(recording_id, leg_id, side, near if side == NEAR else {}) for side in SIDES))
        except (Gone, EngineUnavailable, BadRequestToEngine):
            self._book().recordings.pop(recording_id, None)
            self._limited.discard(recording_id)
            await self._remove_snoops(recording_id)
            raise

    async def _start_side(self, recording_id: str, leg_id: str, side: str, limits: Mapping[str, str]) -> None:
        snoop = snoop_id(recording_id, side)
        entering = asyncio.get_running_loop().create_future()
        self._entering[snoop] = entering
        try:
            query = {"spy": _SPY[side], "whisper": "none", "app": APPLICATION, "appArgs": "snoop"}
            await self._ask("POST", path("channels", leg_id, "snoop", snoop), query)
            # Recording it before it has entered is answered with 409 now and then.
            async with asyncio.timeout(SNOOP_SECONDS):
                await entering
        except TimeoutError:
            raise EngineUnavailable("The recording could not be started in time.") from None
        finally:
            self._entering.pop(snoop, None)
        name = file_name(recording_id, side)
        await self._ask("POST", path("channels", snoop, "record"), {"name": name, "format": "wav", "ifExists": "overwrite", **limits})

    async def pause(self, recording_id: str, paused: bool) -> None:
        """Write silence from here on, or sound again."""
        method = "POST" if paused else "DELETE"
        await asyncio.gather(*(self._ask(method, path("recordings", "live", file_name(recording_id, s), "mute")) for s in SIDES))

    async def stop(self, recording_id: str) -> None:
        """End it; RecordingEnded follows, also for one that ended while nobody listened. Raises Gone if there is none."""
        known = recording_id in self._book().recordings
        results = await asyncio.gather(
            *(self._ask("POST", path("recordings", "live", file_name(recording_id, side), "stop")) for side in SIDES),
            return_exceptions=True,
        )
        for result in results:
            if isinstance(result, BaseException) and not isinstance(result, Gone):
                raise result
        if not known:
            if recording_id in self._told or not all(self._file(recording_id, side).exists() for side in SIDES):
                raise Gone("The recording has ended.")
            self._book().recordings[recording_id] = RecordingBook(recording_id, finished=set(SIDES))
            self._complete(recording_id)

    def handle(self, event: Mapping[str, Any]) -> bool:
        """Take an event of a snoop or a recording; false if it is neither."""
        kind = event["type"]
        if kind == "StasisStart":
            entering = self._entering.get(event["channel"]["id"])
            if entering is not None and not entering.done():
                entering.set_result(None)
            return side_of_snoop(event["channel"]["id"]) is not None
        if not kind.startswith("Recording"):
            return False
        found = side_of_file(str(event["recording"]["name"]))
        recording = self._book().recordings.get(found[0]) if found else None
        if found and recording:
            self._side_changed(recording, found[1], kind, str(event["recording"].get("cause") or ""))
        return True

    def _side_changed(self, recording: RecordingBook, side: str, kind: str, cause: str) -> None:
        recording_id = recording.recording_id
        if kind == "RecordingStarted":
            recording.started.add(side)
            if len(recording.started) == len(SIDES) and not recording.announced:
                recording.announced = True
                self._emit(RecordingStarted(recording_id))
        elif kind == "RecordingFailed" and not self._file(recording_id, side).exists():
            self._book().recordings.pop(recording_id, None)
            self._later(self._remove_snoops(recording_id))
            self._emit(RecordingFailed(recording_id, cause or "the engine could not write it"))
        else:
            recording.finished.add(side)
            if len(recording.finished) == len(SIDES):
                self._complete(recording_id)
            elif side == NEAR and recording_id in self._limited:
                self._later(self._end_far(recording_id))

    async def _end_far(self, recording_id: str) -> None:
        with contextlib.suppress(Gone, EngineUnavailable):
            await self._ask("POST", path("recordings", "live", file_name(recording_id, FAR), "stop"))

    def _complete(self, recording_id: str) -> None:
        self._book().recordings.pop(recording_id, None)
        self._told[recording_id] = None
        self._limited.discard(recording_id)
        if len(self._told) > TOLD_LIMIT:
            del self._told[next(iter(self._told))]
        self._later(self._remove_snoops(recording_id))
        near, far = self._file(recording_id, NEAR), self._file(recording_id, FAR)
        try:
            lengths = mend(near).seconds, mend(far).seconds
        except (OSError, ValueError) as error:
            self._emit(RecordingFailed(recording_id, str(error)))
            return
        self._emit(RecordingEnded(recording_id, str(near), str(far), *lengths))

    def recover(self, channel_ids: Iterable[str], before: Mapping[str, RecordingBook]) -> dict[str, RecordingBook]:
        """The recordings whose snoops are in the engine; those known before that have gone are completed after the snapshot."""
        sides: dict[str, set[str]] = {}
        for channel_id in channel_ids:
            if found := side_of_snoop(channel_id):
                sides.setdefault(found[0], set()).add(found[1])
        return {
            recording_id: RecordingBook(recording_id, set(SIDES), set(SIDES) - there, announced=True)
            for recording_id, there in sides.items()
            if recording_id not in before or before[recording_id].announced or there == set(SIDES)
        }

    def complete_missing(self, before: Iterable[str]) -> None:
        """End the recordings that were known before a reconnect and are no longer there."""
        for recording_id in before:
            if recording_id not in self._book().recordings:
                self._book().recordings[recording_id] = RecordingBook(recording_id, finished=set(SIDES))
                self._complete(recording_id)

    async def _remove_snoops(self, recording_id: str) -> None:
        for side in SIDES:
            with contextlib.suppress(Gone, EngineUnavailable, BadRequestToEngine):
                await self._ask("DELETE", path("channels", snoop_id(recording_id, side)))

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _file(self, recording_id: str, side: str) -> Path:
        return self._folder / f"{file_name(recording_id, side)}.wav"

    async def close(self) -> None:
        """End what still runs in the background."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
