"""Routes by which a lead steers: an agent's status, groups and sign-out, the end of a contact. Each is an act in the journal."""

from __future__ import annotations

import structlog
from fastapi import APIRouter

from huying.admin.acts import journal_act
from huying.admin.guard import CallerOf, requires
from huying.channels.desk.views import GroupsChoice, StatusChoice
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import Unavailable
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.supervision.events import AgentSteered

router = APIRouter(prefix="/api", tags=["supervision"], dependencies=[requires("agents.steer")])
log = structlog.get_logger()


@router.post("/agents/{agent_id}/status", status_code=204)
async def steer_status(caller: CallerOf, ground: GroundOf, voice: VoiceOf, agent_id: IdPath, given: StatusChoice) -> None:
    """Set an agent's status."""
    reason = given.reason if given.status == "break" else ""
    await voice.set_status(caller.business_id, agent_id, given.status, reason, lead=caller.person_id)
    await _act(ground, caller, AgentSteered(caller.person_id, agent_id, "status", reason or given.status))


@router.post("/agents/{agent_id}/left-groups", status_code=204)
async def steer_groups(caller: CallerOf, ground: GroundOf, voice: VoiceOf, agent_id: IdPath, given: GroupsChoice) -> None:
    """Say which of the agent's groups he does not work for now; the others he works for."""
    await voice.choose_groups(caller.business_id, agent_id, given.left, lead=caller.person_id)
    await _act(ground, caller, AgentSteered(caller.person_id, agent_id, "groups", " ".join(sorted(given.left))))


@router.post("/agents/{agent_id}/sign-out", status_code=204)
async def steer_sign_out(caller: CallerOf, ground: GroundOf, voice: VoiceOf, agent_id: IdPath) -> None:
    """Sign an agent out; a call in progress goes on to its end."""
    await voice.sign_out(caller.business_id, agent_id, lead=caller.person_id)
    await _act(ground, caller, AgentSteered(caller.person_id, agent_id, "sign_out"))


@router.post("/calls/{contact_id}/end", status_code=204)
async def end_call(caller: CallerOf, ground: GroundOf, voice: VoiceOf, contact_id: IdPath) -> None:
    """End a contact in any state."""
    await voice.end_contact(caller.business_id, caller.person_id, contact_id)
    await _act(ground, caller, AgentSteered(caller.person_id, "", "contact_ended", "", contact_id))


async def _act(ground: Ground, caller: Caller, act: AgentSteered) -> None:
    """Journal what was done. While the database is away the agent's own stream, which voice keeps, says who it was."""
    try:
        async with ground.database.business(caller.business_id, timeout_seconds=3.0) as session:
            await journal_act(session, caller.business_id, act, ground.clock())
    except Unavailable:
        log.warning("steering.act_not_kept", what=act.what, agent_id=act.agent_id, by_person_id=act.by_person_id)
