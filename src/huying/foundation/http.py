"""What every route has at hand: the database, the bus, the clock, and the caller. Types and FastAPI dependencies; no routes, no statuses.

`web` puts a Ground into `app.state.ground`; `admin` finds out who calls.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Path
from starlette.requests import HTTPConnection

from huying.foundation.bus.port import Bus
from huying.foundation.clock import Clock, utc_now
from huying.foundation.database import Database
from huying.foundation.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Ground:
    """What the house stands on, for routes."""

    database: Database
    bus: Bus
    clock: Clock = utc_now
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """The person who makes the request, and in which business."""

    business_id: str
    person_id: str
    session_id: str
    roles: tuple[str, ...]
    permissions: frozenset[str]
    language: str
    login: str = field(default="", repr=False)
    name: str = field(default="", repr=False)

    def may(self, permission: str) -> bool:
        """Has the person this permission?"""
        return permission in self.permissions

    def must(self, permission: str) -> None:
        """Raise Forbidden unless the person has this permission."""
        if permission not in self.permissions:
            raise Forbidden(f"this needs the permission {permission}: ask an administrator")


def ground(connection: HTTPConnection) -> Ground:
    """The ground of the application."""
    found = connection.app.state.ground
    assert isinstance(found, Ground)
    return found


IdPath = Annotated[str, Path(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""An id in a path."""

GroundOf = Annotated[Ground, Depends(ground)]
