"""The lamps of telephones for waiting messages (SIP MWI), through Asterisk's own book of mailboxes, one for each account.

The Asterisk of the distributions has no request for it in ARI: a channel that lives for a moment writes it in the dialplan. Asterisk then
tells the telephone, and tells it again when it registers. Nobody can ask for it: Asterisk would tell one agent what another one has.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from huying.telephony.asterisk.ari import AriRefused, path
from huying.telephony.asterisk.book import LAMP_PREFIX
from huying.telephony.asterisk.dialplan import LAMPS, MAILBOXES
from huying.telephony.port import BadRequestToEngine, EngineUnavailable, Gone

log = structlog.get_logger(__name__)

Ask = Callable[..., Awaitable[Any]]
MODULE = "res_pjsip_mwi.so"
SECONDS = 10
AT_ONCE = 10
"""So many a tenth of a second at most: each is a channel."""


class Lamps:
    """What each telephone is to show."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._shown: dict[str, tuple[int, int]] = {}

    async def show(self, account: str, new: int, old: int) -> None:
        """Write it, and remember it for a restart of Asterisk. Raises EngineUnavailable."""
        self._shown[account] = new, old
        await _write(self._ask, account, new, old)

    def forget(self, account: str) -> None:
        """There is no such account any more."""
        self._shown.pop(account, None)

    async def show_again(self, ask: Ask) -> None:
        """Asterisk was restarted and knows nothing. For telephones that it found registered it listens only when its module looks again."""
        if self._shown:
            await _carefully(ask("PUT", path("asterisk", "modules", MODULE)))
        lit = [(account, *counts) for account, counts in self._shown.items() if any(counts)]
        for number, (account, new, old) in enumerate(lit):
            if number % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0.1)
            await _write(ask, account, new, old)


async def _write(ask: Ask, account: str, new: int, old: int) -> None:
    variables = {"__HUYING_LAMP": f"{account}@{MAILBOXES}", "__HUYING_NEW": str(new), "__HUYING_OLD": str(old)}
    target = {"endpoint": f"Local/show@{LAMPS}/n", "context": LAMPS, "extension": "done", "priority": 1, "timeout": SECONDS}
    await _carefully(ask("POST", path("channels", f"{LAMP_PREFIX}{uuid.uuid4().hex}"), body={**target, "variables": variables}))


async def _carefully(asking: Awaitable[Any]) -> None:
    """A lamp that Asterisk will not light stops nothing else. Raises EngineUnavailable."""
    try:
        await asking
    except (Gone, AriRefused, BadRequestToEngine) as error:
        log.warning("lamp_not_shown", reason=str(error))
    except EngineUnavailable as error:
        if "Allocation failed" not in str(error):
            raise
        # The channel was over before Asterisk had said that it is there.
