"""The sample business's ready-made notes, inserted by a slash and their key."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.notes.model import QuickNoteRow

QUICK_NOTES = (
    ("bx", "报修", "{customer} 报修，来电号码 {number}。故障现象：；已请客户断电等候。"),
    ("sm", "预约上门", "已与 {customer} 约定上门时间：；请师傅提前半小时电话联系 {number}。"),
    ("zb", "在保说明", "已说明保修期与收费标准，客户同意。"),
    ("hf", "需要回访", "处理后请回访 {customer}，确认是否恢复正常。"),
    ("visit", "Visit booked", "Visit agreed with {customer}: ; please call {number} half an hour before."),
)
"""Key, title, text with places that the desk fills in."""


def add_quick_notes(session: AsyncSession, business_id: str) -> None:
    """Make them, for everybody."""
    for position, (key, title, text) in enumerate(QUICK_NOTES):
        session.add(QuickNoteRow(business_id=business_id, person_id=None, key=key, title=title, text=text, position=position))
