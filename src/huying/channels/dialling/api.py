"""Routes of how a business dials: its settings, the rules of who may dial what and when, and what they say of one case."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import select

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.dialling.model import DialRuleRow, DialSettingsRow
from huying.channels.dialling.plan import USUAL_PLAN, DialSettings
from huying.channels.dialling.service import (
    change_dial_settings,
    find_dial_rule,
    list_dial_rules,
    load_dial_plans,
    read_dial_settings,
)
from huying.channels.voice.call.limit import Limit
from huying.foundation.http import GroundOf, IdPath
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Given, Id, Position, Text

router = APIRouter(prefix="/api/dialling", tags=["dialling"], dependencies=[requires("queues.manage")])

NumberClass = Literal["internal", "local", "national", "mobile", "international", "premium"]
Role = Literal["agent", "reviewer", "knowledge_editor", "lead", "manager", "administrator"]
Pattern = Annotated[str, StringConstraints(pattern=r"^\+?[0-9*?]{1,30}$")]
Patterns = Annotated[list[Pattern], Field(max_length=500)]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,6}$")]
Shown = Annotated[str, StringConstraints(pattern=r"^(\+?[0-9]{2,20})?$")]


class LimitData(Given):
    """How long a conversation may last (0: for ever), and how long before its end a tone warns (0: none)."""

    seconds: Annotated[int, Field(ge=0, le=86_400)] = 0
    warn_seconds: Annotated[int, Field(ge=0, le=600)] = 30


class DialSettingsData(Given):
    """How the business dials. Seconds are whole."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "CN"
    area_code: Digits = ""
    outside_prefix: Digits = ""
    trunk_prefix: Digits = ""
    caller_number: Shown = ""
    caller_numbers: Annotated[dict[Id, Shown], Field(max_length=1000)] = {}
    ring_seconds: Annotated[int, Field(ge=10, le=180)] = 45
    after_call_seconds: Annotated[int, Field(ge=0, le=3600)] = 30
    after_call_when_not_reached: bool = False
    record_outbound: bool = True
    record_internal: bool = False
    limits: dict[NumberClass, LimitData] = {}
    wish_seconds: Annotated[int, Field(ge=60, le=86_400)] = 3600


class DialRuleData(Given):
    """What some people may dial. Without roles, groups and agents it concerns everybody; without a schedule it holds always."""

    name: Text
    position: Position = 0
    active: bool = True
    classes: list[NumberClass] = []
    allowed: Patterns = []
    forbidden: Patterns = []
    roles: list[Role] = []
    groups: Annotated[list[Id], Field(max_length=500)] = []
    agents: Annotated[list[Id], Field(max_length=5000)] = []
    schedule_id: Id | None = None
    override_do_not_call: bool = False


class DialRuleView(DialRuleData):
    """A rule that there is."""

    model_config = ConfigDict(from_attributes=True)

    id: str


class DialRulePage(BaseModel):
    """The rules in their order."""

    items: list[DialRuleView]
    total: int


class DialQuestion(Given):
    """Who wants to dial what, and when (now, when no time is given)."""

    agent_id: Id
    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)] = Field(repr=False)
    at: datetime | None = None


class DialAnswer(BaseModel):
    """What the rules say. `why`: emergency, allowed, forbidden, class_not_allowed, outside_hours; `rule`: the one that decided."""

    number: str
    kind: str
    sent: str
    allowed: bool
    why: str
    rule: str


@router.get("/settings")
async def read_settings(caller: CallerOf, ground: GroundOf) -> DialSettingsData:
    """How the business dials."""
    async with ground.database.business(caller.business_id) as session:
        return DialSettingsData.model_validate(await read_dial_settings(session), from_attributes=True)


@router.put("/settings")
async def write_settings(caller: CallerOf, ground: GroundOf, given: DialSettingsData) -> DialSettingsData:
    """Change it; calls that are dialled from now on go by it."""
    limits = {str(kind): Limit(**limit.model_dump()) for kind, limit in given.limits.items()}
    async with changing(ground, caller, "dial_settings") as change:
        await change.begin_found(select(DialSettingsRow.id))
        settings = DialSettings(**{**given.model_dump(), "limits": limits})
        row_id, made = await change_dial_settings(change.session, caller.business_id, settings)
        change.note(row_id, "made" if made else "changed")
    return given


@router.get("/rules")
async def read_rules(caller: CallerOf, ground: GroundOf) -> DialRulePage:
    """All rules, also those out of force."""
    async with ground.database.business(caller.business_id) as session:
        items = [DialRuleView.model_validate(row) for row in await list_dial_rules(session)]
    return DialRulePage(items=items, total=len(items))


@router.post("/rules", status_code=201)
async def make_rule(caller: CallerOf, ground: GroundOf, given: DialRuleData) -> DialRuleView:
    """A new rule; with the first one, what is not allowed by a rule is refused."""
    async with changing(ground, caller, "dial_rule") as change:
        row = DialRuleRow(business_id=caller.business_id, **given.model_dump())
        change.session.add(row)
        await change.session.flush()
        change.note(row.id, "made")
        return DialRuleView.model_validate(row)


@router.put("/rules/{rule_id}")
async def write_rule(caller: CallerOf, ground: GroundOf, rule_id: IdPath, given: DialRuleData) -> DialRuleView:
    """Change a rule."""
    async with changing(ground, caller, "dial_rule") as change:
        await change.begin(rule_id)
        row = await find_dial_rule(change.session, rule_id)
        for name, value in given.model_dump().items():
            setattr(row, name, value)
        await change.session.flush()
        change.note(rule_id, "changed")
        return DialRuleView.model_validate(row)


@router.delete("/rules/{rule_id}", status_code=204)
async def remove_rule(caller: CallerOf, ground: GroundOf, rule_id: IdPath) -> None:
    """Take a rule away."""
    async with changing(ground, caller, "dial_rule") as change:
        await change.begin(rule_id)
        await change.session.delete(await find_dial_rule(change.session, rule_id))
        change.note(rule_id, "removed")


@router.post("/preview")
async def preview(caller: CallerOf, ground: GroundOf, given: DialQuestion) -> DialAnswer:
    """May this agent dial this number at that moment, and why?"""
    async with ground.database.business(caller.business_id) as session:
        plans = await load_dial_plans(session, await load_routing(session))
    plan = plans.get(caller.business_id, USUAL_PLAN)
    found = plan.read(given.number)
    verdict = plan.verdict(given.agent_id, found, given.at or ground.clock())
    return DialAnswer(
        number=found.number, kind=found.kind, sent=plan.sent(found), allowed=verdict.allowed, why=verdict.why, rule=verdict.rule
    )
