"""Reading and changing how persons are reached, and duty telephones. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.calendars import Calendars
from huying.admin.model import BusinessRow
from huying.channels.reach.duty import Roster
from huying.channels.reach.model import CallWishRow, DutyRosterRow, PersonReachRow
from huying.channels.reach.reach import ReachSettings
from huying.channels.reach.stored import reach_of, roster_of
from huying.foundation.errors import Conflict, NotFound

WAITING = "waiting"
CANCELLED = "cancelled"
CALLED = "called"
EXPIRED = "expired"


async def load_reach(session: AsyncSession, calendars: Calendars) -> dict[str, ReachSettings]:
    """Person -> settings, of all that the session may see."""
    return {row.person_id: reach_of(row, calendars) for row in await session.scalars(select(PersonReachRow))}


async def load_rosters(session: AsyncSession) -> dict[str, dict[str, Roster]]:
    """Business -> code -> duty telephone, of all that the session may see."""
    zones = dict((await session.execute(select(BusinessRow.id, BusinessRow.time_zone))).all())
    found: dict[str, dict[str, Roster]] = {}
    for row in await session.scalars(select(DutyRosterRow).where(DutyRosterRow.active)):
        found.setdefault(row.business_id, {})[row.code] = roster_of(row, ZoneInfo(zones[row.business_id]))
    return found


async def read_reach(session: AsyncSession, person_id: str) -> PersonReachRow | None:
    """A person's row; None when nothing is set."""
    return await session.get(PersonReachRow, person_id)


async def change_reach(session: AsyncSession, business_id: str, person_id: str, values: Mapping[str, Any]) -> bool:
    """Put a person's settings in force; whether they are the first."""
    row = await session.get(PersonReachRow, person_id)
    made = row is None
    if row is None:
        row = PersonReachRow(business_id=business_id, person_id=person_id)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    await session.flush()
    return made


async def list_rosters(session: AsyncSession) -> list[DutyRosterRow]:
    """All duty telephones, also those out of use."""
    return list(await session.scalars(select(DutyRosterRow).order_by(DutyRosterRow.position, DutyRosterRow.code)))


async def find_roster(session: AsyncSession, roster_id: str) -> DutyRosterRow:
    """One of them. Raises NotFound."""
    row = await session.get(DutyRosterRow, roster_id)
    if row is None:
        raise NotFound("There is no such duty telephone.")
    return row


# --- calls that are wanted when both are free ----------------------------------------------------------------------------------


async def wish_for(session: AsyncSession, business_id: str, person_id: str, called_id: str, now: datetime, seconds: int) -> CallWishRow:
    """This person wants to talk with the colleague as soon as both are free. Raises Conflict when he waits for him already."""
    known = await session.scalar(select(CallWishRow.id).where(_waits(person_id), CallWishRow.called_id == called_id))
    if known:
        raise Conflict("You wait for this colleague already.")
    row = CallWishRow(
        business_id=business_id, person_id=person_id, called_id=called_id, asked_at=now, expires_at=now + timedelta(seconds=seconds)
    )
    session.add(row)
    await session.flush()
    return row


async def wishes_of(session: AsyncSession, person_id: str, now: datetime) -> list[CallWishRow]:
    """For whom this person waits."""
    statement = select(CallWishRow).where(_waits(person_id), CallWishRow.expires_at > now)
    return list(await session.scalars(statement.order_by(CallWishRow.asked_at)))


async def open_wishes(session: AsyncSession, now: datetime) -> list[CallWishRow]:
    """All that wait, of every business the session may see."""
    statement = select(CallWishRow).where(CallWishRow.state == WAITING, CallWishRow.expires_at > now)
    return list(await session.scalars(statement.order_by(CallWishRow.asked_at)))


async def end_wish(session: AsyncSession, wish_id: str, state: str, contact_id: str | None = None) -> bool:
    """It waits no longer; whether it did until now."""
    statement = update(CallWishRow).where(CallWishRow.id == wish_id, CallWishRow.state == WAITING)
    done = await session.execute(statement.values(state=state, contact_id=contact_id).returning(CallWishRow.id))
    return done.first() is not None


async def cancel_wish(session: AsyncSession, person_id: str, wish_id: str) -> None:
    """The person waits no longer. Raises NotFound."""
    row = await session.get(CallWishRow, wish_id)
    if row is None or row.person_id != person_id or not await end_wish(session, wish_id, CANCELLED):
        raise NotFound("You do not wait for this colleague (any longer).")


def _waits(person_id: str) -> Any:
    return (CallWishRow.state == WAITING) & (CallWishRow.person_id == person_id)
