"""Routes of feature codes and of the PIN for the telephone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.admin.wiring import AdminParts
from huying.channels.keypad.actions import ACTIONS, USUAL, check
from huying.channels.keypad.model import FeatureCodeRow
from huying.channels.keypad.service import chosen_codes, has_pin, set_pin
from huying.foundation.errors import NotFound
from huying.foundation.http import GroundOf

router = APIRouter(tags=["keypad"])


class FeatureCode(BaseModel):
    """One thing that can be done from a keypad. `where`: dialled, in_call. `takes`: extension, number, slot, key, or nothing."""

    action: str
    where: str
    takes: str
    code: str
    usual_code: str
    active: bool


class FeatureCodes(BaseModel):
    """All of them, and whether the asker has a PIN to hear messages by telephone."""

    items: list[FeatureCode]
    has_pin: bool


class CodeData(BaseModel):
    """Another code for an action, or none."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=6)]
    active: bool = True


class PinData(BaseModel):
    """A new PIN."""

    model_config = ConfigDict(extra="forbid")

    pin: Annotated[str, StringConstraints(max_length=20)] = Field(repr=False)


@router.get("/api/feature-codes", dependencies=[requires("desk.use")])
async def read_codes(caller: CallerOf, ground: GroundOf) -> FeatureCodes:
    """What one can do from a telephone's keypad."""
    async with ground.database.business(caller.business_id) as session:
        chosen = await chosen_codes(session)
        pin = await has_pin(session, caller.person_id)
    return FeatureCodes(items=[_view(name, chosen.get(name)) for name in ACTIONS], has_pin=pin)


@router.put("/api/feature-codes/{action}", dependencies=[requires("settings.manage")])
async def write_code(caller: CallerOf, ground: GroundOf, action: str, given: CodeData) -> FeatureCode:
    """Another code, in force at once."""
    if action not in ACTIONS:
        raise NotFound("There is no such action.")
    async with changing(ground, caller, "feature_code") as change:
        chosen = await chosen_codes(change.session)
        others = {name: chosen[name].code if name in chosen else code for name, code in USUAL.items()}
        if given.active:
            check(action, given.code, {name: code for name, code in others.items() if name not in chosen or chosen[name].active})
        row = chosen.get(action)
        if row is None:
            row = FeatureCodeRow(business_id=caller.business_id, action=action, code=given.code, active=given.active)
            change.session.add(row)
            await change.session.flush()
            change.note(row.id, "made")
        else:
            await change.begin(row.id)
            row.code, row.active = given.code, given.active
            change.note(row.id, "changed")
        return _view(action, row)


@router.put("/api/desk/pin", status_code=204, dependencies=[requires("desk.use")])
async def write_pin(caller: CallerOf, ground: GroundOf, admin: AdminParts, given: PinData) -> None:
    """Choose the PIN by which one hears messages and recordings by telephone."""
    async with ground.database.business(caller.business_id) as session:
        await set_pin(session, admin.passwords, caller.business_id, caller.person_id, given.pin)


def _view(name: str, row: FeatureCodeRow | None) -> FeatureCode:
    action = ACTIONS[name]
    return FeatureCode(
        action=name,
        where=action.where,
        takes=action.takes,
        code=row.code if row else action.code,
        usual_code=action.code,
        active=row.active if row else True,
    )
