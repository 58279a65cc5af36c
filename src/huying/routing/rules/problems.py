"""What can be wrong in written requirements, and what to do about it, in English and Chinese. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MESSAGES: dict[str, tuple[str, str]] = {
    "not-understood": (
        "This is not a rule. Write for example: {example}.",
        "无法理解这条规则。可以写成：{example}。",
    ),
    "unexpected": (
        "The rule is complete before “{found}”: remove that, or begin a new rule with a line or “;”.",
        "规则在“{found}”之前已经完整：请删除多余内容，或换行、用“；”另写一条。",
    ),
    "open-quote": ("The quotation mark is not closed: close it before the end of the line.", "引号没有结束：请在行末之前补上引号。"),
    "bad-condition": (
        "Write the condition as “when language is en:” with a colon at its end.",
        "条件请写成“当 语言 为 en：”，末尾用冒号。",
    ),
    "second-time": ("A rule has one time alone: remove the second one.", "一条规则只能有一个时间：请删除后一个。"),
    "bad-time": ("The time must be from 0 s to 24 hours.", "时间应在 0 秒到 24 小时之间。"),
    "no-unit": ("Say seconds or minutes: “after {found} s” or “after {found} min”.", "请写明单位：“{found} 秒后”或“{found} 分钟后”。"),
    "no-level": ("Say from which level on: “{found} >= 5”.", "请写明最低等级：“{found} >= 5”。"),
    "bad-level": (
        "Levels go from 1 to 10. To ask for it no longer, write “no {found}”.",
        "等级为 1 到 10。若不再要求，请写“不要求 {found}”。",
    ),
    "wrong-sign": ("Only “>=” can be asked for: a level and all above it.", "只能使用“>=”：即不低于某个等级。"),
    "which-skill": ("Say which skill: no rule above names one.", "请写明哪项技能：前面的规则没有提到技能。"),
    "unknown-skill": ("There is no skill “{found}”.{near}", "没有名为“{found}”的技能。{near}"),
    "unknown-group": ("There is no group “{found}”.{near}", "没有名为“{found}”的组。{near}"),
    "unknown-queue": ("There is no queue “{found}”.{near}", "没有名为“{found}”的队列。{near}"),
    "ambiguous-name": ("More than one is called “{found}”: write its code.", "有多个名为“{found}”：请改写编码。"),
    "no-name": ("A name is missing here.", "这里缺少名称。"),
    "no-number": ("Say which number to forward to, for example +8621100861.", "请写明转接的号码，例如 +8621100861。"),
    "time-goes-back": (
        "Put the rules in order of time: a rule above holds from {found} s on.",
        "请按时间先后排列：上面有规则从 {found} 秒开始。",
    ),
    "never-reached": ("This is never reached: the work has gone away by the rule above.", "永远不会执行到这里：上面的规则已把联络转走。"),
    "overflow-to-itself": ("A queue cannot overflow to itself: name another queue.", "队列不能溢出到自己：请改为其他队列。"),
    "said-twice": (
        "This replaces what was asked of “{found}” at the same time: remove one of the two.",
        "同一时间对“{found}”要求了两次：请删除其中一条。",
    ),
    "nobody-here": ("Nobody is in this circle: no agent of its groups has {found}.", "没有人符合：组内没有坐席具备 {found}。"),
    "nobody-ever": (
        "Nobody can ever take this work: add a group, or relax the last rule.",
        "永远没有人可以接：请加组，或放宽最后一条规则。",
    ),
    "no-group": ("No group serves this queue: choose one, or write “also group …”.", "没有组服务此队列：请选择组，或写“加组 …”。"),
}
"""code -> English, Chinese"""

WARNINGS = frozenset({"said-twice", "nobody-here", "nobody-ever", "no-group"})
EXAMPLES = ("after 20 s English >= 4; after 180 s overflow to queue Product", "20 秒后 英语 >= 4；180 秒后 转队列 产品咨询")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place of the text; `line` and `column` count from 1. A warning does not keep the text from being used."""

    line: int
    column: int
    code: str
    found: str = ""
    near: tuple[str, ...] = field(default=())

    @property
    def severity(self) -> Literal["error", "warning"]:
        """Whether it keeps the text from being saved."""
        return "warning" if self.code in WARNINGS else "error"

    def message(self, language: str = "en") -> str:
        """What is wrong and what to do, in English or Chinese."""
        chinese = language.startswith("zh")
        near = ""
        if self.near:
            near = f"您是否要写：{'、'.join(self.near)}？" if chinese else f" Did you mean {', '.join(self.near)}?"
        words: Mapping[str, str] = {"found": self.found, "near": near, "example": EXAMPLES[chinese]}
        return MESSAGES[self.code][chinese].format_map(words)
