"""Rules for callers and classes of customers in the database, and all of it as the policy that treatment goes by. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.callers.model import CallerRuleRow, CustomerClassRow
from huying.crm.callers.rule_data import RuleData, normal_value
from huying.crm.customers.model import CLASSES
from huying.crm.customers.search import like_pattern
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.routing.configuration import QueueSettings, RoutingSettings
from huying.routing.model import AgentRow
from huying.routing.treatment.caller_rules import EFFECTS, By, CallerRule, CallerRules, Effect
from huying.routing.treatment.treatment import BusinessPolicy, ClassPriority, QueuePolicy

MOST_RULES = 100_000


class RuleTaken(Conflict):
    """There is such a rule for this caller already: change that one."""

    code = "rule-taken"


@dataclass(frozen=True, slots=True)
class ClassData:
    """A class of customers, and what it has ahead of others."""

    code: str
    name: Mapping[str, str]
    rank: int = 0
    head_start_seconds: int = 0


USUAL_CLASSES = (
    ClassData("vip", {"zh-CN": "贵宾", "en": "VIP"}, 1, 300),
    ClassData("gold", {"zh-CN": "金卡", "en": "Gold"}, 0, 120),
    ClassData("normal", {"zh-CN": "普通", "en": "Normal"}),
)
assert tuple(usual.code for usual in USUAL_CLASSES) == CLASSES


async def add_rule(session: AsyncSession, business_id: str, data: RuleData, now: datetime) -> CallerRuleRow:
    """A new rule. Raises InvalidInput, RuleTaken."""
    if (await session.scalar(select(func.count()).select_from(CallerRuleRow)) or 0) >= MOST_RULES:
        raise InvalidInput(f"There may be {MOST_RULES} rules: remove some first.")
    row = CallerRuleRow(business_id=business_id, created_at=now)
    await _fill(session, row, data)
    session.add(row)
    await session.flush()
    return row


async def change_rule(session: AsyncSession, rule_id: str, data: RuleData) -> CallerRuleRow:
    """Replace a rule. Raises NotFound, InvalidInput, RuleTaken."""
    row = await find_rule(session, rule_id)
    await _fill(session, row, data)
    await session.flush()
    return row


async def same_rule(session: AsyncSession, data: RuleData) -> CallerRuleRow | None:
    """The rule that says the same of the same caller. Raises InvalidInput."""
    return await session.scalar(_same(data.matches, normal_value(data.matches, data.value), data.effect))


async def find_rule(session: AsyncSession, rule_id: str) -> CallerRuleRow:
    """One rule. Raises NotFound."""
    row = await session.get(CallerRuleRow, rule_id)
    if row is None:
        raise NotFound("There is no such rule.")
    return row


async def remove_rule(session: AsyncSession, rule_id: str) -> None:
    """Remove a rule. Raises NotFound."""
    await session.delete(await find_rule(session, rule_id))
    await session.flush()


async def list_rules(session: AsyncSession, search: str, effect: str, limit: int, offset: int) -> tuple[list[CallerRuleRow], int]:
    """One page of rules, the newest first, and how many there are; `search` in value and reason."""
    conditions = [CallerRuleRow.effect == effect] if effect else []
    if search.strip():
        pattern = like_pattern(search.strip())
        conditions.append(or_(func.lower(CallerRuleRow.value).like(pattern), func.lower(CallerRuleRow.reason).like(pattern)))
    total = await session.scalar(select(func.count()).select_from(CallerRuleRow).where(*conditions)) or 0
    statement = select(CallerRuleRow).where(*conditions).order_by(CallerRuleRow.created_at.desc(), CallerRuleRow.id)
    return list(await session.scalars(statement.limit(limit).offset(offset))), total


async def load_classes(session: AsyncSession) -> list[ClassData]:
    """The classes of one business: its own, and the usual ones that it has not changed."""
    rows = {row.code: row for row in await session.scalars(select(CustomerClassRow).order_by(CustomerClassRow.code))}
    own = {code: ClassData(code, dict(row.name), row.rank, row.head_start_seconds) for code, row in rows.items()}
    usual = {data.code: own.get(data.code, data) for data in USUAL_CLASSES}
    return list({**usual, **own}.values())


async def class_row(session: AsyncSession, code: str) -> str | None:
    """The id of the class's row; None while it is as usual."""
    return await session.scalar(select(CustomerClassRow.id).where(CustomerClassRow.code == code))


async def put_class(session: AsyncSession, business_id: str, data: ClassData) -> tuple[CustomerClassRow, bool]:
    """Make or change what a class has ahead of others; true when it is changed for the first time."""
    if data.code not in CLASSES:
        raise NotFound("There is no such class of customers.")
    row = await session.scalar(select(CustomerClassRow).where(CustomerClassRow.code == data.code))
    made = row is None
    if row is None:
        row = CustomerClassRow(business_id=business_id, code=data.code)
        session.add(row)
    row.name, row.rank, row.head_start_seconds = dict(data.name), data.rank, data.head_start_seconds
    await session.flush()
    return row, made


async def load_policies(session: AsyncSession, routing: RoutingSettings) -> dict[str, BusinessPolicy]:
    """What treatment goes by, by business: for whichever businesses the session may see."""
    rules: dict[str, list[CallerRule]] = {}
    for row in await session.scalars(select(CallerRuleRow)):
        rules.setdefault(row.business_id, []).append(rule_of(row))
    classes: dict[str, dict[str, ClassPriority]] = {}
    for changed in await session.scalars(select(CustomerClassRow)):
        classes.setdefault(changed.business_id, {})[changed.code] = ClassPriority(changed.rank, changed.head_start_seconds)
    businesses = {queue.business_id for queue in routing.queues.values()} | {agent.business_id for agent in routing.agents.values()}
    usual = {data.code: ClassPriority(data.rank, data.head_start_seconds) for data in USUAL_CLASSES}
    return {
        business_id: BusinessPolicy(
            queues={queue.queue_id: _queue_policy(queue) for queue in routing.queues.values() if queue.business_id == business_id},
            classes={**usual, **classes.get(business_id, {})},
            callers=CallerRules.of(rules.get(business_id, ())),
            language_skills={
                skill.code: skill.skill_id
                for skill in routing.skills.values()
                if skill.business_id == business_id and skill.kind == "language"
            },
        )
        for business_id in businesses
    }


def rule_of(row: CallerRuleRow) -> CallerRule:
    """A rule as treatment takes it."""
    return CallerRule(
        row.id,
        cast(By, row.matches),
        row.value,
        cast(Effect, row.effect),
        row.rank,
        row.head_start_seconds,
        row.agent_id or "",
        row.seconds,
        row.until,
    )


def data_of(row: CallerRuleRow) -> RuleData:
    """A rule as an administrator gives it."""
    return RuleData(row.matches, row.value, row.effect, row.rank, row.head_start_seconds, row.agent_id, row.seconds, row.reason, row.until)


async def agents_of(session: AsyncSession, rows: Sequence[CallerRuleRow]) -> dict[str, str]:
    """Extensions of the agents that rules name: id -> extension."""
    ids = {row.agent_id for row in rows if row.agent_id}
    if not ids:
        return {}
    found = await session.execute(select(AgentRow.person_id, AgentRow.extension).where(AgentRow.person_id.in_(ids)))
    return dict(found.all())


async def _fill(session: AsyncSession, row: CallerRuleRow, data: RuleData) -> None:
    if data.effect not in EFFECTS:
        raise InvalidInput(f"The effect is one of {', '.join(EFFECTS)}.", field="effect")
    value = normal_value(data.matches, data.value)
    if data.matches == "class" and value not in CLASSES:
        raise InvalidInput(f"The class is one of {', '.join(CLASSES)}.", field="value")
    if data.effect == "green":
        if not data.agent_id or await session.scalar(select(AgentRow.active).where(AgentRow.person_id == data.agent_id)) is not True:
            raise InvalidInput("Choose the agent whom these callers reach.", field="agent_id")
        if not data.seconds:
            raise InvalidInput("Say how many seconds nobody else is asked.", field="seconds")
    await refuse_same(session, row.id or "", data.matches, value, data.effect)
    vip, green = data.effect == "vip", data.effect == "green"
    row.matches, row.value, row.effect = data.matches, value, data.effect
    row.rank, row.head_start_seconds = (data.rank, data.head_start_seconds) if vip else (0, 0)
    row.agent_id, row.seconds = (data.agent_id, data.seconds) if green else (None, 0)
    row.reason, row.until = data.reason.strip(), data.until


async def refuse_same(session: AsyncSession, rule_id: str, matches: str, value: str, effect: str) -> None:
    """Raise RuleTaken when another rule says the same of the same caller."""
    other = await session.scalar(_same(matches, value, effect))
    if other is not None and other.id != rule_id:
        raise RuleTaken(value=value)


def _same(matches: str, value: str, effect: str) -> Select[CallerRuleRow]:
    return select(CallerRuleRow).where(CallerRuleRow.matches == matches, CallerRuleRow.value == value, CallerRuleRow.effect == effect)


def _queue_policy(queue: QueueSettings) -> QueuePolicy:
    return QueuePolicy(queue.queue_id, queue.last_agent_days, queue.last_agent_wait_seconds, queue.language_level)
