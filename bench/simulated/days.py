"""Days of changing load and staff on which the estimated wait is judged: queues grow long, shrink, and people leave them."""

from __future__ import annotations

from typing import Any

DATE = "2026-03-02"
ONE_QUEUE: dict[str, Any] = {
    "name": "one queue, everything exponential",
    "date": DATE,
    "opens": "08:00",
    "closes": "20:00",
    "queues": {"q": {"groups": ["g"]}},
    "agents": [
        {
            "name": "day", "count": 16, "groups": ["g"], "works": "08:00-18:00", "answers_after": {"lognormal": {"mean": 4, "cv": 0.5}},
            "breaks": [{"at": "11:30", "minutes": 40, "within_minutes": 100}],
        },
        {
            "name": "late", "count": 8, "groups": ["g"], "works": "10:00-20:00", "answers_after": {"lognormal": {"mean": 4, "cv": 0.5}},
            "breaks": [{"at": "15:00", "minutes": 30, "within_minutes": 60}],
        },
    ],
    "customers": [
        {
            "name": "all", "queue": "q", "patience": {"exponential": 600}, "talk": {"exponential": 220},
            "per_hour": {"08:00": 180, "09:00": 330, "10:30": 470, "12:00": 300, "13:30": 390, "15:00": 450, "17:00": 250, "18:00": 190},
        },
    ],
}  # fmt: skip
LOGNORMAL: dict[str, Any] = ONE_QUEUE | {
    "name": "lognormal talk and patience, after-call work, missed offers",
    "agents": [part | {"misses": 0.02} for part in ONE_QUEUE["agents"]],
    "customers": [
        ONE_QUEUE["customers"][0]
        | {
            "patience": {"lognormal": {"mean": 480, "cv": 1.0}},
            "talk": {"lognormal": {"mean": 190, "cv": 0.8}},
            "after_call": {"exponential": 30},
        }
    ],
}
SURGE: dict[str, Any] = {
    "name": "an hour's surge on 60 agents",
    "date": DATE,
    "opens": "08:00",
    "closes": "18:00",
    "queues": {"q": {"groups": ["g"]}},
    "agents": [
        {"name": "day", "count": 60, "groups": ["g"], "works": "08:00-18:30", "answers_after": 4,
         "breaks": [{"at": "11:30", "minutes": 45, "within_minutes": 90}]},
    ],
    "customers": [
        {"name": "all", "queue": "q", "patience": {"exponential": 500}, "talk": {"lognormal": {"mean": 240, "cv": 0.9}},
         "per_hour": {"08:00": 500, "09:30": 1500, "10:30": 700, "14:00": 1150, "15:00": 500}},
    ],
}  # fmt: skip
SHARED: dict[str, Any] = {
    "name": "two queues that share agents, one with slow contacts",
    "date": DATE,
    "opens": "08:00",
    "closes": "20:00",
    "queues": {"short": {"groups": ["one", "both"]}, "long": {"groups": ["two", "both"]}},
    "agents": [
        {"name": "one", "count": 8, "groups": ["one"], "works": "08:00-20:00", "answers_after": 4},
        {"name": "two", "count": 10, "groups": ["two"], "works": "08:00-20:00", "answers_after": 4},
        {"name": "both", "count": 8, "groups": ["both"], "works": "10:00-18:00", "answers_after": 4,
         "breaks": [{"at": "12:00", "minutes": 45, "within_minutes": 60}]},
    ],
    "customers": [
        {"name": "short", "queue": "short", "patience": {"exponential": 500}, "talk": {"lognormal": {"mean": 150, "cv": 0.8}},
         "per_hour": {"08:00": 180, "10:00": 420, "12:00": 280, "14:00": 380, "17:00": 200}},
        {"name": "long", "queue": "long", "patience": {"exponential": 700}, "talk": {"lognormal": {"mean": 360, "cv": 0.8}},
         "per_hour": {"08:00": 100, "10:00": 130, "13:00": 170, "16:00": 110}},
    ],
}  # fmt: skip
VIPS: dict[str, Any] = ONE_QUEUE | {
    "name": "VIPs pass the others",
    "classes": {"vip": {"head_start_seconds": 300}},
    "customers": [
        ONE_QUEUE["customers"][0]
        | {"per_hour": {"08:00": 160, "09:00": 290, "10:30": 410, "12:00": 260, "13:30": 340, "15:00": 390, "17:00": 220, "18:00": 170}},
        ONE_QUEUE["customers"][0] | {"name": "vips", "customer_class": "vip", "per_hour": 50},
    ],
}
SKILLS: dict[str, Any] = {
    "name": "languages inside one queue, callbacks, a circle that widens",
    "date": DATE,
    "opens": "08:00",
    "closes": "18:00",
    "queues": {"q": {"groups": ["g"], "requirements": "when language is en: english >= 5; after 240 s also group help"}},
    "agents": [
        {"name": "bilingual", "count": 7, "groups": ["g"], "skills": {"english": 8}, "works": "08:00-18:00", "answers_after": 4},
        {"name": "others", "count": 14, "groups": ["g"], "works": "08:00-18:00", "answers_after": 4,
         "breaks": [{"at": "11:30", "minutes": 45, "within_minutes": 90}]},
        {"name": "help", "count": 3, "groups": ["help"], "works": "09:00-17:00", "answers_after": 4},
    ],
    "customers": [
        {"name": "chinese", "queue": "q", "language": "zh", "patience": {"exponential": 600},
         "talk": {"lognormal": {"mean": 220, "cv": 0.8}}, "callback": {"share": 0.1},
         "per_hour": {"08:00": 180, "09:00": 300, "10:30": 390, "12:00": 240, "14:00": 360, "16:00": 230}},
        {"name": "english", "queue": "q", "language": "en", "patience": {"exponential": 600},
         "talk": {"lognormal": {"mean": 260, "cv": 0.8}}, "per_hour": 45},
    ],
}  # fmt: skip
DAYS = (ONE_QUEUE, LOGNORMAL, SURGE, SHARED, VIPS, SKILLS)
