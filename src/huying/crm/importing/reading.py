"""A table in a file as a stream of rows: asks the reading process and passes on what it says. Bounded in time; leaves no process behind."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huying.crm.importing.file_errors import EmptyTable, TooLarge, bad_table

READING_SECONDS = 180
LONGEST_LINE = 8 * 1024 * 1024
PROGRAM = "huying.crm.importing.read_table"


@dataclass(slots=True)
class Table:
    """An opened table: what it is, its columns, and the rows to come."""

    form: dict[str, Any]
    heading: int
    columns: list[str]
    rows: AsyncIterator[tuple[int, list[str]]]


@asynccontextmanager
async def open_table(path: Path, sheet: str = "") -> AsyncIterator[Table]:
    """The table of this file, read by a process of its own. Raises BadTable and its kinds, also while rows are read."""
    words = (sys.executable, "-m", PROGRAM, str(path), sheet)
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment.setdefault("PYTHONPATH", os.pathsep.join(place for place in sys.path if place))
    reader = await asyncio.create_subprocess_exec(
        *words, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, limit=LONGEST_LINE, env={**environment, "PYTHONUTF8": "1"}
    )
    try:
        async with asyncio.timeout(READING_SECONDS):
            first = await _line(reader)
            if not isinstance(first, dict):
                raise EmptyTable
            yield Table(first["form"], first["heading"], first["columns"], _rows(reader))
    except TimeoutError as error:
        raise TooLarge from error
    finally:
        if reader.returncode is None:
            reader.kill()
        await reader.wait()
        # The transport is closed by the end of the process; without this a test's loop would find it open.
        reader._transport.close()  # type: ignore[attr-defined]


async def _rows(reader: Process) -> AsyncIterator[tuple[int, list[str]]]:
    while (told := await _line(reader)) is not None:
        yield told[0], told[1]


async def _line(reader: Process) -> Any:
    """What it says next; None at the end. A process that was ended by its bounds had too large a file."""
    assert reader.stdout is not None
    try:
        line = await reader.stdout.readline()
    except ValueError as error:
        raise TooLarge from error
    if not line:
        if await reader.wait() != 0:
            raise TooLarge
        return None
    told = json.loads(line)
    if isinstance(told, dict) and "error" in told:
        raise bad_table(told["error"], told["details"])
    return told
