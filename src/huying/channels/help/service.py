"""Requests for help in the database: whom an audience means, asking, taking, ending, and who may join a call by one. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.admin.permissions import permissions_of
from huying.channels.help.asking import HelpRequest, lets_join, whom
from huying.channels.help.model import HelpRequestRow
from huying.foundation.errors import Conflict, NotFound
from huying.routing.model import AgentRow, AgentSkillRow, GroupMemberRow

LEADS, GROUP, SKILL, PEOPLE = "leads", "group", "skill", "people"
LEAD_PERMISSION = "live.view"


class AskedAlready(Conflict):
    """You have asked for help with this contact already: withdraw that request first."""

    code = "help-asked-already"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom to ask. `kind`: leads; group or skill (`id`, from the level `level` on); people (`people`)."""

    kind: str
    id: str = ""
    level: int = 1
    people: Sequence[str] = ()


async def who_is(session: AsyncSession, audience: Audience) -> list[str]:
    """The active people whom an audience means now."""
    active = select(PersonRow.id).where(PersonRow.active)
    if audience.kind == LEADS:
        rows = (await session.execute(select(PersonRow.id, PersonRow.roles).where(PersonRow.active))).all()
        return [person_id for person_id, roles in rows if LEAD_PERMISSION in permissions_of(roles)]
    if audience.kind == PEOPLE:
        return list(await session.scalars(active.where(PersonRow.id.in_(audience.people))))
    agents = select(AgentRow.person_id).where(AgentRow.active)
    if audience.kind == GROUP:
        members = select(GroupMemberRow.person_id).where(GroupMemberRow.group_id == audience.id, GroupMemberRow.level >= audience.level)
    else:
        members = select(AgentSkillRow.person_id).where(AgentSkillRow.skill_id == audience.id, AgentSkillRow.level >= audience.level)
    return list(await session.scalars(active.where(PersonRow.id.in_(members), PersonRow.id.in_(agents))))


async def ask(
    session: AsyncSession, business_id: str, person_id: str, contact_id: str, audience: Audience, text: str, now: datetime
) -> HelpRequestRow:
    """Ask for help. Raises NobodyToAsk, AskedAlready."""
    row = HelpRequestRow(
        business_id=business_id,
        contact_id=contact_id,
        asked_by=person_id,
        asked_at=now,
        text=text.strip(),
        audience=audience.kind,
        asked=whom(await who_is(session, audience), person_id),
        ending="",
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise AskedAlready from error
    return row


async def find_help(session: AsyncSession, help_id: str) -> HelpRequestRow:
    """One request, held for a change. Raises NotFound."""
    row = await session.scalar(select(HelpRequestRow).where(HelpRequestRow.id == help_id).with_for_update())
    if row is None:
        raise NotFound("There is no such request for help.")
    return row


async def open_for(session: AsyncSession, person_id: str) -> list[HelpRequestRow]:
    """Open requests that the person made or was asked by, the oldest first."""
    mine = or_(HelpRequestRow.asked_by == person_id, HelpRequestRow.asked.contains([person_id]))
    return list(await session.scalars(_open().where(mine)))


async def open_requests(session: AsyncSession) -> list[HelpRequestRow]:
    """All open requests that the session may see."""
    return list(await session.scalars(_open()))


async def may_join(session: AsyncSession, contact_id: str, person_id: str) -> bool:
    """Does an open request for help allow this person to join this contact's call?"""
    rows = await session.scalars(_open().where(HelpRequestRow.contact_id == contact_id))
    return any(lets_join(request_of(row), contact_id, person_id) for row in rows)


def request_of(row: HelpRequestRow) -> HelpRequest:
    """The row as a plain value."""
    return HelpRequest(row.id, row.contact_id, row.asked_by, frozenset(row.asked), row.taken_by, row.taken_at, row.ended_at, row.ending)


def put(row: HelpRequestRow, request: HelpRequest) -> None:
    """Bring the row to this state."""
    row.taken_by, row.taken_at, row.ended_at, row.ending = request.taken_by, request.taken_at, request.ended_at, request.ending


def _open() -> Select[HelpRequestRow]:
    return select(HelpRequestRow).where(HelpRequestRow.ended_at.is_(None)).order_by(HelpRequestRow.asked_at, HelpRequestRow.id)
