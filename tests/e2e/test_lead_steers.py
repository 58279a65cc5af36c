"""A lead steers people at work: whoever is moved between groups is told so, gets the waiting call or does not, and history says why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import browsers
import pytest
import sip_phone
from desk_page import Desk
from house import House
from playwright.async_api import Playwright, expect

pytestmark = pytest.mark.timeout(300)
CALLER = "13566667777"


@pytest.fixture
async def lead(playwright: Playwright, house: House) -> AsyncIterator[Desk]:
    """The team lead at the live view."""
    browser = await browsers.launch(playwright)
    lead = Desk(await browsers.new_page(browser), house.address)
    await lead.log_in("lead", house.password)
    await lead.open("live")
    await expect(lead.part("queue-repair")).to_be_visible()
    yield lead
    await browser.close()


async def choose(lead: Desk, extension: str, action: str) -> None:
    """Open an agent's menu and choose from it."""
    await lead.part(f"agent-{extension}").get_by_test_id("agent-actions").click()
    await lead.part(f"lead-{action}").locator("visible=true").click()


async def move(lead: Desk, extension: str, leaves: str, joins: str) -> None:
    """Move one agent between groups (codes; empty for none)."""
    await choose(lead, extension, "move")
    for side, code in (("leaves", leaves), ("joins", joins)):
        if code:
            await lead.part(f"move-{side}").click()
            await lead.part(f"{side}-{code}").locator("visible=true").click()
    await lead.part("move-save").click()
    await expect(lead.part("move")).to_be_hidden()


async def test_a_moved_agent_gets_the_waiting_call(
    lead: Desk, desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    repairer, adviser = await desks("agent3", 1000), await desks("agent4", 1300)
    # The adviser works for the backup group too: not now, so that the call does not come by itself.
    await choose(lead, "8004", "groups")
    await lead.part("group-backup").click()
    await expect(adviser.page.get_by_text("孙秀英").first).to_be_visible()
    await lead.page.keyboard.press("Escape")
    await expect(adviser.part("my-groups")).to_contain_text("暂时退出")
    await move(lead, "8003", "repair", "product")
    await expect(repairer.page.get_by_text("孙秀英调整了您所在的技能组")).to_be_visible()
    caller = await line.call(house.service_number, caller=CALLER)
    await caller.press("1")
    await expect(lead.part("queue-repair").get_by_role("cell").nth(1)).to_have_text("1")
    await expect(lead.part("agent-8003")).to_have_attribute("data-word", "ready")
    await move(lead, "8004", "", "repair")
    await adviser.expect_phase("ringing")
    await adviser.press("answer")
    await adviser.expect_phase("talking")
    await expect(lead.part("agent-8003")).to_have_attribute("data-word", "ready")
    await choose(lead, "8003", "break")
    await lead.part("lead-break-rest").locator("visible=true").click()
    await expect(repairer.part("why").first).to_contain_text("孙秀英")
    await caller.hang_up()
    await adviser.expect_phase("after_call")
    await adviser.press("call-finish")
    await history_says_why(lead)
    await move_back(lead)


async def history_says_why(lead: Desk) -> None:
    """The contact's timeline explains the offer; the list worked out again begins with the one who was chosen."""
    await lead.open("history")
    await expect(lead.part("history-row").first).to_contain_text(CALLER[:3])
    await lead.part("history-row").first.click()
    await lead.page.get_by_role("tab").nth(1).click()
    await expect(lead.part("explanation")).to_contain_text("空闲最久")
    await lead.part("show-everybody").click()
    rows = lead.part("candidates").locator("tbody tr[data-row-key]")
    await expect(rows.first).to_contain_text("陈思远")
    await expect(rows.first).to_contain_text("被选中")
    await expect(lead.part("candidates").get_by_text("张建国")).to_be_visible()
    await lead.page.reload()
    await lead.open("live")


async def move_back(lead: Desk) -> None:
    """Other tests find everybody where he was; the agent's day tells of it."""
    await move(lead, "8003", "product", "repair")
    await move(lead, "8004", "repair", "")
    await choose(lead, "8004", "day")
    await expect(lead.part("day-picture")).to_be_visible()
    await expect(lead.part("day-events")).to_contain_text("孙秀英")
