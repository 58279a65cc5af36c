"""The feed over one socket: snapshot, changes, resume, slow clients, silence, permissions, floods."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from huying.web.live import connection as module
from huying.web.live.connection import Closed, FeedConnection
from huying.web.live.hub import LiveHub, Rows, Viewer

NEEDED = {"me": "desk", "calls": "live"}


class Source:
    def __init__(self) -> None:
        self.rows: dict[str, dict[str, object]] = {}

    def agents(self, business_id: str) -> Rows:
        return {}

    def contacts(self, business_id: str) -> Rows:
        return self.rows

    def queues(self, business_id: str) -> Rows:
        return {}


class Wire:
    """A socket in memory whose reader may be slow."""

    def __init__(self) -> None:
        self.to_server: asyncio.Queue[str | None] = asyncio.Queue()
        self.from_server: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.taking = asyncio.Event()
        self.taking.set()
        self.closed_with = 0

    async def receive(self) -> str:
        text = await self.to_server.get()
        if text is None:
            raise Closed
        return text

    async def send(self, text: str) -> None:
        await self.taking.wait()
        self.from_server.put_nowait(json.loads(text))

    async def close(self, code: int) -> None:
        self.closed_with = code

    def say(self, **message: object) -> None:
        self.to_server.put_nowait(json.dumps(message))

    async def hear(self) -> dict[str, object]:
        return await asyncio.wait_for(self.from_server.get(), 30)


class Bench:
    def __init__(self, *permissions: str) -> None:
        self.source, self.wire, self.alive = Source(), Wire(), list[bool]()
        self.hub = LiveHub(self.source, NEEDED, pause_seconds=0, table_pause_seconds=0)
        self.feed = FeedConnection(self.wire, self.hub, Viewer("b", "p", frozenset(permissions)), self.alive.append)

    def become(self, rows: dict[str, dict[str, object]]) -> None:
        self.source.rows = rows
        self.hub.touched("b")


@asynccontextmanager
async def running(bench: Bench) -> AsyncIterator[Bench]:
    task = asyncio.create_task(bench.feed.run())
    yield bench
    bench.wire.taking.set()
    bench.wire.to_server.put_nowait(None)
    await asyncio.wait_for(task, 30)
    bench.hub.stop()


async def test_snapshot_then_changes_then_resume() -> None:
    async with running(Bench("live")) as bench:
        bench.become({"c1": {"state": "waiting"}})
        bench.wire.say(type="subscribe", id="1", topic="calls")
        first = await bench.wire.hear()
        assert first["type"] == "snapshot"
        assert first["rows"] == {"c1": {"state": "waiting"}}
        bench.become({"c2": {"state": "waiting"}})
        change = await bench.wire.hear()
        assert (change["type"], change["id"], change["removed"]) == ("change", "1", ["c1"])
        bench.wire.say(type="subscribe", id="2", topic="calls", after={"epoch": first["epoch"], "number": first["number"]})
        again = await bench.wire.hear()
        assert (again["type"], again["id"], again["number"]) == ("change", "2", change["number"])


async def test_slow_client_gets_a_snapshot_instead_of_a_line_of_changes() -> None:
    async with running(Bench("live")) as bench:
        bench.wire.say(type="subscribe", id="1", topic="calls")
        await bench.wire.hear()
        bench.wire.taking.clear()
        for number in range(module.MOST_CHANGES * 2):
            bench.become({"c": {"n": number}})
            await asyncio.sleep(0.001)
        bench.wire.taking.set()
        received = [await bench.wire.hear()]
        while received[-1]["type"] != "snapshot":
            received.append(await bench.wire.hear())
        assert received[-1]["rows"] == {"c": {"n": module.MOST_CHANGES * 2 - 1}}
        assert len(received) < 10


async def test_ping_is_answered_and_nonsense_is_told() -> None:
    async with running(Bench()) as bench:
        bench.wire.say(type="ping", at=12)
        assert await bench.wire.hear() == {"type": "pong", "at": 12}
        bench.wire.to_server.put_nowait("[]")
        assert (await bench.wire.hear())["type"] == "error"
        bench.wire.say(type="subscribe", id="1", topic="calls")
        denied = await bench.wire.hear()
        assert denied["id"] == "1"
        assert denied["error"]["code"] == "forbidden"  # type: ignore[index]


async def test_changed_permission_is_a_new_snapshot_or_an_end() -> None:
    async with running(Bench("live", "desk")) as bench:
        bench.wire.say(type="subscribe", id="1", topic="calls")
        assert (await bench.wire.hear())["type"] == "snapshot"
        bench.feed.revise(Viewer("b", "p", frozenset({"live", "more"})))
        assert (await bench.wire.hear())["type"] == "snapshot"
        bench.feed.revise(Viewer("b", "p", frozenset({"more"})))
        assert (await bench.wire.hear())["type"] == "error"
        bench.become({"c1": {"state": "waiting"}})
        bench.wire.say(type="ping", at=1)
        assert (await bench.wire.hear())["type"] == "pong"


async def test_silence_is_asked_then_told_and_a_word_brings_back(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "ASK_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(module, "GONE_AFTER_SECONDS", 0.3)
    async with running(Bench()) as bench:
        assert (await bench.wire.hear())["type"] == "ping"
        async with asyncio.timeout(30):
            while bench.alive != [True, False]:
                await asyncio.sleep(0.02)
        bench.wire.say(type="pong")
        async with asyncio.timeout(30):
            while bench.alive[:3] != [True, False, True]:
                await asyncio.sleep(0.02)
    assert bench.alive[-1] is False


async def test_a_flood_and_the_end_of_the_session_close_the_socket() -> None:
    async with running(Bench()) as bench:
        for _ in range(module.MOST_MESSAGES_A_SECOND * 3):
            bench.wire.say(type="ping", at=1)
        async with asyncio.timeout(30):
            while not bench.wire.closed_with:
                await asyncio.sleep(0.01)
    assert bench.wire.closed_with == module.CLOSE_TOO_MANY


async def test_nonsense_is_answered_and_harms_nobody() -> None:
    async with running(Bench()) as bench:
        for nonsense in ("", "x", "7", "{}", "[" * 4000, '{"a":' * 800):
            bench.wire.to_server.put_nowait(nonsense)
            assert (await bench.wire.hear())["type"] == "error"
        bench.wire.say(type="ping", at=1)
        assert (await bench.wire.hear())["type"] == "pong"
