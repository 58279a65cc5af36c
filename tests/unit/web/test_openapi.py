"""The API description in the repository is that of the code."""

from __future__ import annotations

from pathlib import Path

from huying.web.openapi import text

KEPT = Path(__file__).resolve().parents[3] / "ui/packages/api/openapi.json"


def test_description_is_up_to_date() -> None:
    assert KEPT.read_text() == text(), "run: python -m huying.web.openapi > ui/packages/api/openapi.json"
