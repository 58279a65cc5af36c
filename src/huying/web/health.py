"""Is the process alive, and is it ready to serve: for the supervisor, the edge and load balancers. Tells no secrets."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from huying.admin.guard import public
from huying.foundation.http import GroundOf


class Live(BaseModel):
    """The process answers."""

    status: str = "live"


class Ready(BaseModel):
    """What the process needs, and whether it is there. Without the telephone process the pages work, calls do not."""

    status: str
    database: bool
    voice: bool


def health_router() -> APIRouter:
    """The two routes."""
    router = APIRouter(prefix="/health", tags=["health"], dependencies=[public()])

    @router.get("/live")
    async def live(request: Request, response: Response) -> Live:
        """Does the process answer, and do its own tasks run?"""
        task: asyncio.Task[None] | None = getattr(request.app.state, "feed_task", None)
        if task is not None and task.done():
            response.status_code = 503
            return Live(status="broken")
        return Live()

    @router.get("/ready")
    async def ready(request: Request, response: Response, ground: GroundOf) -> Ready:
        """Can it serve people now?"""
        database = await ground.database.is_ready()
        voice = bool(request.app.state.live.centre.voice_is_up)
        if not database:
            response.status_code = 503
        return Ready(status="ready" if database else "waiting", database=database, voice=voice)

    return router
