"""Colleagues, notices, requests for help, tasks and messages, pretended. Never part of the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
Ago = Callable[[float], str]
ME = "11111111-0000-7000-8000-000000000001"
PEOPLE = ("李秀英", "王伟", "张敏", "刘洋", "Alexandra Konstantinopoulos-Featherstonehaugh")
TEXTS = (
    "客户欧阳女士的洗衣机还在保修期内吗？序列号 CH-W9021-2231",
    "在，到明年三月。",
    "The part is in Hamburg and will need about two weeks; the customer knows, we call back when it has left.",
    "好的，我来回电话，谢谢 @李秀英",
)


def person(n: int) -> str:
    return f"a{n}" if n else ME


def message(n: int, room: str, ago: Ago) -> Row:
    return {
        **{"message_id": f"m{n}", "room_id": room, "number": n + 1, "person_id": person(n % 3), "at": ago(4000 - 300 * n)},
        **{"text": "" if n == 7 else TEXTS[n % 4], "erased": n == 7, "mentions": [ME] if n == 3 else []},
        **{"contact_id": "c1" if n == 0 else None, "customer_id": "k1" if n == 2 else None},
    }


def room(n: int, ago: Ago) -> Row:
    kind = ("group", "direct", "team", "direct", "group")[n]
    name: Any = (
        ""
        if kind == "direct"
        else {"zh-CN": "报修服务", "en": "Repair"}
        if kind == "team"
        else ("周末值班和备件", "Spare parts for the north")[n // 4]
    )
    people = [0, 1] if n == 1 else [0, 4] if n == 3 else [0, 1, 2, 3]
    last = 9 - n
    return {
        **{"room_id": f"r{n}", "kind": kind, "name": name, "group_id": None, "made_by": "a2" if n else ME, "revision": 1},
        **{
            "last": message(last, f"r{n}", ago),
            "last_number": last + 1,
            "read": last + 1 - (n % 3),
            "unread": n % 3,
            "mentions": int(n == 2),
        },
        "people": [{"person_id": person(k), "delivered": last + 1, "read": last + 1 - k} for k in people],
    }


def notice(n: int, ago: Ago) -> Row:
    title = ("今天 14 点起空调产品召回，请按话术答复", "Maintenance of the order system tonight from 22:00 to 23:30", "食堂菜单")[n]
    return {
        **{"notice_id": f"n{n}", "audience": ("all", "group", "queue")[n], "audience_id": (None, "g1", "q1")[n], "title": title},
        **{"text": "型号 CH-A3300，2024 年 3 月以前生产。客户可免费更换控制板。", "importance": "normal" if n else "confirm"},
        **{"made_by": "a2", "made_at": ago(600 + 900 * n), "ends_at": ago(-20000), "withdrawn_at": None},
        **{"read_at": ago(60) if n == 2 else None, "confirmed_at": None},
    }


def help_wanted(ago: Ago, state: str) -> Row:
    caller = {"name": "", "number": "+8613800138000", "customer_id": "k1", "customer_name": "欧阳明珠", "customer_class": "VIP"}
    taken = {"mine": (ME, PEOPLE[0]), "others": ("a3", PEOPLE[3])}.get(state, (None, ""))
    return {
        **{"help_id": f"h-{state}", "asked": [ME], "asked_at": ago(45), "asked_by": "a1", "asked_by_name": PEOPLE[1], "audience": "leads"},
        "contact": {
            **caller,
            "channel": "phone",
            "disposition": "",
            "note": "第三次来电，要求退货退款。",
            "warning": "情绪激动，已投诉过一次",
        },
        **{"contact_id": "c9", "queue_id": "q1", "talk_since": ago(410), "text": "客户要求退全款，可以答应吗？"},
        **{"taken_by": taken[0], "taken_by_name": taken[1], "taken_at": ago(5) if taken[0] else None, "ended_at": None, "ending": ""},
    }


def task(n: int, ago: Ago) -> Row:
    title = ("回访：洗衣机检修是否满意", "Send the invoice again to accounts@long-company-name.example", "联系物流确认送货时间")[n % 3]
    return {
        **{"id": f"t{n}", "kind": ("task", "reminder", "task")[n % 3], "title": title, "text": "上次约定周四上午。" if n % 2 == 0 else ""},
        **{
            "contact_id": "c1",
            "customer_id": "k1",
            "customer_name": ("欧阳明珠", "Margaret O'Brien", "")[n % 3],
            "state": "open",
            "result": "",
        },
        **{"created_at": ago(9000), "created_by": "a2", "created_by_name": PEOPLE[2], "done_at": None, "done_by": None, "priority": n % 3},
        **{"due_at": ago(3600 - 7200 * n), "remind_at": ago(30) if n == 1 else None},
        **{
            "person_id": ME if n % 2 == 0 else None,
            "person_name": PEOPLE[0] if n % 2 == 0 else "",
            "queue_id": None if n % 2 == 0 else "q1",
            "work": None,
        },
    }


def mailbox(n: int, ago: Ago) -> Row:
    return {
        **{
            "id": f"v{n}",
            "contact_id": f"c{20 + n}",
            "customer_id": "k1",
            "name": ("欧阳明珠", "", "Katharina Wolfeschlegelsteinhausen")[n % 3],
        },
        **{
            "number": f"+86138001300{n:02d}",
            "left_at": ago(2000 + 4000 * n),
            "seconds": 21.0 + 9 * n,
            "state": ("new", "heard", "done")[n % 3],
        },
        **{
            "note": "已回电" if n % 3 == 2 else "",
            "person_id": None if n % 2 else ME,
            "queue_id": "q1" if n % 2 else None,
            "left_by": None,
        },
        **{"taken_at": None, "taken_by": None, "done_at": ago(100) if n % 3 == 2 else None},
    }


def callback(n: int, ago: Ago) -> Row:
    return {
        **{"contact_id": f"c{40 + n}", "queue_id": f"q{n % 3 + 1}", "customer_id": None, "name": ("陈建国", "")[n % 2], "agent_id": None},
        **{"number": f"+86139000100{n:02d}", "by": ("queue", "web")[n % 2], "asked_at": ago(800 * n + 200), "expires_at": ago(-9000)},
        **{"state": ("waiting", "scheduled", "dialling")[n % 3], "place": n + 1 if n % 3 == 0 else None, "waiting_since": ago(900 * n)},
        **{
            "tries": n,
            "dials": n,
            "last_result": "no_answer" if n else "",
            "next_at": ago(-600) if n % 3 == 1 else None,
            "previous_contact_id": None,
        },
    }


def answer(path: str, phase: str, ago: Ago) -> Any:
    """The JSON of a GET of these parts; None for another path."""
    few = 0 if phase == "empty" else 40 if phase == "much" else 5
    if path == "/api/colleagues/people":
        return [
            {"person_id": person(n), "name": name, "extension": f"{8001 + n}", "groups": ["g1"], "leads": n == 3}
            for n, name in enumerate(PEOPLE)
        ]
    if path.startswith("/api/colleagues/rooms/"):
        items = [message(n, path.split("/")[4], ago) for n in range(min(few * 2, 60))]
        return {"items": items, "more": phase == "much"}
    if path.endswith("/readers"):
        rows = zip(PEOPLE, (ago(50), ago(20), None, None, None), (ago(40), None, None, None, None), strict=True)
        return [{"person_id": name, "name": name, "read_at": read, "confirmed_at": done} for name, read, done in rows]
    if path == "/api/tasks":
        return {"items": [task(n, ago) for n in range(few)], "total": few}
    if path == "/api/messages":
        return {"items": [mailbox(n, ago) for n in range(few)], "total": few}
    if path == "/api/callbacks":
        return {"items": [callback(n, ago) for n in range(few)], "total": few}
    if path.startswith("/api/desk/work/"):
        rest = {"holder_id": ME, "queue_id": "q1"}
        return {**rest, "contact_id": "w1", "subject": "task", "task": task(0, ago), "message": None}
    known: dict[str, Any] = {
        "/api/colleagues/rooms": [room(n, ago) for n in range(min(few, 5))],
        "/api/colleagues/search": [message(n, "r1", ago) for n in range(3)],
        "/api/notices": [notice(n, ago) for n in range(min(few, 3))],
        "/api/colleagues/audiences": {
            "groups": [{"id": "g1", "name": {"zh-CN": "报修服务", "en": "Repair"}}],
            "queues": [{"id": "q1", "name": {"zh-CN": "报修服务", "en": "Repair"}}],
            "skills": [],
        },
    }
    return known.get(path)


def rows(topic: str, phase: str, ago: Ago) -> dict[str, Any] | None:
    """The rows of a live topic of these parts; None for another topic."""
    if topic == "work":
        tasks = {f"task:t{n}": task(n, ago) for n in range(3)} if phase in ("work", "much") else {}
        messages = {f"message:v{n}": mailbox(n, ago) for n in range(2)} if phase in ("work", "much") else {}
        return {**tasks, **messages, "waiting": {"work": 2, "queue_messages": 2, "new_messages": 1, "new_queue_messages": 2}}
    if topic == "colleagues":
        rooms = {} if phase == "empty" else {f"room:r{n}": room(n, ago) for n in range(5)}
        notices = {f"notice:n{n}": notice(n, ago) for n in range(2)} if phase == "told" else {}
        helps = {f"help:{state}": help_wanted(ago, state) for state in ("open", "mine", "others")} if phase == "help" else {}
        return {**rooms, **notices, **helps}
    return None
