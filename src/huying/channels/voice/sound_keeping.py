"""Puts the sound of calls into the store when the engine has finished it, as soon as the store takes it, and tells the calls."""

from __future__ import annotations

import asyncio
from typing import Protocol

import structlog

from huying.channels.voice.call import words as w
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.errors import Unavailable
from huying.telephony import port

log = structlog.get_logger()

TRIES_SECONDS = 2.0


class RecordingKeeper(Protocol):
    """Puts finished sound into the store."""

    async def keep(self, ended: port.RecordingEnded, business_id: str, contact_id: str) -> w.RecordingKept:
        """Keep it; done again it changes nothing. Raises Unavailable."""


class SoundKeeping:
    """One `keep` a recording."""

    def __init__(self, switchboard: Switchboard, keeper: RecordingKeeper) -> None:
        self._switchboard, self._keeper = switchboard, keeper

    async def keep(self, ended: port.RecordingEnded) -> None:
        """Returns when it is kept, or never will be; the call is told either way."""
        owner = self._switchboard.owner_of_recording(ended.recording_id)
        if owner is None:
            log.info("recording.without_call", recording_id=ended.recording_id)
            return
        owner.keeping(ended.recording_id)
        owner.post(w.RecordingStopped(ended.recording_id, ended.near_seconds))
        while True:
            try:
                owner.post(await self._keeper.keep(ended, owner.business_id, owner.contact_id))
            except Unavailable as error:
                log.warning("recording.not_kept_yet", recording_id=ended.recording_id, reason=error.message)
                await asyncio.sleep(TRIES_SECONDS)
            except Exception as error:
                log.exception("recording.not_kept", recording_id=ended.recording_id)
                owner.post(port.RecordingFailed(ended.recording_id, f"not kept: {type(error).__name__}"))
                return
            else:
                return
