"""Work without a mouse: signing in, a call from its ring to its hand-over, its end, and a call out. The focus is always seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import browsers
import plain_sip
import pytest
import sip_phone
from desk_page import Desk
from desk_phones import until
from house import House
from outside_phone import outside_phone
from playwright.async_api import Playwright, Route, expect

from e2e.conftest import keep_evidence
from huying.sample.customers import sample_number

NUMBER = "13612349876"
NOTE = "Wants a visit on Thursday."
MOST_TABS = 60
LATE_SECONDS = 12.0
FOCUS = """() => {
    const at = document.activeElement;
    const holder = at?.closest("[data-testid]");
    const seen = (el) => {
        const style = el && getComputedStyle(el);
        return style && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
    };
    const around = [at, at?.parentElement, at?.parentElement?.parentElement];
    return { name: holder?.dataset.testid ?? "", tag: at?.tagName ?? "", seen: around.some(seen) };
}"""

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def outside(house: House) -> AsyncIterator[plain_sip.SipPhone]:
    """Rung for the number that is dialled; nobody answers."""
    async with outside_phone(house, NUMBER) as phone:
        phone.answer = None
        yield phone


@pytest.fixture
async def desk(playwright: Playwright, house: House, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    """A browser that nobody has signed in at."""
    browser = await browsers.launch(playwright)
    page = await browsers.new_page(browser)
    await page.goto(f"{house.address}/")
    desk = Desk(page, house.address)
    yield desk
    await keep_evidence(request.node, house, "agent2", page)
    await desk.sign_out()
    await browser.close()


async def focus_is_at(desk: Desk, part: str) -> None:
    """The keyboard is there, and one can see that it is."""
    await expect(desk.part(part).first).to_be_visible()
    await desk.page.wait_for_function(
        "part => document.activeElement?.closest('[data-testid]')?.dataset.testid === part", arg=part, timeout=10_000
    )
    await desk.page.wait_for_function(f"() => ({FOCUS})().seen")


async def tab_to(desk: Desk, part: str) -> None:
    """Go on by the tabulator until this part has the focus; at each stop the focus must be seen."""
    await expect(desk.part(part).first).to_be_visible()
    passed: list[str] = []
    for _ in range(MOST_TABS):
        at = await desk.page.evaluate(FOCUS)
        if at["name"] == part:
            await focus_is_at(desk, part)
            return
        await desk.page.keyboard.press("Tab")
        passed.append(f"{at['tag']} {at['name']}")
    raise AssertionError(f"{part} is not reached: {passed}")


async def answer_late(route: Route) -> None:
    """What was asked for is done, and told by the live feed, before the answer to the request is there."""
    answer = await route.fetch()
    await asyncio.sleep(LATE_SECONDS)
    await route.fulfill(response=answer)


async def test_a_working_hour_by_the_keys(desk: Desk, house: House, line: sip_phone.SipLine, outside: plain_sip.SipPhone) -> None:
    keys = desk.page.keyboard
    await tab_to(desk, "login-name")
    await keys.type("agent2")
    await tab_to(desk, "login-password")
    await keys.type(house.password)
    await keys.press("Enter")
    await tab_to(desk, "start-work")
    await keys.press("Enter")
    menu = desk.part("status-menu")
    await expect(menu).to_be_visible()
    if await menu.get_attribute("data-status") != "ready":
        await keys.press("r")
    await expect(menu).to_have_attribute("data-status", "ready")

    caller = await line.call(house.service_number, caller=sample_number(0).removeprefix("+86"))
    await caller.press("1")
    await desk.expect_phase("ringing")
    await keys.press("F2")
    await desk.expect_phase("talking")
    await desk.page.route("**/hold", answer_late)
    await keys.press("F8")
    await desk.expect_phase("holding")
    await keys.press("F8")
    await desk.expect_phase("talking", LATE_SECONDS / 2)
    await expect(desk.part("wrap-up-note")).to_be_visible()
    await keys.press("w")
    await focus_is_at(desk, "wrap-up-note")
    await keys.type(NOTE)
    await expect(desk.part("wrap-up-note")).to_have_value(NOTE)

    await keys.press("F7")
    await focus_is_at(desk, "target-search")
    await keys.press("Escape")
    await expect(desk.part("transfer-panel")).to_have_count(0)
    await keys.press("F7")
    await focus_is_at(desk, "target-search")
    await keys.type("投诉")
    await expect(desk.part("target").first).to_be_visible()
    await keys.press("Enter")
    await focus_is_at(desk, "move-note")
    await keys.type("Angry about the last visit.")
    await keys.press("Enter")
    await desk.expect_phase("after_call")
    await caller.hang_up()
    await keys.press("F3")
    await desk.expect_phase("none")

    await keys.press("d")
    await focus_is_at(desk, "target-search")
    await keys.type(NUMBER)
    await expect(desk.part("target").first).to_be_visible()
    await keys.press("Enter")
    await until(lambda: bool(outside.invites))
    await desk.expect_phase("dialling")
    await keys.press("F4")
    await desk.expect_phase("none")
