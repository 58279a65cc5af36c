"""The socket to ARI against a small server of our own: answers, refusals, silence, floods, and the end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from huying.telephony.asterisk import ari
from huying.telephony.asterisk.ari import AriLost, AriRefused, AriSocket, path

Serve = Callable[[ServerConnection, dict[str, object]], Awaitable[None]]


@asynccontextmanager
async def socket_to(handle: Serve, greeting: tuple[dict[str, object], ...] = ()) -> AsyncIterator[AriSocket]:
    """A socket to a server that treats each request with `handle`."""

    async def connection(server: ServerConnection) -> None:
        for message in greeting:
            await server.send(json.dumps(message))
        async for text in server:
            await handle(server, json.loads(text))

    async with serve(connection, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        socket = await AriSocket.open(f"ws://127.0.0.1:{port}/ari/events", "user", "secret", "app")
        try:
            yield socket
        finally:
            await socket.close()


async def answer(server: ServerConnection, request: dict[str, object], status: int = 200, body: object = None) -> None:
    """What Asterisk would answer."""
    message = {"type": "RESTResponse", "request_id": request["request_id"], "status_code": status, "reason_phrase": "Reason"}
    await server.send(json.dumps(message | ({"message_body": json.dumps(body)} if body is not None else {})))


async def test_answers_find_their_requests_in_any_order() -> None:
    kept: list[dict[str, object]] = []

    async def handle(server: ServerConnection, request: dict[str, object]) -> None:
        kept.append(request)
        if len(kept) == 2:
            for one in reversed(kept):
                await answer(server, one, body={"uri": one["uri"]})

    async with socket_to(handle) as socket:
        first, second = await asyncio.gather(socket.request("GET", "a"), socket.request("POST", "b", {"x": 1}, {"y": 2}))
    assert (first, second) == ({"uri": "a"}, {"uri": "b"})
    assert kept[1]["query_strings"] == [{"name": "x", "value": "1"}]
    assert kept[1]["message_body"] == '{"y": 2}'


async def test_a_refusal_tells_status_and_reason() -> None:
    async def handle(server: ServerConnection, request: dict[str, object]) -> None:
        await answer(server, request, 404, {"message": "Channel not found"})

    async with socket_to(handle) as socket:
        with pytest.raises(AriRefused, match="404 Channel not found") as refused:
            await socket.request("DELETE", "channels/1")
    assert refused.value.status == 404


async def test_a_request_without_answer_ends_in_time() -> None:
    async def handle(_: ServerConnection, __: dict[str, object]) -> None:
        pass

    async with socket_to(handle) as socket:
        with pytest.raises(AriLost, match="no answer within"):
            await socket.request("GET", "hangs", seconds=0.05)


async def test_a_broken_socket_fails_what_waits_and_ends_the_events() -> None:
    async def handle(server: ServerConnection, _: dict[str, object]) -> None:
        await server.close()

    async with socket_to(handle, ({"type": "StasisStart"},)) as socket:
        with pytest.raises(AriLost):
            await socket.request("GET", "a")
        assert (await socket.events.get() or {})["type"] == "StasisStart"
        assert await socket.events.get() is None
        with pytest.raises(AriLost):
            await socket.request("GET", "b")


async def test_a_flood_ends_the_socket_instead_of_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari, "QUEUE_LIMIT", 3)

    async def handle(_: ServerConnection, __: dict[str, object]) -> None:
        pass

    async with socket_to(handle, tuple({"type": "Event", "number": n} for n in range(10))) as socket:
        await asyncio.wait_for(socket.closed.wait(), 30)
        assert "faster" in socket.reason


async def test_a_node_that_hangs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari, "PING_EVERY_SECONDS", 0.02)

    async def handle(_: ServerConnection, __: dict[str, object]) -> None:
        pass

    async with socket_to(handle) as socket:
        await asyncio.wait_for(socket.closed.wait(), 30)
        assert socket.reason == "no answer to pings"


async def test_nobody_there_is_told_without_the_secret() -> None:
    with pytest.raises(AriLost) as lost:
        await AriSocket.open("ws://127.0.0.1:1/ari/events", "user", "very-secret", "app")
    assert "very-secret" not in str(lost.value)


def test_parts_of_a_path_are_escaped() -> None:
    assert path("channels", "a/../b?c", "play") == "channels/a%2F..%2Fb%3Fc/play"
