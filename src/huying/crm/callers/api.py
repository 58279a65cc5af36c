"""Routes of rules for callers (who goes first, who is not served, who has a person of his own) and of the classes of customers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select

from huying.admin.changing import Change, changing
from huying.admin.guard import CallerOf, requires
from huying.admin.people import business_of
from huying.crm.callers.csv_list import RowProblem, read_list, write_list
from huying.crm.callers.rule_data import RuleData, comparable
from huying.crm.callers.service import (
    MOST_RULES,
    ClassData,
    add_rule,
    agents_of,
    change_rule,
    class_row,
    data_of,
    list_rules,
    load_classes,
    put_class,
    remove_rule,
    rule_of,
    same_rule,
)
from huying.crm.callers.views import (
    CallerIn,
    CallerRuleIn,
    CallerRulePage,
    CallerRuleView,
    ClassIn,
    ClassPage,
    ClassView,
    HeldView,
    ListIn,
    ListResult,
    RowProblemView,
    rule_view,
)
from huying.foundation.errors import HuyingError
from huying.foundation.http import GroundOf, IdPath
from huying.routing.model import AgentRow
from huying.routing.treatment.caller_rules import CallerRules

router = APIRouter(prefix="/api", tags=["callers"])


@router.get("/caller-rules", dependencies=[requires("queues.manage")])
async def read_rules(
    caller: CallerOf,
    ground: GroundOf,
    search: Annotated[str, Query(max_length=100)] = "",
    effect: Annotated[Literal["", "vip", "blocked", "green"], Query()] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=MOST_RULES)] = 0,
) -> CallerRulePage:
    """Rules, the newest first; `search` finds parts of the value and of the reason."""
    async with ground.database.business(caller.business_id) as session:
        rows, total = await list_rules(session, search, effect, limit, offset)
        return CallerRulePage(items=[rule_view(row) for row in rows], total=total)


@router.post("/caller-rules", status_code=201, dependencies=[requires("queues.manage")])
async def make_rule(caller: CallerOf, ground: GroundOf, given: CallerRuleIn) -> CallerRuleView:
    """A new rule; it holds from the next contact on."""
    async with changing(ground, caller, "caller_rule") as change:
        row = await add_rule(change.session, caller.business_id, given.data(), ground.clock())
        change.note(row.id, "made")
        return rule_view(row)


@router.put("/caller-rules/{rule_id}", dependencies=[requires("queues.manage")])
async def write_rule(caller: CallerOf, ground: GroundOf, rule_id: IdPath, given: CallerRuleIn) -> CallerRuleView:
    """Replace a rule."""
    async with changing(ground, caller, "caller_rule") as change:
        await change.begin(rule_id)
        row = await change_rule(change.session, rule_id, given.data())
        change.note(row.id, "changed")
        return rule_view(row)


@router.delete("/caller-rules/{rule_id}", status_code=204, dependencies=[requires("queues.manage")])
async def forget_rule(caller: CallerOf, ground: GroundOf, rule_id: IdPath) -> None:
    """Remove a rule."""
    async with changing(ground, caller, "caller_rule") as change:
        await change.begin(rule_id)
        await remove_rule(change.session, rule_id)
        change.note(rule_id, "removed")


@router.post("/caller-rules/check", dependencies=[requires("queues.manage")])
async def check_caller(caller: CallerOf, ground: GroundOf, given: CallerIn) -> HeldView:
    """Which rules would hold for a caller now."""
    number = comparable(given.number.strip())
    async with ground.database.business(caller.business_id) as session:
        rows, _ = await list_rules(session, "", "", MOST_RULES, 0)
    held = CallerRules.of(map(rule_of, rows)).hold(number, given.customer_class, ground.clock())
    ids = {effect: rule.rule_id if rule else "" for effect, rule in (("vip", held.vip), ("blocked", held.blocked), ("green", held.green))}
    return HeldView(number=number, **ids)


@router.get("/caller-rules/list.csv", dependencies=[requires("queues.manage")], response_class=Response)
async def export_rules(caller: CallerOf, ground: GroundOf) -> Response:
    """All rules as CSV, times at the business's place."""
    async with ground.database.business(caller.business_id) as session:
        rows, _ = await list_rules(session, "", "", MOST_RULES, 0)
        extensions, business = await agents_of(session, rows), await business_of(session, caller.business_id)
    rules = ((data_of(row), extensions.get(row.agent_id or "", "")) for row in rows)
    headers = {"Content-Disposition": 'attachment; filename="caller-rules.csv"'}
    return Response(write_list(rules, ZoneInfo(business.time_zone)), media_type="text/csv; charset=utf-8", headers=headers)


class _Undone(Exception):
    """The transaction is given up."""


@router.post("/caller-rules/import", dependencies=[requires("queues.manage")])
async def import_rules(caller: CallerOf, ground: GroundOf, given: ListIn) -> ListResult:
    """Take in a CSV as the export writes it: all rows or, where one of them is wrong, none."""
    made, changed, problems = 0, 0, list[RowProblem]()
    try:
        async with changing(ground, caller, "caller_rule") as change:
            session = change.session
            zone = ZoneInfo((await business_of(session, caller.business_id)).time_zone)
            agents = dict((await session.execute(select(AgentRow.extension, AgentRow.person_id).where(AgentRow.active))).all())
            rules, problems = read_list(given.text, agents, zone)
            for number, data in rules:
                try:
                    made, changed = await _take_in(change, data, ground.clock(), (made, changed))
                except HuyingError as error:
                    problems.append(RowProblem(number, error.code, error.message))
            if problems or given.try_only:
                raise _Undone
    except _Undone:
        pass
    views = [RowProblemView(row=one.row, code=one.code, message=one.message) for one in sorted(problems, key=lambda one: one.row)]
    return ListResult(made=made, changed=changed, problems=views[:200])


async def _take_in(change: Change, data: RuleData, now: datetime, counted: tuple[int, int]) -> tuple[int, int]:
    """Make or replace one rule, and count it."""
    same = await same_rule(change.session, data)
    if same is None:
        row = await add_rule(change.session, change.business_id, data, now)
        change.note(row.id, "made")
        return counted[0] + 1, counted[1]
    await change.begin(same.id)
    await change_rule(change.session, same.id, data)
    change.note(same.id, "changed")
    return counted[0], counted[1] + 1


@router.get("/customer-classes", dependencies=[requires("customers.view")])
async def read_classes(caller: CallerOf, ground: GroundOf) -> ClassPage:
    """The classes of customers, and what they have ahead of others."""
    async with ground.database.business(caller.business_id) as session:
        items = [_class_view(data) for data in await load_classes(session)]
    return ClassPage(items=items, total=len(items))


@router.put("/customer-classes/{code}", dependencies=[requires("queues.manage")])
async def write_class(caller: CallerOf, ground: GroundOf, code: Annotated[str, Path(max_length=40)], given: ClassIn) -> ClassView:
    """Change what a class has ahead of others; it holds from the next contact on."""
    async with changing(ground, caller, "customer_class") as change:
        data = ClassData(code, given.name, given.rank, given.head_start_seconds)
        if known := await class_row(change.session, code):
            await change.begin(known)
        row, made = await put_class(change.session, caller.business_id, data)
        change.note(row.id, "made" if made else "changed")
        return _class_view(data)


def _class_view(data: ClassData) -> ClassView:
    return ClassView(code=data.code, name=dict(data.name), rank=data.rank, head_start_seconds=data.head_start_seconds)
