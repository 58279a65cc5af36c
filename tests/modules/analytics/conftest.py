"""A business with queues, agents and an hour of contacts in its journal and history, behind the routes of history and figures."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import httpx
import pytest
from fastapi import FastAPI
from random_journals import START, Centre
from sqlalchemy import insert

from huying.admin import guard
from huying.admin.model import BusinessRow, PersonRow
from huying.admin.permissions import permissions_of
from huying.analytics.agent_day_api import router as agent_day_router
from huying.analytics.api import router
from huying.analytics.own_calls_api import router as own_calls_router
from huying.analytics.projection import Projection
from huying.channels.service import NewInteraction, open_interaction
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.writing import refresh_search
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.database import Database
from huying.foundation.http import Caller, Ground
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.foundation.vault import Vault
from huying.routing.model import AgentRow, GroupMemberRow, QueueGroupRow, QueueRow, WorkGroupRow
from huying.supervision.recordings import api as recordings_api
from huying.supervision.recordings.service import Recordings
from huying.web.errors import mount_errors


@dataclass
class World:
    """The business, its journal, and a client that calls as whoever is `caller`."""

    database: Database
    centre: Centre
    entries: list[Entry]
    client: httpx.AsyncClient
    vault: Vault
    folder: Path
    callers: list[Caller] = field(default_factory=list)

    def be(self, role: str, person_id: str = "") -> None:
        """Call from now on as this person with this role."""
        person_id = person_id or new_id()
        self.callers.append(Caller(self.centre.business_id, person_id, new_id(), (role,), permissions_of([role]), "en"))

    def contacts(self) -> list[str]:
        return list(dict.fromkeys(entry.stream_id for entry in self.entries if entry.stream == STREAM_CONTACT))


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    centre = Centre(Random(21), contacts=30, business_id=new_id())
    entries = centre.run()
    await furnish(database, centre, entries)
    journal = PostgresJournal(database)
    await journal.append(entries)
    await Projection(database, journal).catch_up()
    vault = Vault(os.urandom(32))
    app = FastAPI()
    app.state.ground = Ground(database, MemoryBus(), lambda: START + timedelta(hours=3))
    app.state.recordings = Recordings(database, vault, tmp_path)
    app.include_router(router)
    app.include_router(agent_day_router)
    app.include_router(own_calls_router)
    app.include_router(recordings_api.router)
    mount_errors(app)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://huying.test") as client:
        found = World(database, centre, entries, client, vault, tmp_path)
        app.dependency_overrides[guard.find_caller] = lambda: found.callers[-1]
        found.be("lead")
        yield found


async def furnish(database: Database, centre: Centre, entries: list[Entry]) -> None:
    business = {"business_id": centre.business_id}
    async with database.system() as session:
        await session.execute(
            insert(BusinessRow).values(id=centre.business_id, code="acme", name="Acme", time_zone="Asia/Shanghai", languages=["en"])
        )
        for number, queue_id in enumerate(centre.queue_ids):
            named = {"id": queue_id, "code": f"q{number}", "name": {"en": f"Queue {number}"}}
            session.add_all([QueueRow(**business, **named), WorkGroupRow(**business, **named)])
        await session.flush()
        session.add_all([QueueGroupRow(**business, queue_id=queue_id, group_id=queue_id) for queue_id in centre.queue_ids])
        for number, agent_id in enumerate(centre.agent_ids):
            session.add(PersonRow(**business, id=agent_id, login=f"agent{number}", name=f"Agent {number}", roles=["agent"]))
            session.add(AgentRow(**business, person_id=agent_id, extension=str(8000 + number)))
        await session.flush()
        for agent_id in centre.agent_ids:
            session.add_all([GroupMemberRow(**business, person_id=agent_id, group_id=queue_id) for queue_id in centre.queue_ids])
        customer_id, now = new_id(), START
        session.add(CustomerRow(**business, id=customer_id, name="海川", created_at=now, updated_at=now))
        await session.flush()
        await refresh_search(session, [customer_id])
        contacts = dict.fromkeys(entry.stream_id for entry in entries if entry.stream == STREAM_CONTACT)
        for number, contact_id in enumerate(contacts):
            whose = customer_id if number == 3 else None
            new = NewInteraction(
                contact_id, centre.business_id, "phone", "inbound", f"+86138000000{number:02d}", "", whose, "4008001234", START
            )
            await open_interaction(session, new)
