"""Who runs: a process is known by its number and its start time, and a child by the lock that it and its descendants hold.

The lock file is opened by the child's launcher and inherited over exec, so the kernel frees it exactly when the last of them ends.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Identity:
    """A process for good: numbers are used again, number and start time (clock ticks since boot) together are not."""

    pid: int
    started: int


def identity_of(pid: int) -> Identity | None:
    """The process with this number, or None when there is none or it is only waiting to be reaped."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text[text.rindex(")") + 2 :].split()
    return None if fields[0] in "ZX" else Identity(pid, int(fields[19]))


def read_record(path: Path) -> Identity | None:
    """The process a record file names, if exactly that one runs now."""
    try:
        noted = json.loads(path.read_text())
        wanted = Identity(int(noted["pid"]), int(noted["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return wanted if identity_of(wanted.pid) == wanted else None


def write_record(path: Path, pid: int) -> None:
    """Notes the process in a file that only its owner can read, in one step."""
    found = identity_of(pid)
    if found is not None:
        write_private(path, json.dumps({"pid": found.pid, "started": found.started}))


def write_private(path: Path, text: str) -> None:
    """Writes a file of mode 0600 in one step: a reader sees the old one or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def is_held(lock: Path) -> bool:
    """Whether some process holds this lock."""
    if not lock.exists():
        return False
    with lock.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def holders(lock: Path) -> list[int]:
    """The processes that have this lock file open, besides ourselves."""
    wanted = str(lock.resolve())
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if any(str(link.readlink()) == wanted for link in (entry / "fd").iterdir()):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@contextmanager
def sole(lock: Path) -> Iterator[bool]:
    """Holds the lock for the block; yields False when another process has it. Our own children do not inherit it."""
    with lock.open("a+") as file:
        lock.chmod(0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
