"""What the end-to-end tests share: a browser driver that ends with its test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Playwright, async_playwright


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    """Drives real browsers; whatever a test left open is closed with it."""
    async with async_playwright() as driver:
        yield driver
