"""Letting one leg listen to another, or whisper to it: a bridge of its own with a snoop channel on the leg that is listened to.

The ids follow from the leg that listens, so that what is left of it is found again after a restart of ours. A snoop cannot be changed:
another way of listening is another snoop in the same bridge.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huying.telephony.asterisk.ari import path
from huying.telephony.asterisk.book import LISTEN_PREFIX, listen_bridge
from huying.telephony.asterisk.dialplan import APPLICATION
from huying.telephony.port import BadRequestToEngine, EngineUnavailable, Gone

Ask = Callable[..., Awaitable[Any]]
ENTER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Ear:
    """How a leg listens. What was found after a restart of ours has no target: the next wish replaces it."""

    snoop: str
    target: str = ""
    whisper: bool = False


class Listening:
    """Who listens to whom."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._ears: dict[str, _Ear] = {}
        self._entering: dict[str, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, leg_id: str, target: str, whisper: bool) -> None:
        """From now on `leg_id` hears what `target` says and hears. Raises Gone when one of them has ended."""
        old = self._ears.get(leg_id)
        if old and (old.target, old.whisper) == (target, whisper):
            return
        bridge, snoop = listen_bridge(leg_id), f"{LISTEN_PREFIX}{uuid.uuid4().hex}-{leg_id}"
        with contextlib.suppress(Gone):  # it is there already
            await self._ask("POST", path("bridges", bridge), {"type": "mixing,dtmf_events"})
        try:
            await self._snoop(snoop, target, whisper)
            self._ears[leg_id] = _Ear(snoop, target, whisper)
            # A key must not become a tone in the ear of whom he whispers to.
            await self._ask("POST", path("bridges", bridge, "addChannel"), {"channel": f"{leg_id},{snoop}", "absorbDTMF": "true"})
        except (Gone, EngineUnavailable, BadRequestToEngine):
            await self._quietly("DELETE", path("channels", snoop))
            if old is None:
                self._ears.pop(leg_id, None)
                await self._quietly("DELETE", path("bridges", bridge))
            elif leg_id in self._ears:
                self._ears[leg_id] = old
            else:  # it has ended meanwhile
                await self._quietly("DELETE", path("channels", old.snoop))
            raise
        if old:
            await self._quietly("DELETE", path("channels", old.snoop))

    async def _snoop(self, snoop: str, target: str, whisper: bool) -> None:
        entering = asyncio.get_running_loop().create_future()
        self._entering[snoop] = entering
        try:
            query = {"spy": "both", "whisper": "out" if whisper else "none", "app": APPLICATION, "appArgs": "snoop"}
            await self._ask("POST", path("channels", target, "snoop", snoop), query)
            # Put into a bridge before it has entered, it would be refused.
            async with asyncio.timeout(ENTER_SECONDS):
                await entering
        except TimeoutError:
            raise EngineUnavailable("Listening could not be started in time.") from None
        finally:
            self._entering.pop(snoop, None)

    async def end(self, leg_id: str) -> None:
        """The leg listens no longer, and stays up."""
        ear = self._ears.pop(leg_id, None)
        if ear:
            await self._quietly("DELETE", path("channels", ear.snoop))
            await self._quietly("DELETE", path("bridges", listen_bridge(leg_id)))

    def handle(self, event: Mapping[str, Any]) -> bool:
        """Take an event of one of our snoops; what belongs to a leg that has ended is removed. Whether it was a snoop's."""
        channel_id = str((event.get("channel") or {}).get("id") or "")
        if event["type"] == "StasisStart" and (entering := self._entering.get(channel_id)) and not entering.done():
            entering.set_result(None)
        if event["type"] == "ChannelDestroyed" and channel_id in self._ears:
            self._later(self.end(channel_id))
        return channel_id.startswith(LISTEN_PREFIX)

    def recover(self, channels: Iterable[str], legs: Iterable[str]) -> None:
        """Find what there is after a connect; whoever listened and is gone has left something that is removed."""
        alive, self._ears = set(legs), {}
        for channel in channels:
            if channel.startswith(LISTEN_PREFIX):
                leg_id = channel.removeprefix(LISTEN_PREFIX).partition("-")[2]
                self._ears[leg_id] = _Ear(channel)
                if leg_id not in alive:
                    self._later(self.end(leg_id))

    def _later(self, doing: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, method: str, uri: str) -> None:
        with contextlib.suppress(Gone, EngineUnavailable, BadRequestToEngine):
            await self._ask(method, uri)

    async def close(self) -> None:
        """Begin nothing more."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
