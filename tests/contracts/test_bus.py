"""The bus's contract, on memory and on NATS."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from huying.foundation.bus.memory import MemoryBus
from huying.foundation.bus.nats import NatsBus, connect
from huying.foundation.bus.port import Bus, Message
from huying.foundation.errors import Conflict, HuyingError, Unavailable
from huying.processes.nats import EmbeddedNats
from huying.processes.program import running


@pytest.fixture(params=["memory", "nats"])
async def buses(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Bus, Bus]]:
    """Two ends of one bus."""
    if request.param == "memory":
        memory = MemoryBus()
        yield memory, memory
        await memory.close()
        return
    one, other = await connect(request.getfixturevalue("nats_url")), await connect(request.getfixturevalue("nats_url"))
    yield one, other
    await one.close()
    await other.close()


async def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        await asyncio.sleep(0.01)


async def test_messages_arrive_in_order_where_they_are_wanted(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    heard: list[tuple[str, int]] = []

    async def listen(subject: str, message: Message) -> None:
        heard.append((subject, message["n"]))

    await other.subscribe("live.>", listen)
    for n in range(50):
        await one.publish("live.a", {"n": n})
        await one.publish("else.a", {"n": n})
    await until(lambda: len(heard) >= 50)
    assert heard == [("live.a", n) for n in range(50)]


async def test_nothing_arrives_after_stop(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    stopped: list[Message] = []
    going: list[Message] = []

    async def first(_: str, message: Message) -> None:
        stopped.append(message)

    async def second(_: str, message: Message) -> None:
        going.append(message)

    subscription = await other.subscribe("a", first)
    await other.subscribe("a", second)
    await subscription.stop()
    await one.publish("a", {})
    await until(lambda: bool(going))
    assert stopped == []


async def test_a_listener_that_fails_goes_on_listening(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    heard: list[int] = []

    async def listen(_: str, message: Message) -> None:
        heard.append(message["n"])
        raise ValueError("a defect")

    await other.subscribe("a", listen)
    await one.publish("a", {"n": 1})
    await one.publish("a", {"n": 2})
    await until(lambda: heard == [1, 2])


async def test_ask_and_answer(buses: tuple[Bus, Bus]) -> None:
    one, other = buses

    async def answer(question: Message) -> Message:
        return {"sum": sum(question["numbers"])}

    await other.answer("sum", answer)
    assert await one.ask("sum", {"numbers": [1, 2, 3]}) == {"sum": 6}
    assert await one.ask("sum", {"numbers": list(range(200_000))}) == {"sum": sum(range(200_000))}


async def test_a_slow_answer_does_not_hold_up_the_next(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    gate = asyncio.Event()

    async def answer(question: Message) -> Message:
        if question["slow"]:
            await gate.wait()
        return question

    await other.answer("q", answer)
    slow = asyncio.create_task(one.ask("q", {"slow": True}))
    assert await one.ask("q", {"slow": False}) == {"slow": False}
    gate.set()
    assert await slow == {"slow": True}


async def test_errors_of_ours_reach_the_asker(buses: tuple[Bus, Bus]) -> None:
    one, other = buses

    async def answer(question: Message) -> Message:
        raise Conflict("the call has ended") if question["ours"] else ValueError("a defect")

    await other.answer("q", answer)
    with pytest.raises(Conflict, match="the call has ended"):
        await one.ask("q", {"ours": True})
    with pytest.raises(HuyingError) as raised:
        await one.ask("q", {"ours": False})
    assert raised.value.code == "internal-error"


async def test_nobody_answers(buses: tuple[Bus, Bus]) -> None:
    one, other = buses

    async def answer(_: Message) -> Message:
        await asyncio.Event().wait()
        return {}

    with pytest.raises(Unavailable):
        await one.ask("nobody", {})
    await other.answer("mute", answer)
    with pytest.raises(Unavailable):
        await one.ask("mute", {}, timeout_seconds=0.05)


async def test_nats_may_come_late_and_go_away(tmp_path: Path) -> None:
    server = EmbeddedNats(tmp_path / "nats")
    server.prepare()
    bus = NatsBus(server.url)
    heard: list[Message] = []

    async def listen(_: str, message: Message) -> None:
        heard.append(message)

    async def answer(question: Message) -> Message:
        return question

    assert not await bus.start(wait_seconds=0.05)
    await bus.subscribe("a", listen)
    await bus.answer("q", answer)
    await bus.publish("a", {"lost": True})
    with pytest.raises(Unavailable):
        await bus.ask("q", {})
    with running(server.program()):
        await until(lambda: bus.is_connected and bus._connected.is_set())
        assert await bus.ask("q", {"n": 1}) == {"n": 1}
    await until(lambda: not bus.is_connected)
    await bus.publish("a", {"n": 0})
    with pytest.raises(Unavailable):
        await bus.ask("q", {})
    with running(server.program()):
        await until(lambda: bus.is_connected)
        assert await bus.ask("q", {"n": 2}) == {"n": 2}
        await bus.publish("a", {"n": 3})
        await until(lambda: {"n": 3} in heard)
        await bus.close()
