"""What the engine has been told of accounts and trunks. Tells it what differs; one that it refuses harms no other, and is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection

import structlog

from huying.channels.voice.directory import Configuration
from huying.foundation.errors import HuyingError
from huying.telephony.port import Engine, EngineUnavailable, PhoneAccount, Trunk

log = structlog.get_logger()


class Provisioning:
    """Keeps the engine's accounts and trunks like the configuration's."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._accounts: dict[str, PhoneAccount] = {}
        self._trunks: dict[str, Trunk] = {}
        self._lock = asyncio.Lock()

    async def begin(self, configuration: Configuration, registered: Collection[str]) -> None:
        """Give the engine everything. An account that is `registered` there but not ours was taken away while nobody told the engine."""
        self._accounts = {name: PhoneAccount(name, "", "") for name in registered}
        self._trunks = {}
        await self.bring(configuration)

    async def bring(self, configuration: Configuration) -> None:
        """Give the engine what is new or changed and take away what is gone. What fails waits for the next time."""
        async with self._lock:
            try:
                await self._accounts_of(configuration)
                await self._trunks_of(configuration)
            except EngineUnavailable as error:
                log.warning("voice.accounts_wait_for_the_engine", reason=error.message)

    async def _accounts_of(self, configuration: Configuration) -> None:
        wanted = {account.name: account for account in configuration.accounts}
        for name, account in wanted.items():
            if self._accounts.get(name) != account and await _done(self._engine.put_account(account), name):
                self._accounts[name] = account
        await _take_away(self._accounts, wanted.keys(), self._engine.remove_account)

    async def _trunks_of(self, configuration: Configuration) -> None:
        wanted = {trunk.name: trunk for trunk in configuration.trunks}
        for name, trunk in wanted.items():
            if self._trunks.get(name) != trunk and await _done(self._engine.put_trunk(trunk), name):
                self._trunks[name] = trunk
        await _take_away(self._trunks, wanted.keys(), self._engine.remove_trunk)


async def _take_away(
    made: dict[str, PhoneAccount] | dict[str, Trunk], wanted: Collection[str], remove: Callable[[str], Awaitable[None]]
) -> None:
    for name in made.keys() - wanted:
        if await _done(remove(name), name):
            del made[name]


async def _done(request: Awaitable[None], name: str) -> bool:
    """Whether the engine did it. Raises EngineUnavailable."""
    try:
        await request
    except EngineUnavailable:
        raise
    except HuyingError as error:
        log.error("voice.account_refused", account=name, reason=error.message)
        return False
    return True
