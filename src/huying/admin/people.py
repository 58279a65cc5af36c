"""People of a business: list, make, change, set passwords. At least one active administrator always remains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.admin.events import PasswordChanged, PersonChanged, PersonMade
from huying.admin.model import BusinessRow, PersonRow
from huying.admin.passwords import Passwords, check_strength
from huying.admin.permissions import ROLES
from huying.admin.sessions import Sessions
from huying.foundation.database import violated_constraint
from huying.foundation.errors import Conflict, InvalidInput, NotFound

LOGIN = re.compile(r"[\w.@+-]{2,100}")
LANGUAGES = ("zh-CN", "en")


class LoginTaken(Conflict):
    """Somebody has this log-in already: choose another."""

    code = "login-taken"


class LastAdministrator(Conflict):
    """This is the last active administrator: make another one first."""

    code = "last-administrator"


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What to change of a person; None leaves it as it is."""

    name: str | None = None
    roles: tuple[str, ...] | None = None
    language: str | None = None
    active: bool | None = None


async def list_people(session: AsyncSession, search: str = "", limit: int = 100, offset: int = 0) -> tuple[list[PersonRow], int]:
    """The business's people by name, and how many there are in all."""
    query = select(PersonRow)
    if search.strip():
        pattern = "%" + re.sub(r"([%_\\])", r"\\\1", search.strip()) + "%"
        query = query.where(or_(PersonRow.name.ilike(pattern), PersonRow.login.ilike(pattern)))
    total = (await session.execute(select(func.count()).select_from(query.subquery()))).scalar_one()
    rows = await session.execute(query.order_by(PersonRow.active.desc(), PersonRow.name, PersonRow.id).limit(limit).offset(offset))
    return list(rows.scalars()), total


async def find_person(session: AsyncSession, person_id: str) -> PersonRow:
    """One person. Raises NotFound."""
    found = await session.get(PersonRow, person_id)
    if found is None:
        raise NotFound("there is no such person")
    return found


async def business_of(session: AsyncSession, business_id: str) -> BusinessRow:
    """The business itself. Raises NotFound."""
    found = await session.get(BusinessRow, business_id)
    if found is None:
        raise NotFound("there is no such business")
    return found


async def make_person(
    session: AsyncSession,
    passwords: Passwords,
    *,
    business_id: str,
    login: str,
    name: str,
    roles: Sequence[str],
    password: str | None,
    by_person_id: str,
    now: datetime,
    language: str = "zh-CN",
) -> PersonRow:
    """Make a person; without a password nobody can sign in as them yet. Raises LoginTaken, InvalidInput."""
    login, name = login.strip(), name.strip()
    if not LOGIN.fullmatch(login):
        raise InvalidInput("a log-in has 2 to 100 letters, digits or . @ + - _")
    _check(name, roles, language)
    if password is not None:
        check_strength(password, login)
    hashed = await passwords.hash(password) if password is not None else None
    person = PersonRow(business_id=business_id, login=login, name=name, password_hash=hashed, roles=sorted(set(roles)), language=language)
    session.add(person)
    try:
        await session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == "uq_person_login":
            raise LoginTaken from error
        raise
    await journal_act(session, business_id, PersonMade(by_person_id, person.id, list(person.roles)), now)
    return person


async def change_person(
    session: AsyncSession, sessions: Sessions, person_id: str, change: PersonChange, *, by_person_id: str, now: datetime
) -> PersonRow:
    """Change a person; one who becomes inactive is signed out everywhere. Raises NotFound, LastAdministrator, InvalidInput."""
    person = await find_person(session, person_id)
    roles = sorted(set(change.roles)) if change.roles is not None else person.roles
    active = person.active if change.active is None else change.active
    name, language = (person.name if change.name is None else change.name).strip(), change.language or person.language
    _check(name, roles, language)
    if _administers(person.roles, person.active) and not _administers(roles, active):
        await _keep_an_administrator(session, person)
    before = (person.name, person.roles, person.language, person.active)
    person.name, person.roles, person.language, person.active = name, roles, language, active
    after = (name, roles, language, active)
    changed = [field for field, old, new in zip(("name", "roles", "language", "active"), before, after, strict=True) if old != new]
    if changed:
        await journal_act(session, person.business_id, PersonChanged(by_person_id, person.id, changed, list(roles), active), now)
    if not active:
        await sessions.end_all(session, person.id)
    sessions.forget(person.id)
    return person


async def set_password(
    session: AsyncSession,
    passwords: Passwords,
    sessions: Sessions,
    person_id: str,
    password: str,
    *,
    by_person_id: str,
    now: datetime,
    keep_session_id: str = "",
) -> None:
    """Set a person's password and end their other sessions. Raises NotFound, PasswordTooWeak."""
    person = await find_person(session, person_id)
    check_strength(password, person.login)
    person.password_hash = await passwords.hash(password)
    await sessions.end_all(session, person.id, but=keep_session_id)
    await journal_act(session, person.business_id, PasswordChanged(by_person_id, person.id), now)


def _check(name: str, roles: Sequence[str], language: str) -> None:
    unknown = sorted(set(roles) - set(ROLES))
    if unknown:
        raise InvalidInput(f"there is no role {unknown[0]!r}: take one of {', '.join(ROLES)}")
    if not 1 <= len(name) <= 200:
        raise InvalidInput("a name has 1 to 200 characters")
    if language not in LANGUAGES:
        raise InvalidInput(f"the language is one of {', '.join(LANGUAGES)}")


def _administers(roles: Sequence[str], active: bool) -> bool:
    return active and "administrator" in roles


async def _keep_an_administrator(session: AsyncSession, person: PersonRow) -> None:
    """Lock the administrators, so that two of them cannot take each other's place away at once."""
    query = select(PersonRow.id).where(PersonRow.active, PersonRow.roles.contains(["administrator"])).with_for_update()
    others = [found for found in (await session.execute(query)).scalars() if found != person.id]
    if not others:
        raise LastAdministrator
