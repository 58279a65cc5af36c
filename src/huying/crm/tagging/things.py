"""How the changes of tags are read and put back."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.rows import RowThing
from huying.admin.changes.thing import State
from huying.crm.tagging.model import TagRow
from huying.crm.tagging.service import refuse_taken


class TagThing(RowThing):
    """A tag. One that was removed comes back, but not on those who had it."""

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing. Raises TagTaken."""
        if state is not None:
            await refuse_taken(session, thing_id, state["name"])
        await super().write(session, business_id, thing_id, state)


THINGS = (TagThing(TagRow, "customers.manage"),)
