"""Web visitors' one-time accounts: made for one entry, good for one call, gone soon after. The entry token says all, so that
it survives a restart of ours."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

import structlog

from huying.channels.voice.client import VisitorCall, VisitorState
from huying.foundation.errors import HuyingError, NotFound
from huying.telephony.port import Engine, PhoneAccount

log = structlog.get_logger()

GOOD_FOR_SECONDS = 60
"""A visitor has so long to begin his call."""
REMEMBERED_SECONDS = 120.0
"""So long the page can ask how its call ended."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's one call."""

    call_id: str
    entry: str
    language: str

    def token(self) -> str:
        """The text the engine gives back when the call comes in."""
        return "~".join((self.call_id, self.entry, self.language))


class Visitors:
    """Visits that have not ended long ago."""

    def __init__(self, engine: Engine, id_maker: Callable[[], str]) -> None:
        self._engine = engine
        self._new_id = id_maker
        self._accounts: dict[str, str] = {}
        self._begun: set[str] = set()
        self._ended: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def create(self, entry: str, language: str) -> VisitorCall:
        """A new account that can call this entry once, within a minute. Raises EngineUnavailable."""
        visit = Visit(self._new_id(), entry, language)
        account = PhoneAccount(f"v{secrets.token_hex(9)}", secrets.token_urlsafe(24), "visitor", entry=visit.token())
        await self._engine.put_account(account)
        self._accounts[visit.call_id] = account.name
        self._later(GOOD_FOR_SECONDS, self._expire_unused, visit.call_id)
        return VisitorCall(visit.call_id, account.name, account.secret, "service", GOOD_FOR_SECONDS)

    def visit(self, token: str) -> Visit | None:
        """The visit of a token; None when it is none of ours, or its call has been."""
        parts = token.split("~")
        if len(parts) != 3 or parts[0] in self._ended:
            return None
        self._begun.add(parts[0])
        return Visit(*parts)

    def ended(self, contact_id: str, cause: str) -> None:
        """The visitor's call is over: the account goes."""
        self._ended[contact_id] = cause
        self._later(0.0, self._expire, contact_id)
        self._later(REMEMBERED_SECONDS, self._forget, contact_id)

    def state_without_call(self, call_id: str) -> VisitorState:
        """How a visit stands that has no call now. Raises NotFound."""
        if call_id in self._ended:
            return VisitorState("ended", call_id, 0, self._ended[call_id])
        if call_id in self._accounts:
            return VisitorState("new", call_id, 0, "")
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

    def _later(self, seconds: float, work: Callable[[str], Coroutine[None, None, None]], call_id: str) -> None:
        async def run() -> None:
            await asyncio.sleep(seconds)
            await work(call_id)

        task = asyncio.get_running_loop().create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
