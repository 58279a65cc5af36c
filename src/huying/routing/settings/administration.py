"""Changing queues, agents and reasons for a break. Never commits; what is no longer wanted becomes inactive, for the history knows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.people import find_person
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.routing.model import (
    AgentRow,
    AgentSkillRow,
    BreakReasonRow,
    GroupMemberRow,
    QueueGroupRow,
    QueueRow,
    SkillRow,
    WorkGroupRow,
)
from huying.routing.settings.internal_numbers import ExtensionTaken, taken_by

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Named = TypeVar("Named", QueueRow, WorkGroupRow, SkillRow, BreakReasonRow)


class CodeTaken(Conflict):
    """There is one with this code already: choose another."""

    code = "code-taken"


@dataclass(frozen=True, slots=True)
class AgentData:
    """What makes a person an agent. `groups` and `skills`: id -> level 1-10; what is None stays as it is."""

    extension: str
    auto_answer: bool = False
    groups: Mapping[str, int] | None = None
    skills: Mapping[str, int] | None = None
    capacity: Mapping[str, int] | None = None
    """Channel -> pieces of work at a time, where it differs from the business's usual."""


async def add(session: AsyncSession, kind: type[Named], business_id: str, code: str, name: Mapping[str, str]) -> Named:
    """A new thing of the kind at the end, with the usual values. Raises InvalidInput, CodeTaken."""
    if not CODE.fullmatch(code):
        raise InvalidInput("A code has small letters, digits and hyphens.", field="code")
    taken = await session.scalar(select(kind).where(kind.code == code))
    if taken:
        raise CodeTaken(code=code, id=taken.id, active=taken.active)
    last = await session.scalar(select(func.max(kind.position)))
    row = kind(business_id=business_id, code=code, name=dict(name), position=(last if last is not None else -1) + 1)
    session.add(row)
    await session.flush()
    return row


async def find(session: AsyncSession, kind: type[Named], thing_id: str) -> Named:
    """One thing of the kind, also an inactive one. Raises NotFound."""
    row = await session.get(kind, thing_id)
    if row is None:
        raise NotFound(f"There is no such {kind.__tablename__.replace('work_', '').replace('_', ' ')}.")
    return row


async def change_queue(session: AsyncSession, row: QueueRow, given: Mapping[str, Any]) -> None:
    """Change a queue's fields; `groups` are the ids of those that serve it. Raises InvalidInput."""
    for name, value in given.items():
        if name != "groups":
            setattr(row, name, value)
    await session.flush()
    if "groups" in given:
        await _check_known(session, WorkGroupRow, given["groups"], "groups")
        await session.execute(delete(QueueGroupRow).where(QueueGroupRow.queue_id == row.id))
        links = [QueueGroupRow(queue_id=row.id, group_id=key, business_id=row.business_id) for key in dict.fromkeys(given["groups"])]
        session.add_all(links)
        await session.flush()


async def put_agent(session: AsyncSession, business_id: str, person_id: str, data: AgentData) -> bool:
    """Make the person an agent, or change the agent; true when it was made. Raises NotFound, InvalidInput, ExtensionTaken."""
    await find_person(session, person_id)
    await check_extension(session, data.extension, person_id)
    row = await session.get(AgentRow, person_id)
    made = row is None
    if row is None:
        row = AgentRow(person_id=person_id, business_id=business_id, simulated=False)
        session.add(row)
    row.extension, row.auto_answer, row.active = data.extension, data.auto_answer, True
    if data.capacity is not None:
        row.capacity = dict(data.capacity)
    await session.flush()
    if data.groups is not None:
        await put_groups(session, row, data.groups)
    if data.skills is not None:
        await put_skills(session, row, data.skills)
    return made


async def check_extension(session: AsyncSession, extension: str, person_id: str) -> None:
    """Raise ExtensionTaken when another agent, a queue or a flow has it."""
    if who := await taken_by(session, extension, person_id):
        raise ExtensionTaken(extension=extension, by=who)


async def put_groups(session: AsyncSession, agent: AgentRow, levels: Mapping[str, int]) -> None:
    """The agent is in exactly these groups. Raises InvalidInput."""
    await _check_known(session, WorkGroupRow, levels, "groups")
    await session.execute(delete(GroupMemberRow).where(GroupMemberRow.person_id == agent.person_id))
    ids = {"person_id": agent.person_id, "business_id": agent.business_id}
    session.add_all(GroupMemberRow(**ids, group_id=group_id, level=level) for group_id, level in levels.items())
    await session.flush()


async def put_skills(session: AsyncSession, agent: AgentRow, levels: Mapping[str, int]) -> None:
    """The agent has exactly these skills. Raises InvalidInput."""
    await _check_known(session, SkillRow, levels, "skills")
    await session.execute(delete(AgentSkillRow).where(AgentSkillRow.person_id == agent.person_id))
    ids = {"person_id": agent.person_id, "business_id": agent.business_id}
    session.add_all(AgentSkillRow(**ids, skill_id=skill_id, level=level) for skill_id, level in levels.items())
    await session.flush()


async def _check_known(session: AsyncSession, kind: type[WorkGroupRow | SkillRow], ids: Iterable[str], field: str) -> None:
    unknown = set(ids) - set(await session.scalars(select(kind.id)))
    if unknown:
        what = "group" if kind is WorkGroupRow else "skill"
        raise InvalidInput(f"There is no such {what}.", field=field, id=min(unknown))


async def retire_agent(session: AsyncSession, person_id: str) -> None:
    """The person takes contacts no more. Raises NotFound."""
    row = await session.get(AgentRow, person_id)
    if row is None or not row.active:
        raise NotFound("There is no such agent.")
    row.active = False
    await session.flush()


async def find_break_reason(session: AsyncSession, code: str) -> BreakReasonRow | None:
    """The reason of this code, also an inactive one."""
    return (await session.scalars(select(BreakReasonRow).where(BreakReasonRow.code == code))).one_or_none()
