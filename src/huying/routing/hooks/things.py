"""How the changes of hooks are read and put back; the id is the queue's. The secret is kept as the vault sealed it, and not shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.rows import RowThing
from huying.routing.hooks.model import RoutingHookRow
from huying.routing.model import QueueRow


class HookThing(RowThing):
    """A queue's hook, called as its queue."""

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.execute(select(QueueRow.id, QueueRow.name).where(QueueRow.id.in_(thing_ids)))
        return {row.id: row.name for row in rows}


THINGS = (HookThing(RoutingHookRow, "settings.manage", key="queue_id", name=""),)
