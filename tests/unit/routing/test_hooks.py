"""Hooks are asked for real: expressions in their worker, and services that hang, die, lie and talk too much. Nothing ever hangs or raises
anything but HookFailed."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from huying.routing.hooks import cel_worker
from huying.routing.hooks.asking import FAILURES_BEFORE_REST, Hook, HookAsker, QueueHooks, Vocabulary
from huying.routing.hooks.expressions import Expressions
from huying.routing.hooks.services import HEADER_SIGNATURE, HEADER_TIME, Services, address_problem, signature_of
from huying.routing.hooks.words import HookAnswer, HookFailed
from huying.routing.rules.names import Named, Names

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SLOW = "a.map(b, a.map(c, a.map(d, a.map(e, a.map(f, a.map(g, a)))))).size()"
HUGE = "a.map(b, a.map(c, a.map(d, text + text + text)))"
MANY = {"a": list(range(60)), "text": "x" * 200}


# --- expressions ----------------------------------------------------------------------------------------------------------


@pytest.fixture
async def expressions() -> AsyncIterator[Expressions]:
    made = Expressions()
    yield made
    await made.close()


async def test_an_expression_gives_its_value(expressions: Expressions) -> None:
    value = await expressions.evaluate(
        "queue == 'x' && attributes.n != '' ? {'rank': 1} : {}", {"queue": "x", "attributes": {"n": "1"}}, 10
    )
    assert value == {"rank": 1}
    assert await expressions.evaluate("{}", {}, 10) == {}


@pytest.mark.parametrize("text", ["nobody + 1", "queue.x", "1 / 0", "timestamp('2026-01-01T00:00:00Z')", "a.map(b, text)", "{'a': "])
async def test_an_expression_that_fails_says_why(expressions: Expressions, text: str) -> None:
    with pytest.raises(HookFailed) as failed:
        await expressions.evaluate(text, {"queue": {}, "a": list(range(2000)), "text": "x" * 200}, 10)
    assert failed.value.reason == "error" and failed.value.message and "\n" not in failed.value.message


async def test_an_expression_that_takes_too_long_is_killed_and_the_next_is_answered(expressions: Expressions) -> None:
    assert await expressions.evaluate("1", {}, 10) == 1
    began = asyncio.get_running_loop().time()
    with pytest.raises(HookFailed) as failed:
        await expressions.evaluate(SLOW, MANY, 0.2)
    assert failed.value.reason == "time-out" and asyncio.get_running_loop().time() - began < 2
    assert await expressions.evaluate("2", {}, 10) == 2


async def test_an_expression_that_wants_all_memory_is_killed(expressions: Expressions) -> None:
    with pytest.raises(HookFailed):
        await expressions.evaluate(HUGE, MANY, 10)
    assert await expressions.evaluate("2", {}, 10) == 2


async def test_others_wait_no_longer_than_their_own_time(expressions: Expressions) -> None:
    assert await expressions.evaluate("1", {}, 10) == 1
    slow = asyncio.create_task(expressions.evaluate(SLOW, MANY, 1.0))
    await asyncio.sleep(0)
    with pytest.raises(HookFailed) as failed:
        await expressions.evaluate("1", {}, 0.1)
    assert failed.value.reason == "busy"
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    assert await expressions.evaluate("'after ' + 'all'", {}, 10) == "after all"


async def test_an_expression_is_checked_without_being_evaluated(expressions: Expressions) -> None:
    assert await expressions.check("nobody.knows + 1", 10) == ""
    assert "line 1, column" in await expressions.check("{'rank': ", 10)
    assert await expressions.check(" ", 10) and await expressions.check("1" * 5000, 10)


def test_the_worker_answers_line_by_line() -> None:
    lines = [
        {"n": 1, "expression": "a + 1", "variables": {"a": 1}},
        {"n": 2, "expression": "a +"},
        {"n": 3, "expression": "b", "variables": {}},
    ]
    written: list[str] = []
    alarms: list[float] = []
    cel_worker.serve(io.StringIO("".join(json.dumps(line) + "\n" for line in lines)), written.append, alarms.append)
    first, second, third = map(json.loads, written)
    assert first == {"n": 1, "value": 2} and "line 1" in second["error"] and third["error"]
    assert alarms == [cel_worker.ALARM_SECONDS, 0.0] * 3


# --- services -------------------------------------------------------------------------------------------------------------

Behaviour = Callable[[bytes, asyncio.StreamWriter], object]


@asynccontextmanager
async def service(behave: Behaviour) -> AsyncIterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A service that reads a request and then behaves; gives its address and what it was asked."""
    asked: list[tuple[dict[str, str], bytes]] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines()[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            asked.append((headers, body))
            done = behave(body, writer)
            if asyncio.iscoroutine(done):
                await done
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/route", asked
    finally:
        server.close()
        await server.wait_closed()


def says(status: str, body: bytes, *more: str) -> Behaviour:
    def behave(_: bytes, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *more, "", ""]
        writer.write("\r\n".join(lines).encode() + body)

    return behave


async def hangs(_: bytes, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(1.0)


async def trickles(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    for _ in range(10):
        writer.write(b"{")
        await writer.drain()
        await asyncio.sleep(0.1)


def dies(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


def dies_in_the_middle(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"rank"')


async def pours(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100):
        writer.write(b"2000\r\n" + b" " * 0x2000 + b"\r\n")
        await writer.drain()


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    made = Services(lambda: NOW)
    yield made
    await made.close()


async def test_a_service_is_asked_in_signed_json(services: Services) -> None:
    async with service(says("200 OK", b'{"rank": 3}')) as (address, asked):
        assert await services.ask(address, b"secret", {"queue": "服务"}, 5) == {"rank": 3}
        assert await services.ask(address, b"", {}, 5) == {"rank": 3}
    (headers, body), (unsigned, _) = asked
    assert json.loads(body) == {"queue": "服务"} and headers["content-type"] == "application/json"
    sent_at = headers[HEADER_TIME.lower()]
    assert sent_at == str(int(NOW.timestamp())) and headers[HEADER_SIGNATURE.lower()] == signature_of(b"secret", sent_at, body)
    assert HEADER_SIGNATURE.lower() not in unsigned


async def test_a_service_may_have_no_opinion(services: Services) -> None:
    async with service(lambda _, writer: writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")) as (address, _):
        assert await services.ask(address, b"", {}, 5) == {}


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (hangs, "time-out"),
        (trickles, "time-out"),
        (dies, "unreachable"),
        (dies_in_the_middle, "unreachable"),
        (pours, "too-large"),
        (says("500 Oops", b"{}"), "status"),
        (says("302 Found", b"", "Location: http://127.0.0.1:9/"), "status"),
        (says("200 OK", b"<html>"), "not-json"),
        (says("200 OK", b"[" * 60_000), "not-json"),
        (says("200 OK", b"\xff\xfe"), "not-json"),
        (lambda _, writer: writer.write(b"SIP/2.0 200 OK\r\n\r\n"), "unreachable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_service_that_misbehaves(services: Services, behave: Behaviour, reason: str) -> None:
    async with service(behave) as (address, asked):
        with pytest.raises(HookFailed) as failed:
            await services.ask(address, b"secret", {"queue": "x"}, 0.4)
    assert failed.value.reason == reason and failed.value.message and len(asked) == 1


async def test_a_service_that_is_not_there(services: Services) -> None:
    async with service(dies) as (address, _):
        pass
    for nowhere in (address, "http://nowhere.invalid/", "http://127.0.0.1:1/ /"):
        with pytest.raises(HookFailed) as failed:
            await services.ask(nowhere, b"", {}, 3)
        assert failed.value.reason == "unreachable"


def test_addresses() -> None:
    assert not address_problem("https://example.test/route?x=1") and not address_problem("http://10.0.0.1:8080")
    for address in (
        "",
        "example.test",
        "ftp://example.test",
        "file:///etc/passwd",
        "http://",
        "http://a:b@c/",
        "http://c:0/",
        "http://c:x/",
        "http://[",
    ):
        assert address_problem(address), address


# --- asking a queue's hook ------------------------------------------------------------------------------------------------


class Played:
    """An Asker that does as it is told."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.asked = 0

    async def ask(self, hook: Hook, question: object) -> object:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else {}
        if isinstance(answer, Exception):
            raise answer
        return answer


HOOK = Hook("q", "b", "expression", expression="{}")
WORDS = {"b": Vocabulary(Names(queues=(Named("q2", "product"),)), {"8001": "a1"})}


async def test_answers_are_read_by_the_words_of_the_business() -> None:
    played, hooks = Played(), QueueHooks(Played())
    hooks = QueueHooks(played)
    assert not hooks.has("q") and await hooks.ask("q", {}) == HookAnswer() and not played.asked
    hooks.configure({"q": HOOK}, WORDS)
    played.answers = [{"queue": "product", "agent": "8001"}]
    assert hooks.has("q") and await hooks.ask("q", {}) == HookAnswer("q2", agent_id="a1")


async def test_whatever_goes_wrong_is_a_hook_that_failed() -> None:
    played = Played()
    hooks = QueueHooks(played)
    hooks.configure({"q": HOOK}, WORDS)
    played.answers = [RuntimeError("a fault of ours"), HookFailed("time-out", "slow"), {"queue": "nowhere"}]
    for reason in ("error", "time-out", "bad-answer"):
        with pytest.raises(HookFailed) as failed:
            await hooks.ask("q", {})
        assert failed.value.reason == reason


async def test_a_hook_that_fails_again_and_again_rests() -> None:
    played, clock = Played(), [100.0]
    hooks = QueueHooks(played, lambda: clock[0])
    hooks.configure({"q": HOOK}, WORDS)

    async def reason() -> str:
        try:
            await hooks.ask("q", {})
        except HookFailed as failed:
            return failed.reason
        return ""

    played.answers = [HookFailed("status", "no")] * (FAILURES_BEFORE_REST + 1)
    assert [await reason() for _ in range(FAILURES_BEFORE_REST + 2)] == ["status"] * FAILURES_BEFORE_REST + ["resting"] * 2
    clock[0] += 11
    assert [await reason(), await reason(), played.asked] == ["status", "resting", FAILURES_BEFORE_REST + 1]
    clock[0] += 11
    assert [await reason(), await reason()] == ["", ""]
    played.answers = [HookFailed("status", "no")] * FAILURES_BEFORE_REST
    assert [await reason() for _ in range(FAILURES_BEFORE_REST + 1)][-1] == "resting"
    hooks.configure({"q": HOOK}, WORDS)
    assert await reason() == "resting"
    hooks.configure({"q": Hook("q", "b", "expression", expression="{} ")}, WORDS)
    assert await reason() == ""


async def test_both_kinds_for_real() -> None:
    asker = HookAsker()
    hooks = QueueHooks(asker, prepare=asker.prepare)
    async with service(says("200 OK", b'{"head_start_seconds": 60}')) as (address, _):
        by_expression = Hook("e", "b", "expression", expression="customer_class == 'vip' ? {'rank': 2} : {}", timeout_ms=10_000)
        hooks.configure({"e": by_expression, "s": Hook("s", "b", "service", address=address, timeout_ms=5000)}, {})
        assert (await hooks.ask("e", {"customer_class": "vip"})).rank == 2
        assert (await hooks.ask("s", {})).head_start_seconds == 60
    await asker.close()
