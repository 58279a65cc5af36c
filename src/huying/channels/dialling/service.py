"""Reading and changing how businesses dial. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.calendars import Calendars
from huying.admin.model import PersonRow
from huying.channels.dialling.model import DialRuleRow, DialSettingsRow
from huying.channels.dialling.permissions import Person, Rule
from huying.channels.dialling.plan import DialPlan, DialSettings, Inner
from huying.channels.voice.call.limit import Limit
from huying.flows.service import flow_numbers
from huying.foundation.errors import NotFound
from huying.routing.configuration import RoutingSettings


async def load_dial_plans(session: AsyncSession, routing: RoutingSettings) -> dict[str, DialPlan]:
    """Business -> how it dials, of all that the session may see."""
    settings = {row.business_id: _settings(row) for row in await session.scalars(select(DialSettingsRow))}
    rules: dict[str, list[Rule]] = {}
    statement = select(DialRuleRow).where(DialRuleRow.active).order_by(DialRuleRow.position, DialRuleRow.id)
    for row in await session.scalars(statement):
        rules.setdefault(row.business_id, []).append(rule_of(row, routing.calendars))
    roles = dict((await session.execute(select(PersonRow.id, PersonRow.roles).where(PersonRow.active))).all())
    people: dict[str, dict[str, Person]] = {}
    extensions: dict[str, dict[str, str]] = {}
    for agent in routing.agents.values():
        person = Person(agent.agent_id, frozenset(roles.get(agent.agent_id, ())), frozenset(agent.profile.groups))
        people.setdefault(agent.business_id, {})[agent.agent_id] = person
        extensions.setdefault(agent.business_id, {})[agent.extension] = agent.agent_id
    numbered = await _numbered(session, routing)
    return {
        business_id: DialPlan(
            settings.get(business_id, DialSettings()),
            tuple(rules.get(business_id, ())),
            people.get(business_id, {}),
            extensions.get(business_id, {}),
            numbered.get(business_id, {}),
        )
        for business_id in {*settings, *rules, *people, *numbered}
    }


async def _numbered(session: AsyncSession, routing: RoutingSettings) -> dict[str, dict[str, Inner]]:
    """Business -> internal number -> the flow or the active queue that has it."""
    found: dict[str, dict[str, Inner]] = {}
    for business_id, flow_id, number in await flow_numbers(session):
        found.setdefault(business_id, {})[number] = Inner("flow", flow_id)
    for queue in routing.queues.values():
        if queue.internal_number:
            found.setdefault(queue.business_id, {})[queue.internal_number] = Inner("queue", queue.queue_id)
    return found


async def read_dial_settings(session: AsyncSession) -> DialSettings:
    """How the session's business dials."""
    row = await session.scalar(select(DialSettingsRow))
    return _settings(row) if row else DialSettings()


async def change_dial_settings(session: AsyncSession, business_id: str, settings: DialSettings) -> tuple[str, bool]:
    """Put the settings in force; the row's id, and whether it is new."""
    row = await session.scalar(select(DialSettingsRow))
    made = row is None
    if row is None:
        row = DialSettingsRow(business_id=business_id)
        session.add(row)
    for name, value in asdict(settings).items():
        setattr(row, name, value)
    await session.flush()
    return row.id, made


async def list_dial_rules(session: AsyncSession) -> list[DialRuleRow]:
    """All rules in their order, also those out of force."""
    return list(await session.scalars(select(DialRuleRow).order_by(DialRuleRow.position, DialRuleRow.id)))


async def find_dial_rule(session: AsyncSession, rule_id: str) -> DialRuleRow:
    """One rule. Raises NotFound."""
    row = await session.get(DialRuleRow, rule_id)
    if row is None:
        raise NotFound("There is no such rule of dialling.")
    return row


def rule_of(row: DialRuleRow, calendars: Calendars) -> Rule:
    """A row as the rule that decides."""
    return Rule(
        rule_id=row.id,
        name=row.name,
        classes=frozenset(row.classes),
        allowed=tuple(row.allowed),
        forbidden=tuple(row.forbidden),
        roles=frozenset(row.roles),
        groups=frozenset(row.groups),
        agents=frozenset(row.agents),
        opening=calendars.by_id.get(row.schedule_id) if row.schedule_id else None,
        override_do_not_call=row.override_do_not_call,
    )


def _settings(row: DialSettingsRow) -> DialSettings:
    values: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(DialSettings)}
    return DialSettings(**{**values, "limits": limits_of(row.limits)})


def limits_of(stored: Mapping[str, Any]) -> dict[str, Limit]:
    """Class -> limit, of what stands in the database."""
    return {kind: Limit(int(one["seconds"]), int(one["warn_seconds"])) for kind, one in stored.items()}
