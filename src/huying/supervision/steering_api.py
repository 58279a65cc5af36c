"""Routes by which a lead steers: an agent's status, groups and sign-out, the end of a contact. Each is an act in the journal."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter
from pydantic import BaseModel, Field

from huying.admin.acts import journal_act
from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.desk.reasons import check_reason
from huying.channels.desk.views import GroupsChoice, StatusChoice
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import Unavailable
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.routing.settings.moving import move_agent
from huying.routing.settings.queue_views import Given, Id
from huying.supervision.events import AgentSteered

router = APIRouter(prefix="/api", tags=["supervision"], dependencies=[requires("agents.steer")])
log = structlog.get_logger()


@router.post("/agents/{agent_id}/status", status_code=204)
async def steer_status(caller: CallerOf, ground: GroundOf, voice: VoiceOf, agent_id: IdPath, given: StatusChoice) -> None:
    """Set an agent's status."""
    if given.status == "break":
        await check_reason(ground, caller, given.reason)
    reason = given.reason if given.status == "break" else ""
    await voice.set_status(caller.business_id, agent_id, given.status, reason, lead=caller.person_id)
    await _act(ground, caller, AgentSteered(caller.person_id, agent_id, "status", reason or given.status))


@router.post("/agents/{agent_id}/left-groups", status_code=204)
async def steer_groups(caller: CallerOf, ground: GroundOf, voice: VoiceOf, agent_id: IdPath, given: GroupsChoice) -> None:
    """Say which of the agent's groups he does not work for now; the others he works for."""
    await voice.choose_groups(caller.business_id, agent_id, given.left, lead=caller.person_id)
    await _act(ground, caller, AgentSteered(caller.person_id, agent_id, "groups", " ".join(sorted(given.left))))


class Move(Given):
    """Who leaves which group and joins which (ids; one of both may be empty)."""

    agents: Annotated[list[Id], Field(min_length=1, max_length=500)]
    leaves: Id | Literal[""] = ""
    joins: Id | Literal[""] = ""


class Moved(BaseModel):
    """Whose groups have changed; the others were not in the one, or in the other already."""

    agents: list[str]


@router.post("/agents/move")
async def move_agents(caller: CallerOf, ground: GroundOf, voice: VoiceOf, given: Move) -> Moved:
    """Move agents between groups, in force at once. Each keeps the level he had."""
    moved: dict[str, dict[str, int]] = {}
    async with changing(ground, caller, "agent") as change:
        for agent_id in sorted(set(given.agents)):
            await change.begin(agent_id)
            groups = await move_agent(change.session, agent_id, given.leaves, given.joins)
            if groups is not None:
                change.note(agent_id, "changed")
                moved[agent_id] = groups
    with suppress(Unavailable):  # it is stored; the telephone process reads it when it is back
        await voice.refresh_configuration()
        for agent_id, groups in moved.items():
            await voice.tell_moved(caller.business_id, agent_id, list(groups), caller.person_id)
    for agent_id in moved:
        await _act(ground, caller, AgentSteered(caller.person_id, agent_id, "moved", f"{given.leaves} {given.joins}".strip()))
    return Moved(agents=list(moved))


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
