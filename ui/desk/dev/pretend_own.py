"""One's own calls, the address book and standard recordings, pretended. Never part of the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
LONG = "上海海川国际贸易进出口有限责任公司浦东分公司售后服务部"
KINDS = ("in", "missed", "out", "in", "internal", "missed", "in")


def call(n: int, ago: Callable[[float], str]) -> Row:
    kind = KINDS[n % len(KINDS)]
    missed = {"missed": ("timed_out", "no_answer")[n % 2]}.get(kind, "")
    colleague = {"agent_id": "a3", "name": "欧阳志强"} if kind == "internal" else None
    name = LONG if n == 3 else ("张伟", "Katharina Wolfeschlegelsteinhausen", "", "李娜")[n % 4]
    note = "" if kind == "missed" and n % 2 else ("滚筒异响，约定周四上午上门检修，配件已预订。", "", "Asked for the invoice again.")[n % 3]
    return {
        **{"contact_id": f"own{n}", "kind": kind, "at": ago(900 + 1400 * n), "missed": missed, "not_reached": "busy" if n == 2 else ""},
        **{"colleague": colleague, "channel": "phone", "state": "ended", "remote_number": "" if colleague else f"+861380013{n:04d}"},
        **{"remote_name": "", "customer_id": None, "customer_name": None if colleague else name or None, "number_called": "4008001234"},
        **{"queue_id": None if colleague else "q1", "ending": "answered", "talk_seconds": 61.0 + 37 * n, "hold_seconds": 0.0},
        **{"disposition": "", "note": note, "note_at": ago(600) if note else None, "written_later": n % 2 == 0, "other": None},
        **{"follow_up": None, "taken": {"agent_id": "a1", "name": "王伟", "at": ago(880)} if n % 7 == 1 else None},
        **{"recordings": [{"id": "r1", "seconds": 20.0}] if kind == "in" else []},
    }


def entry(n: int) -> Row:
    names = ("物流调度中心", "王经理（华东区备件仓库）", "Installation partner Hamburg GmbH & Co. KG", LONG)
    return {
        **{"id": f"e{n}", "scope": "company", "group_id": None, "name": names[n % 4], "organisation": ("海川物流", "", "")[n % 3]},
        **{"number": f"+862158761{n:03d}", "other_number": "" if n % 2 else "8099", "note": "工作日 9:00–18:00", "may_change": n % 2 == 0},
    }


def booked(n: int, phase: str, ago: Callable[[float], str]) -> Row:
    return {
        **{"contact_id": f"bc{n}", "state": ("waiting", "scheduled")[n > 0], "due_at": ago(-3600.0 * n), "number": f"+861380013{n:04d}"},
        **{"name": ("张伟", LONG, "")[n % 3], "customer_id": None, "queue_id": "q1", "booked_by": "a3", "booked_by_name": "欧阳志强"},
        **{
            "wanted_id": "a1",
            "mine": n % 2 == 0,
            "next_at": None,
            "tries": n % 3,
            "last_result": "",
            "previous_contact_id": ("c1" if n == 1 and phase == "holding" else None),
        },
    }


SOUNDS = [
    {
        **{"id": "s1", "code": "fees", "name": {"zh-CN": "上门收费标准", "en": "Fees of a visit"}, "queue_ids": ["q1"], "position": 0},
        **{"active": True, "versions": {"zh-CN": {"file": "0"}, "en": {"prompt": "system.goodbye"}}, "seconds": {"zh-CN": 42.0, "en": 3.1}},
    },
    {
        **{"id": "s2", "code": "privacy", "name": {"zh-CN": "个人信息保护声明", "en": "Data protection notice"}, "queue_ids": []},
        **{"position": 1, "active": False, "versions": {"zh-CN": {"file": "1"}}, "seconds": {"zh-CN": 18.0}},
    },
]


def answer(path: str, phase: str, ago: Callable[[float], str]) -> Any:
    """The JSON of a GET of these parts; None for another path."""
    empty = phase == "empty"
    if path == "/api/desk/calls":
        items = [] if empty else [call(n, ago) for n in range(40 if phase == "much" else 12)]
        counts = {kind: sum(one["kind"] == kind for one in items) for kind in ("in", "out", "internal", "missed")}
        return {"items": items, "counts": counts}
    if path == "/api/address-book":
        items = [] if empty else [entry(n) for n in range(7)]
        return {"items": items, "total": len(items)}
    if path == "/api/desk/callbacks":
        items = [] if empty else [booked(n, phase, ago) for n in range(30 if phase == "much" else 3)]
        return {"items": items, "total": len(items), "time_zone": "Asia/Shanghai"}
    if path == "/api/desk/callbacks/possible":
        return {"why": "no_line" if empty else ""}
    if path == "/api/address-book/settings":
        return {"presence": "all"}
    if path == "/api/sounds":
        return {"items": [] if empty else SOUNDS, "total": 0 if empty else 2}
    if path == "/api/prompts":
        texts = {"zh-CN": "感谢您的来电，再见。", "en": "Thank you for calling. Goodbye."}
        return {"items": [{"key": "system.goodbye", "texts": texts, "is_word": False}], "total": 1}
    return None
