"""The sample business's hours: the service line is open day and night, so that the demo works at any hour; one queue keeps office hours."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.hours import Hours, kept_week
from huying.admin.calendar.published import CHINA, countries, published
from huying.admin.calendar.service import make_schedule, put_holidays
from huying.sample.centre import names

DAY_AND_NIGHT = [[Hours("00:00", "24:00")]] * 7
OFFICE = [*[[Hours("09:00", "12:00"), Hours("13:00", "18:00")]] * 5, [Hours("09:00", "12:00")], []]
OF_QUEUE = {"general": "office"}
"""Queue -> schedule; the others have the service line's."""


async def add_schedules(session: AsyncSession, business_id: str, today: date) -> dict[str, str]:
    """Make the schedules and China's special days of this year, where they are known; code -> id."""
    service = {"name": dict(names("服务热线（全天）", "Service line (day and night)")), "follows_holidays": False}
    office = {"name": dict(names("办公时间", "Office hours"))}
    made = {
        "service": await make_schedule(session, business_id, "service", {**service, "weekly": kept_week(DAY_AND_NIGHT)}),
        "office": await make_schedule(session, business_id, "office", {**office, "weekly": kept_week(OFFICE)}),
    }
    if today.year <= countries()[CHINA].last_year:
        await put_holidays(session, business_id, None, published(CHINA, "", today.year, "zh-CN").drafts, CHINA)
    return {code: row.id for code, row in made.items()}
