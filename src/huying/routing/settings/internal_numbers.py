"""One number space for agents' extensions and for the internal numbers of queues and flows: whether a number may be given."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Uuid, column, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.errors import Conflict, InvalidInput
from huying.routing.model import AgentRow, QueueRow

NUMBER = re.compile(r"[0-9]{4,8}")
FLOW = table("flow", column("id", Uuid(as_uuid=False)), column("internal_number"))
"""Flows belong to a wing above; of theirs the number alone counts here."""


class NumberTaken(Conflict):
    """An agent, a queue or a flow has this number already: choose another."""

    code = "internal-number-taken"


class NumberNotValid(InvalidInput):
    """An internal number has four to eight digits: codes begin with a star, and shorter numbers are emergency numbers and slots."""

    code = "internal-number-not-valid"


class ExtensionTaken(Conflict):
    """Another agent, a queue or a flow has this number already: choose another."""

    code = "extension-taken"


async def check_internal_number(session: AsyncSession, number: str, own_id: str) -> None:
    """Raise NumberNotValid for what can be no internal number of this queue or flow, NumberTaken with who has it."""
    if not NUMBER.fullmatch(number):
        raise NumberNotValid(field="internal_number")
    if who := await taken_by(session, number, own_id):
        raise NumberTaken(f"This number is that of {TOLD[who]} already: choose another.", field="internal_number", by=who, number=number)


TOLD = {"agent": "an agent", "queue": "a queue", "flow": "a flow"}


async def taken_by(session: AsyncSession, number: str, own_id: str) -> str:
    """What else has the number: agent, queue, flow; empty for nothing. An agent keeps his while he is none."""
    holders = {
        "agent": select(AgentRow.person_id).where(AgentRow.extension == number, AgentRow.person_id != own_id),
        "queue": select(QueueRow.id).where(QueueRow.internal_number == number, QueueRow.id != own_id),
        "flow": select(FLOW.c.id).where(FLOW.c.internal_number == number, FLOW.c.id != own_id),
    }
    for kind, statement in holders.items():
        if (await session.execute(statement)).first():
            return kind
    return ""


def ranges_of(numbers: Iterable[str]) -> list[tuple[str, str, int]]:
    """First, last and how many of each row of numbers of one length that follow each other, the lowest first. Pure."""
    found: list[tuple[str, str, int]] = []
    for number in sorted({one for one in numbers if one.isdigit()}, key=lambda one: (len(one), one)):
        if found and len(found[-1][1]) == len(number) and int(number) == int(found[-1][1]) + 1:
            found[-1] = (found[-1][0], number, found[-1][2] + 1)
        else:
            found.append((number, number, 1))
    return found
