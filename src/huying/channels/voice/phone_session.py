"""A telephone of ours that has called in and talks with nobody: it hears things and presses keys. One coroutine a session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from huying.foundation.errors import HuyingError
from huying.telephony import port

SessionEvent = port.DigitReceived | port.PlaybackEnded | port.LegEnded | port.LegAnswered | port.HoldChanged


class HungUp(HuyingError):
    """The telephone was put down."""

    code = "hung-up"


class PhoneSession:
    """What a program sees of the telephone: `play`, `keys`. Every method raises HungUp once it was put down."""

    def __init__(self, engine: port.Engine, leg_id: str, new_id: Callable[[], str]) -> None:
        self.leg_id = leg_id
        self._engine = engine
        self._new_id = new_id
        self._events: asyncio.Queue[SessionEvent] = asyncio.Queue()

    def post(self, event: SessionEvent) -> None:
        """Something happened to the leg."""
        self._events.put_nowait(event)

    async def play(self, media: Sequence[port.Media]) -> str:
        """Play to its end, or until a key is pressed, which is given back (empty otherwise)."""
        playback = self._new_id()
        await self._engine.play(playback, self.leg_id, media)
        while True:
            event = await self._next()
            if isinstance(event, port.PlaybackEnded) and event.playback_id == playback:
                return ""
            if isinstance(event, port.DigitReceived):
                await self._engine.stop_playback(playback)
                return event.digit

    async def keys(self, seconds: float, *, most: int = 1, first: str = "") -> str:
        """Up to so many keys, each within so many seconds of the one before; `#` ends them and is not among them."""
        pressed = first
        while len(pressed) < most:
            try:
                async with asyncio.timeout(seconds):
                    event = await self._next()
            except TimeoutError:
                break
            if isinstance(event, port.DigitReceived):
                if event.digit == "#":
                    break
                pressed += event.digit
        return pressed

    async def hang_up(self) -> None:
        """The session is over."""
        await self._engine.hang_up(self.leg_id)

    async def _next(self) -> SessionEvent:
        event = await self._events.get()
        if isinstance(event, port.LegEnded):
            raise HungUp
        return event
