"""Every figure with its one definition: name and formula in words (zh-CN, en), its sources, and how it is computed from summed terms.

A denominator of zero gives None: no value, never nought. Durations are in seconds, ratios between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from huying.analytics.terms import AgentTerms, QueueTerms

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """A figure. `unit`: count, ratio, seconds."""

    code: str
    unit: str
    zh: str
    en: str
    formula_zh: str
    formula_en: str
    sources: tuple[str, ...]
    value: Callable[[T], float | None]

    def described(self) -> dict[str, object]:
        """What a page needs to show the figure with its formula."""
        return {
            "code": self.code,
            "unit": self.unit,
            "name": {"zh-CN": self.zh, "en": self.en},
            "formula": {"zh-CN": self.formula_zh, "en": self.formula_en},
            "sources": list(self.sources),
        }


def ratio(above: int, below: int) -> float | None:
    """The ratio, or None over nothing."""
    return above / below if below else None


def mean_seconds(milliseconds: int, count: int) -> float | None:
    """The mean in seconds, or None of nothing."""
    return milliseconds / count / 1000 if count else None


def _count(code: str, zh: str, en: str, formula_zh: str, formula_en: str, *sources: str) -> Figure[QueueTerms]:
    return Figure(code, "count", zh, en, formula_zh, formula_en, sources, lambda terms: int(getattr(terms, code)))


def _ending(code: str, zh: str, en: str, meaning_zh: str, meaning_en: str) -> Figure[QueueTerms]:
    return _count(code, zh, en, f"结局为 {code} 的进队数：{meaning_zh}", f"entries that ended {code}: {meaning_en}", "QueueEntryEnded")


IDENTITY = {
    "zh-CN": "进队 = 接听 + 放弃 + 短放弃 + 溢出 + 转自助 + 转回呼 + 留言 + 转出 + 规则结束 + 未回通 + 拒入 + 故障丢失 + 等待中",
    "en": "offered = answered + abandoned + short_abandoned + overflowed + self_served + called_back + voicemail + forwarded + ended"
    " + not_reached + refused + lost + waiting",
}

QUEUE_FIGURES: tuple[Figure[QueueTerms], ...] = (
    _count("offered", "进队", "offered", "进入队列的次数（含被拒入的）", "stays presented to the queue, refused ones too", "QueueEntered"),
    _ending("answered", "接听", "answered", "接通到人", "connected to a person"),
    _ending("abandoned", "放弃", "abandoned", "客户等待中离开，晚于短放弃时限", "the customer left, later than the short limit"),
    _ending("short_abandoned", "短放弃", "short abandoned", "客户在短放弃时限内离开", "the customer left not later than the short limit"),
    _ending("overflowed", "溢出", "overflowed", "转入另一队列", "moved to another queue"),
    _ending("self_served", "转自助", "self-served", "客户选择自助服务", "left for self-service by the customer's choice"),
    _ending("called_back", "转回呼", "called back", "换成回呼", "exchanged for a callback"),
    _ending("voicemail", "留言", "voicemail", "客户选择留言", "left for voicemail by the customer's choice"),
    _ending("forwarded", "转出", "forwarded", "转到电话、个人或值班", "sent to a telephone, a person or the duty service"),
    _ending("ended", "规则结束", "ended", "由规则或主管结束", "closed by a rule or a supervisor"),
    _ending("not_reached", "未回通", "not reached", "回呼未能找到客户", "a callback that did not find the customer"),
    _ending("refused", "拒入", "refused", "队列关闭、已满或被挡在门外", "closed, full or blocked at the door"),
    _ending("lost", "故障丢失", "lost", "等待中因我方故障丢失", "a fault of ours while waiting"),
    _count("waiting", "等待中", "waiting", "尚无结局的进队数", "entries without an ending yet", "QueueEntered", "QueueEntryEnded"),
    _count("contacts", "联络", "contacts", "首次进队数（来源为 first）", "first entries (origin first)", "QueueEntered"),
    _count("from_overflow", "溢入", "from overflow", "来源为 overflow 的进队数", "entries with origin overflow", "QueueEntered"),
    _count("from_transfer", "转入", "from transfer", "来源为 transfer 的进队数", "entries with origin transfer", "QueueEntered"),
    _count("from_recovery", "恢复进队", "from recovery", "坐席掉线后重新进队数", "entries after the agent was lost", "QueueEntered"),
    _count("from_callback", "回呼进队", "from callback", "来源为 callback 的进队数", "entries with origin callback", "QueueEntered"),
    _count("answered_in_time", "T 内接听", "answered<=T", "等待不超过 T 的接听数", "answered, wait not longer than T", "QueueEntryEnded"),
    Figure(
        "service_level", "ratio", "服务水平", "service level",
        "按队列所选公式（SL1–SL4）之和计算", "by the formula chosen for the queue (SL1–SL4), from summed terms",
        ("QueueEntered", "QueueEntryEnded"), lambda t: ratio(t.level_met, t.level_base),
    ),
    Figure(
        "SL1", "ratio", "服务水平 SL1", "service level SL1",
        "T 内接听 ÷（进队 − 短放弃 − 拒入）", "answered<=T / (offered - short_abandoned - refused)",
        ("QueueEntered", "QueueEntryEnded"), lambda t: ratio(t.answered_in_time, t.offered - t.short_abandoned - t.refused),
    ),
    Figure(
        "SL2", "ratio", "服务水平 SL2", "service level SL2",
        "T 内接听 ÷ 接听", "answered<=T / answered",
        ("QueueEntryEnded",), lambda t: ratio(t.answered_in_time, t.answered),
    ),
    Figure(
        "SL3", "ratio", "服务水平 SL3", "service level SL3",
        "（T 内接听 + T 内放弃）÷（接听 + 放弃）", "(answered<=T + abandoned<=T) / (answered + abandoned)",
        ("QueueEntryEnded",), lambda t: ratio(t.answered_in_time + t.abandoned_in_time, t.answered + t.abandoned),
    ),
    Figure(
        "SL4", "ratio", "服务水平 SL4", "service level SL4",
        "T 内接听 ÷（接听 + 超过 T 的放弃）", "answered<=T / (answered + abandoned>T)",
        ("QueueEntryEnded",), lambda t: ratio(t.answered_in_time, t.answered + t.abandoned - t.abandoned_in_time),
    ),
    Figure(
        "asa_seconds", "seconds", "平均应答速度", "ASA",
        "接听的等待时长之和 ÷ 接听", "wait of answered / answered",
        ("QueueEntryEnded",), lambda t: mean_seconds(t.wait_answered_ms, t.answered),
    ),
    Figure(
        "wait_seconds", "seconds", "平均等待", "mean wait",
        "已有结局的进队的等待时长之和 ÷ 其数", "wait of all that ended / entries that ended",
        ("QueueEntered", "QueueEntryEnded"), lambda t: mean_seconds(t.wait_ms, t.offered - t.waiting),
    ),
    Figure(
        "abandoned_wait_seconds", "seconds", "放弃前平均等待", "mean wait of abandoned",
        "放弃的等待时长之和 ÷ 放弃", "wait of abandoned / abandoned",
        ("QueueEntryEnded",), lambda t: mean_seconds(t.wait_abandoned_ms, t.abandoned),
    ),
    Figure(
        "abandonment", "ratio", "放弃率", "abandonment",
        "放弃 ÷（进队 − 短放弃 − 拒入）", "abandoned / (offered - short_abandoned - refused)",
        ("QueueEntered", "QueueEntryEnded"), lambda t: ratio(t.abandoned, t.offered - t.short_abandoned - t.refused),
    ),
    Figure(
        "ring_seconds", "seconds", "平均振铃", "ring time",
        "被接受的派单从发出到应答之和 ÷ 其数", "offer to answer, of accepted offers / those offers",
        ("OfferMade", "OfferEnded"), lambda t: mean_seconds(t.ring_ms, t.rang),
    ),
    Figure(
        "talk_seconds", "seconds", "平均通话", "talk",
        "通话时长之和（不含保持）÷ 接听", "talk without hold / answered",
        ("SegmentEnded",), lambda t: mean_seconds(t.talk_ms, t.answered),
    ),
    Figure(
        "hold_seconds", "seconds", "平均保持", "hold",
        "保持时长之和 ÷ 接听", "hold / answered",
        ("SegmentEnded",), lambda t: mean_seconds(t.hold_ms, t.answered),
    ),
    Figure(
        "after_call_seconds", "seconds", "平均话后处理", "after-call work",
        "话后处理时长之和 ÷ 接听", "after-call work / answered",
        ("AgentStateChanged",), lambda t: mean_seconds(t.after_call_ms, t.answered),
    ),
    Figure(
        "aht_seconds", "seconds", "平均处理时长", "AHT",
        "（通话 + 保持 + 话后处理）÷ 接听", "(talk + hold + after-call work) / answered",
        ("SegmentEnded", "AgentStateChanged"), lambda t: mean_seconds(t.talk_ms + t.hold_ms + t.after_call_ms, t.answered),
    ),
    Figure(
        "hold_rate", "ratio", "保持率", "hold rate",
        "有过保持的接听 ÷ 接听", "answered with a hold / answered",
        ("HoldStarted", "QueueEntryEnded"), lambda t: ratio(t.held, t.answered),
    ),
    Figure(
        "transfer_rate", "ratio", "转接率", "transfer rate",
        "被转接的接听 ÷ 接听", "answered and then transferred / answered",
        ("QueueEntered", "QueueEntryEnded"), lambda t: ratio(t.transferred, t.answered),
    ),
    _count(
        "no_disposition", "未登记结果", "no disposition", "队列要求登记结果、坐席处理完毕却未登记且至今未补的进队数",
        "entries of contacts that were left without the disposition their queue insists on, none given since",
        "DispositionNotGiven", "DispositionGivenLate",
    ),
)  # fmt: skip


def _of_agent(
    code: str, unit: str, zh: str, en: str, formula_zh: str, formula_en: str, sources: str, value: Callable[[AgentTerms], float | None]
) -> Figure[AgentTerms]:
    return Figure(code, unit, zh, en, formula_zh, formula_en, tuple(sources.split()), value)


_STATES = "AgentSignedIn AgentSignedOut AgentStatusChosen AgentStateChanged"

AGENT_FIGURES: tuple[Figure[AgentTerms], ...] = (
    _of_agent("offers", "count", "派单", "offers", "发给坐席的派单数", "offers made to the agent", "OfferMade", lambda t: t.offers),
    _of_agent("accepted", "count", "已接受", "accepted", "结果为接受的派单", "offers accepted", "OfferEnded", lambda t: t.accepted),
    _of_agent(
        "refused", "count", "拒绝", "refused", "结果为拒绝的派单（计入坐席）", "offers refused (count against the agent)", "OfferEnded",
        lambda t: t.refused,
    ),
    _of_agent(
        "timed_out", "count", "超时未接", "timed out", "结果为超时的派单（计入坐席）", "offers not answered (count against the agent)",
        "OfferEnded", lambda t: t.timed_out,
    ),
    _of_agent(
        "unreachable", "count", "设备不可达", "unreachable", "设备无法振铃的派单", "offers whose phone could not be rung", "OfferEnded",
        lambda t: t.unreachable,
    ),
    _of_agent(
        "withdrawn", "count", "撤回", "withdrawn", "别处已接或客户已挂的派单", "answered elsewhere, or the caller had gone", "OfferEnded",
        lambda t: t.withdrawn,
    ),
    _of_agent("segments", "count", "通话段", "segments", "坐席开始的通话段数", "segments begun", "SegmentStarted", lambda t: t.segments),
    _of_agent(
        "talk_seconds", "seconds", "平均通话", "talk", "通话时长之和（不含保持）÷ 已结束通话段", "talk without hold / segments that ended",
        "SegmentEnded", lambda t: mean_seconds(t.talk_ms, t.segments - t.open_segments),
    ),
    _of_agent(
        "hold_seconds", "seconds", "平均保持", "hold", "保持时长之和 ÷ 已结束通话段", "hold / segments that ended", "SegmentEnded",
        lambda t: mean_seconds(t.hold_ms, t.segments - t.open_segments),
    ),
    _of_agent(
        "after_call_seconds", "seconds", "平均话后处理", "after-call work", "话后处理时长之和 ÷ 已结束通话段",
        "after-call work / segments that ended",
        "AgentStateChanged", lambda t: mean_seconds(t.after_call_ms, t.segments - t.open_segments),
    ),
    _of_agent(
        "aht_seconds", "seconds", "平均处理时长", "AHT", "（通话 + 保持 + 话后处理）÷ 已结束通话段",
        "(talk + hold + after-call work) / segments that ended", "SegmentEnded AgentStateChanged",
        lambda t: mean_seconds(t.talk_ms + t.hold_ms + t.after_call_ms, t.segments - t.open_segments),
    ),
    _of_agent(
        "signed_in_seconds", "seconds", "签入时长", "signed in", "签入时长之和", "time signed in", _STATES, lambda t: t.signed_in_ms / 1000
    ),
    _of_agent("ready_seconds", "seconds", "就绪时长", "ready", "就绪且空闲的时长", "ready and idle", _STATES,
        lambda t: t.ready_ms / 1000),
    _of_agent("break_seconds", "seconds", "小休时长", "break", "小休且空闲的时长", "on break and idle", _STATES,
        lambda t: t.break_ms / 1000),
    _of_agent(
        "busy_seconds", "seconds", "处理时长", "busy", "振铃、通话、保持、话后处理的时长", "ringing, talking, holding, after-call", _STATES,
        lambda t: t.busy_ms / 1000,
    ),
    _of_agent(
        "occupancy", "ratio", "占用率", "occupancy", "处理时长 ÷（处理时长 + 就绪时长）", "busy / (busy + ready), in wall time", _STATES,
        lambda t: ratio(t.busy_ms, t.busy_ms + t.ready_ms),
    ),
    _of_agent(
        "utilisation", "ratio", "利用率", "utilisation", "处理时长 ÷ 签入时长", "busy / time signed in", _STATES,
        lambda t: ratio(t.busy_ms, t.signed_in_ms),
    ),
    _of_agent(
        "hold_rate", "ratio", "保持率", "hold rate", "有过保持的通话段 ÷ 通话段", "segments with a hold / segments",
        "HoldStarted SegmentStarted", lambda t: ratio(t.held, t.segments),
    ),
    _of_agent(
        "no_disposition", "count", "未登记结果", "no disposition", "坐席最后处理、队列要求登记结果却未登记且至今未补的联络数",
        "contacts the agent was last in, left without the disposition their queue insists on, none given since",
        "DispositionNotGiven DispositionGivenLate", lambda t: t.no_disposition,
    ),
)  # fmt: skip


def queue_values(terms: QueueTerms) -> dict[str, float | int | None]:
    """Every figure of queues by its code."""
    return {figure.code: figure.value(terms) for figure in QUEUE_FIGURES}


def agent_values(terms: AgentTerms) -> dict[str, float | int | None]:
    """Every figure of agents by its code."""
    return {figure.code: figure.value(terms) for figure in AGENT_FIGURES}


def formulas() -> Mapping[str, list[dict[str, object]]]:
    """All figures as pages show them."""
    return {"queues": [figure.described() for figure in QUEUE_FIGURES], "agents": [figure.described() for figure in AGENT_FIGURES]}
