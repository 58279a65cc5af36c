"""The configuration of agents and queues as it was at a moment: the present one, with what was changed since put back.

The state of a thing at that moment is what the first change after it found. Things whose changes are not kept (a person who was
switched off) stand as they are now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.model import ConfigurationChangeRow
from huying.admin.changes.rows import state_of
from huying.admin.model import PersonRow
from huying.routing.model import (
    AgentRow,
    AgentSkillRow,
    GroupMemberRow,
    QueueGroupRow,
    QueueRow,
    RoutingSettingsRow,
    SkillRow,
    WorkGroupRow,
)
from huying.routing.router.requirements import Requirements
from huying.routing.router.work import ALONE, ONE_OF_EACH, AgentProfile, QueueRules

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PastRouting:
    """Profiles of the agents of that moment, the rules of one queue as far as choosing goes, and how much has changed since."""

    profiles: Mapping[str, AgentProfile]
    rules: QueueRules
    names: Mapping[str, str]
    """Of the agents, as they are called now."""
    changed_since: int


async def routing_at(session: AsyncSession, business_id: str, queue_id: str, moment: datetime) -> PastRouting:
    """The configuration of a business at a moment, as far as it decides who could take work of this queue."""
    before, count = await _before(session, moment)
    groups = await _active(session, WorkGroupRow, before.get("work_group", {}))
    skills = await _active(session, SkillRow, before.get("skill", {}))
    usual = await _one(session, RoutingSettingsRow, business_id, before.get("routing_settings", {}))
    agents = _put_back(await _agents(session), before.get("agent", {}))
    people = (await session.execute(select(PersonRow.id, PersonRow.name, PersonRow.active).where(PersonRow.id.in_(agents)))).all()
    working = {row.id for row in people if row.active}
    profiles = {
        agent_id: _profile(agent_id, business_id, state, groups, skills, usual)
        for agent_id, state in agents.items()
        if state.get("active") and agent_id in working
    }
    queue = await _queue(session, queue_id, before.get("queue", {}))
    return PastRouting(profiles, _rules(queue_id, business_id, queue), {row.id: row.name for row in people}, count)


async def _before(session: AsyncSession, moment: datetime) -> tuple[dict[str, dict[str, State | None]], int]:
    """Kind -> thing -> its state before the first change after the moment; and how many changes there were."""
    change = ConfigurationChangeRow
    statement = select(change.what, change.thing_id, change.before).where(change.at > moment).order_by(change.number)
    found: dict[str, dict[str, State | None]] = {}
    rows = (await session.execute(statement)).all()
    for what, thing_id, before in rows:
        found.setdefault(what, {}).setdefault(thing_id, before)
    return found, len(rows)


def _put_back(present: dict[str, State], before: Mapping[str, State | None]) -> dict[str, State]:
    known = {**present, **before}
    return {thing_id: state for thing_id, state in known.items() if state is not None}


async def _active(session: AsyncSession, row: type[WorkGroupRow | SkillRow], before: Mapping[str, State | None]) -> frozenset[str]:
    present: dict[str, State] = {key: {"active": active} for key, active in await session.execute(select(row.id, row.active))}
    return frozenset(key for key, state in _put_back(present, before).items() if state.get("active"))


async def _one(session: AsyncSession, row: type[RoutingSettingsRow], thing_id: str, before: Mapping[str, State | None]) -> State:
    found = await session.get(row, thing_id)
    present: dict[str, State] = {thing_id: state_of(found)} if found else {}
    return _put_back(present, before).get(thing_id, {})


async def _agents(session: AsyncSession) -> dict[str, State]:
    groups: dict[str, dict[str, int]] = {}
    skills: dict[str, dict[str, int]] = {}
    for member in await session.scalars(select(GroupMemberRow)):
        groups.setdefault(member.person_id, {})[member.group_id] = member.level
    for has in await session.scalars(select(AgentSkillRow)):
        skills.setdefault(has.person_id, {})[has.skill_id] = has.level
    rows = await session.scalars(select(AgentRow))
    return {
        row.person_id: {**state_of(row), "groups": groups.get(row.person_id, {}), "skills": skills.get(row.person_id, {})} for row in rows
    }


async def _queue(session: AsyncSession, queue_id: str, before: Mapping[str, State | None]) -> State:
    row = await session.get(QueueRow, queue_id)
    links = await session.scalars(select(QueueGroupRow.group_id).where(QueueGroupRow.queue_id == queue_id))
    present: dict[str, State] = {queue_id: {**state_of(row), "groups": dict.fromkeys(links, 1)}} if row else {}
    return _put_back(present, before).get(queue_id, {})


def _profile(agent_id: str, business_id: str, state: State, groups: frozenset[str], skills: frozenset[str], usual: State) -> AgentProfile:
    return AgentProfile(
        agent_id,
        business_id,
        groups={key: level for key, level in state.get("groups", {}).items() if key in groups},
        skills={key: level for key, level in state.get("skills", {}).items() if key in skills},
        capacity={**ONE_OF_EACH, **usual.get("capacity", {}), **state.get("capacity", {})},
        joins={**ALONE, **{channel: frozenset(others) for channel, others in usual.get("joins", {}).items()}},
    )


def _rules(queue_id: str, business_id: str, state: State) -> QueueRules:
    known = {name: state[name] for name in ("code", "strategy", "idle_from") if name in state}
    return QueueRules(queue_id, business_id, requirements=Requirements(frozenset(state.get("groups", {}))), **known)
