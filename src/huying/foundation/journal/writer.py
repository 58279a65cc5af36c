"""How the owner of streams writes the journal: commits before an effect, records in small batches, and goes on without the database.

Theory of operation. All entries pass one queue in order. A batch is appended to the database; when that takes longer than
`patience_seconds`, or the database is away, the batch goes to the local spool instead, which is as durable, and so does everything
after it until the spool has been flushed in order. An append whose outcome is unknown may be repeated: the journal passes over what it
has. `published` is told of every entry once, in the order of its stream: at once for a record, after durability for a commit;
`refused` is told of entries that the journal will never take.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from huying.foundation.errors import Unavailable
from huying.foundation.journal.batch import Key, key_of
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.port import Journal
from huying.foundation.journal.spool import Spool

log = structlog.get_logger()

Published = Callable[[Sequence[Entry]], None]
Refused = Callable[[Sequence[Entry], Exception], None]
BATCH_ENTRIES = 500


@dataclass(slots=True, eq=False)
class _Item:
    entries: tuple[Entry, ...]
    at: float
    done: asyncio.Future[None] | None
    """Set for a commit."""
    published: bool = False


class JournalWriter:
    """Writes for one process. `start` first; `close` at the end."""

    def __init__(
        self,
        journal: Journal,
        spool: Spool,
        published: Published,
        *,
        refused: Refused = lambda _entries, _error: None,
        lag_seconds: float = 0.05,
        patience_seconds: float = 0.5,
        retry_seconds: float = 0.5,
    ) -> None:
        self._journal, self._spool, self._published, self._refused = journal, spool, published, refused
        self._lag, self._patience, self._retry = lag_seconds, patience_seconds, retry_seconds
        self._queue: deque[_Item] = deque()
        self._batch: list[_Item] = []
        self._held: Counter[Key] = Counter()
        self._spooled: deque[Entry] = deque()
        self._wake, self._urgent = asyncio.Event(), asyncio.Event()
        self._file = asyncio.Lock()
        self._closing = False
        self._strays: set[asyncio.Task[None]] = set()
        self._writing: asyncio.Task[None] | None = None
        self._flushing: asyncio.Task[None] | None = None

    async def start(self) -> list[Entry]:
        """Take the spool and begin. Returns entries of a dead process that are not in the database yet (they are being flushed)."""
        left = await asyncio.to_thread(self._spool.open)
        if left:
            log.warning("journal.spool_left_behind", entries=len(left))
            self._to_spool_mode(left)
        self._writing = asyncio.create_task(self._write_all())
        return left

    @property
    def is_spooling(self) -> bool:
        """Is the database away, or the spool not yet flushed?"""
        return self._flushing is not None

    async def commit(self, entries: Sequence[Entry]) -> None:
        """Return when the entries are durable. Raises StreamConflict when another writer owns a stream."""
        if not entries:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._put(_Item(tuple(entries), time.monotonic(), done))
        self._urgent.set()
        await asyncio.shield(done)

    def record(self, entries: Sequence[Entry]) -> None:
        """Write soon (within 100 ms); a tail may be lost with the process."""
        if not entries:
            return
        item = _Item(tuple(entries), time.monotonic(), None)
        if not any(self._held[key_of(entry)] for entry in entries):
            item.published = True
        self._put(item)
        if item.published:
            self._tell(entries)

    async def settle(self) -> None:
        """Return when everything put in so far is durable, in the database or in the spool."""
        while self._queue or self._held or self._batch:
            self._urgent.set()
            await asyncio.sleep(0.005)

    async def flushed(self, timeout_seconds: float | None = None) -> bool:
        """Wait for the spool to be in the database, at most so long (None: as long as it takes); returns whether it is."""
        if self._flushing:
            await asyncio.wait([self._flushing], timeout=timeout_seconds)
        return self._flushing is None

    async def close(self) -> None:
        """Write what is left and stop. What is in the spool stays there for the next start."""
        self._closing = True
        self._wake.set()
        self._urgent.set()
        if self._writing:
            await self._writing
        for task in [self._flushing, *self._strays]:
            if task:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        await asyncio.to_thread(self._spool.close)

    def _put(self, item: _Item) -> None:
        if self._closing or self._writing is None:
            raise Unavailable("the journal's writer is not running")
        if not item.published:
            self._held.update(key_of(entry) for entry in item.entries)
        self._queue.append(item)
        self._wake.set()

    async def _write_all(self) -> None:
        while True:
            await self._wake.wait()
            if not self._queue:
                if self._closing:
                    return
                self._wake.clear()
                continue
            await self._linger()
            self._batch = batch = self._take()
            try:
                await self._write(batch)
            except Exception as error:
                log.exception("journal.batch_failed", entries=sum(len(item.entries) for item in batch))
                for item in batch:
                    self._finish(item, error)
            self._batch = []

    async def _linger(self) -> None:
        """Records wait a little for company; a commit ends the wait."""
        rest = self._queue[0].at + self._lag - time.monotonic()
        if rest > 0 and not any(item.done for item in self._queue):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(rest):
                    await self._urgent.wait()

    def _take(self) -> list[_Item]:
        self._urgent.clear()
        batch, size = [], 0
        while self._queue and size < BATCH_ENTRIES:
            batch.append(self._queue.popleft())
            size += len(batch[-1].entries)
        return batch

    async def _write(self, batch: list[_Item]) -> None:
        """Make the batch durable and finish its items."""
        entries = [entry for item in batch for entry in item.entries]
        if self._flushing:
            await self._to_spool(entries)
        else:
            try:
                await self._append(entries)
            except Unavailable:
                await self._to_spool(entries)
            except Exception as error:
                if len(batch) > 1:  # find out whose fault it is
                    for item in batch:
                        await self._write([item])
                    return
                log.error("journal.refused", reason=repr(error), stream_id=entries[0].stream_id)
                self._finish(batch[0], error)
                self._refused(entries, error)
                return
        for item in batch:
            self._finish(item, None)

    async def _append(self, entries: list[Entry]) -> None:
        """Append within our patience. An append that takes longer goes on by itself; its outcome does not matter any more."""
        task = asyncio.create_task(self._journal.append(entries))
        done, _ = await asyncio.wait([task], timeout=self._patience)
        if done:
            return task.result()
        self._strays.add(task)
        task.add_done_callback(self._stray_ended)
        raise Unavailable("the database is slow")

    def _stray_ended(self, task: asyncio.Task[None]) -> None:
        self._strays.discard(task)
        if not task.cancelled():
            task.exception()

    async def _to_spool(self, entries: list[Entry]) -> None:
        self._to_spool_mode(entries)
        async with self._file:
            try:
                await asyncio.to_thread(self._spool.add, entries)
            except OSError as error:  # neither database nor disk: memory is all there is, and calls go on
                log.critical("journal.spool_failed", reason=str(error), entries=len(entries))

    def _to_spool_mode(self, entries: list[Entry]) -> None:
        self._spooled.extend(entries)
        if self._flushing is None:
            log.warning("journal.database_away")
            self._flushing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        """Bring the spool into the database in order; end when nothing is left."""
        while True:
            if self._strays:
                await asyncio.wait(self._strays)
            if await self._is_flushed():
                return
            chunk = [self._spooled[place] for place in range(min(len(self._spooled), BATCH_ENTRIES))]
            try:
                await self._journal.append(chunk)
            except Unavailable:
                await asyncio.sleep(self._retry)
                continue
            except Exception:
                log.exception("journal.spool_conflict", entries=len(chunk))
                if not await self._append_one_by_one(chunk):
                    await asyncio.sleep(self._retry)
                    continue
            for _ in chunk:
                self._spooled.popleft()

    async def _is_flushed(self) -> bool:
        """Whether everything is in the database; then the file is removed and the spool is used no longer."""
        async with self._file:
            if self._spooled:
                return False
            try:
                await asyncio.to_thread(self._spool.clear)
            except OSError as error:  # the file stays, and what follows is written into it: the journal passes over what it has
                log.error("journal.spool_not_cleared", reason=str(error))
                await asyncio.sleep(self._retry)
                return False
            if self._spooled:  # something came while the file was removed
                return False
            self._flushing = None
            log.info("journal.database_back")
            return True

    async def _append_one_by_one(self, chunk: list[Entry]) -> bool:
        """Append what can be appended and put the rest aside; false when the database went away meanwhile."""
        for entry in chunk:
            try:
                await self._journal.append([entry])
            except Unavailable:
                return False
            except Exception as error:
                log.error("journal.refused", reason=repr(error), stream_id=entry.stream_id, number=entry.number)
                await self._put_aside(entry)
                self._refused([entry], error)
        return True

    async def _put_aside(self, entry: Entry) -> None:
        try:
            await asyncio.to_thread(self._spool.refuse, [entry])
        except OSError as failure:
            log.critical("journal.refused_not_kept", reason=str(failure), stream_id=entry.stream_id, number=entry.number)

    def _finish(self, item: _Item, error: Exception | None) -> None:
        if not item.published:
            item.published = True
            for entry in item.entries:
                key = key_of(entry)
                self._held[key] -= 1
                if not self._held[key]:
                    del self._held[key]
            if error is None:
                self._tell(item.entries)
        if item.done and not item.done.done():
            if error is None:
                item.done.set_result(None)
            else:
                item.done.set_exception(error)
                item.done.exception()

    def _tell(self, entries: Sequence[Entry]) -> None:
        try:
            self._published(entries)
        except Exception:
            log.exception("journal.published_failed")
