"""Rooms and who is in them: found, made, joined, left, marked as delivered and read. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.channels.colleagues.model import DIRECT, GROUP, TEAM, RoomPersonRow, RoomRow
from huying.channels.colleagues.words import LONGEST_NAME, checked_people, pair_of
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id
from huying.routing.model import AgentRow, GroupMemberRow, WorkGroupRow


@dataclass(frozen=True, slots=True)
class Room:
    """A room, who is in it, and how far each of them has come."""

    row: RoomRow
    people: Mapping[str, RoomPersonRow | None]
    """None for who has never looked into a work group's room."""


async def rooms_of(session: AsyncSession, business_id: str, person_id: str, now: datetime) -> list[Room]:
    """The rooms a person is in; those of his work groups are made when they are first looked for."""
    groups = await _groups_of(session, person_id)
    await _make_team_rooms(session, business_id, groups, now)
    mine = select(RoomPersonRow.room_id).where(RoomPersonRow.person_id == person_id, RoomPersonRow.left_at.is_(None))
    wanted = or_(RoomRow.group_id.in_(groups), RoomRow.group_id.is_(None) & RoomRow.id.in_(mine))
    statement = select(RoomRow).where(wanted).order_by(RoomRow.last_at.desc().nulls_last(), RoomRow.id)
    return await _with_people(session, list(await session.scalars(statement)))


async def find_room(session: AsyncSession, room_id: str, person_id: str, *, change: bool = False) -> Room:
    """A room this person is in, held for a change if there is to be one. Raises NotFound."""
    statement = select(RoomRow).where(RoomRow.id == room_id)
    row = await session.scalar(statement.with_for_update() if change else statement)
    if row is not None:
        room = (await _with_people(session, [row]))[0]
        if person_id in room.people:
            return room
    raise NotFound("There is no such room, or you are not in it (any more).")


async def open_direct(session: AsyncSession, business_id: str, person_id: str, other: str, now: datetime) -> Room:
    """The room of these two; made when they have none. Raises InvalidInput when the other is nobody or oneself."""
    checked_people([other], await active_people(session), person_id)
    pair = pair_of(person_id, other)
    values = {"id": new_id(), "business_id": business_id, "kind": DIRECT, "pair": pair, "made_by": person_id, "made_at": now}
    await session.execute(insert(RoomRow).values(**values, name="", last_number=0, revision=0).on_conflict_do_nothing())
    row = (await session.scalars(select(RoomRow).where(RoomRow.pair == pair))).one()
    await _put_in(session, row, [person_id, other])
    return (await _with_people(session, [row]))[0]


async def make_room(session: AsyncSession, business_id: str, person_id: str, name: str, people: Sequence[str], now: datetime) -> Room:
    """A room of chosen people. Raises InvalidInput."""
    chosen = checked_people(people, await active_people(session), person_id)
    row = RoomRow(business_id=business_id, kind=GROUP, name=checked_name(name), made_by=person_id, made_at=now)
    session.add(row)
    await session.flush()
    await _put_in(session, row, chosen)
    return (await _with_people(session, [row]))[0]


async def change_room(
    session: AsyncSession, room: Room, name: str | None, add: Sequence[str], remove: Sequence[str], now: datetime
) -> Room:
    """Another name, more people or fewer. Raises Conflict for rooms that nobody chose, InvalidInput."""
    row = room.row
    if row.kind != GROUP:
        raise Conflict("Only rooms of chosen people can be changed; a work group's room has the group's members.")
    if name is not None:
        row.name = checked_name(name)
    stay = [person for person in room.people if person not in remove]
    known = {*await active_people(session), *stay}  # who stays may have been made inactive meanwhile
    if add:
        await _put_in(session, row, checked_people([*stay, *add], known, stay[0] if stay else add[0]))
    if remove:
        gone = update(RoomPersonRow).where(RoomPersonRow.room_id == row.id, RoomPersonRow.person_id.in_(remove))
        await session.execute(gone.values(left_at=now))
    await session.flush()
    return (await _with_people(session, [row]))[0]


async def mark(session: AsyncSession, room: Room, person_id: str, *, delivered: int = 0, read: int = 0) -> bool:
    """The person has the messages up to `delivered`, and has read them up to `read`; False when that is known. Marks never go back."""
    delivered, read = (min(number, room.row.last_number) for number in (max(delivered, read), read))
    known = room.people.get(person_id)
    if known is not None and known.delivered >= delivered and known.read >= read:
        return False
    values = {"room_id": room.row.id, "person_id": person_id, "business_id": room.row.business_id, "delivered": delivered, "read": read}
    statement = insert(RoomPersonRow).values(**values)
    further = {
        "delivered": func.greatest(RoomPersonRow.delivered, statement.excluded.delivered),
        "read": func.greatest(RoomPersonRow.read, statement.excluded.read),
    }
    await session.execute(statement.on_conflict_do_update(index_elements=["room_id", "person_id"], set_=further))
    return True


async def active_people(session: AsyncSession) -> set[str]:
    """Everybody who can sign in."""
    return set(await session.scalars(select(PersonRow.id).where(PersonRow.active)))


def checked_name(name: str) -> str:
    """A room's name as it is kept. Raises InvalidInput."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput(f"A room's name has 1 to {LONGEST_NAME} characters.", field="name")
    return name


async def _groups_of(session: AsyncSession, person_id: str) -> list[str]:
    statement = select(WorkGroupRow.id).join(GroupMemberRow, GroupMemberRow.group_id == WorkGroupRow.id)
    return list(await session.scalars(statement.where(WorkGroupRow.active, GroupMemberRow.person_id == person_id)))


async def _make_team_rooms(session: AsyncSession, business_id: str, groups: Collection[str], now: datetime) -> None:
    there = set(await session.scalars(select(RoomRow.group_id).where(RoomRow.group_id.in_(groups)))) if groups else set()
    for group_id in set(groups) - there:
        values = {"id": new_id(), "business_id": business_id, "kind": TEAM, "group_id": group_id, "made_at": now}
        await session.execute(insert(RoomRow).values(**values, name="", last_number=0, revision=0).on_conflict_do_nothing())


async def _put_in(session: AsyncSession, row: RoomRow, people: Sequence[str]) -> None:
    """Who comes (back) has read what was said before: he can look it up, but it is not new to him."""
    known = {one.person_id: one for one in await session.scalars(select(RoomPersonRow).where(RoomPersonRow.room_id == row.id))}
    for person_id in people:
        if person_id in known:
            known[person_id].left_at = None
        else:
            last = row.last_number
            new = {"room_id": row.id, "person_id": person_id, "business_id": row.business_id, "delivered": last, "read": last}
            await session.execute(insert(RoomPersonRow).values(**new).on_conflict_do_nothing())
    await session.flush()


async def _with_people(session: AsyncSession, rows: Sequence[RoomRow]) -> list[Room]:
    marks: dict[str, dict[str, RoomPersonRow]] = {row.id: {} for row in rows}
    found = select(RoomPersonRow).where(RoomPersonRow.room_id.in_(marks)).execution_options(populate_existing=True)
    for one in await session.scalars(found):
        marks[one.room_id][one.person_id] = one
    teams = await _members(session, [row.group_id for row in rows if row.group_id])
    return [Room(row, _people(marks[row.id], teams.get(row.group_id) if row.group_id else None)) for row in rows]


def _people(marks: Mapping[str, RoomPersonRow], members: Sequence[str] | None) -> dict[str, RoomPersonRow | None]:
    if members is None:
        return {person: one for person, one in marks.items() if one.left_at is None}
    return {person: marks.get(person) for person in members}


async def _members(session: AsyncSession, groups: Sequence[str]) -> dict[str, list[str]]:
    if not groups:
        return {}
    statement = (
        select(GroupMemberRow.group_id, GroupMemberRow.person_id)
        .join(AgentRow, AgentRow.person_id == GroupMemberRow.person_id)
        .where(GroupMemberRow.group_id.in_(groups), AgentRow.active)
        .order_by(AgentRow.extension)
    )
    found: dict[str, list[str]] = {group: [] for group in groups}
    for group_id, person_id in await session.execute(statement):
        found[group_id].append(person_id)
    return found
