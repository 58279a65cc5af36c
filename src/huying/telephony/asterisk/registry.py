"""Accounts and trunks as Asterisk is to have them: pushed at once, and pushed again when Asterisk was restarted. Simulated accounts are
kept here alone, since no telephone stands behind them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Set

from huying.telephony.asterisk.accounts import SipObject, account_objects, trunk_objects, uris_of_account, uris_of_trunk
from huying.telephony.asterisk.ari import AriRefused
from huying.telephony.asterisk.dialplan import APPLICATION
from huying.telephony.asterisk.lamps import Lamps
from huying.telephony.asterisk.recording import Ask
from huying.telephony.port import AccountReachable, EngineEvent, Gone, PhoneAccount, Trunk
from huying.telephony.simulated import SIMULATED, SimulatedParty, party_of_account


class Registry:
    """What was put and not removed."""

    def __init__(self, ask: Ask, emit: Callable[[EngineEvent], None]) -> None:
        self._ask, self._emit = ask, emit
        self._objects: dict[str, list[SipObject]] = {}
        self._simulated: dict[str, SimulatedParty] = {}
        self._limits: dict[str, int] = {}
        self.lamps = Lamps(ask)

    @property
    def simulated_accounts(self) -> Set[str]:
        """Accounts that are always reachable."""
        return self._simulated.keys()

    def party(self, account: str) -> SimulatedParty | None:
        """Who answers in place of this account's telephone."""
        return self._simulated.get(account)

    def channel_limit(self, trunk: str) -> int:
        """How many calls at a time; 0: no limit."""
        return self._limits.get(trunk, 0)

    async def put_again(self, ask: Ask) -> None:
        """Asterisk was restarted and knows nothing."""
        for objects in list(self._objects.values()):
            for one in objects:
                await _make(ask, one)
        await self.lamps.show_again(ask)

    async def put_account(self, account: PhoneAccount, *, connected: bool) -> None:
        """Make or replace an account."""
        if account.kind == SIMULATED:
            known = account.name in self._simulated
            self._simulated[account.name] = party_of_account(account)
            if not known and connected:
                self._emit(AccountReachable(account.name, True))
            return
        self._objects[f"account {account.name}"] = objects = account_objects(account)
        for one in objects:
            await _make(self._ask, one)
        if account.kind != "visitor":
            await self._ask("POST", f"applications/{APPLICATION}/subscription", {"eventSource": f"endpoint:PJSIP/{account.name}"})

    async def remove_account(self, name: str) -> None:
        """Remove an account."""
        if self._simulated.pop(name, None) is not None:
            self._emit(AccountReachable(name, False))
            return
        self._objects.pop(f"account {name}", None)
        self.lamps.forget(name)
        await self._delete(uris_of_account(name))

    async def put_trunk(self, trunk: Trunk) -> None:
        """Make or replace a trunk."""
        self._objects[f"trunk {trunk.name}"] = objects = trunk_objects(trunk)
        self._limits[trunk.name] = trunk.channel_limit
        for one in objects:
            await _make(self._ask, one)

    async def remove_trunk(self, name: str) -> None:
        """Remove a trunk."""
        self._objects.pop(f"trunk {name}", None)
        await self._delete(uris_of_trunk(name))

    async def _delete(self, uris: Iterable[str]) -> None:
        for uri in uris:
            with contextlib.suppress(Gone):
                await self._ask("DELETE", uri)


async def _make(ask: Ask, one: SipObject) -> None:
    if one.is_replaced_whole:
        with contextlib.suppress(Gone, AriRefused):
            await ask("DELETE", one.uri)
    await ask("PUT", one.uri, body=one.body())
