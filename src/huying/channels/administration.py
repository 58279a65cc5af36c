"""Changing entry points. Never commits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.model import ENTRY_NUMBER, ENTRY_WEB, EntryPointRow
from huying.flows.model import FlowRow
from huying.foundation.errors import Conflict, InvalidInput
from huying.routing.service import is_agent

ADDRESS = {ENTRY_NUMBER: re.compile(r"\+?[0-9]{2,20}"), ENTRY_WEB: re.compile(r"[a-z0-9][a-z0-9-]{0,59}")}


class EntryTaken(Conflict):
    """This number or name leads somewhere already: choose another."""

    code = "entry-taken"


@dataclass(frozen=True, slots=True)
class EntryData:
    """Where an entry leads."""

    name: Mapping[str, str]
    flow_id: str
    language: str
    active: bool = True
    person_id: str | None = None


async def list_entry_points(session: AsyncSession) -> list[EntryPointRow]:
    """All entry points, also inactive ones."""
    return list(await session.scalars(select(EntryPointRow).order_by(EntryPointRow.kind, EntryPointRow.address)))


async def put_entry_point(session: AsyncSession, business_id: str, kind: str, address: str, data: EntryData) -> tuple[EntryPointRow, bool]:
    """Make or change an entry; the row, and whether it was made. Raises InvalidInput, EntryTaken."""
    if kind not in ADDRESS or not ADDRESS[kind].fullmatch(address):
        raise InvalidInput("A number has digits (and a leading +), a web entry small letters, digits and hyphens.", field="address")
    if await session.get(FlowRow, data.flow_id) is None:
        raise InvalidInput("There is no such flow.", field="flow_id")
    if data.person_id and (kind != ENTRY_NUMBER or not await is_agent(session, data.person_id)):
        raise InvalidInput("A direct number belongs to an agent.", field="person_id")
    row = await session.scalar(select(EntryPointRow).where(EntryPointRow.kind == kind, EntryPointRow.address == address))
    made = row is None
    if row is None:
        row = EntryPointRow(business_id=business_id, kind=kind, address=address)
        session.add(row)
    row.name, row.flow_id, row.language, row.active = dict(data.name), data.flow_id, data.language, data.active
    row.person_id = data.person_id
    try:
        await session.flush()
    except IntegrityError as error:
        raise EntryTaken(address=address) from error
    return row, made
