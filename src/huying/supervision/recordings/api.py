"""Routes of recordings: what is known of one, its picture, and its sound with byte ranges."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf, IdPath
from huying.supervision.recordings.byte_range import byte_range
from huying.supervision.recordings.service import Recordings, pieces

router = APIRouter(prefix="/api/recordings", tags=["recordings"])


def recordings(connection: HTTPConnection) -> Recordings:
    """The recordings of this application."""
    found = connection.app.state.recordings
    assert isinstance(found, Recordings)
    return found


RecordingsOf = Annotated[Recordings, Depends(recordings)]


class RecordingDetailView(BaseModel):
    """A recording; `sha256` is of the plain WAV, to prove that it is unchanged."""

    id: str
    contact_id: str
    segment_id: str
    agent_id: str | None
    part: int
    started_at: datetime
    seconds: float
    sample_rate: int
    size_bytes: int
    sha256: str


class PeaksView(BaseModel):
    """The picture of both sides: values from 0 to 1, equally many, equally spaced over `seconds`."""

    customer: list[float]
    agent: list[float]
    seconds: float


@router.get("/{recording_id}", dependencies=[requires("recordings.listen_own")])
async def recording(recording_id: IdPath, caller: CallerOf, kept: RecordingsOf) -> RecordingDetailView:
    """What is known of a recording."""
    row = await kept.find(caller, recording_id)
    return RecordingDetailView.model_validate(row, from_attributes=True)


@router.get("/{recording_id}/peaks", dependencies=[requires("recordings.listen_own")])
async def peaks(recording_id: IdPath, caller: CallerOf, kept: RecordingsOf) -> PeaksView:
    """The picture of a recording."""
    row = await kept.find(caller, recording_id)
    told = row.peaks or {}
    return PeaksView(customer=told.get("customer", []), agent=told.get("agent", []), seconds=row.seconds)


@router.get(
    "/{recording_id}/audio",
    dependencies=[requires("recordings.listen_own")],
    response_class=Response,
    responses={200: {"content": {"audio/wav": {}}}, 206: {"content": {"audio/wav": {}}}, 416: {}},
)
async def audio(
    recording_id: IdPath,
    caller: CallerOf,
    ground: GroundOf,
    kept: RecordingsOf,
    wanted: Annotated[str, Header(alias="range", max_length=100)] = "",
) -> Response:
    """The sound as a stereo WAV, left the customer and right the agent."""
    sealed = await kept.hear(caller, recording_id, ground.clock(), ground.bus)
    found = byte_range(wanted, sealed.length)
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, no-store"}
    if found is None:
        await run_in_threadpool(sealed.close)
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{sealed.length}"})
    headers["Content-Length"] = str(found.length)
    headers["Content-Disposition"] = f'inline; filename="{recording_id}.wav"'
    if not found.whole:
        headers["Content-Range"] = f"bytes {found.start}-{found.end - 1}/{sealed.length}"
    body = pieces(sealed, found.start, found.end)
    status = 200 if found.whole else 206
    return StreamingResponse(body, status, headers, "audio/wav", BackgroundTask(sealed.close))
