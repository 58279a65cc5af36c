"""Routes of embedding: its settings, what the frame must know, and the sign-in inside a frame by a one-time code."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import select

from huying.admin.acts import journal_act
from huying.admin.changing import changing
from huying.admin.cookies import set_frame_cookies
from huying.admin.events import PersonSignedIn
from huying.admin.guard import CallerOf, public, requires
from huying.admin.sessions import Sessions
from huying.channels.embedding import service
from huying.channels.embedding.model import EmbeddingRow
from huying.channels.embedding.origins import MOST
from huying.channels.embedding.pops import LONGEST
from huying.foundation.http import GroundOf
from huying.routing.settings.queue_views import Given

router = APIRouter(tags=["embedding"])

Origin = Annotated[str, StringConstraints(max_length=300)]
Uuid = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$")]
BusinessCode = Annotated[str, Path(pattern="^[A-Za-z0-9_.-]{1,60}$")]


class PopData(Given):
    """An address that opens for calls of a queue; without a queue for all that have none of their own."""

    queue_id: Uuid = ""
    url: Annotated[str, StringConstraints(max_length=LONGEST)]
    opens: Literal["ring", "answer"] = "ring"
    where: Literal["window", "page"] = "window"


class EmbeddingData(Given):
    """Which pages may embed the softphone, and what opens for a call."""

    origins: Annotated[list[Origin], Field(max_length=MOST)] = []
    pops: Annotated[list[PopData], Field(max_length=200)] = []


class FrameOut(BaseModel):
    """What the frame must know before anybody signs in: the same that its headers say."""

    origins: list[str]


class CodeIn(Given):
    """For a frame of which page."""

    origin: Origin


class CodeOut(BaseModel):
    """Good once, within a minute."""

    code: str = Field(repr=False)


class FrameSignIn(Given):
    """A code, and the page that the frame stands in, as the browser told the frame."""

    code: Annotated[str, StringConstraints(min_length=20, max_length=100)] = Field(repr=False)
    origin: Origin


@router.get("/api/embedding", dependencies=[requires("desk.use")])
async def read_embedding(caller: CallerOf, ground: GroundOf) -> EmbeddingData:
    """The settings: the frame opens what they say."""
    async with ground.database.business(caller.business_id) as session:
        found = await service.read_embedding(session, caller.business_id)
    return EmbeddingData.model_validate({"origins": list(found.origins), "pops": [_data(pop) for pop in found.pops]})


@router.put("/api/embedding", dependencies=[requires("settings.manage")])
async def write_embedding(caller: CallerOf, ground: GroundOf, given: EmbeddingData) -> EmbeddingData:
    """Change the settings; frames of pages that are not allowed any more are signed out."""
    async with changing(ground, caller, "embedding") as change:
        await change.begin_found(select(EmbeddingRow.id))
        pops = [service.Pop(**pop.model_dump()) for pop in given.pops]
        row_id, made = await service.write_embedding(change.session, caller.business_id, given.origins, pops)
        change.note(row_id, "made" if made else "changed")
        found = await service.read_embedding(change.session, caller.business_id)
    return EmbeddingData.model_validate({"origins": list(found.origins), "pops": [_data(pop) for pop in found.pops]})


@router.get("/public/embedding/{business}", dependencies=[public()])
async def read_frame(ground: GroundOf, business: BusinessCode) -> FrameOut:
    """Which pages a frame of this business listens to."""
    async with ground.database.system() as session:
        found = await service.read_embedding(session, await service.business_by_code(session, business))
    return FrameOut(origins=list(found.origins))


@router.post("/api/embedding/codes", status_code=201, dependencies=[requires("desk.use")])
async def make_code(caller: CallerOf, ground: GroundOf, given: CodeIn) -> CodeOut:
    """Take one's own sign-in along into a frame of an allowed page."""
    async with ground.database.business(caller.business_id) as session:
        return CodeOut(code=await service.make_code(session, caller.business_id, caller.person_id, given.origin, ground.clock()))


@router.post("/public/embedding/session", status_code=204, dependencies=[public()])
async def sign_in_frame(request: Request, response: Response, ground: GroundOf, given: FrameSignIn) -> None:
    """Begin a session inside a frame. Its cookies live in the frame of that one page alone (Partitioned)."""
    sessions = request.app.state.sessions
    assert isinstance(sessions, Sessions)
    failed: service.CodeNotValid | service.OriginNotAllowed | None = None
    token = ""
    async with ground.database.system() as session:
        try:
            person = await service.spend_code(session, given.code, given.origin, ground.clock())
        except (service.CodeNotValid, service.OriginNotAllowed) as error:
            failed = error  # the code is used up all the same
        else:
            session_id, token = await sessions.open(session, person, embedded_in=given.origin)
            await journal_act(session, person.business_id, PersonSignedIn(person.id, session_id), ground.clock())
    if failed:
        raise failed
    set_frame_cookies(response, token)


def _data(pop: service.Pop) -> dict[str, str]:
    return {"queue_id": pop.queue_id, "url": pop.url, "opens": pop.opens, "where": pop.where}
