"""Pretended customers with all their parts, companies, fields, duplicates and imports, for the pictures."""

from __future__ import annotations

from typing import Any

AT = "2026-10-01T02:00:00+00:00"
LONG = "Alexandra Konstantinopoulos-Featherstonehaugh of the Northern Region's Property Administration"


def _tag(number: int, name: str, colour: str) -> dict[str, Any]:
    return {"id": f"t{number}", "name": name, "colour": colour, "listed": True}


TAGS = [_tag(1, "老客户", "#0e7c86"), _tag(2, "需回访", "#c93a33"), _tag(3, "会员", "")]
NO_ADDRESS = {"province": "", "city": "", "district": "", "street": "", "postcode": "", "default": False}
WARNING = "投诉未结案：请先查看工单再答复。"
CUSTOMER: dict[str, Any] = {
    **{"id": "k1", "name": "欧阳明珠", "code": "C-20931", "class": "vip", "language": "zh-CN"},
    "company": {"id": "o1", "name": "上海澄心物业管理有限公司", "role": "采购经理"},
    "note": "上次维修对上门时间不满意，请提前一天短信确认。",
    "numbers": [
        {"number": "+8613812345678", "label": "手机", "main": True, "do_not_call": None},
        {
            "number": "+862158761234",
            "label": "单位",
            "main": False,
            "do_not_call": {"reason": "前台", "until": None, "at": AT, "person_id": None},
        },
    ],
    "emails": [{"email": "ouyang@example.com", "label": "单位"}],
    "addresses": [
        NO_ADDRESS
        | {"kind": "home", "city": "上海市", "district": "浦东新区", "street": "世纪大道 1234 弄 56 号 1802 室", "default": True},
        NO_ADDRESS | {"kind": "office", "city": "上海市", "district": "徐汇区", "street": "漕溪北路 88 号", "postcode": "200030"},
    ],
    "tags": TAGS[:2],
    "consents": [
        {"kind": "calls", "given": True, "at": AT, "source": "电话", "person_id": None, "current": True},
        {"kind": "sms", "given": False, "at": AT, "source": "网页", "person_id": None, "current": True},
        {"kind": "sms", "given": True, "at": "2025-01-01T02:00:00+00:00", "source": "书面", "person_id": None, "current": False},
    ],
    "do_not_call": None,
    "warnings": [
        {"id": "w1", "text": WARNING, "level": "warning", "until": None, "at": AT, "person_id": None, "active": True},
        {
            "id": "w2",
            "text": "习惯下午联系",
            "level": "info",
            "until": "2027-01-01T00:00:00+00:00",
            "at": AT,
            "person_id": None,
            "active": True,
        },
    ],
    "fields": {"birthday": "1985-06-01", "member": True, "channel": "shop"},
    "address": "上海市浦东新区世纪大道 1234 弄 56 号 1802 室",
    "email": "ouyang@example.com",
    "warning": WARNING,
    **{"created_at": AT, "updated_at": AT},
}


def _asset(number: int, kind: str, category: str, model: str, days: tuple[str, str], **more: str) -> dict[str, Any]:
    texts = {"serial": "", "plate": "", "vin": "", "dealer": "", "note": ""} | more
    told = {"id": f"a{number}", "customer_id": "k1", "kind": kind, "category": category, "model": model, "fields": {}}
    return told | texts | {"purchased_on": days[0], "warranty_until": days[1], "insurance_until": None}


ASSETS = [
    _asset(1, "appliance", "洗衣机", "CH-W9021 Pro 滚筒 10 kg", ("2025-05-18", "2028-05-18"), serial="CHW9021-2291-00318"),
    _asset(2, "appliance", "冰箱", "CH-R510", ("2023-12-02", "2026-12-02"), serial="CHR510-7781-01223"),
    _asset(3, "vehicle", "服务车", "轻型货车", ("2019-06-20", "2022-06-20"), plate="沪A12345", vin="LSVAA49J132047371", dealer="浦东店"),
]


def _field(number: int, code: str, name: tuple[str, str], kind: str, section: str = "", choices: list[Any] | None = None) -> dict[str, Any]:
    told = {"id": f"f{number}", "subject": "customer", "code": code, "name": {"zh-CN": name[0], "en": name[1]}, "kind": kind}
    return told | {"required": number == 1, "choices": choices or [], "section": section, "position": number, "active": number != 5}


SHOPS = [{"code": "shop", "name": {"zh-CN": "门店", "en": "Shop"}}, {"code": "web", "name": {"zh-CN": "网站", "en": "Web"}}]
FIELDS = [
    _field(1, "birthday", ("生日", "Birthday"), "date", "会员"),
    _field(2, "member", ("会员", "Member"), "yes_no", "会员"),
    _field(3, "channel", ("购买渠道", "Bought in"), "choice", "", SHOPS),
    _field(4, "remarks", ("安装说明", "How it was installed"), "text"),
    _field(5, "old", ("旧编号", "Former number"), "text"),
]
COMPANIES = [
    {"id": f"o{n}", "name": name, "code": f"O-{n}", "note": "", "numbers": [{"number": "+862158761234", "label": "", "main": True}]}
    | {"addresses": CUSTOMER["addresses"][1:], "fields": {}, "customers": n * 7, "created_at": AT, "updated_at": AT}
    for n, name in enumerate(["上海澄心物业管理有限公司", "星河贸易", LONG])
]
COLUMNS = ["姓名", "客户编号", "手机", "公司", "详细地址", "标签", "内部评分"]
TARGETS = ["name", "code", "mobile", "company", "address", "tags", ""]
GROUPS = {"mobile": "numbers", "number": "numbers", "address": "address", "company": "company", "tags": "more"}


def _import(key: str, state: str, done: int, **more: object) -> dict[str, Any]:
    told = {
        "id": key,
        "file_name": "2026 客户资料（华东）.xlsx",
        "form": {"kind": "xlsx", "sheet": "Sheet1", "sheets": ["Sheet1"]},
        "heading": 1,
    }
    counts = {
        "created": done * 9 // 10,
        "updated": done // 20,
        "skipped": 0,
        "failed": done - done * 9 // 10 - done // 20,
        "removed": 0,
        "kept": 0,
        "reverted": 0,
        "left_alone": 0,
    }
    told |= {"columns": COLUMNS, "targets": TARGETS, "match": "code_or_number", "existing": "update", "state": state, "error": ""}
    times = {
        "made_at": AT,
        "started_at": None if state == "ready" else AT,
        "finished_at": None,
        "seconds_left": 95.0 if state == "running" else None,
    }
    return told | counts | {"rows": 100_000, "to_do": 100_000, "done": done, "person_id": "p1"} | times | more


IMPORTS = [_import("i1", "ready", 0), _import("i2", "running", 62_250), _import("i3", "done", 100_000, finished_at=AT)]
IMPORTS.append(_import("i4", "undone", 95_000, finished_at=AT) | {"removed": 89_990, "kept": 10, "reverted": 4_990, "left_alone": 10})
CELLS = ["赵一鸣", "K-1", "13900000001", "星河贸易", "科技园 1 号", "老客户", "A"]
WRONG = {"code": "invalid-number", "column": "手机", "message": "不是有效的电话号码：请写上区号"}
PREVIEW = {
    "items": [
        {
            "number": n + 2,
            "cells": CELLS,
            "act": act,
            "customer": "赵一鸣" if act == "update" else "",
            "problems": [WRONG] if act == "fail" else [],
        }
        for n, act in enumerate(["create", "update", "fail", "create", "create", "create"])
    ],
    "looked_at": 500,
    "failing": 37,
}
POP = {
    "why": {
        "rule": "longest_idle",
        "idle_seconds": 75.0,
        "step": {"after_seconds": 0, "groups": [], "need": {}},
        "passed_over": {},
        "nearest": [],
    },
    "companies": [],
    "hints": [
        {"id": "h1", "text": "此号码昨天来电三次未接通", "level": "info", "until": None, "at": AT, "person_id": None, "active": True}
    ],
    "do_not_call": None,
}


def _hint(number: int) -> dict[str, Any]:
    texts = ["总机，转 8001", "此号码昨天来电三次未接通", LONG, "已过期的提示"]
    told = {"id": f"h{number}", "number": f"+86138000000{number:02d}", "text": texts[number], "level": "warning" if number == 1 else "info"}
    return told | {"until": AT if number == 3 else None, "at": AT, "person_id": "p1", "active": number != 3}


def person(number: int) -> dict[str, Any]:
    """A customer of a list."""
    told = CUSTOMER | {"id": f"k{number}", "class": ["vip", "gold", "normal"][number % 3], "matched": []}
    if number == 3:
        told |= {"name": LONG, "company": None, "tags": TAGS, "do_not_call": {"reason": "", "until": None, "at": AT, "person_id": None}}
    return told


def pop(phase: str, contact: dict[str, Any], contacts: list[Any]) -> dict[str, Any]:
    """The screen pop: a customer, several who share the number, or nobody."""
    several = [person(n) | {"name": name} for n, name in enumerate(["欧阳明珠", "欧阳志远", LONG])]
    return POP | {
        "contact": contact,
        "callback": None,
        "customer": None if phase in ("unknown", "several") else CUSTOMER,
        "matches": several if phase == "several" else [],
        "assets": [] if phase in ("unknown", "several") else ASSETS,
        "contacts": contacts,
        "follow_ups": [] if phase == "unknown" else contacts[:1],
    }


def _page(items: list[Any], phase: str, total: int | None = None) -> dict[str, Any]:
    shown = [] if phase == "empty" else items
    return {"items": shown, "total": total if total is not None and shown else len(shown), "more": bool(total and total > 1000)}


def answer(path: str, phase: str) -> Any:
    """The JSON of a GET."""
    alike = {
        "customers": [person(1) | {"name": "王小明"}, person(2) | {"name": "王晓明"}],
        "reasons": [{"kind": "number", "text": "+8613812345678"}],
    }
    purchase = {"id": "u1", "customer_id": "k1", "number": "2026-0917", "date": "2026-09-17", "items": [{"name": "滤芯", "quantity": 2}]}
    groups = [code for code in TARGETS if code]
    known = {
        "/api/customers": _page([person(n) for n in range(30)], phase, 2001 if phase == "much" else 320),
        "/api/customers/k1": CUSTOMER,
        "/api/customers/k2": person(2) | {"name": "王晓明", "note": "", "code": ""},
        "/api/customers/k1/assets": _page(ASSETS, phase),
        "/api/customers/k1/purchases": _page([purchase | {"amount": 198.0, "currency": "CNY", "note": ""}], phase),
        "/api/customers/k1/duplicates": _page([alike], phase),
        "/api/customers/k1/merges": _page([], phase),
        "/api/customer-fields": _page(FIELDS, phase),
        "/api/companies": _page(COMPANIES, phase),
        "/api/tags": _page([tag | {"used": n * 12} for n, tag in enumerate(TAGS)], phase),
        "/api/duplicates": _page([alike], phase),
        "/api/number-hints": _page([_hint(n) for n in range(4)], phase),
        "/api/duplicates/different": _page([{"customers": alike["customers"], "at": AT, "person_id": None}], phase),
        "/api/customer-imports": _page(IMPORTS, phase),
        "/api/customer-imports/targets": {
            "items": [{"code": code, "group": GROUPS.get(code, "basics"), "many": code == "mobile", "name": None} for code in groups]
        },
        **{f"/api/customer-imports/{one['id']}": one for one in IMPORTS},
        "/api/customer-imports/i1/preview": PREVIEW,
    }
    return known.get(path)
