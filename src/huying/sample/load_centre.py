"""Fills in the sample business's skills, groups, queues and reasons for a break, and puts its agents among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.ids import new_id
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
from huying.sample.calendar import OF_QUEUE, add_schedules
from huying.sample.centre import BREAK_REASONS, GROUPS, QUEUES, SKILLS
from huying.sample.organisation import SamplePerson

FIRST_QUEUE_NUMBER = 8801
"""The internal number of the first queue."""


@dataclass(frozen=True, slots=True)
class Centre:
    """Code -> id."""

    queues: Mapping[str, str]
    groups: Mapping[str, str]
    skills: Mapping[str, str]


async def add_centre(session: AsyncSession, business_id: str, today: date) -> Centre:
    """Make what agents work with."""
    made = Centre(
        {queue.code: new_id() for queue in QUEUES},
        {code: new_id() for code, _ in GROUPS},
        {code: new_id() for code, _, _ in SKILLS},
    )
    schedules = await add_schedules(session, business_id, today)
    whose = {"business_id": business_id}
    for position, (code, name) in enumerate(GROUPS):
        session.add(WorkGroupRow(**whose, id=made.groups[code], code=code, name=dict(name), position=position))
    for position, (code, kind, name) in enumerate(SKILLS):
        session.add(SkillRow(**whose, id=made.skills[code], code=code, kind=kind, name=dict(name), position=position))
    for position, queue in enumerate(QUEUES):
        row = QueueRow(**whose, id=made.queues[queue.code], code=queue.code, name=dict(queue.name), position=position, **queue.fields)
        row.internal_number = str(FIRST_QUEUE_NUMBER + position)
        row.requirements, row.schedule_id = queue.requirements, schedules[OF_QUEUE.get(queue.code, "service")]
        session.add(row)
    for position, reason in enumerate(BREAK_REASONS):
        told = {"code": reason.code, "name": dict(reason.name), "colour": reason.colour, "most_seconds": reason.most_seconds}
        session.add(BreakReasonRow(**whose, position=position, **told))
    await session.flush()
    for queue in QUEUES:
        session.add_all(QueueGroupRow(**whose, queue_id=made.queues[queue.code], group_id=made.groups[code]) for code in queue.groups)
    return made


async def add_agent(session: AsyncSession, business_id: str, person_id: str, person: SamplePerson, centre: Centre) -> None:
    """Make the person an agent, in the groups and with the skills."""
    whose = {"business_id": business_id, "person_id": person_id}
    session.add(AgentRow(**whose, extension=person.extension, simulated=person.simulated))
    await session.flush()
    session.add_all(GroupMemberRow(**whose, group_id=centre.groups[code], level=level) for code, level in person.groups.items())
    session.add_all(AgentSkillRow(**whose, skill_id=centre.skills[code], level=level) for code, level in person.skills.items())
