"""Pretended answers about hours: schedules, special days, closings; few, many with long names, or none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

NOW = datetime.now(UTC)
OFFICE = [{"day": day, "start": start, "end": end} for day in range(1, 6) for start, end in (("09:00", "12:00"), ("13:00", "18:00"))]
NIGHT = [{"day": day, "start": "22:00", "end": "06:00"} for day in (5, 6, 7)]
ALWAYS = [{"day": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]
LONG = (
    "东北亚海外客户售后服务与备件供应中心（含节假日值班）营业时间",
    "Overseas after-sales and spare parts supply centre for North-East Asia, with duty at holidays",
)


def schedule(number: int, code: str, names: tuple[str, str], weekly: list[dict[str, Any]], why: str = "", **more: Any) -> dict[str, Any]:
    state = {
        "open": not why,
        "why": why,
        "changes_at": (NOW + timedelta(hours=5)).isoformat() if code != "service" else None,
        "reason": "",
        "override": why == "emergency",
        "day": NOW.date().isoformat(),
        "day_kind": "holiday" if why == "holiday" else None,
        "day_name": "国庆节" if why == "holiday" else "",
        "hours": [{"start": "09:00", "end": "18:00"}],
    }
    own = {"id": f"s{number}", "code": code, "name": {"zh-CN": names[0], "en": names[1]}, "weekly": weekly, "state": state}
    return {"position": number, "active": True, "time_zone": "", "follows_holidays": True, "make_up_day": 1, **own, **more}


USUAL = [
    schedule(1, "office", ("办公时间", "Office hours"), OFFICE, "hours"),
    schedule(2, "service", ("服务热线（全天）", "Service line (day and night)"), ALWAYS, follows_holidays=False),
    schedule(3, "night", ("夜班", "Night shift"), [*OFFICE[:4], *NIGHT], "holiday"),
]
MANY = [
    schedule(4, "overseas", LONG, NIGHT, "emergency", time_zone="America/Argentina/Buenos_Aires"),
    *(schedule(5 + n, f"site-{n}", (f"第 {n} 服务网点", f"Service point {n}"), OFFICE, "hours", active=n < 9) for n in range(12)),
]


def days(year: int, many: bool) -> list[dict[str, Any]]:
    found = [(date(year, 10, day), "holiday", "国庆节", None) for day in range(1, 8)]
    found += [(date(year, 9, 20), "working", "国庆节", None), (date(year, 10, 10), "working", "国庆节", None)]
    found += [(date(year, 12, 31), "special", "年终盘点", [{"start": "09:00", "end": "12:00"}])]
    found += [(date(year, 1, 1), "holiday", "元旦", None)]
    if many:
        found += [(date(year, month, day), "holiday", LONG[1], None) for month in (2, 4, 5, 6) for day in range(3, 9)]
    rows = [{"day": day.isoformat(), "kind": kind, "name": name, "hours": own} for day, kind, name, own in sorted(found)]
    return [{**row, "schedule_id": None, "source": "CN"} for row in rows]


def closings(many: bool) -> list[dict[str, Any]]:
    person = {"id": "p1", "name": "孙秀英"}
    row = {"id": "c1", "schedule_id": None, "opens": False, "reason": "停电", "set_by": person, "lifted_at": None, "lifted_by": None}
    times = {"begins_at": NOW.isoformat(), "ends_at": (NOW + timedelta(hours=2)).isoformat(), "set_at": NOW.isoformat()}
    over = {**row, **times, "in_force": False, "ahead": False, "lifted_at": NOW.isoformat(), "lifted_by": person}
    now = [{**row, **times, "id": "c0", "reason": LONG[0], "in_force": True, "ahead": False}] if many else []
    return [*now, *({**over, "id": f"c{n}", "opens": n % 3 == 0} for n in range(1, 8))]


def page(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"items": items, "total": len(items)}


def answer(path: str, query: str, phase: str) -> Any:
    """The JSON of a GET, or None."""
    many, none = phase == "much", phase == "empty"
    if path == "/api/schedules":
        return page([] if none else [*USUAL, *(MANY if many else [])])
    if path == "/api/schedules/uses":
        names = [{"zh-CN": f"队列 {n} 维修", "en": f"Queue {n} repair"} for n in range(12 if many else 2)]
        queues = [{"id": f"q{n}", "code": "x", "name": name} for n, name in enumerate(names)]
        flow = [{"id": "f1", "code": "f", "name": {"zh-CN": "服务热线", "en": "Service line"}}]
        return page([{"schedule_id": "s1", "queues": queues, "flows": flow}])
    if path.startswith("/api/schedules/") and path.endswith("/state"):
        return USUAL[2]["state"]
    if path == "/api/holidays":
        year = int(query.partition("year=")[2][:4] or NOW.year)
        return page([] if none else days(year, many))
    if path == "/api/holidays/countries":
        return page([{"code": "CN", "first_year": 2004, "last_year": 2026, "parts": [], "make_up_days": True}])
    if path == "/api/closings":
        return page([] if none else closings(many))
    return None
