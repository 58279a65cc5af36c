"""How the changes of rules for callers and of classes of customers are read and put back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.thing import State
from huying.crm.callers.model import CallerRuleRow, CustomerClassRow
from huying.crm.callers.service import refuse_same

RULE = ("matches", "value", "effect", "rank", "head_start_seconds", "agent_id", "seconds", "reason")
CLASS = ("code", "name", "rank", "head_start_seconds")
EFFECT_NAMES = {"vip": ("优先", "VIP"), "blocked": ("黑名单", "Blocked"), "green": ("绿色通道", "Green channel")}


class RuleThing:
    """A rule for callers."""

    what = "caller_rule"
    permission = "queues.manage"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(CallerRuleRow, thing_id, populate_existing=True)
        if row is None:
            return None
        times = {"until": row.until and row.until.isoformat(), "created_at": row.created_at.isoformat()}
        return {**{name: getattr(row, name) for name in RULE}, **times}

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(CallerRuleRow, thing_id)
        if state is None:
            if row is not None:
                await session.delete(row)
        else:
            await refuse_same(session, thing_id, state["matches"], state["value"], state["effect"])
            row = row or CallerRuleRow(id=thing_id, business_id=business_id)
            for name in RULE:
                setattr(row, name, state[name])
            row.until = datetime.fromisoformat(state["until"]) if state["until"] else None
            row.created_at = datetime.fromisoformat(state["created_at"])
            session.add(row)
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.scalars(select(CallerRuleRow).where(CallerRuleRow.id.in_(thing_ids)))
        return {
            row.id: {language: f"{EFFECT_NAMES[row.effect][column]} {row.value}".strip() for column, language in enumerate(("zh-CN", "en"))}
            for row in rows
        }


class ClassThing:
    """A class of customers; without a row it is as usual."""

    what = "customer_class"
    permission = "queues.manage"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(CustomerClassRow, thing_id, populate_existing=True)
        return {name: getattr(row, name) for name in CLASS} if row else None

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(CustomerClassRow, thing_id)
        if state is None:
            if row is not None:
                await session.delete(row)
        else:
            row = row or CustomerClassRow(id=thing_id, business_id=business_id)
            for name in CLASS:
                setattr(row, name, state[name])
            session.add(row)
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.scalars(select(CustomerClassRow).where(CustomerClassRow.id.in_(thing_ids)))
        return {row.id: row.name for row in rows}


THINGS = (RuleThing(), ClassThing())
