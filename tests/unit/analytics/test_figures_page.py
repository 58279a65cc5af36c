"""The page of figures in the docs says what the code does."""

from pathlib import Path

from huying.analytics.figures_page import page


def test_the_page_is_up_to_date() -> None:
    written = Path(__file__).parents[3] / "docs/figures.md"
    assert written.read_text() == page(), "write it again: python -m huying.analytics.figures_page > docs/figures.md"
