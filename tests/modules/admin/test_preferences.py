"""One's own preferences through HTTP."""

from __future__ import annotations

from typing import Any

import pytest

KEYS = {"hold": "Alt+h", "mute": ""}
COLUMNS = {"left": 300, "right": 410}


async def test_another_workstation_has_what_one_chose(house: Any) -> None:
    browser = await house.signed_in("ADA")
    assert (await browser.get("/api/preferences")).json() == {"chosen": {}}
    assert (await browser.put("/api/preferences/keys", json={"value": KEYS})).status_code == 200
    await browser.put("/api/preferences/desk-columns", json={"value": COLUMNS})
    elsewhere = await house.signed_in("ADA")
    assert (await elsewhere.get("/api/preferences")).json() == {"chosen": {"keys": KEYS, "desk-columns": COLUMNS}}
    answer = await elsewhere.put("/api/preferences/keys", json={"value": None})
    assert answer.json() == {"chosen": {"desk-columns": COLUMNS}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("desk-side", "<script>"),
        ("desk-columns", {"left": 300}),
        ("desk-columns", {"left": 300, "right": 300, "more": 1}),
        ("desk-columns", {"left": "300", "right": 300}),
        ("keys", {"hold": "x" * 31}),
        ("keys", {f"k{n}": "a" for n in range(201)}),
        ("keys", ["Alt+h"]),
    ],
)
async def test_what_is_of_another_shape_is_refused(house: Any, name: str, value: object) -> None:
    browser = await house.signed_in("ADA")
    answer = await browser.put(f"/api/preferences/{name}", json={"value": value})
    assert answer.status_code == 422
    assert (await browser.get("/api/preferences")).json() == {"chosen": {}}


async def test_an_unknown_name_and_nobody_are_refused(house: Any) -> None:
    browser = await house.signed_in("ADA")
    assert (await browser.put("/api/preferences/own", json={"value": "x"})).status_code == 404
    assert (await house.browser().get("/api/preferences")).status_code == 401
