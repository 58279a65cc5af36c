"""Pretended answers of the administration of routing. Phases: `idle`, `much` (2,000 agents, 60 skills), `empty`, `error`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime.now(UTC)
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"
LONG = {
    "zh-CN": "全屋智能家居系统集成与售后疑难故障联合诊断",
    "en": "Whole-home automation integration and escalated joint fault diagnosis",
}


def names(zh: str, en: str) -> dict[str, str]:
    return {"zh-CN": zh, "en": en}


def thing(number: int, code: str, name: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"id": f"00000000-0000-7000-8000-{number:012d}", "code": code, "name": name, "position": number, "active": True, **more}


GROUPS = [
    thing(1, "repair", names("报修服务", "Repair")),
    thing(2, "products", names("产品咨询", "Product questions")),
    thing(3, "complaints", names("投诉建议与售后质量监督", "Complaints and after-sales quality")),
    thing(4, "backup", names("后备", "Backup")),
]
SKILLS = [
    thing(11, "zh", names("中文", "Chinese"), kind="language"),
    thing(12, "en", names("英语", "English"), kind="language"),
    thing(13, "patience", names("安抚", "Calming"), kind="skill"),
    thing(14, "sales", names("销售", "Sales"), kind="skill"),
    thing(15, "washer", names("洗衣机", "Washing machines"), kind="product"),
    thing(16, "fridge", names("冰箱", "Fridges"), kind="product"),
    thing(17, "air", names("空调", "Air conditioning"), kind="product"),
    thing(18, "smart", LONG, kind="product"),
]


def many_skills() -> list[dict[str, Any]]:
    return SKILLS + [thing(100 + n, f"model-{n}", names(f"型号 CH-{n * 37}", f"Model CH-{n * 37}"), kind="product") for n in range(52)]


def matrix(phase: str) -> dict[str, Any]:
    if phase == "empty":
        return {"skills": [], "groups": [], "agents": []}
    count = 0

    def dice(sides: int) -> int:
        nonlocal count
        count += 1
        return (count * count * 7919 + count * 104729) // 13 % sides

    skills = many_skills() if phase == "much" else SKILLS
    agents = []
    for n in range(2000 if phase == "much" else 26):
        name = SURNAMES[dice(20)] + GIVEN[dice(20)] + GIVEN[dice(20)]
        name = "Alexandra Konstantinopoulos-Featherstonehaugh" if n == 10 else name
        levels = {skill["id"]: dice(10) + 1 for skill in skills if dice(10) < 4}
        groups = {group["id"]: dice(10) + 1 for group in GROUPS if dice(10) < 5}
        agents.append({"agent_id": f"a{n}", "name": name, "extension": str(8001 + n), "groups": groups, "levels": levels})
    return {"skills": skills, "groups": GROUPS, "agents": agents}


def queue(number: int, code: str, name: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        **thing(number, code, name),
        **{"strategy": "longest_idle", "idle_from": "handled", "groups": [GROUPS[number % 3]["id"]], "requirements": "", "problems": []},
        **{"priority": 0, "offer_seconds": 20, "after_call_seconds": 30, "after_call_most_seconds": 600, "short_abandon_seconds": 5},
        **{"service_level_seconds": 30, "target_percent": 90, "service_level_kind": "SL1", "schedule_id": None, "record": True},
        "announcements": {"every_seconds": 30, "place": True, "people": False, "estimate": True, "own_wait": False},
        "consequence": {"misses": 1, "refusals": 1, "rest_seconds": 5},
        "door": {"most_waiting": 0, "most_seconds": 0, "refuse_when_nobody": False, "actions": {}},
        **{"keys": {}, "overflow_keeps_wait": True, "last_agent_days": 0, "last_agent_wait_seconds": 0, "language_level": 0},
        "internal_number": str(8750 + number),
        **more,
    }


PROBLEM = {"line": 3, "column": 7, "code": "nobody-here", "severity": "warning", "message": "没有人符合：组内没有坐席具备 英语 >= 7。"}
RULES_ZH = "英语 >= 7\n20 秒后 英语 >= 4\n60 秒后 组内任何人\n120 秒后 加组 后备\n180 秒后 转队列 产品咨询"
QUEUES = [
    queue(
        51,
        "repair",
        names("报修服务", "Repair"),
        requirements=RULES_ZH,
        strategy="highest_level",
        schedule_id=f"00000000-0000-7000-8000-{81:012d}",
        keys={"1": {"do": "callback", "target": ""}, "*": {"do": "menu", "target": "main"}},
        door={
            **{"most_waiting": 40, "most_seconds": 900, "refuse_when_nobody": True},
            "actions": {
                "full": {"do": "overflow", "target": f"00000000-0000-7000-8000-{52:012d}"},
                "closed": {"do": "voicemail", "target": ""},
            },
        },
    ),
    queue(52, "products", names("产品咨询", "Product questions"), strategy="ring_all", priority=30),
    queue(53, "complaints", GROUPS[2]["name"], strategy="weighted_random", target_percent=80),
    queue(54, "escalations-of-smart-homes", LONG, groups=[], problems=[PROBLEM]),
]


def change(number: int, what: str, name: Any, action: str, before: Any, after: Any, **more: Any) -> dict[str, Any]:
    at = (NOW - timedelta(minutes=(40 - number) * 47)).isoformat()
    by = {"id": "p1", "name": "李秀英"} if number % 5 else {"id": "", "name": ""}
    return {
        **{"number": number, "at": at, "by": by, "what": what, "thing_id": f"t{number}", "thing_name": name, "action": action},
        **{"before": before, "after": after, "undoes": None, "undone_by": None, **more},
    }


def changes() -> dict[str, Any]:
    q = QUEUES[0]
    return {
        "items": [
            change(40, "queue", q["name"], "changed", {**q, "offer_seconds": 15, "requirements": "英语 >= 7\n20 秒后 英语 >= 4"}, q),
            change(39, "agent", "Alexandra Konstantinopoulos-Featherstonehaugh", "changed", {"skills": {SKILLS[0]["id"]: 5}, "groups": {}},
                   {"skills": {SKILLS[0]["id"]: 8, SKILLS[7]["id"]: 3}, "groups": {GROUPS[0]["id"]: 1}}),
            change(38, "break_reason", names("用餐", "Meal"), "changed", {"most_seconds": 1800}, {"most_seconds": 2700}, undoes=36),
            change(37, "work_group", GROUPS[3]["name"], "made", None, GROUPS[3]),
            change(36, "break_reason", names("用餐", "Meal"), "changed", {"most_seconds": 2700}, {"most_seconds": 1800}, undone_by=38),
            change(35, "routing_settings", names("路由设置", "Routing settings"), "changed",
                   {"joins": {"chat": ["chat"]}, "capacity": {"chat": 1}}, {"joins": {"chat": ["chat", "email"]}, "capacity": {"chat": 3}}),
            *(change(n, "queue", QUEUES[n % 4]["name"], "changed", {"offer_seconds": n}, {"offer_seconds": n + 1})
              for n in range(34, 4, -1)),
        ],
        "kinds": ["agent", "break_reason", "queue", "routing_settings", "skill", "work_group"],
    }  # fmt: skip


SCHEDULE = {
    **thing(81, "office", names("工作时间", "Office hours"), time_zone="Asia/Shanghai", weekly=[], follows_holidays=True, make_up_day=1),
    "state": {"open": True, "why": "", "changes_at": None, "name": {}},
}
REFUSALS = [
    {"code": code, "name": names(zh, en), "active": True}
    for code, zh, en in (
        ("busy", "正在处理其他工作", "at other work"),
        ("equipment", "设备故障", "equipment fails"),
        ("subject", "不是我的业务，应由其他部门处理", "not my subject, for another department"),
    )
]
REASONS = [
    thing(71, "meal", names("用餐", "Meal"), colour="#4477aa", most_seconds=2700),
    thing(72, "rest", names("休息", "Rest"), colour="#228833", most_seconds=900),
    thing(73, "training", names("培训", "Training"), colour="#ccbb44", most_seconds=0),
]


def check() -> dict[str, Any]:
    def step(after: int, text: str, groups: list[int], need: dict[str, int], action: Any = None) -> dict[str, Any]:
        circle = {"groups": [GROUPS[n]["id"] for n in groups], "need": need}
        return {"after_seconds": after, "text": text, "circle": circle, "action": action}

    english = SKILLS[1]["id"]
    return {
        "problems": [PROBLEM],
        "text": RULES_ZH,
        "steps": [
            step(0, "英语 >= 7", [0], {english: 7}),
            step(20, "英语 >= 4", [0], {english: 4}),
            step(60, "组内任何人", [0], {}),
            step(120, "加组 后备", [0, 3], {}),
            step(180, "转队列 产品咨询", [0, 3], {}, {"do": "overflow", "target": QUEUES[1]["id"]}),
        ],
    }


def preview() -> dict[str, Any]:
    steps = []
    for n, step in enumerate(check()["steps"]):
        busy = ["talking", "talking", "on_break", "after_call", "signed_out", "signed_out", ""]
        who = [{"agent_id": f"a{k}", "name": f"{SURNAMES[k]}{GIVEN[k]}", "obstacle": busy[k % 7 if n else k % 6]} for k in range(3 + 4 * n)]
        counts: dict[str, int] = {}
        for one in who:
            counts[one["obstacle"]] = counts.get(one["obstacle"], 0) + 1
        steps.append({**step, "who": who, "counts": counts})
    return {"steps": steps}


JOINS = {
    "call": ["email", "voicemail", "fax", "task"], "callback": ["email", "voicemail", "fax", "task"],
    "chat": ["chat", "email", "voicemail", "fax", "task"], "email": ["email"], "voicemail": ["email"], "fax": ["email"], "task": ["email"],
}  # fmt: skip


def answer(path: str, phase: str) -> Any:
    """The JSON of a GET or of a question by POST; None where this is not known here."""
    empty = phase == "empty"

    def page(items: list[Any]) -> dict[str, Any]:
        return {"items": [] if empty else items, "total": 0 if empty else len(items)}

    members = [{"agent_id": f"a{n}" if n else "11111111-0000-7000-8000-000000000001", "level": n % 10 + 1} for n in range(12)]
    known = {
        "/api/skills/matrix": lambda: matrix(phase),
        "/api/skills": lambda: page(many_skills() if phase == "much" else SKILLS),
        "/api/groups": lambda: page([{**group, "members": members[: 12 - 3 * n]} for n, group in enumerate(GROUPS)]),
        "/api/queues": lambda: page(QUEUES),
        "/api/schedules": lambda: page([SCHEDULE]),
        "/api/break-reasons": lambda: page(REASONS),
        "/api/refusal-reasons": lambda: page([{**one, "position": place} for place, one in enumerate(REFUSALS)]),
        "/api/changes": lambda: {"items": [], "kinds": []} if empty else changes(),
        "/api/routing/requirements/check": check,
        "/api/routing/requirements/preview": preview,
        "/api/routing/settings": lambda: {"joins": JOINS, "capacity": {**dict.fromkeys(JOINS, 1), "chat": 3, "email": 2}},
    }
    found = known.get(path)
    return found() if found else None
