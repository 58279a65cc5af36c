"""Asks outside HTTP services: one POST with JSON, signed, within a time, no redirects, a small answer. Knows nothing of what it means."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from huying.foundation.clock import Clock, utc_now
from huying.routing.hooks.words import HookFailed

ANSWER_BYTES = 64 * 1024
CONNECTIONS = 50
HEADER_TIME = "X-Huying-Time"
HEADER_SIGNATURE = "X-Huying-Signature"


def signature_of(secret: bytes, sent_at: str, body: bytes) -> str:
    """What the service compares: `sha256=` and HMAC-SHA256 of the secret over time, a full stop, and the body."""
    return "sha256=" + hmac.new(secret, sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()


def address_problem(address: str) -> str:
    """What is wrong with the address of a service; empty when nothing is."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "this is not an address"
    if parts.scheme not in ("http", "https"):
        return "the address begins with https:// or http://"
    if not parts.hostname or port == 0:
        return "the address has no host"
    if parts.username or parts.password:
        return "put no name or password into the address: requests are signed with the secret"
    return ""


class Services:
    """A client for all services; `close` at the end."""

    def __init__(self, clock: Clock = utc_now) -> None:
        limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS // 5)
        self._client = httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=None, limits=limits)  # noqa: S113
        self._clock = clock

    async def ask(self, address: str, secret: bytes, question: Mapping[str, object], seconds: float) -> object:
        """The service's answer. Raises HookFailed: time-out, unreachable, status, too-large, not-json."""
        try:
            async with asyncio.timeout(seconds):
                return await self._post(address, secret, json.dumps(question, ensure_ascii=False).encode())
        except TimeoutError:
            raise HookFailed("time-out", f"The service did not answer within {seconds * 1000:.0f} ms.") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise HookFailed("unreachable", f"The service cannot be reached: {type(error).__name__}.") from error

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _post(self, address: str, secret: bytes, body: bytes) -> object:
        sent_at = str(int(self._clock().timestamp()))
        headers = {"Content-Type": "application/json", "Accept": "application/json", HEADER_TIME: sent_at}
        if secret:
            headers[HEADER_SIGNATURE] = signature_of(secret, sent_at, body)
        async with self._client.stream("POST", address, content=body, headers=headers) as answer:
            if answer.status_code == httpx.codes.NO_CONTENT:
                return {}
            if answer.status_code != httpx.codes.OK:
                raise HookFailed("status", f"The service answered with status {answer.status_code}.")
            read = b""
            async for piece in answer.aiter_bytes():
                read += piece
                if len(read) > ANSWER_BYTES:
                    raise HookFailed("too-large", f"The answer is larger than {ANSWER_BYTES // 1024} KiB.")
        try:
            return json.loads(read)
        except (ValueError, RecursionError):
            raise HookFailed("not-json", "The answer is not JSON.") from None
