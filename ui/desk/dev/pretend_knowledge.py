"""Pretended answers about articles. Never part of the product."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

DAY = "2026-11-02T08:30:00+00:00"
TITLES = [
    ("洗衣机漏水怎么办", "zh-CN", "故障排除"),
    ("洗衣机不脱水或脱水声音大，新装机器一周之内请先确认运输螺栓是否已经全部拆除", "zh-CN", "故障排除"),
    ("Washing machine leaks", "en", "Trouble"),
    ("保修期与收费标准", "zh-CN", "服务规定"),
    ("Handling of customers whose appliance has been repaired more than twice within the guarantee period", "en", "Rules"),
    ("空调不制冷", "zh-CN", "故障排除"),
]
REASONS = [("product", "洗衣机"), ("choice", "menu=1"), ("queue", "q1"), ("disposition", ""), ("helped", "")]
BODY = "## 先问\n\n- 水从**前面**、后面还是下面出来？\n- 看 `E21`\n\n| 位置 | 多半是 |\n|---|---|\n| 前面 | 门封 |\n\n> 不要碰插头"


def node(kind: str, *children: Any, text: str = "", level: int = 0, href: str = "") -> dict[str, Any]:
    made = [node("text", text=child) if isinstance(child, str) else child for child in children]
    return {"kind": kind, "text": text, "href": href, "level": level, "children": made}


def row(kind: str, *cells: str) -> dict[str, Any]:
    return node("row", *(node(kind, cell) for cell in cells))


TREE = [
    node("heading", "先问", level=2),
    node(
        "list",
        node("item", node("paragraph", "水从", node("strong", "前面"), "、后面还是下面出来？")),
        node("item", node("paragraph", "屏幕上有没有 ", node("code", "E21"), "？")),
    ),
    node("heading", "判断", level=2),
    node(
        "table",
        row("head_cell", "位置", "多半是", "怎么办"),
        row("cell", "前面", "门封夹了异物", "电话指导清洁"),
        row("cell", "下面", "排水泵过滤器没拧紧", "电话指导；仍漏就预约上门"),
    ),
    node("quote", node("paragraph", "地上有水时不要让客户碰插头，先关总闸。")),
]
PART = [
    node(
        "numbered",
        node("item", node("paragraph", "先关水龙头，再拔电源。")),
        node("item", node("paragraph", "用干布擦净门封一圈，取出夹住的东西。")),
    ),
    node("paragraph", "还漏水？请拨打 ", node("link", "400-800-5678", href="tel:4008005678")),
]


def line(number: int) -> dict[str, Any]:
    title, language, category = TITLES[number % len(TITLES)]
    counts = {"helped": 12 - number, "not_helped": number % 2}
    more = {"products": ["洗衣机"], "for_customer": number != 3, "changed_at": DAY}
    return {"id": f"k{number}", "version": 2, "title": title, "language": language, "category": category, **counts, **more}


def found(number: int, typed: str) -> dict[str, Any]:
    title = line(number)["title"]
    pieces = (
        [{"text": part, "mark": part == typed} for part in title.partition(typed) if part] if typed else [{"text": title, "mark": False}]
    )
    words = [
        ("…取出夹住的东西。检查机后", False),
        (typed or "进水管", bool(typed)),
        ("两端，用手拧紧；再打开右下角小门，把过滤器顺时针拧到底…", False),
    ]
    return {**line(number), "title_pieces": pieces, "excerpt": [{"text": text, "mark": mark} for text, mark in words]}


def edited(number: int) -> dict[str, Any]:
    base = {key: value for key, value in line(number).items() if key not in ("products", "for_customer")}
    published = [2, 1, None][number % 3]
    return {
        **base,
        "published": published,
        "was_published": published is not None or number % 2 == 0,
        "queue_ids": ["q1", "q2"][: number % 3],
        "changed_by": "a1",
    }


def of_contact(phase: str) -> dict[str, Any]:
    if phase == "unknown":
        return {"suggested": [], "used": [], "on_page": False}
    reasons = [{"kind": kind, "value": value} for kind, value in REASONS]
    suggested = [{**line(n), "reasons": reasons[: 4 - n] or reasons[3:]} for n in range(5)]
    used = [{**line(5), "how": ["link", "opened"], "person_id": "a1", "at": DAY, "helped_here": True}]
    return {"suggested": suggested, "used": used, "on_page": phase == "holding"}


def versions() -> list[dict[str, Any]]:
    known = [(2, "李秀英", None, True), (1, "Alexandra Konstantinopoulos-Featherstonehaugh", None, False)]
    made = [
        {"version": v, "title": TITLES[0][0], "at": DAY, "person_id": "a1", "person_name": n, "restored_from": r} for v, n, r, _ in known
    ]
    return [{**one, "published": known[place][3]} for place, one in enumerate(made)]


def answer(path: str, phase: str) -> dict[str, Any] | None:
    """The answer of a path about articles; None for others."""
    parts = urlsplit(path)
    typed = parse_qs(parts.query).get("search", [""])[0]
    many = 0 if phase == "empty" or typed == "xyz" else 20 if phase == "much" else 4
    if parts.path.endswith("/knowledge") and "/contacts/" in parts.path:
        return of_contact(phase)
    if parts.path.endswith("/preview") and "/knowledge" in parts.path:
        return {"nodes": TREE}
    if parts.path == "/api/knowledge":
        return {"items": [found(n, typed) for n in range(many)], "total": many, "more": phase == "much"}
    if parts.path == "/api/knowledge/choices":
        return {"categories": ["故障排除", "服务规定"], "products": ["洗衣机", "空调"]}
    if parts.path.startswith("/api/knowledge/"):
        return {**line(0), "keywords": ["渗水"], "body": TREE, "customer_part": PART, "customer_text": "洗衣机漏水怎么办\n\n1. 先关水龙头"}
    if parts.path == "/api/knowledge-articles":
        return {"items": [edited(n) for n in range(many * 2)], "total": many * 2}
    if parts.path.endswith("/versions"):
        return {"items": versions()}
    if parts.path.endswith("/difference"):
        kinds = [("same", "- 看 `E21`"), ("removed", "> 先关电源"), ("added", "> 不要碰插头")]
        return {"changes": [{"field": "body", "lines": [{"kind": kind, "text": text} for kind, text in kinds]}]}
    if parts.path.startswith("/api/knowledge-articles/"):
        title, language, category = TITLES[0]
        lists = {"keywords": ["渗水", "滴水"], "queue_ids": ["q1"], "classes": [], "products": ["洗衣机"], "choices": ["menu=1"]}
        content = {
            "title": title,
            "body": BODY,
            "customer_part": "1. 先关水龙头\n2. 擦净门封",
            "language": language,
            "category": category,
            **lists,
        }
        return {**edited(1), "title": title, "content": content}
    return None
