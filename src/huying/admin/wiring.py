"""What administration's routes need besides the ground; bootstrap makes it and puts it into `app.state.admin` and `app.state.sessions`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import HTTPConnection

from huying.admin.passwords import Passwords
from huying.admin.sessions import Sessions
from huying.admin.sign_in import SignIn
from huying.foundation.http import Caller, Ground

AgentOf = Callable[[Caller], Awaitable[Mapping[str, Any] | None]]
"""Routing's answer to: is this person an agent? Gives {extension, queues} or None."""


async def no_agent(_: Caller) -> None:
    """Nobody is an agent: for an administration without routing."""


@dataclass(frozen=True, slots=True)
class Admin:
    """Administration's parts."""

    passwords: Passwords
    sessions: Sessions
    sign_in: SignIn
    agent_of: AgentOf = no_agent


def make_admin(ground: Ground, agent_of: AgentOf = no_agent, passwords: Passwords | None = None) -> Admin:
    """Administration on this ground."""
    passwords = passwords or Passwords()
    sessions = Sessions(ground.database, ground.clock)
    return Admin(passwords, sessions, SignIn(ground.database, sessions, passwords, ground.clock, demo=ground.demo), agent_of)


def admin_parts(connection: HTTPConnection) -> Admin:
    """Administration's parts of this application."""
    found = connection.app.state.admin
    assert isinstance(found, Admin)
    return found


AdminParts = Annotated[Admin, Depends(admin_parts)]
