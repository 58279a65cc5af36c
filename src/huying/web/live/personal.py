"""Topics with rows that belong to one person and stand in the database: read when somebody watches, and again when he is told of a change.

Several words that come while a person's rows are being read make one more reading. Knows nothing of what the rows mean.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.telling import TOLD_SUBJECT
from huying.foundation.bus.port import Bus, Message
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError
from huying.web.live.hub import LiveHub, PersonKey
from huying.web.live.topic import Row

log = structlog.get_logger(__name__)

Loader = Callable[[AsyncSession, str, str], Awaitable[Mapping[str, Row]]]
"""Session, business, person -> rows by key. Loaders of one topic give keys of their own kind each."""

AT_ONCE = 3
RETRY_SECONDS = 1.0
AUDIT_SECONDS = 60.0
"""How often all is read again although nothing seems to have changed: a word on the bus may get lost."""


class PersonalTopics:
    """Feeds the hub's personal topics. `run` is one task."""

    def __init__(self, database: Database, bus: Bus, hub: LiveHub, loaders: Mapping[str, Sequence[Loader]]) -> None:
        self._database, self._bus, self._hub, self._loaders = database, bus, hub, loaders
        self._waiting: dict[PersonKey, None] = {}
        self._wake = asyncio.Event()
        hub.person_came = self.read_soon

    def read_soon(self, key: PersonKey) -> None:
        """Somebody watches these rows now, or they have changed."""
        self._waiting[key] = None
        self._wake.set()

    async def run(self) -> None:
        """Serve until cancelled."""
        subscription = await self._bus.subscribe(TOLD_SUBJECT, self._told)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(self._read())
                group.create_task(self._audit())
        finally:
            await subscription.stop()

    async def _told(self, _subject: str, message: Message) -> None:
        people = message["people"]
        for key in self._hub.people_watching(str(message["business_id"]), str(message["topic"])):
            if people is None or key.person_id in people:
                self.read_soon(key)

    async def _audit(self) -> None:
        while True:
            await asyncio.sleep(AUDIT_SECONDS)
            for key in self._hub.people_watching():
                self.read_soon(key)

    async def _read(self) -> None:
        while True:
            await self._wake.wait()
            if not self._waiting:
                self._wake.clear()
                continue
            key = next(iter(self._waiting))
            del self._waiting[key]
            try:
                rows: dict[str, Row] = {}
                async with self._database.business(key.business_id) as session:
                    for loader in self._loaders[key.topic]:
                        rows.update(await loader(session, key.business_id, key.person_id))
            except HuyingError as error:
                log.warning("live.personal_away", code=error.code)
                await self._again(key)
            except Exception:
                log.exception("live.personal_failed", topic=key.topic)
                await self._again(key)
            else:
                self._hub.put(key, rows)

    async def _again(self, key: PersonKey) -> None:
        await asyncio.sleep(RETRY_SECONDS)
        self.read_soon(key)
