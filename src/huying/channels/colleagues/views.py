"""Rooms, messages and colleagues as the browser reads them, over HTTP and on the live feed alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.admin.permissions import permissions_of
from huying.channels.colleagues.model import TEAM
from huying.channels.colleagues.rooms import Room, rooms_of
from huying.channels.colleagues.talking import MessageRow, last_messages, unread_mentions
from huying.foundation.clock import utc_now
from huying.routing.model import AgentRow, GroupMemberRow, QueueRow, SkillRow, WorkGroupRow


class MessageOut(BaseModel):
    """A message. Of one that was erased only its place is left."""

    message_id: str
    room_id: str
    number: int
    person_id: str
    at: datetime
    text: str
    mentions: list[str]
    contact_id: str | None
    customer_id: str | None
    erased: bool


class RoomPerson(BaseModel):
    """Somebody in a room: up to which message he has them, and has read them."""

    person_id: str
    delivered: int
    read: int


class RoomOut(BaseModel):
    """A room as one person sees it. `kind`: direct, group, team. A team's name is that of the work group, by language."""

    room_id: str
    kind: str
    name: str | dict[str, str]
    group_id: str | None
    made_by: str | None
    people: list[RoomPerson]
    last_number: int
    revision: int
    read: int
    unread: int
    mentions: int
    last: MessageOut | None


class ColleagueOut(BaseModel):
    """Somebody one can write to. `leads`: may be asked for help as a lead."""

    person_id: str
    name: str
    extension: str
    groups: list[str]
    leads: bool


class NamedOut(BaseModel):
    """A group, skill or queue by its names."""

    id: str
    name: dict[str, str]


class AudiencesOut(BaseModel):
    """Of whom notices and requests for help can be for many at once."""

    groups: list[NamedOut]
    skills: list[NamedOut]
    queues: list[NamedOut]


async def audiences(session: AsyncSession) -> AudiencesOut:
    """All active groups, skills and queues, in their order."""
    return AudiencesOut(
        groups=await _named(session, select(WorkGroupRow.id, WorkGroupRow.name).where(WorkGroupRow.active).order_by(WorkGroupRow.position)),
        skills=await _named(session, select(SkillRow.id, SkillRow.name).where(SkillRow.active).order_by(SkillRow.position)),
        queues=await _named(session, select(QueueRow.id, QueueRow.name).where(QueueRow.active).order_by(QueueRow.position)),
    )


async def _named(session: AsyncSession, statement: Select[str, dict[str, str]]) -> list[NamedOut]:
    return [NamedOut(id=found_id, name=dict(name)) for found_id, name in await session.execute(statement)]


def message_out(row: MessageRow) -> MessageOut:
    """A message."""
    own = {name: getattr(row, name) for name in MessageOut.model_fields if hasattr(row, name)}
    return MessageOut(message_id=row.id, erased=row.erased_at is not None, **own)


async def room_views(session: AsyncSession, rooms: Sequence[Room], person_id: str) -> list[RoomOut]:
    """Rooms as this person sees them."""
    lasts = await last_messages(session, [room.row for room in rooms])
    read = {room.row.id: (one.read if (one := room.people.get(person_id)) else 0) for room in rooms}
    mentions = await unread_mentions(session, person_id, read)
    groups = [room.row.group_id for room in rooms if room.row.group_id]
    named = await session.execute(select(WorkGroupRow.id, WorkGroupRow.name).where(WorkGroupRow.id.in_(groups)))
    names: dict[str, dict[str, str]] = dict(named.all())
    return [_room(room, read[room.row.id], mentions.get(room.row.id, 0), lasts.get(room.row.id), names) for room in rooms]


async def room_rows(session: AsyncSession, business_id: str, person_id: str) -> dict[str, Mapping[str, object]]:
    """The person's rooms as rows of the live feed."""
    rooms = await rooms_of(session, business_id, person_id, utc_now())
    return {f"room:{view.room_id}": view.model_dump(mode="json") for view in await room_views(session, rooms, person_id)}


async def colleagues(session: AsyncSession) -> list[ColleagueOut]:
    """Everybody who can sign in, by name."""
    groups: dict[str, list[str]] = {}
    for group_id, person_id in await session.execute(select(GroupMemberRow.group_id, GroupMemberRow.person_id)):
        groups.setdefault(person_id, []).append(group_id)
    extension = select(AgentRow.person_id, AgentRow.extension).where(AgentRow.active).subquery()
    statement = select(PersonRow, extension.c.extension).outerjoin(extension, extension.c.person_id == PersonRow.id)
    found = await session.execute(statement.where(PersonRow.active).order_by(PersonRow.name, PersonRow.id))
    return [
        ColleagueOut(
            person_id=person.id,
            name=person.name,
            extension=number or "",
            groups=groups.get(person.id, []),
            leads="live.view" in permissions_of(person.roles),
        )
        for person, number in found
    ]


def _room(room: Room, read: int, mentions: int, last: MessageRow | None, names: Mapping[str, dict[str, str]]) -> RoomOut:
    row = room.row
    return RoomOut(
        room_id=row.id,
        kind=row.kind,
        name=dict(names.get(row.group_id or "", {})) if row.kind == TEAM else row.name,
        group_id=row.group_id,
        made_by=row.made_by,
        people=[_person(person_id, one.delivered if one else 0, one.read if one else 0) for person_id, one in room.people.items()],
        last_number=row.last_number,
        revision=row.revision,
        read=read,
        unread=max(0, row.last_number - read),
        mentions=mentions,
        last=message_out(last) if last else None,
    )


def _person(person_id: str, delivered: int, read: int) -> RoomPerson:
    return RoomPerson(person_id=person_id, delivered=delivered, read=read)
