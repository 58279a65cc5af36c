"""The customer's page in a real browser against a real Asterisk: what it shows and says from the click to the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import browsers
import phone_trial
import pytest
import ui_build
from playwright.async_api import Page, Playwright, WebSocketRoute, expect
from small_centre import SmallCentre, small_centre

from huying.telephony.port import DigitReceived, LegEnded, LegEntered


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    return ui_build.build_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[phone_trial.RunningEngine]:
    """A real Asterisk under our adapter."""
    async with phone_trial.running_engine(tmp_path / "asterisk") as running:
        yield running


@pytest.fixture
async def centre(engine: phone_trial.RunningEngine, pages: Path) -> AsyncIterator[SmallCentre]:
    """The public side of a centre."""
    async with small_centre(engine, pages) as running:
        yield running


@pytest.fixture
async def page(playwright: Playwright, centre: SmallCentre) -> AsyncIterator[Page]:
    """The sample company's page in English."""
    browser = await browsers.launch(playwright)
    page = await browsers.new_page(browser, language="en")
    await page.goto(f"{centre.address}/site/")
    yield page
    await browser.close()


async def in_menu(page: Page, engine: phone_trial.RunningEngine) -> str:
    """Call, and let the centre answer; gives the leg."""
    await page.get_by_test_id("call").click()
    entered = await engine.wait(LegEntered)
    await expect(page.get_by_test_id("call-state")).to_have_attribute("data-state", "connecting")
    await engine.engine.answer(entered.leg_id)
    await expect(page.get_by_test_id("call-state")).to_have_attribute("data-state", "menu")
    # What the page sends is heard from here on: keys go the way of the sound.
    async with asyncio.timeout(30):
        while not await engine.engine.received_packets(entered.leg_id):
            await asyncio.sleep(0.05)
    return entered.leg_id


async def test_a_call_from_click_to_end(page: Page, centre: SmallCentre, engine: phone_trial.RunningEngine) -> None:
    state = page.get_by_test_id("call-state")
    await expect(page.locator("#hotline a")).to_have_text("4008001994")
    leg = await in_menu(page, engine)
    assert centre.begun == [{"entry": "service", "language": "en", "customer_number": ""}]
    await page.get_by_test_id("key-1").click()
    await page.keyboard.press("0")
    assert [(await engine.wait(DigitReceived)).digit for _ in "10"] == ["1", "0"]
    centre.report = {"state": "waiting", "place": 2, "ended_cause": ""}
    await expect(state).to_have_text("You are number 2 in the queue")
    centre.report = {"state": "talking", "place": 0, "ended_cause": ""}
    await expect(state).to_have_attribute("data-state", "talking")
    await page.get_by_test_id("mute").click()
    await expect(page.get_by_test_id("mute")).to_have_attribute("aria-pressed", "true")
    await page.get_by_test_id("hang-up").click()
    await expect(state).to_have_text("You hung up")
    assert (await engine.wait(LegEnded, lambda it: it.leg_id == leg)).by_far_end
    await expect(page.get_by_test_id("call-timer")).to_contain_text("The call lasted 00:")
    await page.get_by_test_id("call-again").click()
    await engine.wait(LegEntered)


async def test_the_centre_hangs_up(page: Page, engine: phone_trial.RunningEngine) -> None:
    await engine.engine.hang_up(await in_menu(page, engine))
    await expect(page.get_by_test_id("call-state")).to_have_text("The call has ended")


async def test_the_call_ends_while_the_socket_is_broken(page: Page, centre: SmallCentre, engine: phone_trial.RunningEngine) -> None:
    relayed: list[WebSocketRoute] = []

    def relay(socket: WebSocketRoute) -> None:
        if relayed:
            socket.close()
        else:
            socket.connect_to_server()
            relayed.append(socket)

    await page.route_web_socket("**/ws?*", relay)
    await page.reload()
    await in_menu(page, engine)
    await relayed[0].close()
    await expect(page.get_by_test_id("call-notice")).to_have_text("Unstable network, reconnecting…")
    centre.report = {"state": "ended", "place": 0, "ended_cause": "engine_lost"}
    await expect(page.get_by_test_id("call-state")).to_have_attribute("data-detail", "lost")


@pytest.mark.parametrize(("status", "problem"), [(429, "too-many"), (503, "unreachable"), (404, "closed")])
async def test_says_why_no_call_came_about(page: Page, centre: SmallCentre, status: int, problem: str) -> None:
    centre.refuse_with = status
    await page.get_by_test_id("call").click()
    await expect(page.get_by_test_id("call-problem")).to_have_attribute("data-problem", problem)


async def test_says_that_the_microphone_is_missing(playwright: Playwright, centre: SmallCentre) -> None:
    browser = await playwright.chromium.launch(executable_path=browsers.CHROMIUM, args=["--no-sandbox"])
    page = await browsers.new_page(browser)
    await page.goto(f"{centre.address}/site/")
    await page.get_by_test_id("call").click()
    await expect(page.get_by_test_id("call-problem")).to_have_attribute("data-problem", "missing")
    assert centre.begun == [], "nothing may be asked of the centre before the microphone is there"
    await browser.close()


async def test_leaving_the_page_is_hanging_up(page: Page, centre: SmallCentre, engine: phone_trial.RunningEngine) -> None:
    leg = await in_menu(page, engine)
    await page.goto("about:blank")
    assert (await engine.wait(LegEnded, lambda it: it.leg_id == leg)).by_far_end


async def test_a_visitor_asks_to_be_called_back(page: Page, centre: SmallCentre) -> None:
    await page.get_by_test_id("back-launcher").click()  # hidden until the centre told that it calls back
    centre.answer_wishes_with = 403
    await page.get_by_test_id("back-number").fill("12")
    await page.get_by_test_id("back-ask").click()
    assert centre.wishes == [], "the browser itself asks for more"
    await page.get_by_test_id("back-number").fill("13800138000")
    await page.get_by_test_id("back-ask").click()
    await expect(page.get_by_test_id("back-answer")).to_have_attribute("data-answer", "not-allowed")
    centre.answer_wishes_with = 202
    await page.get_by_test_id("back-ask").click()
    await expect(page.get_by_test_id("back-answer")).to_have_text("Thank you: we will call you when it is your turn.")
    assert centre.wishes[-1] == {"entry": "service", "queue_id": "q1", "number": "13800138000", "name": "", "language": "en", "at": None}
