"""Web visitors' one-time accounts: made for one entry, good for one call, gone soon after. The entry token says all, also until
when it is good, so that it survives a restart of ours, and no longer: an account whose removal was missed opens nothing."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

import structlog

from huying.channels.voice.client import VisitorCall, VisitorState
from huying.foundation.clock import Clock
from huying.foundation.errors import HuyingError, NotFound, TooMany
from huying.telephony.port import Engine, EngineUnavailable, PhoneAccount

log = structlog.get_logger()

GOOD_FOR_SECONDS = 60
"""A visitor has so long to begin his call."""
MOST_AT_ONCE = 200
"""Calls from the web at a time, begun or not: they may not take the engine from the telephones."""
REMEMBERED_SECONDS = 120.0
"""So long the page can ask how its call ended."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's one call."""

    call_id: str
    entry: str
    language: str
    good_until: int
    """Seconds since 1970."""
    customer_number: str = field(default="", repr=False)
    """Who the page says the visitor is, as another system knows him."""

    def token(self) -> str:
        """The text the engine gives back when the call comes in."""
        parts = (self.call_id, self.entry, self.language, str(self.good_until), self.customer_number.encode().hex())
        return "~".join(parts if self.customer_number else parts[:4])


class Visitors:
    """Visits that have not ended long ago."""

    def __init__(self, engine: Engine, id_maker: Callable[[], str], clock: Clock) -> None:
        self._engine = engine
        self._new_id = id_maker
        self._clock = clock
        self._contacts: dict[str, str] = {}
        """call -> contact, for calls of accounts that a process before us made"""
        self._accounts: dict[str, str] = {}
        self._begun: set[str] = set()
        self._ended: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def create(self, entry: str, language: str, customer_number: str = "") -> VisitorCall:
        """A new account that can call this entry once, within a minute. Raises EngineUnavailable, TooMany."""
        if len(self._accounts) >= MOST_AT_ONCE:
            raise TooMany("All places for calls from the web are taken: try again in a few minutes.", retry_after_seconds=60)
        visit = Visit(self._new_id(), entry, language, self._seconds() + GOOD_FOR_SECONDS, customer_number)
        account = PhoneAccount(f"v{secrets.token_hex(9)}", secrets.token_urlsafe(24), "visitor", entry=visit.token())
        try:
            await self._engine.put_account(account)
        except HuyingError as error:  # what the engine says of itself is not for visitors
            log.warning("visitor.account_not_made", reason=error.message)
            raise EngineUnavailable("No call can be begun at the moment: try again in a few seconds.") from None
        self._accounts[visit.call_id] = account.name
        self._later(GOOD_FOR_SECONDS, self._expire_unused, visit.call_id)
        return VisitorCall(visit.call_id, account.name, account.secret, "service", GOOD_FOR_SECONDS)

    def visit(self, token: str) -> Visit | None:
        """The visit of a token; None when it is none of ours, its time is over, or its call has been."""
        match token.split("~"):
            case [call_id, entry, language, until, *more] if until.isdecimal() and call_id not in self._ended:
                visit = Visit(call_id, entry, language, int(until), bytes.fromhex(more[0]).decode() if more else "")
            case _:
                return None
        if visit.good_until < self._seconds() or call_id in self._begun:
            return None
        self._begun.add(call_id)
        if call_id not in self._accounts:  # whether its call has been is known to nobody here, so the contact is a new one
            self._contacts[call_id] = self._new_id()
        return visit

    def contact_of(self, call_id: str) -> str:
        """The contact that a visit's call is."""
        return self._contacts.get(call_id, call_id)

    def _seconds(self) -> int:
        return int(self._clock().timestamp())

    def ended(self, contact_id: str, cause: str) -> None:
        """The visitor's call is over: the account goes."""
        call_id = next((call for call, contact in self._contacts.items() if contact == contact_id), contact_id)
        self._ended[call_id] = cause
        self._later(0.0, self._expire, call_id)
        self._later(REMEMBERED_SECONDS, self._forget, call_id)

    def state_without_call(self, call_id: str) -> VisitorState:
        """How a visit stands that has no call now. Raises NotFound."""
        if call_id in self._ended:
            return VisitorState("ended", self.contact_of(call_id), 0, self._ended[call_id])
        if call_id in self._accounts:
            return VisitorState("new", self.contact_of(call_id), 0, "")
        raise NotFound("There is no such call (any more).")

    async def stop(self) -> None:
        """Stop all timers."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _expire_unused(self, call_id: str) -> None:
        if call_id not in self._begun:
            await self._expire(call_id)

    async def _expire(self, call_id: str) -> None:
        name = self._accounts.pop(call_id, None)
        if name is None:
            return
        try:
            await self._engine.remove_account(name)
        except HuyingError as error:
            log.warning("visitor.account_not_removed", reason=error.message)

    async def _forget(self, call_id: str) -> None:
        self._ended.pop(call_id, None)
        self._begun.discard(call_id)
        self._contacts.pop(call_id, None)

    def _later(self, seconds: float, work: Callable[[str], Coroutine[None, None, None]], call_id: str) -> None:
        async def run() -> None:
            await asyncio.sleep(seconds)
            await work(call_id)

        task = asyncio.get_running_loop().create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
