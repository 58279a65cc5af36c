"""The voice process's part in work at the desk, without any telephone: the real works and router on the house's database and bus."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from huying.channels.desk_work.commands import work_commands
from huying.channels.desk_work.database_book import DatabaseBook
from huying.channels.desk_work.works import DeskWorks
from huying.channels.devices.settings import BY_HAND
from huying.channels.voice.client import live_subject
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.streams import Streams
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.memory import MemoryJournal
from huying.routing.router import work
from huying.routing.router.router import Router
from huying.routing.service import load_routing


class DeskFloor:
    """Use as an asynchronous context."""

    def __init__(self, house: Any) -> None:
        self.house = house
        self.journal = MemoryJournal()
        streams = Streams(self)
        self.routing = RoutingOwner(Router(new_id), streams, utc_now, lambda _contact_id: None)
        book = DatabaseBook(house.database, house.bus)
        self.works = DeskWorks(
            book, self.journal, streams, utc_now, self.routing.handle, self.routing.router, new_id, lambda _agent_id: BY_HAND
        )
        self.routing.elsewhere, self.routing.leaving = self.works.deliver, self.works.agent_leaves
        house.voice.real.update(work_commands(self.works))
        self._pending: list[Entry] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._telling: asyncio.Queue[Sequence[Entry]] = asyncio.Queue()

    async def __aenter__(self) -> DeskFloor:
        async with self.house.database.business(self.house.business_id) as session:
            settings = await load_routing(session)
        queues = {queue.queue_id: queue.rules for queue in settings.queues.values()}
        agents = {agent.agent_id: agent.profile for agent in settings.agents.values()}
        self.routing.configure(work.Configured(queues, agents), dict.fromkeys(agents, self.house.business_id))
        self._tasks = [asyncio.create_task(self.works.run()), asyncio.create_task(self._tell())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.routing.stop()
        await self.works.stop()

    async def commit(self, entries: Sequence[Entry]) -> None:
        """See Writer."""
        batch, self._pending = [*self._pending, *entries], []
        await self.journal.append(batch)
        self._telling.put_nowait(entries)

    def record(self, entries: Sequence[Entry]) -> None:
        """See Writer."""
        self._pending += entries
        self._telling.put_nowait(entries)

    async def _tell(self) -> None:
        while True:
            entries = await self._telling.get()
            self.house.voice.entries += entries
            message = {"epoch": self.house.voice.epoch, "entries": [entry.to_json() for entry in entries]}
            await self.house.bus.publish(live_subject(self.house.business_id), message)

    def ready(self, person_id: str) -> None:
        """An agent is at his desk."""
        self.routing.handle(work.SignIn(person_id, f"desk {person_id}"))
        self.routing.handle(work.ChooseStatus(person_id, "ready"))

    async def offered(self, person_id: str, subject_id: str = "") -> str:
        """Wait until something is offered to this agent; its contact."""
        async with asyncio.timeout(30):
            while True:
                for contact_id, owner in self.works.owners.items():
                    if owner.work.state.offer_to(person_id) and subject_id in ("", owner.work.state.subject_id):
                        return contact_id
                await asyncio.sleep(0.02)
