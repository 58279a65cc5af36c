"""Sessions: who a browser's cookie stands for. A token of 256 random bits, hashed at rest, ended by rest, age or sign-out.

A session that was looked up is believed for a few seconds, and, while the database is away, for two minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import BusinessRow, PersonRow, SessionRow
from huying.admin.permissions import permissions_of
from huying.foundation.clock import Clock
from huying.foundation.database import Database
from huying.foundation.errors import NotSignedIn, Unavailable
from huying.foundation.http import Caller

IDLE = timedelta(hours=4)
AGE = timedelta(hours=16)
TOUCH = timedelta(minutes=1)
BELIEVED_SECONDS = 3.0
BELIEVED_IN_NEED_SECONDS = 120.0
SESSIONS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    caller: Caller
    until: datetime
    seen: float


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, database: Database, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock, self._monotonic = database, clock, monotonic
        self._known: dict[bytes, _Known] = {}

    async def open(self, session: AsyncSession, person: PersonRow, embedded_in: str | None = None) -> tuple[str, str]:
        """Begin a session in the caller's transaction; returns its id and its token (for the cookie alone).

        `embedded_in`: the origin of the foreign page whose frame it is for.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        await session.execute(delete(SessionRow).where(SessionRow.person_id == person.id, SessionRow.expires_at < now))
        row = SessionRow(
            business_id=person.business_id,
            person_id=person.id,
            token_hash=hash_token(token),
            created_at=now,
            seen_at=now,
            expires_at=now + AGE,
            embedded_in=embedded_in,
        )
        session.add(row)
        await session.flush()
        return row.id, token

    async def find(self, token: str) -> Caller:
        """Whom the token stands for. Raises NotSignedIn, Unavailable."""
        key, now, tick = hash_token(token), self._clock(), self._monotonic()
        known = self._known.get(key)
        if known and known.until > now and tick - known.seen < BELIEVED_SECONDS:
            return known.caller
        try:
            found = await self._look_up(key, now)
        except Unavailable:
            if known and known.until > now and tick - known.seen < BELIEVED_IN_NEED_SECONDS:
                return known.caller
            raise
        if found is None:
            self._known.pop(key, None)
            raise NotSignedIn
        self._remember(key, found)
        return found.caller

    async def end(self, session: AsyncSession, session_id: str) -> None:
        """End one session."""
        await session.execute(delete(SessionRow).where(SessionRow.id == session_id))
        self._forget(lambda caller: caller.session_id == session_id)

    async def end_all(self, session: AsyncSession, person_id: str, but: str = "") -> None:
        """End a person's sessions, but for one."""
        doomed = delete(SessionRow).where(SessionRow.person_id == person_id)
        await session.execute(doomed.where(SessionRow.id != but) if but else doomed)
        self._forget(lambda caller: caller.person_id == person_id and caller.session_id != but)

    def forget(self, person_id: str) -> None:
        """Look the person up anew at the next request: roles or language have changed."""
        self._forget(lambda caller: caller.person_id == person_id)

    def _forget(self, doomed: Callable[[Caller], bool]) -> None:
        for key in [key for key, known in self._known.items() if doomed(known.caller)]:
            del self._known[key]

    def _remember(self, key: bytes, known: _Known) -> None:
        while len(self._known) >= SESSIONS_KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[key] = known

    async def _look_up(self, key: bytes, now: datetime) -> _Known | None:
        query = (
            select(SessionRow, PersonRow)
            .join(PersonRow, PersonRow.id == SessionRow.person_id)
            .join(BusinessRow, BusinessRow.id == SessionRow.business_id)
            .where(SessionRow.token_hash == key, PersonRow.active)
        )
        async with self._database.system(timeout_seconds=3.0) as session:
            row = (await session.execute(query)).one_or_none()
            if row is None:
                return None
            held, person = row
            until = min(held.expires_at, held.seen_at + IDLE)
            if until <= now:
                await session.execute(delete(SessionRow).where(SessionRow.id == held.id))
                return None
            if now - held.seen_at > TOUCH:
                await session.execute(update(SessionRow).where(SessionRow.id == held.id).values(seen_at=now))
            return _Known(caller_of(person, held.id), until, self._monotonic())


def caller_of(person: PersonRow, session_id: str) -> Caller:
    """The person as the caller of requests."""
    return Caller(
        business_id=person.business_id,
        person_id=person.id,
        session_id=session_id,
        roles=tuple(person.roles),
        permissions=permissions_of(person.roles),
        language=person.language,
        login=person.login,
        name=person.name,
    )


def hash_token(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def csrf_token(token: str) -> str:
    """The word that unsafe requests must repeat in a header; it belongs to this session's token and reveals nothing of it."""
    return hmac.new(token.encode(), b"huying csrf", hashlib.sha256).hexdigest()
