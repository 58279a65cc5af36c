"""Tells the bus of the journal's entries as they become true, one batch after the other, each business's own on its subject."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence

import structlog

from huying.channels.voice import client
from huying.foundation.bus.port import Bus
from huying.foundation.journal.entry import Entry

log = structlog.get_logger()


class LivePublishing:
    """What live views hear. `run` is one task."""

    def __init__(self, bus: Bus, epoch: str) -> None:
        self._bus, self._epoch = bus, epoch
        self._batches: asyncio.Queue[Sequence[Entry]] = asyncio.Queue()

    def put(self, entries: Sequence[Entry]) -> None:
        """These are true now."""
        self._batches.put_nowait(list(entries))

    async def run(self) -> None:
        """Publish for ever."""
        while True:
            by_business: dict[str, list[Entry]] = defaultdict(list)
            for entry in await self._batches.get():
                by_business[entry.business_id].append(entry)
            for business_id, batch in by_business.items():
                message = {"epoch": self._epoch, "entries": [entry.to_json() for entry in batch]}
                try:
                    await self._bus.publish(client.live_subject(business_id), message)
                except Exception:  # live views notice what is missing, by the journal
                    log.exception("voice.not_published", entries=len(batch))
