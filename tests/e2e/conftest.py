"""What the end-to-end tests share: a browser driver that ends with its test."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from pathlib import Path

import browsers
import pytest
import sip_phone
import sounds
from desk_page import Desk
from house import House, running_house
from playwright.async_api import Page, Playwright, async_playwright, expect
from playwright.sync_api import expect as expect_beside
from sqlalchemy import NullPool, create_engine, text
from visitor_page import Visitor

from huying.foundation.settings import load_settings

FAILED = pytest.StashKey[bool]()
RESULTS = Path(__file__).parents[2] / "test-results"
VISITOR_HERTZ = 1700.0
PATIENCE_MS = 30_000
"""Pages are waited for longer than a busy machine needs; what must come back in time says so itself."""
expect.set_options(timeout=PATIENCE_MS)
expect_beside.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    """Drives real browsers; whatever a test left open is closed with it."""
    async with async_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def house(ground: Path) -> Iterator[House]:
    """The whole product with sample data."""
    with running_house(ground / "house") as running:
        yield running


@pytest.fixture
async def line(house: House) -> AsyncIterator[sip_phone.SipLine]:
    """The telephone company."""
    async with sip_phone.sip_line(house.sip_port) as line:
        yield line


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember how the test's own part ended, for the fixtures that keep evidence."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


async def keep_evidence(item: pytest.Item, house: House, name: str, page: Page) -> None:
    """After a failure: the page's picture and the journal's end in test-results/."""
    if item.stash.get(FAILED, False):
        stem = re.sub(r"\W+", "-", f"{item.name}-{name}").strip("-")
        await page.screenshot(path=RESULTS / f"{stem}.png")
        (RESULTS / f"{stem}-journal.txt").write_text(journal_tail(house))


def journal_tail(house: House, entries: int = 60) -> str:
    """The newest entries of the sample business, newest first."""
    engine = create_engine(load_settings(house.folder).database_url, poolclass=NullPool)
    with engine.begin() as session:
        session.execute(text("SELECT set_config('role', 'huying_system', true)"))
        rows = session.execute(text("SELECT at, stream, number, kind, data FROM journal ORDER BY at DESC LIMIT :n"), {"n": entries})
        return "\n".join(" ".join(str(value) for value in row) for row in rows)


@pytest.fixture
async def desks(
    playwright: Playwright, house: House, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Callable[[str, float], Awaitable[Desk]]]:
    """Opens desks: `await desks("agent1", 1000)` is that agent, ready, saying that tone; its voice file is tmp_path/agent1.wav."""
    opened: dict[str, Desk] = {}

    async def open_desk(login: str, hertz: float) -> Desk:
        browser = await browsers.launch(playwright, _voice(tmp_path / f"{login}.wav", hertz))
        opened[login] = desk = Desk(await browsers.new_page(browser), house.address)
        await desk.log_in(login, house.password)
        await desk.start_work()
        return desk

    yield open_desk
    for login, desk in opened.items():
        await keep_evidence(request.node, house, login, desk.page)
        await desk.sign_out()
        await desk.page.context.browser.close()


@pytest.fixture
async def visitor(playwright: Playwright, house: House, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    """A customer in a browser of his own who says VISITOR_HERTZ."""
    browser = await browsers.launch(playwright, _voice(tmp_path / "visitor.wav", VISITOR_HERTZ))
    page = await browsers.new_page(browser, width=1000, height=700)
    yield Visitor(page, house.address)
    await keep_evidence(request.node, house, "visitor", page)
    await browser.close()


def _voice(path: Path, hertz: float) -> Path:
    return sounds.write_wav(path, sounds.beeps(hertz, 4, 48000), 48000)
