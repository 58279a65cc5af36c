"""When an agent's telephone can be rung: it says so at the engine, and the calls' process hears of that a moment later."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping

from websockets.asyncio.client import connect

PATIENCE_SECONDS = 30


async def until_reachable(address: str, cookies: Mapping[str, str]) -> None:
    """Return when the live feed tells the agent with these cookies that his telephone is reachable."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    words = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    feed = address.replace("http", "ws", 1) + "/live"
    secured = trusting if feed.startswith("wss") else None
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        connect(feed, additional_headers=words, origin=address, ssl=secured, proxy=None) as socket,  # type: ignore[arg-type]
    ):
        await socket.send(json.dumps({"type": "subscribe", "id": "1", "topic": "me"}))
        agent: Mapping[str, object] = {}
        while not agent.get("reachable"):
            message = json.loads(await socket.recv())
            agent = (message.get("rows") or message.get("set") or {}).get("agent", agent)
