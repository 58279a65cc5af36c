"""How the changes of hooks are read and put back; the id is the queue's. The secret is kept as the vault sealed it."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.thing import State
from huying.routing.hooks.model import RoutingHookRow
from huying.routing.model import QueueRow

FIELDS = ("kind", "expression", "address", "timeout_ms", "active")


class HookThing:
    """A queue's hook."""

    what = "routing_hook"
    permission = "settings.manage"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(RoutingHookRow, thing_id, populate_existing=True)
        if row is None:
            return None
        return {**{name: getattr(row, name) for name in FIELDS}, "sealed_secret": base64.b64encode(row.secret).decode()}

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(RoutingHookRow, thing_id)
        if state is None:
            if row is not None:
                await session.delete(row)
        else:
            row = row or RoutingHookRow(queue_id=thing_id, business_id=business_id)
            for name in FIELDS:
                setattr(row, name, state[name])
            row.secret = base64.b64decode(state["sealed_secret"])
            session.add(row)
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.execute(select(QueueRow.id, QueueRow.name).where(QueueRow.id.in_(thing_ids)))
        return {row.id: row.name for row in rows}


THINGS = (HookThing(),)
