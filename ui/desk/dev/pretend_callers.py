"""Pretended rules for callers, classes of customers and hooks, for the pictures."""

from __future__ import annotations

from typing import Any

ME = "11111111-0000-7000-8000-000000000001"
EXPRESSION = "customer_class == 'vip' && attributes.menu_choice == '2'\n  ? {'rank': 1, 'needs': {'en': 5}}\n  : {}"


def rule(n: int, matches: str, value: str, effect: str, **more: Any) -> dict[str, Any]:
    usual = {"rank": 0, "head_start_seconds": 0, "agent_id": None, "seconds": 0, "reason": "", "until": None}
    return {"id": f"r{n}", "matches": matches, "value": value, "effect": effect, "created_at": "2026-11-20T08:00:00Z", **usual, **more}


RULES = [
    rule(1, "number", "+8613800138000", "vip", rank=1, head_start_seconds=600, reason="集团总裁办公室"),
    rule(2, "number", "+8621100861", "green", agent_id=ME, seconds=30, reason="大客户专属经理"),
    rule(3, "prefix", "+86170", "blocked", reason="骚扰来电", until="2026-12-31T16:00:00Z"),
    rule(4, "number", "+8613900139000", "blocked", reason="Threatened an agent; see the note of 12 November", until="2026-11-01T00:00:00Z"),
    rule(5, "class", "gold", "vip", head_start_seconds=180),
    rule(6, "hidden", "", "blocked", reason="夜间不接隐藏号码"),
]
CLASSES = [
    {"code": "vip", "name": {"zh-CN": "贵宾", "en": "VIP"}, "rank": 1, "head_start_seconds": 300},
    {"code": "gold", "name": {"zh-CN": "金卡", "en": "Gold"}, "rank": 0, "head_start_seconds": 120},
    {"code": "normal", "name": {"zh-CN": "普通", "en": "Normal"}, "rank": 0, "head_start_seconds": 0},
]
HOOK = {"kind": "expression", "expression": EXPRESSION, "address": "", "has_secret": False, "timeout_ms": 500, "active": True}
TRIED = {
    "question": {"queue": "repair", "channel": "call", "number": "+8613800138000", "attributes": {"menu_choice": "2"}},
    "answer": {"queue": "", "needs": {"en": 5}, "rank": 1, "head_start_seconds": None, "agent": "", "agent_seconds": 0, "attributes": {}},
    "failure": "",
    "message": "",
    "milliseconds": 0.4,
}


def answer(path: str, phase: str) -> Any:
    """The JSON of a GET or of a question by POST; None where this is not known here."""
    items = [] if phase == "empty" else RULES
    known = {
        "/api/caller-rules": {"items": items, "total": len(items)},
        "/api/caller-rules/check": {"number": "+8613800138000", "vip": "r1", "blocked": "", "green": ""},
        "/api/customer-classes": {"items": CLASSES, "total": 3},
    }
    if path.endswith("/hook/try"):
        return TRIED
    return HOOK if path.endswith("/hook") else known.get(path)
