"""The sample business's people, dispositions and numbers, as plain values. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huying.sample.centre import Names, names

BUSINESS_CODE = "haichuan"
BUSINESS_NAME = "海川家电"
TIME_ZONE = "Asia/Shanghai"
SERVICE_NUMBER = "4008005678"
WEB_ENTRY = "service"
FLOW_NUMBER = "8890"
"""By which agents hand a customer back to the menu."""
TRUNK_NAME = "sample-trunk"
TRUNK_ADDRESSES = ("127.0.0.1",)
"""Only this machine: the sample's callers are programs beside it."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A person with a log-in; agents have an extension. `groups` and `skills`: code -> level."""

    login: str
    name: str
    role: str
    language: str = "zh-CN"
    extension: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    simulated: bool = False


def _agent(number: int, name: str, groups: str, chinese: int, english: int = 0, skills: str = "", language: str = "zh-CN") -> SamplePerson:
    """Levels are written as `code=level`; of languages 0 means none."""
    spoken = {"zh": chinese, "en": english}
    can = {**{code: level for code, level in spoken.items() if level}, **_levels(skills)}
    return SamplePerson(f"agent{number}", name, "agent", language, str(8000 + number), _levels(groups), can, simulated=number >= 5)


def _levels(written: str) -> dict[str, int]:
    return {code: int(level) for code, _, level in (word.partition("=") for word in written.split())}


PEOPLE = (
    _agent(1, "李晓雯", "repair=7 product=8 complaints=8 english=7", 10, 8, "washing-machine=8 refrigerator=7 complaint-handling=8"),
    _agent(2, "Grace Turner", "repair=5 product=7 complaints=6 english=9", 5, 10, "kitchen=6 complaint-handling=5", "en"),
    _agent(3, "张建国", "repair=9 backup=5", 10, 2, "washing-machine=9 air-conditioner=8 water-heater=9 remote-diagnosis=8"),
    _agent(4, "陈思远", "product=8 complaints=7 backup=6", 9, 7, "kitchen=9 refrigerator=6 complaint-handling=7"),
    _agent(5, "刘芳", "repair=6", 9, 0, "washing-machine=6 refrigerator=5 remote-diagnosis=4"),
    _agent(6, "杨洋", "repair=7 english=5", 9, 5, "air-conditioner=8 water-heater=5 remote-diagnosis=6"),
    _agent(7, "黄丽娟", "product=6", 9, 0, "kitchen=7 refrigerator=5"),
    _agent(8, "赵子涵", "product=7 english=6", 8, 6, "kitchen=5 air-conditioner=4"),
    _agent(9, "吴家豪", "complaints=7 backup=5", 9, 3, "complaint-handling=6"),
    _agent(10, "周雨桐", "repair=5 complaints=9", 10, 0, "refrigerator=6 complaint-handling=9"),
    _agent(11, "Daniel Okafor", "repair=4 product=6 complaints=4 english=9", 4, 10, "washing-machine=4 complaint-handling=3", "en"),
    _agent(12, "欧阳志强", "repair=6 product=5 complaints=5 backup=8", 9, 4, "air-conditioner=6 water-heater=6 complaint-handling=4"),
    SamplePerson("lead", "孙秀英", "lead", extension="8020"),
    SamplePerson("manager", "郭明", "manager"),
    SamplePerson("admin", "何静", "administrator"),
)

DISPOSITIONS: tuple[tuple[str, str, Names], ...] = (
    ("", "solved", names("已解决", "Solved")),
    ("", "callback", names("需回电", "Call back needed")),
    ("", "wrong-number", names("打错电话", "Wrong number")),
    ("", "dropped", names("中途挂断", "Dropped")),
    ("", "repair", names("维修", "Repair")),
    ("", "product", names("产品咨询", "Product")),
    ("", "complaints", names("投诉", "Complaint")),
    ("repair", "repair-booked", names("已预约上门", "Visit booked")),
    ("repair", "repair-advice", names("电话指导", "Advice given")),
    ("repair", "out-of-warranty", names("超出保修期", "Out of warranty")),
    ("product", "product-info", names("产品介绍", "Product information")),
    ("product", "product-order", names("有购买意向", "Wants to buy")),
    ("complaints", "complaint-taken", names("已受理投诉", "Complaint taken")),
    ("complaints", "complaint-escalated", names("已升级", "Escalated")),
)
"""Branch (empty: outermost), code, names. A branch named like a queue is for that queue."""
DATED = frozenset({"callback"})
"""Dispositions that ask for a callback to be booked."""
FORCED = frozenset({"complaints"})
"""Queues that insist on a disposition."""
