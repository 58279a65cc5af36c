"""The route by which a lead hears a call over his own device: listening, whispering, joining. The contact's stream says so."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter

from huying.admin.guard import CallerOf, requires
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.http import IdPath
from huying.routing.settings.queue_views import Given, Id

router = APIRouter(prefix="/api", tags=["supervision"], dependencies=[requires("live.listen")])


class Monitoring(Given):
    """How (`listen`: nobody hears the lead, `whisper`: the agent alone does, `join`: all do), and whose part in the call."""

    mode: Literal["listen", "whisper", "join"]
    agent_id: Id


@router.post("/calls/{contact_id}/monitor", status_code=204)
async def monitor(caller: CallerOf, voice: VoiceOf, contact_id: IdPath, given: Monitoring) -> None:
    """Hear a conversation; asked again while one hears it the mode changes. It ends when one hangs up."""
    await voice.with_people("monitor", caller.business_id, caller.person_id, contact_id, mode=given.mode, agent_id=given.agent_id)
