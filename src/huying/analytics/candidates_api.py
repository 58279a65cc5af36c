"""The route that lists everybody when a contact was offered: the winner, who came next, and what stood in the way of the others."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from huying.admin.guard import CallerOf, requires
from huying.analytics.candidates import Replayed, replay_offer
from huying.foundation.http import GroundOf, IdPath
from huying.foundation.journal.postgres import PostgresJournal

router = APIRouter(prefix="/api", tags=["analytics"])


class CandidateView(BaseModel):
    """One agent at that moment. `why_not` is empty for the winner; `place` counts from 1 among those who could have taken it, else 0.

    `measure` is what the strategy went by (contacts, seconds of talk, level); null where it is idle time alone.
    """

    agent_id: str
    name: str
    why_not: str
    place: int
    idle_seconds: float | None
    measure: float | None


class CandidatesView(BaseModel):
    """Everybody. `agrees`: the one who would be chosen again is the one who was; `changed_since`: changes that were put back for it."""

    at: datetime
    strategy: str
    agent_id: str
    agrees: bool
    changed_since: int
    items: list[CandidateView]
    total: int


@router.get("/contacts/{contact_id}/offers/{offer_id}/candidates", dependencies=[requires("contacts.view")])
async def read_candidates(contact_id: IdPath, offer_id: IdPath, caller: CallerOf, ground: GroundOf) -> CandidatesView:
    """Who could have taken the contact when it was offered, and why each other agent did not: worked out from the journal."""
    async with ground.database.business(caller.business_id) as session:
        return _view(await replay_offer(session, PostgresJournal(ground.database), caller.business_id, contact_id, offer_id))


def _view(told: Replayed) -> CandidatesView:
    items = [
        CandidateView(
            agent_id=one.agent_id,
            name=told.names.get(one.agent_id, ""),
            why_not=one.why_not,
            place=one.place,
            idle_seconds=one.idle_seconds,
            measure=one.measure,
        )
        for one in told.candidates
    ]
    return CandidatesView(
        at=told.at,
        strategy=told.strategy,
        agent_id=told.agent_id,
        agrees=told.agrees,
        changed_since=told.changed_since,
        items=items,
        total=len(items),
    )
