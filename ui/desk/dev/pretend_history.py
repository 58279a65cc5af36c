"""Contacts that are over, one of them with its timeline, and the figures of the pretended house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pretend_presence as pp
from pretend_house import ME, NOW, PEOPLE, QUEUES, ago, names


def summary(n: int) -> dict[str, Any]:
    ending = ["answered", "answered", "abandoned", "answered", "short_abandoned", "lost"][n % 6]
    answered = ending == "answered"
    return {
        **{
            "contact_id": f"c{n}",
            "channel": "web_call" if n % 4 == 3 else "phone",
            "direction": "inbound",
            "started_at": ago(900 * n + 333),
        },
        **{"ended_at": ago(900 * n), "state": "ended", "cause": "customer_hung_up", "entry_point": "4008001234", "language": "zh-CN"},
        "remote_number": "" if n % 4 == 3 else f"+8613{800000000 + n * 7919}",
        **{
            "remote_name": "",
            "customer_id": "k1",
            "customer_name": None if n % 5 == 4 else ["欧阳明珠", "陈建国", "Margaret O'Brien"][n % 3],
        },
        **{"number_called": "4008001234", "queue_id": QUEUES[n % 3][0], "agent_id": f"a{n % 5}" if answered else None},
        "agent_name": PEOPLE[n % 11] if answered else None,
        **{
            "ending": ending,
            "queue_entries": 1,
            "wait_seconds": 4.2 + n,
            "talk_seconds": 187.0 + n * 13 if answered else None,
            "hold_seconds": 0,
        },
        "disposition": "solved" if answered else "",
        "note": "洗衣机脱水时异响，已预约周四上午上门，请带减震垫。" if n % 3 == 0 else "",
        **{"recordings": 1 if answered else 0, "missing_seconds": 0},
    }


def detail() -> dict[str, Any]:
    def item(number: int, at: float, kind: str, **data: Any) -> dict[str, Any]:
        return {"number": number, "at": ago(at), "kind": kind, "data": data}

    return {
        **{key: value for key, value in summary(0).items() if key not in ("recordings", "queue_entries")},
        **{"queue_entries": [], "offers": [], "names": {}, "queues": {}},
        "segments": [],
        "recordings": [
            {
                "id": "r1",
                "segment_id": "s",
                "part": 1,
                "started_at": ago(300),
                "status": "kept",
                "seconds": 20.0,
                "missing_seconds": 0,
                "available": True,
            }
        ],
        "timeline": [
            item(1, 333, "ContactEntered", channel="phone"),
            item(2, 332, "FlowStarted", flow_id="f", version=3),
            item(3, 331, "FlowNodeEntered", node="greeting", node_kind="welcome"),
            item(4, 322, "FlowChoiceMade", node="menu", choice="1"),
            item(5, 321, "QueueEntered", entry_id="e", queue_id="q1", origin="first", **pp.ENTRY),
            item(6, 320, "OfferMade", offer_id="o", queue_id="q1", agent_id="a1", explanation=pp.WANTED),
            item(7, 310, "OfferEnded", offer_id="o", queue_id="q1", agent_id="a1", result="timed_out"),
            item(8, 310, "OfferMade", offer_id="o2", queue_id="q1", agent_id=ME, explanation=pp.WHY),
            item(9, 306, "OfferEnded", offer_id="o2", queue_id="q1", agent_id=ME, result="accepted"),
            item(10, 306, "QueueEntryEnded", queue_id="q1", ending="answered", waited_seconds=15.2, agent_id=ME),
            item(11, 306, "SegmentStarted", agent_id=ME, queue_id="q1"),
            item(12, 306, "CallRecordingStarted", recording_id="r1", part=1),
            item(13, 119, "SegmentEnded", agent_id=ME, by="customer", talk_seconds=187.0, hold_seconds=0),
            item(14, 119, "ContactEnded", cause="customer_hung_up", duration_seconds=214),
        ],
    }


def report() -> dict[str, Any]:
    codes = [
        ("offered", "count", "进队"),
        ("answered", "count", "接听"),
        ("abandoned", "count", "放弃"),
        ("short_abandoned", "count", "短放弃"),
        ("waiting", "count", "等待中"),
    ]
    codes += [
        ("service_level", "ratio", "服务水平"),
        ("asa_seconds", "seconds", "平均应答速度"),
        ("abandonment", "ratio", "放弃率"),
        ("talk_seconds", "seconds", "平均通话"),
    ]
    codes += [
        ("hold_seconds", "seconds", "平均保持"),
        ("after_call_seconds", "seconds", "平均话后处理"),
        ("aht_seconds", "seconds", "平均处理时长"),
        ("lost", "count", "故障丢失"),
    ]
    start = NOW.replace(minute=0, second=0, microsecond=0) - timedelta(hours=14)

    def row(n: int, queue: str | None) -> dict[str, Any]:
        offered = (n * 7) % 11 + 2 * n if n < 9 else 30 - n
        values = {
            "offered": offered,
            "answered": offered - offered // 5,
            "abandoned": offered // 7,
            "short_abandoned": 1 if offered > 8 else 0,
            "waiting": 0,
        }
        values |= {
            "service_level": 0.91 if offered else None,
            "asa_seconds": 11.5,
            "abandonment": 0.06,
            "talk_seconds": 183.0,
            "hold_seconds": 12.0,
        }
        values |= {"after_call_seconds": 25.0, "aht_seconds": 220.0, "lost": 1 if n == 4 else 0}
        at = start + timedelta(hours=n)
        return {
            "queue_id": queue,
            "agent_id": None,
            "from": at.isoformat(),
            "to": (at + timedelta(hours=1)).isoformat(),
            "provisional": n == 14,
            "values": values,
        }

    figures = [
        {"code": c, "unit": u, "name": names(z, c.replace("_", " ")), "formula": names(f"{z} = 例", f"{c} = example"), "sources": []}
        for c, u, z in codes
    ]
    return {
        **{
            "figures": figures,
            "identity": names("进队 = 接听 + 放弃 + …", "offered = answered + abandoned + …"),
            "time_zone": "Asia/Shanghai",
            "targets": {},
        },
        "rows": [row(n, queue) for n in range(15) for queue in ("q1", "q2")],
        **{"by_interval": [row(n, None) for n in range(15)], "totals": [row(3, "q1")], "total": row(4, None)},
    }
