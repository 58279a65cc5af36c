"""Cross-site writes and long bodies are refused; every answer carries the strict headers."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI, Request
from pydantic import BaseModel

from huying.foundation.errors import Conflict, HuyingError, TooMany
from huying.telephony.port import Gone
from huying.web.errors import mount_errors, status_of
from huying.web.security import ANSWER_HEADERS, LONGEST_BODY, GuardedApp


class Body(BaseModel):
    number: int


def client() -> httpx.AsyncClient:
    app = FastAPI()
    mount_errors(app)

    @app.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.post("/valid")
    async def valid(body: Body) -> int:
        return body.number

    @app.get("/breaks")
    async def breaks() -> None:
        raise RuntimeError("a secret")

    @app.get("/many")
    async def many() -> None:
        raise TooMany(retry_after_seconds=7)

    transport = httpx.ASGITransport(GuardedApp(app, frozenset({"https://site.example"})), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://centre.example")


@pytest.mark.parametrize(
    ("origin", "status"),
    [(None, 200), ("http://centre.example", 200), ("https://site.example", 200), ("http://evil.example", 403), ("null", 403)],
)
async def test_origin_of_writes(origin: str | None, status: int) -> None:
    async with client() as http:
        answer = await http.post("/echo", content=b"x", headers={"Origin": origin} if origin else {})
    assert answer.status_code == status
    assert all(answer.headers[name] == value for name, value in ANSWER_HEADERS.items())


async def test_long_bodies_are_refused_with_and_without_a_length() -> None:
    async def stream():  # type: ignore[no-untyped-def]
        for _ in range(LONGEST_BODY // 50_000 + 2):
            yield b"x" * 50_000

    async with client() as http:
        assert (await http.post("/echo", content=b"x" * (LONGEST_BODY + 1))).status_code == 413
        assert (await http.post("/echo", content=stream())).status_code >= 400


async def test_errors_have_one_form_and_unknown_ones_tell_nothing() -> None:
    async with client() as http:
        invalid = (await http.post("/valid", json={"number": "x"})).json()["error"]
        assert invalid["code"] == "invalid-input"
        assert invalid["details"]["fields"][0]["field"] == "body.number"
        broken = await http.get("/breaks")
        assert broken.status_code == 500
        assert "secret" not in broken.text
        assert (await http.get("/nowhere")).json()["error"]["code"] == "not-found"
        many = await http.get("/many")
        assert (many.status_code, many.headers["retry-after"]) == (429, "7")


def test_status_is_that_of_the_nearest_kind() -> None:
    assert status_of(Gone()) == 404
    assert status_of(Conflict()) == 409
    assert status_of(HuyingError()) == 500
