"""Signing in and out: checks the password, slows down guessing, refuses the sample's people outside the demo, journals each try."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from huying.admin.acts import journal_act
from huying.admin.events import PersonSignedIn, PersonSignedOut, SignInRefused
from huying.admin.model import BusinessRow, PersonRow
from huying.admin.passwords import Passwords
from huying.admin.sessions import Sessions, caller_of
from huying.foundation.clock import Clock
from huying.foundation.database import Database
from huying.foundation.errors import NotSignedIn, TooMany
from huying.foundation.http import Caller
from huying.foundation.throttle import Throttle

HOMES_KEPT = 20_000


class SignInFailed(NotSignedIn):
    """The log-in or the password is wrong."""

    code = "sign-in-failed"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session. The token goes into the cookie and nowhere else."""

    caller: Caller
    token: str


class SignIn:
    """Signs people in and out."""

    def __init__(
        self,
        database: Database,
        sessions: Sessions,
        passwords: Passwords,
        clock: Clock,
        *,
        demo: bool,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._sessions, self._passwords, self._clock, self._demo = database, sessions, passwords, clock, demo
        self._monotonic = monotonic
        # Wrong tries alone are counted: a whole office comes from one address at nine o'clock.
        self._by_pair, self._by_login, self._by_address = Throttle(5, 60), Throttle(20, 300), Throttle(50, 300)
        # Where somebody has signed in before, strangers' guesses from elsewhere do not lock them out.
        self._at_home: OrderedDict[str, None] = OrderedDict()

    async def sign_in(self, login: str, password: str, address: str) -> SignedIn:
        """Check and begin a session. Raises SignInFailed, TooMany, Unavailable."""
        login = login.strip().lower()
        self._slow_down(login, address)
        pair = f"{login} {address}"
        for throttle, key in ((self._by_pair, pair), (self._by_login, login)):
            throttle.note(key, self._monotonic())  # before it is checked, so that tries side by side count too
        try:
            return await self._check(login, password, address)
        except SignInFailed:
            self._by_address.note(address, self._monotonic())
            raise
        except BaseException:
            self._by_pair.take_back(pair)
            self._by_login.take_back(login)
            raise

    async def _check(self, login: str, password: str, address: str) -> SignedIn:
        async with self._database.system() as session:
            query = select(PersonRow, BusinessRow.sample).join(BusinessRow, BusinessRow.id == PersonRow.business_id)
            found = (await session.execute(query.where(func.lower(PersonRow.login) == login))).one_or_none()
        person, sample = (found[0], found[1]) if found else (None, False)
        right = await self._passwords.matches(person.password_hash if person else None, password)
        reason = "password" if not right else "inactive" if person and not person.active else "sample" if sample and not self._demo else ""
        if person is None or reason:
            await self._refuse(person, reason)
            raise SignInFailed
        self._by_pair.clear(f"{login} {address}")
        self._at_home[f"{login} {address}"] = None
        while len(self._at_home) > HOMES_KEPT:
            self._at_home.popitem(last=False)
        self._by_login.take_back(login)
        async with self._database.system() as session:
            session_id, token = await self._sessions.open(session, person)
            await journal_act(session, person.business_id, PersonSignedIn(person.id, session_id), self._clock())
        return SignedIn(caller_of(person, session_id), token)

    async def sign_out(self, caller: Caller) -> None:
        """End the caller's session."""
        async with self._database.business(caller.business_id) as session:
            await self._sessions.end(session, caller.session_id)
            await journal_act(session, caller.business_id, PersonSignedOut(caller.person_id, caller.session_id), self._clock())

    def _slow_down(self, login: str, address: str) -> None:
        now, pair = self._monotonic(), f"{login} {address}"
        wait = max(
            self._by_pair.wait_seconds(pair, now),
            0.0 if pair in self._at_home else self._by_login.wait_seconds(login, now),
            self._by_address.wait_seconds(address, now),
        )
        if wait > 0:
            seconds = int(wait) + 1
            raise TooMany(f"too many wrong tries: wait {seconds} s and try again", retry_after_seconds=seconds)

    async def _refuse(self, person: PersonRow | None, reason: str) -> None:
        if person:
            async with self._database.system() as session:
                await journal_act(session, person.business_id, SignInRefused(person.id, reason), self._clock())
