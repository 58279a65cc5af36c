"""Who could take a contact now, and step by step of a queue's rules, with the presences of the live view.

Mixes routing's rules with analytics' live state; decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.requests import HTTPConnection

from huying.admin.guard import CallerOf, requires
from huying.analytics.live import LiveCentre
from huying.analytics.live_rows import Row
from huying.foundation.http import GroundOf
from huying.routing.router.presence import Presence, State, Status, Work
from huying.routing.rules.api import RequirementsIn, StepView, read_asked, step_view
from huying.routing.rules.preview import preview

router = APIRouter(prefix="/api/routing/requirements", tags=["routing"])

MOST_LISTED = 200


class RequirementsPreviewIn(RequirementsIn):
    """The rules, and the contact that is to be thought of."""

    channel: Literal["call", "callback", "chat", "email", "voicemail", "fax", "task"] = "call"


class SomebodyView(BaseModel):
    """An agent of the step's groups; `obstacle` is empty for whoever could take the contact at once."""

    agent_id: str
    name: str
    obstacle: str


class PreviewStepView(StepView):
    """A step with its people: those who are free first, at most 200 of them; the counts are of all."""

    who: list[SomebodyView]
    counts: dict[str, int]
    total: int


class RequirementsPreviewView(BaseModel):
    """The steps. `live`: the presences are those of a telephone process that answers."""

    live: bool
    steps: list[PreviewStepView]


def _centre(connection: HTTPConnection) -> LiveCentre:
    found = connection.app.state.live.centre
    assert isinstance(found, LiveCentre)
    return found


@router.post("/preview", dependencies=[requires("queues.manage")])
async def preview_requirements(
    caller: CallerOf, ground: GroundOf, centre: Annotated[LiveCentre, Depends(_centre)], given: RequirementsPreviewIn
) -> RequirementsPreviewView:
    """Who could take such a contact now, and after each step of waiting, with agents as they are at this moment."""
    async with ground.database.business(caller.business_id) as session:
        asked = await read_asked(session, caller, given)
    now, agents = ground.clock(), asked.routing.agents
    presences = {agent_id: presence_of(agent_id, row, now) for agent_id, row in centre.agents(caller.business_id).items()}
    profiles = {agent_id: agent.profile for agent_id, agent in agents.items()}
    steps = [
        PreviewStepView(
            **step_view(one.step, asked.names, asked.language).model_dump(),
            who=[SomebodyView(agent_id=who, name=agents[who].name, obstacle=obstacle) for who, obstacle in one.who[:MOST_LISTED]],
            counts=dict(one.counts),
            total=len(one.who),
        )
        for one in preview(asked.steps, given.channel, profiles, presences, now)
    ]
    return RequirementsPreviewView(live=centre.voice_is_up, steps=steps)


def presence_of(agent_id: str, row: Row, now: datetime) -> Presence:
    """An agent's row of the live view as the router knows him, as far as obstacles go."""
    seen: Mapping[str, Any] = row
    works = tuple(
        Work(work["contact_id"], work["channel"], State(work["state"]), work["queue_id"] or "", _moment(work["since"]) or now)
        for work in seen["works"]
    )
    return Presence(
        agent_id,
        _moment(seen["since"]) or now,
        signed_in=seen["signed_in"],
        account=seen["account"],
        status=Status.READY if seen["status"] == "ready" else Status.BREAK,
        works=works,
        reachable=seen["reachable"],
        left=frozenset(seen["left"]),
        rests_until=_moment(seen["rests_until"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
