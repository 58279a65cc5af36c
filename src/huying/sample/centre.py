"""The sample business's queues, groups, skills and reasons for a break, as plain values. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Names = Mapping[str, str]


def names(chinese: str, english: str) -> Names:
    """A name in both languages."""
    return {"zh-CN": chinese, "en": english}


@dataclass(frozen=True, slots=True)
class SampleQueue:
    """A queue: the codes of its groups, its rules as its people write them, and fields of its row that are not the usual ones."""

    code: str
    name: Names
    groups: tuple[str, ...]
    requirements: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleReason:
    """A reason for a break. `most_seconds`: 0 for as long as it takes."""

    code: str
    name: Names
    colour: str
    most_seconds: int


SKILLS: tuple[tuple[str, str, Names], ...] = (
    ("zh", "language", names("中文", "Chinese")),
    ("en", "language", names("英语", "English")),
    ("washing-machine", "product", names("洗衣机", "Washing machines")),
    ("refrigerator", "product", names("冰箱", "Refrigerators")),
    ("air-conditioner", "product", names("空调", "Air conditioners")),
    ("water-heater", "product", names("热水器", "Water heaters")),
    ("kitchen", "product", names("厨房电器", "Kitchen appliances")),
    ("complaint-handling", "skill", names("投诉处理", "Handling of complaints")),
    ("remote-diagnosis", "skill", names("远程诊断", "Remote diagnosis")),
)
"""Code, kind, names."""

GROUPS: tuple[tuple[str, Names], ...] = (
    ("repair", names("维修组", "Repair group")),
    ("product", names("产品组", "Product group")),
    ("complaints", names("投诉组", "Complaints group")),
    ("backup", names("后备组", "Backup group")),
    ("english", names("英语组", "English group")),
)
"""Code, names."""

_CALL_BACK = {"1": {"do": "callback", "target": ""}}

QUEUES = (
    SampleQueue(
        "repair",
        names("维修", "Repair"),
        ("repair",),
        "45 秒后 加组 后备组\n当 语言 为 en：45 秒后 加组 英语组",
        {
            "language_level": 3,
            "last_agent_days": 7,
            "last_agent_wait_seconds": 10,
            "keys": _CALL_BACK,
            "door": {"most_waiting": 60, "actions": {"full": {"do": "callback", "target": ""}}},
        },
    ),
    SampleQueue(
        "product",
        names("产品咨询", "Product questions"),
        ("product",),
        "当 语言 为 en：英语 >= 5\n当 语言 为 en：20 秒后 英语 >= 3\n60 秒后 加组 后备组",
        {
            "strategy": "fewest_contacts",
            "language_level": 3,
            "service_level_seconds": 30,
            "keys": {**_CALL_BACK, "2": {"do": "voicemail", "target": ""}},
            "announcements": {"every_seconds": 40, "place": True, "people": False, "estimate": True, "own_wait": False},
        },
    ),
    SampleQueue(
        "complaints",
        names("投诉", "Complaints"),
        ("complaints",),
        "投诉处理 >= 6\n20 秒后 投诉处理 >= 3\n60 秒后 不要求 投诉处理\n60 秒后 加组 后备组",
        {
            "strategy": "highest_level",
            "after_call_seconds": 60,
            "after_call_most_seconds": 1200,
            "priority": 60,
            "target_percent": 90,
            "service_level_kind": "SL4",
            "language_level": 3,
            "last_agent_days": 30,
            "last_agent_wait_seconds": 20,
            "keys": _CALL_BACK,
            "announcements": {"every_seconds": 30, "place": True, "people": False, "estimate": True, "own_wait": True},
        },
    ),
    SampleQueue(
        "general",
        names("综合", "General"),
        ("repair", "product", "complaints", "backup"),
        "",
        {"service_level_seconds": 30, "target_percent": 75, "keys": _CALL_BACK},
    ),
)

BREAK_REASONS = (
    SampleReason("lunch", names("午餐", "Lunch"), "#d48806", 45 * 60),
    SampleReason("rest", names("休息", "Short rest"), "#389e0d", 15 * 60),
    SampleReason("meeting", names("会议", "Meeting"), "#1d39c4", 60 * 60),
    SampleReason("training", names("培训", "Training"), "#531dab", 2 * 3600),
    SampleReason("paperwork", names("处理文书", "Paperwork"), "#08979c", 20 * 60),
)
