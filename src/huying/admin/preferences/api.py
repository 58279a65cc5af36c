"""Routes of one's own preferences: read all, choose one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from huying.admin.guard import CallerOf, requires
from huying.admin.preferences.model import PersonPreferencesRow
from huying.admin.preferences.shape import with_choice
from huying.foundation.http import GroundOf

router = APIRouter(prefix="/api", tags=["admin"])


class Preferences(BaseModel):
    """What a person has chosen: name to value. What is not there is as usual."""

    chosen: dict[str, Any]


class ChoiceData(BaseModel):
    """The new value; null for the usual one."""

    model_config = ConfigDict(extra="forbid")

    value: Any


@router.get("/preferences", dependencies=[requires("account.own")])
async def read_preferences(caller: CallerOf, ground: GroundOf) -> Preferences:
    """One's own preferences."""
    async with ground.database.business(caller.business_id) as session:
        row = await session.get(PersonPreferencesRow, caller.person_id)
        return Preferences(chosen=row.chosen if row else {})


@router.put("/preferences/{name}", dependencies=[requires("account.own")])
async def choose_preference(name: str, body: ChoiceData, caller: CallerOf, ground: GroundOf) -> Preferences:
    """Choose one; the others stay as they are, also those that another window chooses at the same time."""
    async with ground.database.business(caller.business_id) as session:
        first = insert(PersonPreferencesRow).values(person_id=caller.person_id, business_id=caller.business_id, chosen={})
        await session.execute(first.on_conflict_do_nothing())
        own = select(PersonPreferencesRow).where(PersonPreferencesRow.person_id == caller.person_id).with_for_update()
        row = (await session.execute(own)).scalar_one()
        row.chosen = with_choice(row.chosen, name, body.value)
        return Preferences(chosen=row.chosen)
