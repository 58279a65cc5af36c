"""The flow of the sample business, an appliance maker: Chinese greeting, a key for English, a menu, four queues.

Where it is closed it says why, and offers the duty telephone. Who would rather be called back may choose a time.
"""

from __future__ import annotations

from huying.flows.graph import Flow
from huying.flows.nodes import (
    CallbackNode,
    GoodbyeNode,
    HoursNode,
    MenuNode,
    PlayNode,
    QueueNode,
    SetLanguageNode,
    TransferNode,
    WelcomeNode,
)
from huying.flows.spoken import Line, lines_of

SAMPLE_FLOW_CODE = "service-line"
SAMPLE_FLOW_NAMES = {"zh-CN": "服务热线", "en": "Service line"}
SAMPLE_QUEUES = ("repair", "product", "complaints", "general")
SAMPLE_SCHEDULES = ("service", "office")
"""The service line's, open day and night in the sample; and that of the general queue, which keeps office hours."""
DUTY_NUMBER = "4008005679"
LONGEST_WAIT_SECONDS = 900


def sample_flow(flow_id: str = "sample", version: int = 1) -> Flow:
    """Welcome, hours, menu (1 repair, 2 product questions, 3 complaints, 4 anything else, 0 a person, 9 English), queues, goodbye."""
    for_english = Line(key="sample.for_english", language="en", only="zh-CN")
    leave = {"otherwise": "sorry", "full": "busy", "closed": "closed", "callback": "call_back"}
    return Flow.build(
        flow_id,
        version,
        WelcomeNode(
            id="welcome",
            prompt=lines_of("sample.greeting", for_english, "system.recording_notice"),
            exits={"next": "open"},
        ),
        _hours("open", "service", "menu"),
        MenuNode(
            id="menu",
            prompt=lines_of("sample.menu"),
            timeout_seconds=6,
            exits={
                "1": "repair",
                "2": "product",
                "3": "complaints",
                "4": "office",
                "0": "person",
                "9": "english",
                "no_input": "person",
                "invalid": "person",
            },
        ),
        SetLanguageNode(id="english", language="en", exits={"next": "menu"}),
        _hours("office", "office", "general"),
        _queue("repair", "repair", "sample.to_repair", LONGEST_WAIT_SECONDS, {**leave, "timeout": "sorry"}),
        _queue("product", "product", "sample.to_product", LONGEST_WAIT_SECONDS, {**leave, "timeout": "sorry"}),
        _queue("complaints", "complaints", "sample.to_complaints", 300, {**leave, "timeout": "person"}),
        _queue("general", "general", "sample.to_general", LONGEST_WAIT_SECONDS, {**leave, "timeout": "sorry"}),
        _queue("person", "product", "sample.to_person", LONGEST_WAIT_SECONDS, {**leave, "timeout": "sorry"}),
        PlayNode(id="closed", prompt=lines_of("queue.closed"), exits={"next": "duty"}),
        PlayNode(id="holiday", prompt=lines_of("queue.closed_holiday"), exits={"next": "duty"}),
        PlayNode(id="emergency", prompt=lines_of("queue.closed_emergency"), exits={"next": "duty"}),
        MenuNode(
            id="duty",
            prompt=lines_of("sample.duty"),
            tries=2,
            exits={"1": "duty_phone", "2": "goodbye", "no_input": "goodbye", "invalid": "goodbye"},
        ),
        TransferNode(id="duty_phone", address=DUTY_NUMBER, prompt=lines_of("sample.to_duty"), exits={"otherwise": "sorry"}),
        CallbackNode(id="call_back", offer_time=True, exits={"arranged": "in_turn", "booked": "booked"}),
        GoodbyeNode(id="in_turn", prompt=lines_of("callback.arranged", "system.goodbye")),
        GoodbyeNode(id="booked", prompt=lines_of("callback.booked", "system.goodbye")),
        GoodbyeNode(id="goodbye", prompt=lines_of("system.goodbye")),
        GoodbyeNode(id="busy", prompt=lines_of("queue.all_busy", "system.goodbye")),
        GoodbyeNode(id="sorry", prompt=lines_of("queue.nobody_answered", "system.goodbye")),
    )


def _hours(node: str, schedule: str, when_open: str) -> HoursNode:
    exits = {"open": when_open, "closed": "closed", "holiday": "holiday", "emergency": "emergency", "otherwise": "closed"}
    return HoursNode(id=node, schedule=schedule, exits=exits)


def _queue(node: str, queue: str, key: str, max_wait_seconds: float, exits: dict[str, str]) -> QueueNode:
    return QueueNode(
        id=node,
        queue=queue,
        prompt=lines_of(key),
        announcement=lines_of("queue.please_wait"),
        max_wait_seconds=max_wait_seconds,
        exits=exits,
    )
