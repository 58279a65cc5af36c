"""Passwords: argon2id, computed in a thread, few at a time (each takes 64 MiB and a core for some 50 ms)."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from huying.foundation.errors import InvalidInput, TooMany

SHORTEST, LONGEST = 8, 200
MOST_WAITING = 60
"""So many may wait to be checked: more would take the machine from the calls for seconds."""
TOO_COMMON = frozenset({"password", "12345678", "123456789", "1234567890", "qwertyuiop", "11111111", "88888888", "password1", "iloveyou"})


class PasswordTooWeak(InvalidInput):
    """This password is too easy to guess."""

    code = "password-too-weak"


class Passwords:
    """Hashes and checks passwords."""

    def __init__(self, hasher: PasswordHasher | None = None, at_once: int = 2) -> None:
        self._hasher = hasher or PasswordHasher()
        self._gate = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._nobody = self._hasher.hash("nobody's password")

    async def hash(self, password: str) -> str:
        """The stored form."""
        async with self._gate:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, stored: str | None, password: str) -> bool:
        """Is this the password? Takes the same time where there is none, so that log-ins cannot be found out."""
        if self._waiting >= MOST_WAITING:
            raise TooMany("Many people sign in at this moment: try again in a few seconds.", retry_after_seconds=3)
        self._waiting += 1
        try:
            return await self._matches(stored, password)
        finally:
            self._waiting -= 1

    async def _matches(self, stored: str | None, password: str) -> bool:
        async with self._gate:
            found = await asyncio.to_thread(self._verify, stored or self._nobody, password)
        return found and stored is not None

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def check_strength(password: str, login: str) -> None:
    """Raise PasswordTooWeak for what is short, common, or the log-in itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordTooWeak(f"a password has at least {SHORTEST} characters")
    if password.lower() in TOO_COMMON or password.lower() == login.lower() or len(set(password)) < 4:
        raise PasswordTooWeak("this password is too easy to guess: take a longer or rarer one")
