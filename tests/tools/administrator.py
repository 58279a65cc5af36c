"""The administrator of the sample business, by the API: sets queues and rules as the pages do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from house import House
from in_force import in_force


class Administrator:
    """One signed-in person who may set everything."""

    def __init__(self, client: httpx.AsyncClient, house: House) -> None:
        self._client, self._house = client, house

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer's JSON; fails on any refusal. What was changed is in force."""
        answer = await self._client.request(method, path, json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        if method != "GET":
            await in_force(self._house)
        return answer.json() if answer.content else None

    async def send(self, path: str, data: bytes, media_type: str) -> Any:
        """Send a file; the answer's JSON."""
        answer = await self._client.post(path, content=data, headers={"content-type": media_type})
        assert answer.is_success, f"POST {path}: {answer.status_code} {answer.text}"
        return answer.json()

    async def queue(self, code: str) -> dict[str, Any]:
        """A queue as it is."""
        return next(queue for queue in (await self.ask("GET", "/api/queues"))["items"] if queue["code"] == code)

    @asynccontextmanager
    async def queue_with(self, code: str, **fields: object) -> AsyncIterator[dict[str, Any]]:
        """Another rule for a queue, for a while."""
        before = await self.queue(code)
        yield await self.ask("PATCH", f"/api/queues/{before['id']}", fields)
        await self.ask("PATCH", f"/api/queues/{before['id']}", {name: before[name] for name in fields})


@asynccontextmanager
async def administrator(house: House, login: str = "admin") -> AsyncIterator[Administrator]:
    """Signed in until the end."""
    async with httpx.AsyncClient(base_url=house.address, verify=False, timeout=30, headers={"Origin": house.address}) as client:
        (await client.post("/api/session", json={"login": login, "password": house.password})).raise_for_status()
        client.headers["X-CSRF-Token"] = client.cookies["huying_csrf"]
        yield Administrator(client, house)
        await client.delete("/api/session")
