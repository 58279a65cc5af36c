"""Asks the engine every few seconds how good the legs of all calls sound, and tells the calls. Keeps nothing itself."""

from __future__ import annotations

import asyncio

import structlog

from huying.channels.voice.call import words as w
from huying.channels.voice.call.quality import roles
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.errors import HuyingError
from huying.telephony.port import Engine

log = structlog.get_logger()

LOOK_SECONDS = 4.0
AT_ONCE = 8
"""So many calls are asked for side by side, so that the engine's connection stays free for what cannot wait."""


class QualityWatch:
    """One round every few seconds over all calls."""

    def __init__(self, switchboard: Switchboard, engine: Engine) -> None:
        self._switchboard = switchboard
        self._engine = engine

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            owners = list(self._switchboard.owners.values())
            for first in range(0, len(owners), AT_ONCE):
                await asyncio.gather(*(self._look(owner) for owner in owners[first : first + AT_ONCE]))

    async def _look(self, owner: CallOwner) -> None:
        for leg_id in roles(owner.call.state):
            try:
                figures = await self._engine.sound_figures(leg_id)
            except HuyingError:
                continue
            except Exception:  # whatever it is, the others must be looked at
                log.exception("call.sound_not_measured", contact_id=owner.contact_id)
                continue
            owner.post(w.LegMeasured(leg_id, figures))
