"""What a wing tells about a kind of thing whose changes are kept, and where the kinds are found.

A wing puts its kinds into a module `things.py` as `THINGS`, a tuple of `Thing`; they are found by the name of the room.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.rooms import load_rooms

State = Mapping[str, Any]
"""A thing as it stands, as JSON. What may be changed independently of the rest has a field of its own; objects in it are compared key by
key, one level deep. Fields whose names begin with `sealed_` are kept but never shown."""
SEALED = "sealed_"


class Thing(Protocol):
    """One kind of thing."""

    @property
    def what(self) -> str:
        """The kind: the table's name."""

    @property
    def permission(self) -> str:
        """What one must be allowed to, to undo a change of it."""

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """The thing as it stands; None when there is none."""

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """Bring the thing to this state, and make it if it is not there; None: it is to be gone.

        Whatever the history knows by its id is not deleted but becomes inactive. Raises what changing it raises.
        """

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """What people call these things: id -> language -> name. Whatever is not there is left out."""


@cache
def things() -> Mapping[str, Thing]:
    """All kinds, by `what`."""
    found: dict[str, Thing] = {}
    for room in load_rooms("things"):
        for thing in room.THINGS:
            if thing.what in found:
                raise ValueError(f"two wings keep the changes of {thing.what!r}")
            found[thing.what] = thing
    return found
