"""Queues, groups, skills and agents as the wings above read them. Writes nothing; changes come with the administration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.calendars import Calendars
from huying.admin.calendar.loading import load_calendars
from huying.admin.model import PersonRow
from huying.routing.configuration import AgentSettings, GroupSettings, QueueSettings, RoutingSettings, SkillSettings
from huying.routing.model import (
    AgentRow,
    AgentSkillRow,
    BreakReasonRow,
    GroupMemberRow,
    QueueGroupRow,
    QueueRow,
    RoutingSettingsRow,
    SkillRow,
    WorkGroupRow,
)
from huying.routing.router.requirements import Requirements
from huying.routing.router.work import ALONE, ONE_OF_EACH, AgentProfile, Opening, QueueRules
from huying.routing.rules.loading import with_requirements
from huying.routing.settings.stored import actions_of, announcements_of, consequence_of, door_of

log = structlog.get_logger()


async def load_routing(session: AsyncSession) -> RoutingSettings:
    """All that is active and that the session may see: one business's, or every one's in a system session."""
    calendars = await load_calendars(session)
    groups, skills = await _groups(session), await _skills(session)
    queues = await _queues(session, calendars, groups, skills, inactive=False)
    return RoutingSettings(queues, await _agents(session, queues, groups, skills), groups, skills, calendars)


async def load_queues(session: AsyncSession) -> Mapping[str, QueueSettings]:
    """All queues in their order, also inactive ones."""
    return await _queues(session, await load_calendars(session), await _groups(session), await _skills(session), inactive=True)


async def _queues(
    session: AsyncSession, calendars: Calendars, groups: Mapping[str, GroupSettings], skills: Mapping[str, SkillSettings], *, inactive: bool
) -> Mapping[str, QueueSettings]:
    serving: dict[str, set[str]] = {}
    for link in await session.scalars(select(QueueGroupRow)):
        serving.setdefault(link.queue_id, set()).add(link.group_id)
    statement = select(QueueRow).order_by(QueueRow.position, QueueRow.code)
    rows = await session.scalars(statement if inactive else statement.where(QueueRow.active))
    found = {
        row.id: queue_settings(
            row, tuple(key for key in groups if key in serving.get(row.id, ())), calendars.opening(row.business_id, row.schedule_id)
        )
        for row in rows
    }
    read = with_requirements(RoutingSettings(found, {}, groups, skills))
    for queue in read.values():
        if any(problem.severity == "error" for problem in queue.problems):
            log.warning("routing.requirements_unreadable", queue_id=queue.queue_id, problems=[problem.code for problem in queue.problems])
    return read


def queue_settings(row: QueueRow, groups: tuple[str, ...], opening: Opening | None = None) -> QueueSettings:
    """A queue's row as plain values; `groups` are the ids of the active groups that serve it."""
    rules = QueueRules(
        queue_id=row.id,
        business_id=row.business_id,
        code=row.code,
        requirements=Requirements(frozenset(groups)),
        strategy=row.strategy,
        idle_from=row.idle_from,
        priority=row.priority,
        offer_seconds=row.offer_seconds,
        after_call_seconds=row.after_call_seconds,
        after_call_most_seconds=row.after_call_most_seconds,
        short_abandon_seconds=row.short_abandon_seconds,
        announcements=announcements_of(row.announcements),
        consequence=consequence_of(row.consequence),
        door=door_of(row.door),
        opening=opening,
        keys=actions_of(row.keys),
        overflow_keeps_wait=row.overflow_keeps_wait,
    )
    return QueueSettings(
        rules,
        name=dict(row.name),
        position=row.position,
        active=row.active,
        groups=groups,
        requirements=row.requirements,
        service_level_seconds=row.service_level_seconds,
        target_percent=row.target_percent,
        service_level_kind=row.service_level_kind,
        record=row.record,
        schedule_id=row.schedule_id,
        last_agent_days=row.last_agent_days,
        last_agent_wait_seconds=row.last_agent_wait_seconds,
        language_level=row.language_level,
        internal_number=row.internal_number or "",
    )


async def is_agent(session: AsyncSession, person_id: str) -> bool:
    """Whether the person takes contacts."""
    return await session.scalar(select(AgentRow.active).where(AgentRow.person_id == person_id)) is True


async def break_reasons(session: AsyncSession) -> list[BreakReasonRow]:
    """The active reasons for a break, in their order."""
    statement = select(BreakReasonRow).where(BreakReasonRow.active).order_by(BreakReasonRow.position, BreakReasonRow.code)
    return list(await session.scalars(statement))


async def _groups(session: AsyncSession) -> dict[str, GroupSettings]:
    statement = select(WorkGroupRow).where(WorkGroupRow.active).order_by(WorkGroupRow.position, WorkGroupRow.code)
    return {row.id: GroupSettings(row.id, row.business_id, row.code, dict(row.name)) for row in await session.scalars(statement)}


async def _skills(session: AsyncSession) -> dict[str, SkillSettings]:
    statement = select(SkillRow).where(SkillRow.active).order_by(SkillRow.position, SkillRow.code)
    return {row.id: SkillSettings(row.id, row.business_id, row.code, dict(row.name), row.kind) for row in await session.scalars(statement)}


async def _agents(
    session: AsyncSession, queues: Mapping[str, QueueSettings], groups: Mapping[str, GroupSettings], skills: Mapping[str, SkillSettings]
) -> dict[str, AgentSettings]:
    of_groups, of_skills = await _levels(session, groups, skills)
    usual = {row.business_id: row for row in await session.scalars(select(RoutingSettingsRow))}
    statement = (
        select(AgentRow, PersonRow.name).join(PersonRow, PersonRow.id == AgentRow.person_id).where(AgentRow.active, PersonRow.active)
    )
    found = {}
    for row, name in await session.execute(statement.order_by(AgentRow.extension)):
        profile = _profile(row, of_groups.get(row.person_id, {}), of_skills.get(row.person_id, {}), usual.get(row.business_id))
        found[row.person_id] = AgentSettings(
            profile,
            name=name,
            extension=row.extension,
            queues=tuple(queue.queue_id for queue in queues.values() if not profile.groups.keys().isdisjoint(queue.groups)),
            languages=tuple(skill.code for skill in skills.values() if skill.kind == "language" and skill.skill_id in profile.skills),
            auto_answer=row.auto_answer,
            simulated=row.simulated,
        )
    return found


async def _levels(
    session: AsyncSession, groups: Mapping[str, GroupSettings], skills: Mapping[str, SkillSettings]
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Person -> group -> level, and person -> skill -> level, of active groups and skills."""
    of_groups: dict[str, dict[str, int]] = {}
    of_skills: dict[str, dict[str, int]] = {}
    for member in await session.scalars(select(GroupMemberRow)):
        if member.group_id in groups:
            of_groups.setdefault(member.person_id, {})[member.group_id] = member.level
    for has in await session.scalars(select(AgentSkillRow)):
        if has.skill_id in skills:
            of_skills.setdefault(has.person_id, {})[has.skill_id] = has.level
    return of_groups, of_skills


def _profile(row: AgentRow, groups: Mapping[str, int], skills: Mapping[str, int], usual: RoutingSettingsRow | None) -> AgentProfile:
    return AgentProfile(
        row.person_id,
        row.business_id,
        groups=groups,
        skills=skills,
        capacity=capacity_of(row, usual),
        joins=joins_of(usual),
    )


def capacity_of(row: AgentRow, usual: RoutingSettingsRow | None) -> dict[str, int]:
    """The agent's own capacity where it is set, else the business's, else one of each."""
    own: Mapping[str, Any] = row.capacity
    return {**ONE_OF_EACH, **(usual.capacity if usual else {}), **own}


def joins_of(usual: RoutingSettingsRow | None) -> dict[str, frozenset[str]]:
    """The business's interruptions where they are set, else the usual ones."""
    return {**ALONE, **{channel: frozenset(others) for channel, others in (usual.joins if usual else {}).items()}}


async def break_limits(session: AsyncSession) -> dict[str, int]:
    """Break reason -> how many seconds it may usually last, also of reasons no longer offered; 0 for as long as one likes."""
    return dict((await session.execute(select(BreakReasonRow.code, BreakReasonRow.most_seconds))).all())
