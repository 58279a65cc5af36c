"""Routes of standard recordings: what this agent may play, hearing one, and their administration."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.sounds.model import StandardSoundRow
from huying.channels.sounds.service import (
    SoundData,
    add_sound,
    fill,
    find_sound,
    keep_file,
    list_sounds,
    may_play,
    seconds_of,
    sound_bytes,
)
from huying.channels.sounds.wave_form import playable
from huying.foundation.http import GroundOf, IdPath
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Code, Given, Id, Names, Position

router = APIRouter(tags=["sounds"])

Language = Literal["zh-CN", "en"]


class DeskSound(BaseModel):
    """What an agent may play. `seconds`: language -> how long it sounds."""

    id: str
    code: str
    name: dict[str, str]
    seconds: dict[str, float]


class DeskSoundPage(BaseModel):
    """What an agent may play, in its order."""

    items: list[DeskSound]


class SoundVersion(Given):
    """The sound of one language: a file that was sent, or a sentence of the prompt catalogue."""

    file: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    prompt: Annotated[str, StringConstraints(max_length=100)] | None = None


class SoundIn(Given):
    """A standard recording; without queues it is for all."""

    name: Names
    versions: Annotated[dict[Language, SoundVersion], Field(min_length=1)]
    queue_ids: Annotated[list[Id], Field(max_length=500)] = []
    position: Position = 0
    active: bool = True

    def data(self) -> SoundData:
        """As the service takes it."""
        versions: dict[str, dict[str, str]] = {name: version.model_dump(exclude_none=True) for name, version in self.versions.items()}
        return SoundData(self.name, versions, self.queue_ids, self.position, self.active)


class NewSound(SoundIn):
    """A new standard recording."""

    code: Code


class SoundView(BaseModel):
    """A standard recording."""

    id: str
    code: str
    name: dict[str, str]
    versions: dict[str, dict[str, str]]
    seconds: dict[str, float]
    queue_ids: list[str]
    position: int
    active: bool


class SoundPage(BaseModel):
    """Standard recordings in their order."""

    items: list[SoundView]
    total: int


class SoundFileView(BaseModel):
    """A sound file that was kept."""

    file: str
    seconds: float


@router.get("/api/desk/sounds", dependencies=[requires("desk.use")])
async def desk_sounds(caller: CallerOf, ground: GroundOf) -> DeskSoundPage:
    """The standard recordings that this agent may play to customers."""
    async with ground.database.business(caller.business_id) as session:
        agent = (await load_routing(session)).agents.get(caller.person_id)
        rows = [row for row in await list_sounds(session) if may_play(row, agent.queues if agent else ())]
        seconds = await seconds_of(session, rows)
    return DeskSoundPage(items=[DeskSound(id=row.id, code=row.code, name=row.name, seconds=seconds[row.id]) for row in rows])


@router.get(
    "/api/sounds/{sound_id}/{language}/audio",
    dependencies=[requires("desk.use")],
    response_class=Response,
    responses={200: {"content": {"audio/wav": {}}}},
)
async def sound_audio(caller: CallerOf, ground: GroundOf, sound_id: IdPath, language: Language) -> Response:
    """The sound, as WAV."""
    async with ground.database.business(caller.business_id) as session:
        wav = await sound_bytes(session, await find_sound(session, sound_id), language)
    return Response(wav, media_type="audio/wav", headers={"Cache-Control": "private, no-cache"})


@router.get("/api/sounds", dependencies=[requires("queues.manage")])
async def read_sounds(caller: CallerOf, ground: GroundOf) -> SoundPage:
    """All standard recordings, also inactive ones."""
    async with ground.database.business(caller.business_id) as session:
        rows = await list_sounds(session, inactive=True)
        seconds = await seconds_of(session, rows)
    return SoundPage(items=[_view(row, seconds[row.id]) for row in rows], total=len(rows))


@router.post(
    "/api/sounds/files",
    status_code=201,
    dependencies=[requires("queues.manage")],
    openapi_extra={"requestBody": {"content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}, "required": True}},
)
async def send_file(caller: CallerOf, ground: GroundOf, request: Request) -> SoundFileView:
    """Keep a sound: WAV, 8000 Hz, mono, 16 bits. It is played once a standard recording names it."""
    sound = playable(await request.body())
    async with ground.database.business(caller.business_id) as session:
        name = await keep_file(session, caller.business_id, sound)
    return SoundFileView(file=name, seconds=sound.seconds)


@router.post("/api/sounds", status_code=201, dependencies=[requires("queues.manage")])
async def make_sound(caller: CallerOf, ground: GroundOf, given: NewSound) -> SoundView:
    """A new standard recording."""
    async with changing(ground, caller, "standard_sound") as change:
        row = await add_sound(change.session, caller.business_id, given.code, given.data())
        change.note(row.id, "made")
        return _view(row, (await seconds_of(change.session, [row]))[row.id])


@router.put("/api/sounds/{sound_id}", dependencies=[requires("queues.manage")])
async def write_sound(caller: CallerOf, ground: GroundOf, sound_id: IdPath, given: SoundIn) -> SoundView:
    """Replace a standard recording; whoever hears it now hears it to its end."""
    async with changing(ground, caller, "standard_sound") as change:
        await change.begin(sound_id)
        row = await find_sound(change.session, sound_id)
        await fill(change.session, row, given.data())
        change.note(row.id, "changed")
        return _view(row, (await seconds_of(change.session, [row]))[row.id])


def _view(row: StandardSoundRow, seconds: dict[str, float]) -> SoundView:
    return SoundView(
        id=row.id, code=row.code, name=row.name, versions=row.versions, seconds=seconds,
        queue_ids=row.queue_ids, position=row.position, active=row.active,
    )  # fmt: skip
