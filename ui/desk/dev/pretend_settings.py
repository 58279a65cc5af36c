"""The administration's settings of dialling, devices, duty, keypads, dispositions and the like, pretended. Never part of the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
ME = "11111111-0000-7000-8000-000000000001"
Ago = Callable[[float], str]
QUEUE_IDS = ("q1", "q2", "q3")
CODES = (
    *(
        ("dialled", "pick_up_group", "*80", ""),
        ("dialled", "pick_up_agent", "*84", "extension"),
        ("dialled", "pick_up_parked", "*85", "slot"),
    ),
    *(
        ("dialled", "ready", "*21", ""),
        ("dialled", "break", "*22", ""),
        ("dialled", "redial", "*66", ""),
        ("dialled", "speed_dial", "*0", "key"),
    ),
    *(("dialled", "forward_always", "*72", "number"), ("dialled", "forward_always_off", "*73", ""), ("dialled", "messages", "*97", "")),
    *(("in_call", "hold", "*1", ""), ("in_call", "consult", "*2", "number"), ("in_call", "swap", "*4", ""), ("in_call", "park", "*8", "")),
)


def names(zh: str, en: str) -> dict[str, str]:
    return {"zh-CN": zh, "en": en}


def disposition(n: int) -> Row:
    zh, en, parent = (
        ("已解决", "Solved", None),
        ("电话中解决", "Solved on the telephone", "d0"),
        ("已预约上门检修", "Visit of the service technician booked", "d0"),
        ("投诉", "Complaint", None),
        ("对上门服务人员的态度不满", "Unhappy with the manners of the technician", "d3"),
    )[n]
    flags = {"note_required": n == 4, "follow_up_required": n == 3, "date_required": n == 2, "active": n != 1}
    return {
        "id": f"d{n}",
        "code": ("solved", "by-telephone", "booked", "complaint", "manners")[n],
        "name": names(zh, en),
        "parent_id": parent,
        "position": n,
        **flags,
    }


def queue_desk(queue_id: str) -> Row:
    waits = {"message_head_start_seconds": 0, "task_head_start_seconds": 60}
    return {
        "queue_id": queue_id,
        "branches": ["d0"] if queue_id == "q1" else [],
        "forced": queue_id != "q2",
        "offer_messages": True,
        **waits,
    }


def dial_rule(n: int) -> Row:
    name = ("普通坐席", "国际业务组（可拨打国际长途及指定合作伙伴号码）", "No premium numbers")[n]
    return {
        **{
            "id": f"rule{n}",
            "name": name,
            "position": n,
            "active": n != 2,
            "roles": ["agent"] if n != 1 else [],
            "agents": ["a1"] if n == 1 else [],
        },
        **{"groups": ["00000000-0000-7000-8000-000000000001"] if n == 1 else [], "override_do_not_call": n == 1, "schedule_id": None},
        "classes": ["internal", "local", "national", "mobile"] + (["international"] if n == 1 else []),
        **{"allowed": ["+8621*"] if n == 0 else [], "forbidden": ["+86400*", "+86900*"] if n == 0 else []},
    }


def roster(ago: Ago) -> Row:
    people = [{"kind": "agent", "id": "a1", "number": ""}, {"kind": "number", "id": None, "number": "+8613800138000"}]
    shifts = [
        {"days": [0, 1, 2, 3, 4], "start": "18:00", "end": "23:00", "people": people},
        {"days": [5, 6], "start": "09:00", "end": "18:00", "people": people[:1]},
    ]
    return {
        **{
            "id": "du1",
            "code": "night",
            "name": names("夜间技术值班", "Technical duty at night"),
            "active": True,
            "position": 0,
            "ring_seconds": 25,
        },
        **{"mailbox_queue_id": "q1", "now": people, "now_by": "shift", "otherwise": people[1:], "shifts": shifts},
        "substitutions": [{"begins": ago(3600), "ends": ago(-86400), "people": people[:1]}],
    }


def work_setting(agent: str | None, group: str | None, **own: int) -> Row:
    usual: Row = dict.fromkeys(("after_call_seconds", "answer_seconds", "dial_seconds", "most_talk_seconds", "warn_seconds"))
    return {**usual, "agent_id": agent, "group_id": group, **own}


KINDS = ["browser", "phone", "remote", "number"]
RULES = {"kinds": KINDS, "permanent": True, "allowed_prefixes": ["+86"], "denied_prefixes": [], "browser_sound": "g711"}
KNOWN: dict[str, Any] = {
    "/api/feature-codes": {
        "has_pin": True,
        "items": [
            {"where": where, "action": action, "code": code, "usual_code": code, "takes": takes, "active": action != "redial"}
            for where, action, code, takes in CODES
        ],
    },
    "/api/internal-numbers": {
        "items": [
            {"kind": "flow", "id": "f1", "code": "service", "name": {"zh-CN": "服务热线", "en": "Service line"}, "number": "8890"},
            {"kind": "flow", "id": "f2", "code": "night", "name": {"zh-CN": "夜间服务", "en": "Night service"}, "number": ""},
            {"kind": "queue", "id": "q1", "code": "repair", "name": {"zh-CN": "维修", "en": "Repair"}, "number": "8801"},
        ],
        "extensions": [{"first": "8001", "last": "8012", "count": 12}, {"first": "8020", "last": "8020", "count": 1}],
        "slots": {"first": "701", "last": "799", "count": 99},
    },
    "/api/embedding": {
        "origins": ["https://crm.example.com", "https://erp.a-very-long-company-name-of-a-customer.example"],
        "pops": [{"queue_id": "q1", "url": "https://crm.example.com/open?tel={number}", "opens": "ring", "where": "window"}],
    },
    "/api/dialling/settings": {
        **{"after_call_seconds": 30, "after_call_when_not_reached": False, "area_code": "21", "caller_number": "+864008001234"},
        **{"caller_numbers": {"q1": "+862158761000"}, "country": "CN", "limits": {"international": {"seconds": 900, "warn_seconds": 60}}},
        **{
            "outside_prefix": "0",
            "record_internal": False,
            "record_outbound": True,
            "ring_seconds": 40,
            "trunk_prefix": "",
            "wish_seconds": 600,
        },
    },
    "/api/callbacks/settings": {
        **{"after_call_when_not_reached": True, "allowed_prefixes": ["+86"], "denied_prefixes": ["+86900"], "expire_seconds": 14400},
        **{"most_tries": 3, "pause_seconds": 600, "ring_seconds": 40, "web_queues": ["q1"], "own_seconds": 600, "most_days": 30},
    },
    "/api/devices/rules": RULES,
    "/api/work-settings": [
        work_setting(None, None, answer_seconds=-1, after_call_seconds=-1, dial_seconds=-1, most_talk_seconds=0),
        work_setting(None, "00000000-0000-7000-8000-000000000001", answer_seconds=2, after_call_seconds=20),
        work_setting("a10", None, most_talk_seconds=1800, warn_seconds=60),
    ],
    "/api/desk/devices": {
        **{"kinds": KINDS, "number": "+8613800138000", "permanent": False, "rules": RULES},
        "work": {
            "after_call_seconds": 30,
            "answer_seconds": -1,
            "accept_seconds": 8,
            "dial_seconds": 5,
            "most_talk_seconds": 1800,
            "warn_seconds": 60,
        },
    },
    "/api/phone/desk-phone": {"account": "p8001", "domain": "huying.example", "port": 5060, "secret": "k3v9-pm2x", "transport": "udp"},
    "/api/phone/remote-phone": {"account": "r8001", "domain": "huying.example", "port": 5061, "secret": "q7c1-zz4e", "transport": "tls"},
}


def listed(path: str, ago: Ago) -> list[Row]:
    """The rows of a list."""
    if path == "/api/dialling/rules":
        return [dial_rule(n) for n in range(3)]
    if path == "/api/duty-rosters":
        return [roster(ago)]
    if path == "/api/flows":
        return [{"id": "f1", "code": "main", "name": names("总机", "Main menu"), "newest": 4, "published": 3, "published_at": ago(90000)}]
    if path == "/api/entry-points":
        rows = (("number", "4008001234", names("全国服务热线", "National service line")), ("web", "site", names("网站", "Web site")))
        kept = {"active": True, "flow_id": "f1", "language": "zh-CN", "person_id": None}
        return [{"id": f"e{n}", "kind": kind, "address": address, "name": name, **kept} for n, (kind, address, name) in enumerate(rows)]
    if path == "/api/trunks":
        return [
            {
                **{
                    "name": "telecom",
                    "active": True,
                    "addresses": ["sip.telecom.example", "203.0.113.20"],
                    "port": 5060,
                    "transport": "udp",
                },
                **{"username": "88001234", "codecs": ["alaw", "ulaw"], "channel_limit": 60},
            }
        ]
    notes = (
        ("问候", "您好，这里是澄海家电，请问有什么可以帮您？", "wh"),
        ("Visit", "Visit booked for {date}, between {from} and {to}.", ""),
        ("已寄出", "配件已寄出，运单号已短信通知客户。", "sent"),
        ("Sent the invoice once more to the address that is kept with the customer", "Invoice sent again.", "invoice"),
    )
    return [
        {"id": f"qn{n}", "title": title, "text": text, "key": key, "person_id": ME if n > 1 else None, "position": n}
        for n, (title, text, key) in enumerate(notes)
    ]


LISTS = (
    "/api/dialling/rules",
    "/api/duty-rosters",
    "/api/flows",
    "/api/entry-points",
    "/api/trunks",
    "/api/desk/quick-notes",
    "/api/quick-notes",
)


def answer(path: str, phase: str, ago: Ago) -> Any:
    """The JSON of a GET of these parts; None for another path."""
    empty = phase == "empty"
    if path in LISTS:
        items = [] if empty else listed(path, ago)
        return {"items": items, "total": len(items)}
    if path == "/api/dispositions":
        return {"items": [] if empty else [disposition(n) for n in range(5)], "queues": [queue_desk(it) for it in QUEUE_IDS]}
    if path == "/api/embedding" and empty:
        return {"origins": [], "pops": []}
    if path.startswith("/api/agents/") and path.endswith("/reach"):
        return {"no_answer_seconds": 20, "call_waiting": True, "do_not_disturb": True, "all_devices": True}
    if path.endswith("/notes"):
        return {
            "items": [
                {
                    **{
                        "id": "note1",
                        "author_id": "a1",
                        "author_name": "王伟",
                        "kind": "note",
                        "mine": False,
                        "text": "客户已等了三天。",
                        "version": 1,
                    },
                    **{"changed_at": ago(700), "written_at": ago(700)},
                }
            ]
        }
    return KNOWN.get(path)
