"""The beginning of an installation: a business with its first administrator, made once, before anybody can sign in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from huying.admin.acts import journal_act
from huying.admin.events import BusinessMade
from huying.admin.model import BusinessRow, PersonRow
from huying.admin.passwords import Passwords
from huying.admin.people import make_person
from huying.foundation.database import Database
from huying.foundation.errors import Conflict, InvalidInput

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True)
class NewBusiness:
    """What the first administrator says about the business."""

    code: str
    name: str
    time_zone: str = "Asia/Shanghai"
    sample: bool = False


async def needs_first_administrator(database: Database) -> bool:
    """Is there nobody yet who could administer a business of this installation?"""
    query = select(func.count()).where(PersonRow.active, PersonRow.roles.contains(["administrator"]))
    async with database.system() as session:
        return (await session.execute(query)).scalar_one() == 0


async def refuse_sample(database: Database) -> None:
    """Raise Conflict when the sample business is in this database: its passwords are known to the whole world."""
    async with database.system() as session:
        found = (await session.execute(select(BusinessRow.code).where(BusinessRow.sample))).scalars().all()
    if found:
        raise Conflict("this data folder was made by 'huying demo', whose log-ins everybody knows: take another one for your business")


async def make_business(
    database: Database, passwords: Passwords, business: NewBusiness, *, login: str, name: str, password: str, now: datetime
) -> tuple[str, str]:
    """Make the business and its first administrator; returns their ids. Raises Conflict when one of that code is there, InvalidInput."""
    _check(business)
    async with database.system() as session:
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('huying make_business'))"))
        row = BusinessRow(code=business.code, name=business.name.strip(), time_zone=business.time_zone, sample=business.sample)
        session.add(row)
        try:
            await session.flush()
        except IntegrityError as error:
            raise Conflict(f"there is a business {business.code!r} already") from error
        person = await make_person(
            session,
            passwords,
            business_id=row.id,
            login=login,
            name=name,
            roles=["administrator"],
            password=password,
            by_person_id="",
            now=now,
        )
        await journal_act(session, row.id, BusinessMade(person.id), now)
        return row.id, person.id


def _check(business: NewBusiness) -> None:
    if not CODE.fullmatch(business.code):
        raise InvalidInput("a business's code has 2 to 40 small letters, digits or hyphens")
    if not business.name.strip():
        raise InvalidInput("the business needs a name")
    try:
        ZoneInfo(business.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidInput(f"there is no time zone {business.time_zone!r}: take one like Asia/Shanghai") from error
