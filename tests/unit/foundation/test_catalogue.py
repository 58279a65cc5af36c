"""The page of events says what the code says."""

from pathlib import Path

from huying.foundation.journal.catalogue import catalogue

PAGE = Path(__file__).parents[3] / "docs/journal-events.md"


def test_the_page_of_events_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue(), "run: python -m huying.foundation.journal.catalogue"
