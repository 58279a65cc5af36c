"""Routes of imports: bring a file, look at it, choose, let it run, watch, stop, take back, and fetch what went wrong."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.requests import HTTPConnection
from starlette.responses import Response

from huying.admin.guard import CallerOf, requires
from huying.crm.exporting.sending import table_response
from huying.crm.importing.file_errors import EmptyTable
from huying.crm.importing.job import ImportJobs
from huying.crm.importing.preview import preview_of
from huying.crm.importing.report import report_heading, report_rows
from huying.crm.importing.service import cancel, find_import, forget, list_imports, stage, start, undo
from huying.crm.importing.understanding import own_fields, targets_of, understand
from huying.crm.importing.views import ImportChoice, ImportPage, ImportPreview, ImportTargets, ImportTargetView, ImportView, import_view
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/customer-imports", tags=["customer-imports"], dependencies=[requires("customers.import")])
FILE_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
TABLE_ANSWER: dict[int | str, dict[str, object]] = {200: {"content": {"application/octet-stream": {}}}}


def jobs(connection: HTTPConnection) -> ImportJobs:
    """The worker of this application."""
    found = connection.app.state.import_jobs
    assert isinstance(found, ImportJobs)
    return found


JobsOf = Annotated[ImportJobs, Depends(jobs)]


@router.post("", status_code=201, openapi_extra=FILE_BODY)
async def upload(
    request: Request,
    caller: CallerOf,
    ground: GroundOf,
    name: Annotated[str, Query(min_length=1, max_length=200)],
    sheet: Annotated[str, Query(max_length=100)] = "",
) -> ImportView:
    """Bring a file (.xlsx or CSV) as the body. Its rows are kept, its columns guessed; nothing is imported yet."""
    async with ground.database.business(caller.business_id) as session:
        targets = targets_of(await own_fields(session))
    async with _received(request) as path:
        import_id = await stage(ground.database, caller.business_id, caller.person_id, (name, path), targets, ground.clock(), sheet)
    async with ground.database.business(caller.business_id) as session:
        return import_view(await find_import(session, import_id))


@router.get("")
async def list_all(caller: CallerOf, ground: GroundOf, work: JobsOf) -> ImportPage:
    """The latest imports."""
    async with ground.database.business(caller.business_id) as session:
        rows = await list_imports(session)
    return ImportPage(items=[import_view(row, work.seconds_left(row)) for row in rows], total=len(rows))


@router.get("/targets")
async def list_targets(caller: CallerOf, ground: GroundOf) -> ImportTargets:
    """What a column may become."""
    async with ground.database.business(caller.business_id) as session:
        fields = await own_fields(session)
    names = {f"field:{row.code}": row.name for row in fields}
    found = targets_of(fields).values()
    return ImportTargets(items=[ImportTargetView(code=it.code, group=it.group, many=it.many, name=names.get(it.code)) for it in found])


@router.get("/{import_id}")
async def read(caller: CallerOf, ground: GroundOf, work: JobsOf, import_id: IdPath) -> ImportView:
    """One import, with how far it is."""
    async with ground.database.business(caller.business_id) as session:
        row = await find_import(session, import_id)
    return import_view(row, work.seconds_left(row))


@router.post("/{import_id}/preview")
async def preview(caller: CallerOf, ground: GroundOf, import_id: IdPath, given: ImportChoice) -> ImportPreview:
    """What would become of the first rows."""
    async with ground.database.business(caller.business_id) as session:
        row = await find_import(session, import_id)
        understanding = await understand(session, row.columns, given.targets)
        return await preview_of(session, row, understanding, given.options(), caller.language)


@router.post("/{import_id}/start")
async def begin(caller: CallerOf, ground: GroundOf, work: JobsOf, import_id: IdPath, given: ImportChoice) -> ImportView:
    """Let the rows be written; the work goes on when nobody looks."""
    async with ground.database.business(caller.business_id) as session:
        targets = targets_of(await own_fields(session))
        row = await start(session, import_id, given.targets, given.options(), targets, caller.person_id, ground.clock())
    work.wake()
    return import_view(row)


@router.post("/{import_id}/cancel")
async def stop(caller: CallerOf, ground: GroundOf, import_id: IdPath) -> ImportView:
    """Stop; what was written stays."""
    async with ground.database.business(caller.business_id) as session:
        return import_view(await cancel(session, import_id, ground.clock()))


@router.post("/{import_id}/undo")
async def take_back(caller: CallerOf, ground: GroundOf, work: JobsOf, import_id: IdPath) -> ImportView:
    """Remove the customers it made, where nobody used them since, and put back what it overwrote of others, where it is still as it was
    written. The report tells the rest."""
    async with ground.database.business(caller.business_id) as session:
        row = await undo(session, import_id, caller.person_id, ground.clock())
    work.wake()
    return import_view(row)


@router.delete("/{import_id}", status_code=204)
async def remove(caller: CallerOf, ground: GroundOf, import_id: IdPath) -> None:
    """Forget the file and its report; customers stay."""
    async with ground.database.business(caller.business_id) as session:
        await forget(session, import_id)


@router.get("/{import_id}/report", response_class=Response, responses=TABLE_ANSWER)
async def report(caller: CallerOf, ground: GroundOf, import_id: IdPath, form: Literal["xlsx", "csv"] = "xlsx") -> Response:
    """The rows that were not imported, each with its reason."""
    async with ground.database.business(caller.business_id) as session:
        row = await find_import(session, import_id)
    name = ("未导入的行 " if caller.language.startswith("zh") else "Not imported ") + row.file_name.rsplit(".", 1)[0][:60]
    return await table_response(form, name, report_heading(row, caller.language), report_rows(ground.database, row, caller.language))


@asynccontextmanager
async def _received(request: Request) -> AsyncIterator[Path]:
    """The body as a file that is there for the length of the block."""
    handle, place = tempfile.mkstemp(prefix="huying-import-")
    path, size = Path(place), 0
    try:
        with os.fdopen(handle, "wb") as file:
            async for piece in request.stream():
                size += len(piece)
                file.write(piece)
        if size == 0:
            raise EmptyTable
        yield path
    finally:
        path.unlink(missing_ok=True)  # noqa: ASYNC240 (one entry of a folder)
