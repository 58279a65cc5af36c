"""Keeping what the engine recorded: one encrypted stereo file a part, its row, and how much of the conversation is missing in it.

The order makes it safe to do again: sealed file, then row, then the plain files go. Sound left behind by a crash is found by `sweep`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import structlog
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from huying.channels.messages.service import Left, keep_message
from huying.channels.model import RecordingRow
from huying.channels.voice.call.words import RecordingKept
from huying.channels.voice.events import CallRecordingEnded
from huying.channels.voice.recording_span import RecordingSpan, expected_seconds, missing_seconds, span_of
from huying.channels.voice.stereo import Stereo, look, make_stereo
from huying.foundation.clock import Clock, utc_now
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError, NotFound
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.port import Journal, StreamConflict
from huying.foundation.journal.postgres import PostgresJournal
from huying.foundation.vault import Vault
from huying.telephony.port import RecordingEnded

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

SUFFIX = ".wav.sealed"
JOURNAL_SECONDS = 3.0
"""How long to wait for the journal to tell of the end of the conversation; it may lag behind the engine."""
SWEEP_AGE = timedelta(minutes=2)
"""Plain files that were not written to for so long belong to nobody any more."""

FIND_CONTACT = text("""
    SELECT business_id::text, stream_id FROM journal
    WHERE at >= :since AND stream = 'contact' AND kind = 'CallRecordingStarted' AND data->>'recording_id' = :recording_id LIMIT 1
""")


class UnknownRecording(NotFound):
    """No journal entry tells of this recording."""

    code = "unknown-recording"


@dataclass(frozen=True, slots=True)
class _Work:
    ended: RecordingEnded
    sealed: Path


class RecordingStore:
    """Implements the voice process's RecordingKeeper. The heavy part runs in one thread of its own."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        folder: Path,
        journal: Journal | None = None,
        clock: Clock = utc_now,
        *,
        journal_seconds: float = JOURNAL_SECONDS,
        left: Callable[[str, str], Awaitable[None]] | None = None,
    ) -> None:
        """`left` is told of messages: the business, and whose mailbox (empty for a queue's)."""
        self._left = left
        self._database, self._vault, self._folder, self._clock = database, vault, folder, clock
        self._journal = journal if journal is not None else PostgresJournal(database)
        self._journal_seconds = journal_seconds
        self._thread = ThreadPoolExecutor(1, "recordings")

    async def keep(self, ended: RecordingEnded, business_id: str, contact_id: str) -> RecordingKept:
        """Keep it; done again it changes nothing. Raises Unavailable, UnknownRecording, BadSound, OSError."""
        span = await self._span(ended.recording_id, business_id, contact_id)
        row = await self._row(business_id, ended.recording_id)
        if row is not None and row.path:
            await self._off_loop(lambda: _remove(ended))
            shorter = min(_side(row, "customer_seconds"), _side(row, "agent_seconds"))
            return RecordingKept(ended.recording_id, row.seconds, missing_seconds(expected_seconds(span, self._clock()), shorter))
        place = Path(f"{span.started_at.astimezone(UTC):%Y/%m/%d}") / f"{ended.recording_id}{SUFFIX}"
        work = _Work(ended, self._folder / place)
        stereo = await self._off_loop(lambda: self._seal(work))
        await self._insert(business_id, contact_id, span, place, stereo)
        await self._off_loop(lambda: _remove(ended))
        missing = missing_seconds(expected_seconds(span, self._clock()), min(stereo.left_seconds, stereo.right_seconds))
        log.info("recording.kept", recording_id=ended.recording_id, seconds=stereo.seconds, missing_seconds=missing)
        return RecordingKept(ended.recording_id, stereo.seconds, missing)

    async def sweep(self, spool: Path, in_use: Collection[str], sides: tuple[str, str] = ("near", "far")) -> int:
        """Keep the plain files in `spool` that a crash left behind and write into the contact's stream that they were kept.

        `in_use` are recordings that still belong to a call. Returns how many were kept.
        """
        kept = 0
        for ended in await self._off_loop(lambda: _left_behind(spool, sides, self._clock())):
            if ended.recording_id in in_use:
                continue
            try:
                kept += await self._keep_left_behind(ended)
            except (HuyingError, OSError) as error:
                log.warning("recording.left_behind", recording_id=ended.recording_id, reason=str(error))
        return kept

    def close(self) -> None:
        """End the thread; what it does is finished first."""
        self._thread.shutdown()

    # --- one recording ---------------------------------------------------------------------------------------------------

    async def _span(self, recording_id: str, business_id: str, contact_id: str) -> RecordingSpan:
        """What the journal tells of the recording, waiting a little for the end of its conversation."""
        give_up = asyncio.get_running_loop().time() + self._journal_seconds
        while True:
            span = span_of(recording_id, await self._journal.read_stream(business_id, STREAM_CONTACT, contact_id))
            if span is not None and span.ended_at is not None:
                return span
            if asyncio.get_running_loop().time() >= give_up:
                if span is None:
                    raise UnknownRecording(recording_id=recording_id)
                return span
            await asyncio.sleep(0.1)

    async def _row(self, business_id: str, recording_id: str) -> RecordingRow | None:
        async with self._database.business(business_id) as session:
            return await session.get(RecordingRow, recording_id)

    def _seal(self, work: _Work) -> Stereo:
        _make_private(work.sealed.parent)
        plain = work.sealed.with_suffix(".plain")
        try:
            stereo = make_stereo(Path(work.ended.near_path), Path(work.ended.far_path), plain)
            self._vault.encrypt_file(plain, work.sealed)
        finally:
            plain.unlink(missing_ok=True)
        return stereo

    async def _insert(self, business_id: str, contact_id: str, span: RecordingSpan, place: Path, stereo: Stereo) -> None:
        values = {
            "id": span.recording_id,
            "business_id": business_id,
            "contact_id": contact_id,
            "segment_id": span.segment_id,
            "agent_id": span.agent_id or None,
            "part": span.part,
            "started_at": span.started_at,
            "path": str(place),
            "seconds": stereo.seconds,
            "sample_rate": stereo.sample_rate,
            "size_bytes": stereo.size_bytes,
            "sha256": stereo.sha256,
            "peaks": {
                "customer": stereo.left_peaks,
                "agent": stereo.right_peaks,
                "customer_seconds": stereo.left_seconds,
                "agent_seconds": stereo.right_seconds,
            },
        }
        changed = {name: value for name, value in values.items() if name != "id"}
        async with self._database.business(business_id) as session:
            await session.execute(insert(RecordingRow).values(values).on_conflict_do_update(index_elements=[RecordingRow.id], set_=changed))
            if span.message_for is not None:
                left = Left(
                    business_id=business_id,
                    message_id=span.recording_id,
                    contact_id=contact_id,
                    queue_id=span.message_for,
                    left_at=span.started_at,
                    seconds=stereo.left_seconds,
                    person_id=span.message_of,
                    left_by=span.left_by,
                )
                await keep_message(session, left)
        if span.message_for is not None and self._left:
            await self._left(business_id, span.message_of)

    async def _off_loop(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # --- what a crash left -------------------------------------------------------------------------------------------------

    async def _keep_left_behind(self, ended: RecordingEnded) -> bool:
        since = self._clock() - timedelta(days=32)
        async with self._database.system() as session:
            found = (await session.execute(FIND_CONTACT, {"since": since, "recording_id": ended.recording_id})).one_or_none()
        if found is None:
            raise UnknownRecording(recording_id=ended.recording_id)
        kept = await self.keep(ended, found[0], found[1])
        await self._journal_kept(found[0], found[1], kept)
        return True

    async def _journal_kept(self, business_id: str, contact_id: str, kept: RecordingKept) -> None:
        """Write the ending into the stream of a contact that nobody owns any more."""
        event = CallRecordingEnded(kept.recording_id, kept.seconds, kept.missing_seconds)
        with contextlib.suppress(StreamConflict):
            entries = await self._journal.read_stream(business_id, STREAM_CONTACT, contact_id)
            over = any(entry.event.closes_stream for entry in entries)
            told = any(
                getattr(entry.event, "recording_id", "") == kept.recording_id and isinstance(entry.event, CallRecordingEnded)
                for entry in entries
            )
            if over and not told:
                await self._journal.append([Entry(business_id, STREAM_CONTACT, contact_id, entries[-1].number + 1, self._clock(), event)])


def _side(row: RecordingRow, name: str) -> float:
    return float((row.peaks or {}).get(name, row.seconds))


def _make_private(folder: Path) -> None:
    """Make the folder and those above it that are missing, for nobody else's eyes."""
    if not folder.exists():
        _make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _remove(ended: RecordingEnded) -> None:
    for path in (ended.near_path, ended.far_path):
        Path(path).unlink(missing_ok=True)


def _left_behind(spool: Path, sides: tuple[str, str], now: datetime) -> list[RecordingEnded]:
    found = []
    names = {path.stem.rpartition("-")[0] for side in sides for path in spool.glob(f"*-{side}.wav")}
    for recording_id in sorted(names - {""}):
        near, far = (spool / f"{recording_id}-{side}.wav" for side in sides)
        touched = max(path.stat().st_mtime for path in (near, far) if path.exists())
        if now - datetime.fromtimestamp(touched, UTC) >= SWEEP_AGE:
            with contextlib.suppress(HuyingError):
                found.append(RecordingEnded(recording_id, str(near), str(far), look(near).seconds, look(far).seconds))
    return found
