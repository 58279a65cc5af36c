"""What is set in the browser is in force for calls that wait already: a rule, a level in the matrix, and the undoing of both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import browsers
import pytest
import sip_phone
from administrator import Administrator, administrator
from desk_page import Desk
from house import House
from playwright.async_api import Playwright, expect

pytestmark = pytest.mark.timeout(300)
CALLERS = ("13522440001", "13522440002")
RULE = "空调 >= 6"
"""The agent knows nothing of air conditioners."""


@pytest.fixture
async def admin(house: House) -> AsyncIterator[Administrator]:
    """Puts the queue back, whatever the test has done to it."""
    async with administrator(house) as admin, admin.queue_with("repair", requirements="", door={}):
        yield admin


@pytest.fixture
async def manager(playwright: Playwright, house: House) -> AsyncIterator[Desk]:
    """Who sets things, in a browser of his own."""
    browser = await browsers.launch(playwright)
    manager = Desk(await browsers.new_page(browser, width=1280, height=720), house.address)
    await manager.log_in("manager", house.password)
    yield manager
    await browser.close()


async def go(manager: Desk, area: str) -> None:
    """One of the parts of the administration."""
    await manager.open("admin")
    await manager.part(f"admin-{area}").click()


async def write_rule(manager: Desk, rule: str) -> None:
    """Change the rules of the queue for repairs, and see beforehand what that changes."""
    await go(manager, "queues")
    await manager.part("queue-open-repair").click()
    await manager.page.get_by_role("tab").nth(3).click()
    await manager.part("requirements").fill(rule)
    if rule:
        await expect(manager.part("rule-steps")).to_contain_text("≥ 6")
        await expect(manager.part("rule-who")).to_be_visible()
        await expect(manager.part("rule-problems")).to_be_empty()
    await expect(manager.part("differences")).to_contain_text(rule or RULE)
    await manager.part("queue-save").click()
    await expect(manager.part("queue-undo")).to_be_visible()
    await expect(manager.part("queue-save")).to_be_disabled()


async def waits(manager: Desk, count: int) -> None:
    """So many wait in the queue for repairs, by the list of queues."""
    await go(manager, "queues")
    await expect(manager.part("queue-row-repair").get_by_role("cell").last).to_have_text(str(count))


async def test_rule_and_level_are_in_force_for_who_waits(
    manager: Desk, admin: Administrator, desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    await write_rule(manager, RULE)
    await manager.part("requirements").fill(f"{RULE}；空条 >= 3")
    await expect(manager.part("rule-problems")).to_contain_text("空调")
    await manager.part("queue-discard").click()
    desk = await desks("agent1", 1000)
    caller = await line.call(house.service_number, caller=CALLERS[0])
    await caller.press("1")
    await waits(manager, 1)
    await desk.expect_phase("none")

    await go(manager, "skills")
    await manager.part("level-8001-air-conditioner").click()
    await manager.page.keyboard.press("8")
    await expect(manager.part("level-8001-air-conditioner")).to_have_attribute("data-state", "changed")
    await manager.page.keyboard.press("Control+s")
    await manager.part("matrix-save-yes").click()
    await desk.expect_phase("ringing")
    await desk.press("answer")
    await desk.expect_phase("talking")
    await caller.hang_up()
    await desk.expect_phase("after_call")
    await desk.press("call-finish")

    await go(manager, "changes")
    await manager.page.locator("[data-testid^='undo-']").first.click()
    await manager.part("undo-yes").click()
    await go(manager, "skills")
    await expect(manager.part("level-8001-air-conditioner")).to_have_text("")
    caller = await line.call(house.service_number, caller=CALLERS[1])
    await caller.press("1")
    await waits(manager, 1)
    await desk.expect_phase("none")
    await write_rule(manager, "")
    await desk.expect_phase("ringing")
    await desk.press("answer")
    await desk.expect_phase("talking")
    await caller.hang_up()
    await desk.expect_phase("after_call")
    await desk.press("call-finish")
