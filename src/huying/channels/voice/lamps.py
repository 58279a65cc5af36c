"""Keeps what agents' telephones show of waiting messages like what is in their own mailboxes. Decides nothing else.

Looked at when somebody's messages are said to have changed, and every few seconds, since hearing is told to nobody.
"""

from __future__ import annotations

import asyncio
import contextlib

import structlog

from huying.channels.voice.directory import Configuration, Directory
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.errors import HuyingError
from huying.telephony.port import Engine

log = structlog.get_logger()

LOOK_SECONDS, LEAST_SECONDS = 10.0, 1.0
"""From one look to the next, at most and at least."""
PACE_SECONDS = 0.02
"""From one telephone to the next, so that the engine has time for calls."""
KINDS = frozenset({"phone", "remote"})
"""Accounts of telephones that have a lamp; in the browser the desk shows it."""
NONE = (0, 0)


class MessageLamps:
    """The lamps of all telephones."""

    def __init__(self, switchboard: Switchboard, directory: Directory, engine: Engine) -> None:
        self._switchboard, self._directory, self._engine = switchboard, directory, engine
        self._shown: dict[str, tuple[int, int]] = {}
        """What the engine has been told. It knows by itself what to show after its own restart; after ours all is told again."""
        self._news = asyncio.Event()

    def look_soon(self) -> None:
        """Something has changed."""
        self._news.set()

    async def run(self) -> None:
        """Look for ever."""
        while True:
            self._news.clear()
            try:
                await self._look()
            except HuyingError as error:  # what could not be told now is told at the next look
                log.info("voice.lamps_wait", reason=error.message)
            except Exception:  # no lamp is worth a call
                log.exception("voice.lamps_failed")
            await asyncio.sleep(LEAST_SECONDS)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._news.wait()

    async def _look(self) -> None:
        configuration = self._switchboard.configuration
        if configuration is None:
            return
        waiting = await self._directory.mailboxes()
        wanted = {name: waiting.get(person_id, NONE) for name, person_id in _telephones(configuration).items()}
        self._shown = {name: shown for name, shown in self._shown.items() if name in wanted}
        for name, counts in sorted(wanted.items(), key=lambda one: one[1] == NONE):
            if self._shown.get(name) != counts:
                await self._engine.show_messages(name, *counts)
                self._shown[name] = counts
                await asyncio.sleep(PACE_SECONDS)


def _telephones(configuration: Configuration) -> dict[str, str]:
    """Account -> whose it is."""
    owners = configuration.account_owners
    return {one.name: owners[one.name] for one in configuration.accounts if one.kind in KINDS and one.name in owners}
