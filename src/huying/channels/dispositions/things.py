"""How the changes of dispositions, and of what queues ask of the desk, are read and put back."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.rows import RowThing
from huying.admin.changes.thing import State
from huying.channels.dispositions.model import DispositionRow, QueueDeskRow
from huying.channels.dispositions.service import check_tree


class DispositionThing(RowThing):
    """A disposition: put back only where the tree stays one."""

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing. Raises InvalidInput."""
        await super().write(session, business_id, thing_id, state)
        await check_tree(session)


THINGS = (
    DispositionThing(DispositionRow, "queues.manage"),
    RowThing(QueueDeskRow, "queues.manage", key="queue_id", name=""),
)
