"""A customer on the sample company's page."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect


class Visitor:
    """One customer at one page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address

    @property
    def state(self) -> Locator:
        """The line that says how the call stands."""
        return self.page.get_by_test_id("call-state")

    async def call(self) -> None:
        """Open the page and press "call us"."""
        await self.page.goto(f"{self._address}/site/")
        await self.page.get_by_test_id("call").click()

    async def expect_state(self, state: str, seconds: float = 30) -> None:
        """The page shows this state: connecting, menu, waiting, talking, ended, failed."""
        await expect(self.state).to_have_attribute("data-state", state, timeout=seconds * 1000)

    async def press(self, key: str) -> None:
        """A key of the page's keypad."""
        await self.page.get_by_test_id(f"key-{key}").click()

    async def hang_up(self) -> None:
        """Press hang up."""
        await self.page.get_by_test_id("hang-up").click()
