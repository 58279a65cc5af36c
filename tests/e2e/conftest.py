"""What the end-to-end tests share: a browser driver that ends with its test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from house import House, running_house
from playwright.async_api import Playwright, async_playwright


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    """Drives real browsers; whatever a test left open is closed with it."""
    async with async_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The whole product with sample data; tests that kill parts of it make one of their own."""
    with running_house(tmp_path_factory.mktemp("house") / "data") as running:
        yield running
