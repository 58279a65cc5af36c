"""How a process of ours shows the supervisor that it is ready and not stuck: a file touched every second by its event loop."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

BEAT_SECONDS = 1.0
FRESH_SECONDS = 5.0


async def beat(path: Path) -> None:
    """Touches the file for ever: run it as a task from the moment the process is ready, and cancel it at the end."""
    try:
        while True:
            _touch(path)
            await asyncio.sleep(BEAT_SECONDS)
    finally:
        _remove(path)


def _touch(path: Path) -> None:
    path.touch(mode=0o600)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def is_beating(path: Path) -> bool:
    """Whether the file was touched within the last seconds."""
    try:
        return time.time() - path.stat().st_mtime < FRESH_SECONDS
    except OSError:
        return False
