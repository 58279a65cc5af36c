"""A change of the business's settings: one transaction, its act in the journal, and word to the other processes after the commit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.admin.events import SettingsChanged
from huying.foundation.http import Caller, Ground

CONFIGURATION_SUBJECT = "config.changed"


@dataclass(slots=True)
class Change:
    """The transaction, and what was done in it."""

    session: AsyncSession
    business_id: str
    done: list[tuple[str, str]] = field(default_factory=list)

    def note(self, thing_id: str, action: str) -> None:
        """A thing was `made`, `changed` or `removed`."""
        self.done.append((thing_id, action))


@asynccontextmanager
async def changing(ground: Ground, caller: Caller, what: str) -> AsyncIterator[Change]:
    """Change things of the kind `what` (a table's name). What is noted is journalled in the same transaction."""
    async with ground.database.business(caller.business_id) as session:
        change = Change(session, caller.business_id)
        yield change
        for thing_id, action in change.done:
            await journal_act(session, caller.business_id, SettingsChanged(caller.person_id, what, thing_id, action), ground.clock())
    await ground.bus.publish(CONFIGURATION_SUBJECT, {"business_id": caller.business_id, "what": what})
