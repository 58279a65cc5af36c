"""A NUL sign, numbers without end, the last day of the calendar: refused as wrong input, not answered as a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest

NUL = "a\x00b"
FAR_WEST = "9999-12-31T23:59:59-14:00"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/tasks", {"search": NUL}),
        ("/api/tasks", {"offset": "9" * 20}),
        ("/api/changes", {"before": "9" * 20}),
        ("/api/knowledge-articles", {"queue_id": NUL}),
        ("/api/reports/agents", {"from": FAR_WEST, "to": FAR_WEST}),
    ],
)
async def test_a_wrong_question_is_refused(house: Any, path: str, query: dict[str, str]) -> None:
    async with house.signed_in("admin") as browser:
        answer = await browser.get(path, params=query)
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["code"] == "invalid-input"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/number-hints", {"number": "13800138000", "text": NUL, "level": "info"}),
        ("/api/closings", {"reason": NUL}),
        ("/api/customers", {"name": NUL}),
        ("/api/notices", {"audience": "all", "title": "a", "text": "a", "importance": "confirm", "ends_at": FAR_WEST}),
    ],
)
async def test_what_cannot_be_kept_is_refused(house: Any, path: str, body: dict[str, object]) -> None:
    async with house.signed_in("admin") as browser:
        answer = await browser.post(path, json=body)
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["code"] == "invalid-input"


async def test_an_agents_last_day_of_the_calendar_is_refused(house: Any) -> None:
    async with house.signed_in("admin") as browser:
        agent = (await browser.get("/api/agents")).json()["items"][0]["id"]
        assert (await browser.get(f"/api/agents/{agent}/day", params={"date": "9999-12-31"})).status_code == 422
