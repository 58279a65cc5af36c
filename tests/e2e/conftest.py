"""What the end-to-end tests share: a browser driver that ends with its test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import browsers
import pytest
import sip_phone
import sounds
from desk_page import Desk
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


@pytest.fixture
async def line(house: House) -> AsyncIterator[sip_phone.SipLine]:
    """The telephone company."""
    async with sip_phone.sip_line(house.sip_port) as line:
        yield line


@pytest.fixture
async def desks(playwright: Playwright, house: House, tmp_path: Path) -> AsyncIterator[Callable[[str, float], Awaitable[Desk]]]:
    """Opens desks: `await desks("agent1", 1000)` is that agent, ready, saying that tone; its voice file is tmp_path/agent1.wav."""
    opened: list[Desk] = []

    async def open_desk(login: str, hertz: float) -> Desk:
        voice = sounds.write_wav(tmp_path / f"{login}.wav", sounds.beeps(hertz, 4, 48000), 48000)
        desk = Desk(await browsers.new_page(await browsers.launch(playwright, voice)), house.address)
        opened.append(desk)
        await desk.log_in(login, house.password)
        await desk.start_work()
        return desk

    yield open_desk
    for desk in opened:
        await desk.sign_out()
        await desk.page.context.browser.close()
