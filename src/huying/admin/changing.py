"""A change of the business's settings: one transaction, its act in the journal, and word to the other processes after the commit.

Of kinds that a wing's `things.py` knows, each change is kept with its before and after, and can be undone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.service import Step, keep, lock_changes
from huying.admin.changes.thing import State, things
from huying.foundation.http import Caller, Ground

CONFIGURATION_SUBJECT = "config.changed"


@dataclass(slots=True)
class Change:
    """The transaction, and what was done in it."""

    session: AsyncSession
    business_id: str
    what: str
    done: dict[tuple[str, str], str] = field(default_factory=dict)
    """(what, id) -> action"""
    before: dict[tuple[str, str], State | None] = field(default_factory=dict)

    async def begin(self, thing_id: str, what: str = "") -> None:
        """Say that this thing is about to be changed or removed, or perhaps made; before anything is changed."""
        key = (what or self.what, thing_id)
        if key not in self.before and key[0] in things():
            self.before[key] = await things()[key[0]].read(self.session, thing_id)

    async def begin_found(self, ids: Select[str]) -> None:
        """Begin the things whose ids this finds."""
        for thing_id in await self.session.scalars(ids):
            await self.begin(thing_id)

    def note(self, thing_id: str, action: str, what: str = "") -> None:
        """A thing was `made`, `changed` or `removed`. Raises AssertionError when one that was there was not begun."""
        key = (what or self.what, thing_id)
        assert action == "made" or key in self.before or key[0] not in things(), "begin the change before you make it"
        self.done[key] = action


@asynccontextmanager
async def changing(ground: Ground, caller: Caller, what: str) -> AsyncIterator[Change]:
    """Change things of the kind `what` (a table's name). What is noted is kept and journalled in the same transaction."""
    async with ground.database.business(caller.business_id) as session:
        await lock_changes(session, caller.business_id)
        change = Change(session, caller.business_id, what)
        yield change
        await session.flush()
        steps = [await _step(change, kind, thing_id, action) for (kind, thing_id), action in change.done.items()]
        await keep(session, caller.business_id, caller.person_id, ground.clock(), steps)
    await ground.bus.publish(CONFIGURATION_SUBJECT, {"business_id": caller.business_id, "what": what})


async def _step(change: Change, kind: str, thing_id: str, action: str) -> Step:
    thing = things().get(kind)
    after = await thing.read(change.session, thing_id) if thing else None
    return Step(kind, thing_id, action, change.before.get((kind, thing_id)), after)
