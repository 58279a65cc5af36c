"""Keeps the children's log files small: copied aside and cut, so that a writer with an open file goes on writing to it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

LIMIT_BYTES = 20_000_000
KEPT = 4


def rotate(path: Path, limit_bytes: int = LIMIT_BYTES, kept: int = KEPT) -> bool:
    """Moves the content of a grown log to `NAME.1` (and `.1` to `.2` ...); says whether it did. Needs writers that append."""
    try:
        if path.stat().st_size < limit_bytes:
            return False
    except FileNotFoundError:
        return False
    for number in range(kept - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    aside = path.with_name(f"{path.name}.1")
    with path.open("rb") as source, os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        shutil.copyfileobj(source, target)
    os.truncate(path, 0)
    return True


def tail(path: Path, lines: int = 5) -> list[str]:
    """The last lines of a log that are not empty."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 16_384))
            text = file.read().decode(errors="replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if line.strip()][-lines:]
