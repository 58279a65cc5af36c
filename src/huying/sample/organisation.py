"""The sample business's people, queues, reasons, dispositions and numbers, as plain values. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Names = Mapping[str, str]

BUSINESS_CODE = "haichuan"
BUSINESS_NAME = "海川家电"
TIME_ZONE = "Asia/Shanghai"
SERVICE_NUMBER = "4008005678"
WEB_ENTRY = "service"
TRUNK_NAME = "sample-trunk"
TRUNK_ADDRESSES = ("127.0.0.1",)
"""Only this machine: the sample's callers are programs beside it."""


@dataclass(frozen=True, slots=True)
class SampleQueue:
    """A queue."""

    code: str
    name: Names
    after_call_seconds: int = 30


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A person with a log-in; agents have an extension and queues."""

    login: str
    name: str
    role: str
    language: str = "zh-CN"
    extension: str = ""
    languages: tuple[str, ...] = ("zh-CN",)
    queues: tuple[str, ...] = ()
    simulated: bool = False


def names(chinese: str, english: str) -> Names:
    """A name in both languages."""
    return {"zh-CN": chinese, "en": english}


QUEUES = (
    SampleQueue("repair", names("维修", "Repair")),
    SampleQueue("product", names("产品咨询", "Product questions")),
    SampleQueue("complaints", names("投诉", "Complaints"), after_call_seconds=60),
    SampleQueue("general", names("综合", "General")),
)

_REPAIR, _PRODUCT, _ALL = ("repair", "general"), ("product", "general"), ("repair", "product", "complaints", "general")
_BOTH = ("zh-CN", "en")


def _agent(
    number: int, name: str, queues: tuple[str, ...], languages: tuple[str, ...] = ("zh-CN",), language: str = "zh-CN"
) -> SamplePerson:
    return SamplePerson(f"agent{number}", name, "agent", language, str(8000 + number), languages, queues, simulated=number >= 5)


PEOPLE = (
    _agent(1, "李晓雯", _ALL, _BOTH),
    _agent(2, "Grace Turner", _ALL, _BOTH, "en"),
    _agent(3, "张建国", _REPAIR),
    _agent(4, "陈思远", ("product", "complaints", "general"), _BOTH),
    _agent(5, "刘芳", _REPAIR),
    _agent(6, "杨洋", _REPAIR, _BOTH),
    _agent(7, "黄丽娟", _PRODUCT),
    _agent(8, "赵子涵", _PRODUCT, _BOTH),
    _agent(9, "吴家豪", ("complaints", "general")),
    _agent(10, "周雨桐", ("complaints", "repair")),
    _agent(11, "Daniel Okafor", _ALL, _BOTH, "en"),
    _agent(12, "欧阳志强", _ALL),
    SamplePerson("lead", "孙秀英", "lead"),
    SamplePerson("manager", "郭明", "manager"),
    SamplePerson("admin", "何静", "administrator"),
)

BREAK_REASONS = (
    ("lunch", names("午餐", "Lunch")),
    ("rest", names("休息", "Short rest")),
    ("meeting", names("会议", "Meeting")),
    ("training", names("培训", "Training")),
    ("paperwork", names("处理文书", "Paperwork")),
)

DISPOSITIONS: tuple[tuple[str, str, Names], ...] = (
    ("", "solved", names("已解决", "Solved")),
    ("", "callback", names("需回电", "Call back needed")),
    ("", "wrong-number", names("打错电话", "Wrong number")),
    ("", "dropped", names("中途挂断", "Dropped")),
    ("repair", "repair-booked", names("已预约上门", "Visit booked")),
    ("repair", "repair-advice", names("电话指导", "Advice given")),
    ("repair", "out-of-warranty", names("超出保修期", "Out of warranty")),
    ("product", "product-info", names("产品介绍", "Product information")),
    ("product", "product-order", names("有购买意向", "Wants to buy")),
    ("complaints", "complaint-taken", names("已受理投诉", "Complaint taken")),
    ("complaints", "complaint-escalated", names("已升级", "Escalated")),
)
"""Queue (empty for all), code, names."""
