"""What every request must pass and every answer carries: same origin, a bounded body, and headers that keep browsers strict.

Sessions and permissions are the guard's; pages and their Content-Security-Policy are served by the edge.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from huying.foundation.errors import Forbidden
from huying.web.errors import error_body

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_BODY = 1_000_000
LONGER_BODIES = {"/api/sounds/files": 5_000_000, "/api/customer-imports": 64_000_000}
"""Paths to which more may be sent: files, read piece by piece."""

ANSWER_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Answers of the API are data: nothing in them may run, be framed or be kept. A route may set its own Cache-Control."""


def is_same_origin(headers: Headers, allowed: Iterable[str] = ()) -> bool:
    """Whether the Origin header names this host or one of the `allowed` origins; without it no browser called from another site."""
    origin = headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() or origin.rstrip("/") in allowed


class GuardedApp:
    """Refuses cross-site writes and long bodies, and adds the headers."""

    def __init__(self, app: ASGIApp, allowed_origins: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._allowed = allowed_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, pass on, and add the headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS and not is_same_origin(headers, self._allowed):
            await _refuse(send, 403, Forbidden.code, "This request came from another site's page.")
            return
        longest = LONGER_BODIES.get(scope["path"], LONGEST_BODY)
        if int(headers.get("content-length") or 0) > longest:
            await _refuse(send, 413, "too-large", "The request is too large.")
            return
        await self._app(scope, _bounded(receive, longest), _with_headers(send))


class BodyTooLong(Exception):
    """More came than may come."""


def _bounded(receive: Receive, longest: int) -> Receive:
    came = 0

    async def bounded() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > longest:
            raise BodyTooLong
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ANSWER_HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return adding


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    body = json.dumps(error_body(code, message)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await _with_headers(send)({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
