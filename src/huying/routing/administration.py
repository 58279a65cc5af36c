"""Changing queues, agents and reasons for a break. Never commits; what is no longer wanted becomes inactive, for the history knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.people import find_person
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.routing.model import AgentQueueRow, AgentRow, BreakReasonRow, QueueRow

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class CodeTaken(Conflict):
    """There is one with this code already: choose another."""

    code = "code-taken"


class ExtensionTaken(Conflict):
    """Another agent has this extension: choose another."""

    code = "extension-taken"


@dataclass(frozen=True, slots=True)
class AgentData:
    """What makes a person an agent; `queues` are ids."""

    extension: str
    languages: Sequence[str]
    queues: Sequence[str]
    auto_answer: bool = False


async def add_queue(session: AsyncSession, business_id: str, code: str, name: Mapping[str, str]) -> QueueRow:
    """A new queue at the end, with the usual times. Raises InvalidInput, CodeTaken."""
    if not CODE.fullmatch(code):
        raise InvalidInput("A code has small letters, digits and hyphens.", field="code")
    if await session.scalar(select(QueueRow.id).where(QueueRow.code == code)):
        raise CodeTaken(code=code)
    last = await session.scalar(select(func.max(QueueRow.position)))
    row = QueueRow(business_id=business_id, code=code, name=dict(name), position=(last if last is not None else -1) + 1)
    session.add(row)
    await session.flush()
    return row


async def find_queue(session: AsyncSession, queue_id: str) -> QueueRow:
    """One queue, also an inactive one. Raises NotFound."""
    row = await session.get(QueueRow, queue_id)
    if row is None:
        raise NotFound("There is no such queue.")
    return row


async def put_agent(session: AsyncSession, business_id: str, person_id: str, data: AgentData) -> bool:
    """Make the person an agent, or change the agent; true when it was made. Raises NotFound, InvalidInput, ExtensionTaken."""
    await find_person(session, person_id)
    known = set(await session.scalars(select(QueueRow.id).where(QueueRow.active)))
    if not set(data.queues) <= known:
        raise InvalidInput("There is no such queue.", field="queues")
    other = select(AgentRow.person_id).where(AgentRow.extension == data.extension, AgentRow.person_id != person_id)
    if await session.scalar(other):
        raise ExtensionTaken(extension=data.extension)
    row = await session.get(AgentRow, person_id)
    made = row is None
    if row is None:
        row = AgentRow(person_id=person_id, business_id=business_id, simulated=False)
        session.add(row)
    row.extension, row.languages, row.auto_answer, row.active = data.extension, list(data.languages), data.auto_answer, True
    await session.flush()
    await session.execute(delete(AgentQueueRow).where(AgentQueueRow.person_id == person_id))
    session.add_all(
        AgentQueueRow(person_id=person_id, queue_id=queue_id, business_id=business_id) for queue_id in dict.fromkeys(data.queues)
    )
    await session.flush()
    return made


async def retire_agent(session: AsyncSession, person_id: str) -> None:
    """The person takes contacts no more. Raises NotFound."""
    row = await session.get(AgentRow, person_id)
    if row is None or not row.active:
        raise NotFound("There is no such agent.")
    row.active = False
    await session.flush()


async def put_break_reason(session: AsyncSession, business_id: str, code: str, name: Mapping[str, str], active: bool) -> bool:
    """Make or change a reason for a break; true when it was made. Raises InvalidInput."""
    if not CODE.fullmatch(code):
        raise InvalidInput("A code has small letters, digits and hyphens.", field="code")
    row = await session.scalar(select(BreakReasonRow).where(BreakReasonRow.code == code))
    made = row is None
    if row is None:
        last = await session.scalar(select(func.max(BreakReasonRow.position)))
        row = BreakReasonRow(business_id=business_id, code=code, position=(last if last is not None else -1) + 1)
        session.add(row)
    row.name, row.active = dict(name), active
    await session.flush()
    return made
