"""The whole application on a real database with the sample business; the telephone process is played by the test, over the bus."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import psycopg
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from huying.admin.guard import CSRF_COOKIE, SESSION_COOKIE
from huying.admin.passwords import Passwords
from huying.admin.wiring import make_admin
from huying.analytics.live import LiveCentre, Setting
from huying.analytics.live_background import DatabaseBackground
from huying.analytics.spans import Span
from huying.analytics.today import ContactMeasures
from huying.channels.desk.phones import Phones
from huying.channels.service import customers_met
from huying.channels.voice import client as voice
from huying.crm.importing.job import ImportJobs
from huying.crm.importing.undoing import taker_back
from huying.crm.importing.writing import write_rows
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.bus.port import Message
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.errors import NotFound
from huying.foundation.http import Ground
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry, Event
from huying.foundation.vault import Vault
from huying.processes.postgres import EmbeddedPostgres
from huying.routing.desk_identity import agent_finder
from huying.routing.hooks.api import HookDesk
from huying.sample.load import Sample, load_sample
from huying.supervision.recordings.service import Recordings
from huying.web.app import WebParts, make_app

PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
VAULT = Vault(bytes(32))
ORIGIN = "http://huying.test"


class Browser(httpx.AsyncClient):
    """A client that repeats the CSRF word as our pages do."""

    async def request(self, method: str, url: httpx.URL | str, **kwargs: object) -> httpx.Response:
        self.headers.pop("x-csrf-token", None)
        if CSRF_COOKIE in self.cookies:
            self.headers["x-csrf-token"] = self.cookies[CSRF_COOKIE]
        return await super().request(method, url, **kwargs)  # type: ignore[arg-type]

    @property
    def session(self) -> str:
        return self.cookies[SESSION_COOKIE]


@dataclass
class PlayedVoice:
    """Answers as the telephone process would, and remembers what it was told."""

    bus: MemoryBus
    epoch: str = field(default_factory=new_id)
    commands: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    feeds: list[tuple[str, bool]] = field(default_factory=list)
    visitors: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    why_not_booked: str = ""
    real: dict[str, Callable[[str, Message], Awaitable[Message]]] = field(default_factory=dict)
    """Commands that are not played."""

    async def start(self) -> None:
        await self.bus.answer(voice.COMMAND_SUBJECT, self._command)
        await self.bus.answer(voice.OPEN_SUBJECT, self._open)
        await self.bus.subscribe(voice.FEED_SUBJECT, self._feed)

    async def say(self, business_id: str, stream: str, stream_id: str, *events: Event) -> None:
        """Journal events of a stream and publish them."""
        made = []
        for event in events:
            self.numbers[stream_id] = self.numbers.get(stream_id, 0) + 1
            made.append(Entry(business_id, stream, stream_id, self.numbers[stream_id], utc_now(), event))
        self.entries += made
        await self.bus.publish(voice.live_subject(business_id), {"epoch": self.epoch, "entries": [entry.to_json() for entry in made]})

    async def _command(self, message: Message) -> Message:
        self.commands.append((str(message["command"]), dict(message["arguments"])))
        arguments = message["arguments"]
        if str(message["command"]) in self.real:
            return await self.real[str(message["command"])](str(message["business_id"]), arguments)
        if message["command"] == "create_visitor":
            call_id = new_id()
            self.visitors[call_id] = "new"
            return {"call_id": call_id, "account": "v1", "secret": "s3cret", "target": "service", "expires_in_seconds": 60}
        if message["command"] == "park":
            return {"slot": "701"}
        if message["command"] == "parked":
            return {"items": []}
        if message["command"] in ("book_callback", "move_callback"):
            return {"contact_id": new_id(), "at": "2026-12-24T02:00:00+00:00"}
        if message["command"] == "why_not_booked":
            return {"why": self.why_not_booked}
        if message["command"] in ("request_callback", "dial"):
            return {"contact_id": new_id()}
        if message["command"] == "visitor_state":
            if arguments["call_id"] not in self.visitors:
                raise NotFound("There is no such call (any more).")
            return {"state": self.visitors[arguments["call_id"]], "contact_id": "", "place": 1, "ended_cause": ""}
        if message["command"] == "end_visitor_call":
            self.visitors[arguments["call_id"]] = "ended"
        return {}

    async def _open(self, _message: Message) -> Message:
        return {"epoch": self.epoch, "token": "", "start": 0, "entries": [entry.to_json() for entry in self.entries], "next": None}

    async def _feed(self, _subject: str, message: Message) -> None:
        self.feeds.append((str(message["person_id"]), bool(message["connected"])))


@dataclass(frozen=True)
class SampleBackground:
    """Names of the sample; no history."""

    database: Database
    business_id: str

    async def settings(self) -> Mapping[str, Setting]:
        known = (await DatabaseBackground(self.database).settings())[self.business_id]
        return {self.business_id: replace(known, zone=ZoneInfo("Asia/Shanghai"), people={}, presence_of_groups=False)}

    async def measures_since(self, business_id: str, day: Span, changed_since: datetime | None) -> Sequence[ContactMeasures]:
        return []


@dataclass
class House:
    """The application, and who is in it."""

    app: FastAPI
    database: Database
    sample: Sample
    voice: PlayedVoice
    bus: MemoryBus
    people: dict[str, str]
    """log-in -> person"""

    @property
    def business_id(self) -> str:
        return self.sample.business_id

    def browser(self, address: str = "192.0.2.1") -> Browser:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 1))
        return Browser(transport=transport, base_url=ORIGIN)

    @asynccontextmanager
    async def signed_in(self, login: str) -> AsyncIterator[Browser]:
        async with self.browser() as browser:
            answer = await browser.post("/api/session", json={"login": login, "password": self.sample.password})
            assert answer.status_code == 200, answer.text
            yield browser


@asynccontextmanager
async def open_house(database: Database) -> AsyncIterator[House]:
    """The house with its lifespan."""
    bus = MemoryBus()
    ground = Ground(database, bus, demo=True)
    sample = await load_sample(database, PASSWORDS, VAULT, utc_now(), demo=True)
    played = PlayedVoice(bus)
    await played.start()
    centre = LiveCentre(voice.VoiceClient(bus), bus, SampleBackground(database, sample.business_id))
    admin = make_admin(ground, agent_finder(database), PASSWORDS)
    recordings = Recordings(database, VAULT, Path(tempfile.gettempdir()))
    hooks = HookDesk(VAULT)
    imports = ImportJobs(database, utc_now, write_rows, taker_back(customers_met))
    state: dict[str, object] = {"recordings": recordings, "hooks": hooks, "import_jobs": imports}
    app = make_app(WebParts(ground, centre, Phones(VAULT), b"key", admin=admin, state=state))
    async with app.router.lifespan_context(app):
        async with asyncio.timeout(30):
            while not centre.agents(sample.business_id):
                await asyncio.sleep(0.01)
        people = {str(row["name"]): agent_id for agent_id, row in centre.agents(sample.business_id).items()}
        yield House(app, database, sample, played, bus, people)
    await hooks.asker.close()
    await bus.close()


@pytest.fixture(scope="session")
def sample_template(postgres: EmbeddedPostgres) -> Iterator[str]:
    """A database with the sample business, to be copied."""
    name = "huying_sample_template"
    owner = postgres.owner_url("postgres").replace("+psycopg", "")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE huying_template")
    asyncio.run(_fill(postgres.runtime_url(name)))
    yield name
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def _fill(url: str) -> None:
    database = Database(url, connections=1)
    await load_sample(database, PASSWORDS, VAULT, utc_now(), demo=True)
    await database.close()


@pytest.fixture
async def house(postgres: EmbeddedPostgres, sample_template: str) -> AsyncIterator[House]:
    """The whole application."""
    name = "t_" + new_id().replace("-", "")
    owner = postgres.owner_url("postgres").replace("+psycopg", "")
    async with await psycopg.AsyncConnection.connect(owner, autocommit=True) as connection:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {sample_template}")
    database = Database(postgres.runtime_url(name), connections=4)
    async with open_house(database) as opened:
        yield opened
    await database.close()
    async with await psycopg.AsyncConnection.connect(owner, autocommit=True) as connection:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def passwords() -> Passwords:
    """Quick ones, for tests alone."""
    return PASSWORDS
