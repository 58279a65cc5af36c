"""How the changes of rules for callers and of classes of customers are read and put back."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.rows import RowThing
from huying.admin.changes.thing import State
from huying.crm.callers.model import CallerRuleRow, CustomerClassRow
from huying.crm.callers.service import refuse_same

EFFECT_NAMES = {"vip": ("优先", "VIP"), "blocked": ("黑名单", "Blocked"), "green": ("绿色通道", "Green channel")}


class RuleThing(RowThing):
    """A rule for callers, called by its effect and value."""

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing. Raises RuleTaken."""
        if state is not None:
            await refuse_same(session, thing_id, state["matches"], state["value"], state["effect"])
        await super().write(session, business_id, thing_id, state)

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.scalars(select(CallerRuleRow).where(CallerRuleRow.id.in_(thing_ids)))
        return {row.id: _name(row) for row in rows}


def _name(row: CallerRuleRow) -> dict[str, str]:
    chinese, english = EFFECT_NAMES[row.effect]
    return {"zh-CN": f"{chinese} {row.value}".strip(), "en": f"{english} {row.value}".strip()}


THINGS = (RuleThing(CallerRuleRow, "queues.manage"), RowThing(CustomerClassRow, "queues.manage"))
