"""How the changes of flows are read and put back: name and internal number. Versions of graphs are only ever added."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.rows import RowThing
from huying.admin.changes.thing import State
from huying.flows.model import FlowRow
from huying.routing.settings.internal_numbers import check_internal_number


class FlowThing(RowThing):
    """A flow, but for its graphs."""

    def __init__(self) -> None:
        super().__init__(FlowRow, "settings.manage")

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        if state is not None and state.get("internal_number"):
            await check_internal_number(session, state["internal_number"], thing_id)
        await super().write(session, business_id, thing_id, state)


THINGS = (FlowThing(),)
