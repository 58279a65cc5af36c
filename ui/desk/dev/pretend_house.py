"""The pretended house: who works there, its queues, and when now is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOW = datetime.now(UTC)

ME = "11111111-0000-7000-8000-000000000001"

QUEUES = [
    ("q1", "repair", "报修服务", "Repair"),
    ("q2", "products", "产品咨询", "Product questions"),
    ("q3", "complaints", "投诉建议与售后质量监督", "Complaints"),
]

PEOPLE = [
    "李秀英",
    "王伟",
    "张敏",
    "刘洋",
    "陈静",
    "杨帆",
    "赵磊",
    "黄丽",
    "周涛",
    "吴倩",
    "Alexandra Konstantinopoulos-Featherstonehaugh",
    "孙悦",
]


def ago(seconds: float) -> str:
    return (NOW - timedelta(seconds=seconds)).isoformat()


def names(zh: str, en: str) -> dict[str, str]:
    return {"zh-CN": zh, "en": en}
