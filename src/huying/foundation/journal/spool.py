"""A local file that keeps journal entries while the database is away: one JSON line an entry, fsynced before `add` returns.

Blocking: callers use a thread. One process owns a spool at a time. A line torn by a crash at the end is passed over.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog

from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Entry

log = structlog.get_logger()


class SpoolInUse(Conflict):
    """Another process writes this spool: stop it first, there may be one voice process alone."""

    code = "spool-in-use"


class Spool:
    """The spool in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "journal.jsonl"
        self._lock = -1

    def open(self) -> list[Entry]:
        """Take the spool for this process and return what a dead one left in it. Raises SpoolInUse."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            self._lock = -1
            raise SpoolInUse from error
        return self._read()

    def add(self, entries: Sequence[Entry]) -> None:
        """Write the entries at the end; they are on the disk when this returns. Raises OSError."""
        text = "".join(json.dumps(entry.to_json(), ensure_ascii=False) + "\n" for entry in entries)
        self._append(self._file, text)

    def refuse(self, entries: Sequence[Entry]) -> None:
        """Put entries aside that the journal will never take, for a person to look at."""
        text = "".join(json.dumps(entry.to_json(), ensure_ascii=False) + "\n" for entry in entries)
        self._append(self._folder / f"refused-{datetime.now(UTC):%Y%m%dT%H%M%S}.jsonl", text)

    def clear(self) -> None:
        """Everything is in the journal: remove the file."""
        self._file.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the spool free; what is in it stays."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _append(self, path: Path, text: str) -> None:
        fresh = not path.exists()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(handle)
        if fresh:
            self._sync_folder()

    def _sync_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _read(self) -> list[Entry]:
        if not self._file.exists():
            return []
        data = self._file.read_bytes()
        *lines, torn = data.split(b"\n")
        if torn:  # the crash came in the middle of a line: what was promised to nobody is cut off
            os.truncate(self._file, len(data) - len(torn))
        entries = []
        for line in lines:
            try:
                entries.append(Entry.from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                log.error("spool.unreadable_line", reason=str(error))
        return entries
