"""Whoever watches is looked at again and again, whatever went wrong in one look."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from fastapi import WebSocket

from huying.foundation.errors import NotSignedIn
from huying.web.live import endpoint
from huying.web.live.connection import FeedConnection
from huying.web.live.endpoint import LiveFeed
from huying.web.live.hub import Viewer


class Feed:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()

    def revise(self, _viewer: Viewer) -> None:
        raise AssertionError("nobody was found")

    def end(self, _code: int) -> None:
        self.ended.set()


async def test_a_look_that_fails_is_not_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter([ValueError("something nobody thought of"), NotSignedIn()])

    async def find_caller(_websocket: WebSocket) -> None:
        raise next(looks)

    monkeypatch.setattr(endpoint, "find_caller", find_caller)
    monkeypatch.setattr(endpoint, "LOOK_AGAIN_SECONDS", 0.01)
    feed = Feed()
    live = LiveFeed.__new__(LiveFeed)
    watcher = asyncio.create_task(live._keep_looking(cast("WebSocket", None), cast("FeedConnection", feed), asyncio.Event()))
    async with asyncio.timeout(20):
        await feed.ended.wait()
        await watcher
