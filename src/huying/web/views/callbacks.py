"""The customers who wait to be called back, for leads: from the live view, with names and numbers; and cancelling one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import select

from huying.admin.acts import journal_act
from huying.admin.guard import CallerOf, requires
from huying.channels.model import InteractionRow
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.http import GroundOf, IdPath
from huying.supervision.events import AgentSteered
from huying.web.live.endpoint import LiveOf

router = APIRouter(prefix="/api/callbacks", tags=["callbacks"])
WAITING = ("scheduled", "waiting", "ringing", "dialling")


class CallbackView(BaseModel):
    """A customer who is to be called. `state`: scheduled (at `due_at`), waiting, ringing (at an agent), dialling (the customer)."""

    contact_id: str
    state: str
    by: str
    number: str
    name: str
    customer_id: str | None
    queue_id: str | None
    place: int | None
    agent_id: str | None
    asked_at: datetime
    waiting_since: datetime | None
    next_at: datetime | None
    due_at: datetime | None
    expires_at: datetime
    dials: int
    tries: int
    last_result: str
    previous_contact_id: str | None


class CallbackPage(BaseModel):
    """All of them, the longest wait first."""

    items: list[CallbackView]
    total: int


@router.get("", dependencies=[requires("live.view")])
async def list_callbacks(caller: CallerOf, ground: GroundOf, live: LiveOf) -> CallbackPage:
    """Everybody who waits to be called back."""
    rows: list[Any] = [row for row in live.contacts(caller.business_id).values() if row.get("callback") and row["state"] in WAITING]
    async with ground.database.business(caller.business_id) as session:
        wanted = select(InteractionRow).where(InteractionRow.contact_id.in_([row["contact_id"] for row in rows]))
        known = {row.contact_id: row for row in await session.scalars(wanted)}
    items = sorted(
        (_view(row, known.get(row["contact_id"])) for row in rows), key=lambda item: item.waiting_since or item.due_at or item.asked_at
    )
    return CallbackPage(items=items, total=len(items))


@router.post("/{contact_id}/cancel", status_code=204, dependencies=[requires("agents.steer")])
async def cancel_callback(caller: CallerOf, ground: GroundOf, voice: VoiceOf, contact_id: IdPath) -> None:
    """Do not call this customer any more."""
    await voice.cancel_callback(caller.business_id, contact_id)
    async with ground.database.business(caller.business_id) as session:
        act = AgentSteered(caller.person_id, "", "callback_cancelled", "", contact_id)
        await journal_act(session, caller.business_id, act, ground.clock())


def _view(row: Any, known: InteractionRow | None) -> CallbackView:
    return CallbackView(
        queue_id=row["queue_id"] or row["callback"]["queue_id"],
        **{name: row[name] for name in ("contact_id", "state", "customer_id", "place", "agent_id", "waiting_since")},
        **{
            name: row["callback"][name]
            for name in ("by", "next_at", "due_at", "expires_at", "dials", "tries", "last_result", "previous_contact_id")
        },
        asked_at=row["entered_at"],
        number=known.remote_number if known else "",
        name=known.remote_name if known else "",
    )
