"""Routes by which a lead steers: an agent's status, an agent's sign-out, the end of a contact."""

from __future__ import annotations

from fastapi import APIRouter

from huying.admin.guard import CallerOf, requires
from huying.channels.desk.views import StatusChoice
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.http import IdPath

router = APIRouter(prefix="/api", tags=["supervision"], dependencies=[requires("agents.steer")])


@router.post("/agents/{agent_id}/status", status_code=204)
async def steer_status(caller: CallerOf, voice: VoiceOf, agent_id: IdPath, given: StatusChoice) -> None:
    """Set an agent's status."""
    await voice.set_status(caller.business_id, agent_id, given.status, given.reason, by="lead")


@router.post("/agents/{agent_id}/sign-out", status_code=204)
async def steer_sign_out(caller: CallerOf, voice: VoiceOf, agent_id: IdPath) -> None:
    """Sign an agent out; a call in progress goes on to its end."""
    await voice.sign_out(caller.business_id, agent_id, by="lead")


@router.post("/calls/{contact_id}/end", status_code=204)
async def end_call(caller: CallerOf, voice: VoiceOf, contact_id: IdPath) -> None:
    """End a contact in any state."""
    await voice.end_contact(caller.business_id, caller.person_id, contact_id)
