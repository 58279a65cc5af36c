"""The reasons an agent may give for not taking what rings: the usual ones, and what a business made of them. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.routing.model import RefusalReasonRow


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """A reason; one that is not active is offered no more, but the history knows its name."""

    code: str
    name: Mapping[str, str]
    position: int
    active: bool = True


_NAMES = {
    "busy": ("正在处理其他工作", "at other work"),
    "equipment": ("设备故障", "equipment fails"),
    "language": ("语言不通", "another language"),
    "subject": ("不是我的业务", "not my subject"),
    "pause": ("即将休息", "about to pause"),
    "other": ("其他原因", "another reason"),
}
USUAL = {code: RefusalReason(code, {"zh-CN": zh, "en": en}, place) for place, (code, (zh, en)) in enumerate(_NAMES.items())}
"""What every business begins with. A row of the same code takes the place of one of them."""


async def refusal_reasons(session: AsyncSession) -> list[RefusalReason]:
    """All reasons of the session's business in their order, also those not in use."""
    rows = await session.scalars(select(RefusalReasonRow))
    own = {row.code: RefusalReason(row.code, row.name, row.position, row.active) for row in rows}
    return sorted({**USUAL, **own}.values(), key=lambda one: (one.position, one.code))


async def find_refusal_reason(session: AsyncSession, code: str) -> RefusalReasonRow | None:
    """What the business has said of this reason."""
    found: RefusalReasonRow | None = await session.scalar(select(RefusalReasonRow).where(RefusalReasonRow.code == code))
    return found


async def add_refusal_reason(session: AsyncSession, business_id: str, code: str, name: Mapping[str, str]) -> RefusalReasonRow:
    """A new one at the end, or a usual one, which keeps its place, in other words."""
    usual = USUAL.get(code)
    last = max(one.position for one in await refusal_reasons(session))
    row = RefusalReasonRow(business_id=business_id, code=code, name=dict(name), position=usual.position if usual else last + 1)
    session.add(row)
    await session.flush()
    return row
