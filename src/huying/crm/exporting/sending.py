"""Sends a table that is made while it is sent (CSV) or in a file of its own first (a workbook); nothing is left behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response, StreamingResponse

from huying.crm.exporting.table_writer import MEDIA, Form, WorkbookWriter, csv_rows

Rows = AsyncIterator[Sequence[Sequence[str]]]
"""Pieces of the table, some hundred rows each."""


async def table_response(form: Form, name: str, heading: Sequence[str], pieces: Rows) -> Response:
    """The table as a download of this name (without its ending)."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    if form == "csv":
        return StreamingResponse(_csv(heading, pieces), media_type=MEDIA["csv"], headers={"Content-Disposition": disposition})
    handle, place = tempfile.mkstemp(prefix="huying-export-", suffix=".xlsx")
    os.close(handle)
    path = Path(place)
    try:
        writer = await run_in_threadpool(WorkbookWriter, path, name, heading)
        async for piece in pieces:
            await run_in_threadpool(_add, writer, piece)
        await run_in_threadpool(writer.close)
    except BaseException:
        path.unlink(missing_ok=True)  # noqa: ASYNC240 (one entry of a folder)
        raise
    done = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, media_type=MEDIA["xlsx"], headers={"Content-Disposition": disposition}, background=done)


async def _csv(heading: Sequence[str], pieces: Rows) -> AsyncIterator[bytes]:
    yield csv_rows([heading], first=True)
    async for piece in pieces:
        yield csv_rows(piece, first=False)


def _add(writer: WorkbookWriter, piece: Sequence[Sequence[str]]) -> None:
    for row in piece:
        writer.add(row)
