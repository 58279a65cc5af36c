"""The guard at every route: `requires("desk.use")` lets in whoever has the permission, `public()` lets in everybody, by intention.

A test walks all routes: one that declares neither is an error. Unsafe methods must carry the session's CSRF word.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIWebSocketRoute, iter_route_contexts
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from huying.admin.permissions import PERMISSIONS
from huying.admin.sessions import Sessions, csrf_token
from huying.foundation.errors import Forbidden, NotSignedIn
from huying.foundation.http import Caller

SESSION_COOKIE = "huying_session"
CSRF_COOKIE = "huying_csrf"
CSRF_HEADER = "x-csrf-token"
EMBED_COOKIE = "huying_embed"
EMBED_CSRF_COOKIE = "huying_embed_csrf"
"""Of a session inside another company's page; the two kinds may both be there where the pages are of one site."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfMissing(Forbidden):
    """The request does not carry this session's CSRF word: reload the page and try again."""

    code = "csrf-missing"


async def find_caller(connection: HTTPConnection) -> Caller:
    """Who calls, by the session's cookie. Raises NotSignedIn, CsrfMissing, Unavailable."""
    sessions = connection.app.state.sessions
    assert isinstance(sessions, Sessions)
    refused: NotSignedIn | CsrfMissing = NotSignedIn()
    for token in filter(None, (connection.cookies.get(name) for name in (SESSION_COOKIE, EMBED_COOKIE))):
        try:
            caller = await sessions.find(token)
            _must_repeat(connection, token)
        except (NotSignedIn, CsrfMissing) as error:
            refused = error
        else:
            return caller
    raise refused


def _must_repeat(connection: HTTPConnection, token: str) -> None:
    """Raise CsrfMissing unless an unsafe request repeats the word of this session."""
    if connection.scope["type"] != "http" or connection.scope["method"] in SAFE_METHODS:
        return
    given = connection.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode(), csrf_token(token).encode()):
        raise CsrfMissing


CallerOf = Annotated[Caller, Depends(find_caller)]
"""The caller, in a route that `requires` something."""


class Guard:
    """What a route demands. `permission` is None for a public route."""

    def __init__(self, permission: str | None) -> None:
        self.permission = permission


class _Requires(Guard):
    async def __call__(self, caller: CallerOf) -> Caller:
        assert self.permission
        caller.must(self.permission)
        return caller


class _Public(Guard):
    async def __call__(self) -> None:
        return None


@cache
def _required(permission: str) -> _Requires:
    if permission not in PERMISSIONS:
        raise ValueError(f"there is no permission {permission!r}")
    return _Requires(permission)


_PUBLIC = _Public(None)


def requires(permission: str) -> Any:
    """A dependency that lets in whoever has the permission, and gives the Caller. Raises NotSignedIn, Forbidden in the request."""
    return Depends(_required(permission))


def public() -> Any:
    """A dependency that says: this route is for everybody."""
    return Depends(_PUBLIC)


@dataclass(frozen=True, slots=True)
class GuardedRoute:
    """A route and the guards it declares; none is an error of the route. A WebSocket has no methods."""

    path: str
    methods: frozenset[str]
    guards: tuple[Guard, ...]


def guarded_routes(routes: Sequence[BaseRoute]) -> Iterator[GuardedRoute]:
    """Every route of an application (`app.routes`) with its guards, for the test that walks them."""
    for context in iter_route_contexts(routes):
        found = context.dependant if isinstance(context.original_route, APIRoute | APIWebSocketRoute) else None
        guards = tuple(guards_of(found)) if found else ()
        yield GuardedRoute(context.path or "", frozenset(context.methods or ()), guards)


def guards_of(dependant: Dependant) -> list[Guard]:
    """All guards of a route's dependencies."""
    found: list[Guard] = [dependant.call] if isinstance(dependant.call, Guard) else []
    return found + [guard for below in dependant.dependencies for guard in guards_of(below)]
