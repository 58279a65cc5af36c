"""The softphone in a foreign CRM on another site: sign-in by a window, a real call, events, commands; a stranger's page is refused."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import browsers
import httpx
import pytest
import sip_phone
import sounds
from desk_phones import hears
from house import House
from playwright.async_api import Frame, Page, Playwright, expect

from huying.sample.customers import sample_number
from huying.sample.organisation import BUSINESS_CODE

pytestmark = pytest.mark.timeout(300)
EXAMPLE = Path(__file__).parents[2] / "ui/packages/desk-api/example"
KNOWN = 3


class QuietPages(http.server.SimpleHTTPRequestHandler):
    """The foreign company's web server."""

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@pytest.fixture
def crm() -> Iterator[str]:
    """The foreign CRM's origin: localhost is another site than 127.0.0.1, so its frames are third parties there."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietPages, directory=EXAMPLE))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def allow(house: House, origins: list[str]) -> None:
    """As an administrator would: these pages, and an address for every queue that the page itself opens."""
    with httpx.Client(base_url=house.address, headers={"Origin": house.address}, verify=False) as admin:
        admin.post("/api/session", json={"login": "admin", "password": house.password}).raise_for_status()
        word = {"X-CSRF-Token": admin.cookies["huying_csrf"]}
        pops = [{"url": "https://crm.example/open?tel={number}", "opens": "ring", "where": "page"}]
        admin.put("/api/embedding", json={"origins": origins, "pops": pops}, headers=word).raise_for_status()


@pytest.fixture
async def page(playwright: Playwright, house: House, tmp_path: Path) -> AsyncIterator[Page]:
    """A browser with a voice."""
    voice = sounds.write_wav(tmp_path / "crm.wav", sounds.beeps(1000.0, 4, 48000), 48000)
    browser = await browsers.launch(playwright, voice)
    yield await browsers.new_page(browser)
    await browser.close()


async def frame_of(page: Page) -> Frame:
    """The softphone's frame."""
    handle = await page.locator("#phone iframe").element_handle()
    found = await handle.content_frame() if handle else None
    assert found is not None
    return found


async def sign_in(page: Page, frame: Frame, house: House) -> None:
    """In a window of the softphone's own, not in the frame."""
    async with page.expect_popup() as opened:
        await frame.get_by_test_id("frame-sign-in-open").click()
    window = await opened.value
    await window.get_by_test_id("login-name").fill("agent1")
    await window.get_by_test_id("login-password").fill(house.password)
    await window.get_by_test_id("login-submit").click()
    await expect(frame.get_by_test_id("embed-desk")).to_have_attribute("data-linked", "true")


async def test_a_call_in_a_foreign_page(page: Page, house: House, crm: str, line: sip_phone.SipLine) -> None:
    allow(house, [crm])
    await page.goto(f"{crm}/index.html?server={house.address}&business={BUSINESS_CODE}")
    log = page.locator("#log")
    await expect(page.locator("#phone iframe")).to_be_visible()
    frame = await frame_of(page)
    await expect(frame.get_by_test_id("frame-sign-in")).to_have_attribute("data-linked", "true")
    await sign_in(page, frame, house)
    await expect(log).to_contain_text("connected")
    assert await frame.evaluate("document.cookie.includes('huying_embed_csrf') && !document.cookie.includes('huying_csrf=')")
    await page.evaluate("desk.startWork()")
    await page.locator("[data-status=ready]").click()
    await expect(log).to_contain_text('"status":"ready"')

    caller = await line.call(house.service_number, caller=sample_number(KNOWN).removeprefix("+86"), says_hertz=1700)
    await caller.press("1")
    await expect(log).to_contain_text("ringing {", timeout=40_000)
    await expect(log).to_contain_text("pop {")
    told = await log.inner_text()
    assert sample_number(KNOWN) in told
    assert "https://crm.example/open?tel=%2B86" in told
    await page.locator("[data-do=answer]").click()
    await expect(log).to_contain_text("answered {")
    await hears(caller, [1000.0], least=0.5)  # the customer hears the agent in the foreign page's frame
    contact = await page.evaluate("desk.contact()")
    assert contact["number"] == sample_number(KNOWN)
    assert contact["customer"]["name"] and contact["queue"]["code"] == "repair"
    await page.locator("[data-do=hold]").click()
    await expect(log).to_contain_text("held {")
    await page.locator("[data-do=resume]").click()
    await expect(log).to_contain_text("resumed {")
    await page.evaluate("desk.setDisposition('repair-booked', 'from the CRM')")
    await page.locator("[data-do=hangUp]").click()
    await expect(log).to_contain_text("after_call {")
    await page.locator("[data-do=finish]").click()
    await expect(log).to_contain_text("finished {")
    await page.locator("[data-do=hold]").click()
    await expect(log).to_contain_text("refused no-call")

    await page.reload()
    await expect(log).to_contain_text("connected")
    allow(house, [])
    frame = await frame_of(page)
    await expect(frame.get_by_test_id("embed-desk")).to_have_count(0, timeout=30_000)
    await page.evaluate("undefined")


async def test_a_page_that_is_not_allowed_is_refused(page: Page, house: House, crm: str) -> None:
    allow(house, ["https://crm.example"])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    await page.goto(f"{crm}/index.html?server={house.address}&business={BUSINESS_CODE}&timeout=4000")
    await expect(page.locator("#log")).to_contain_text("failed not-connected")
    assert any("frame-ancestors" in text for text in said), said
