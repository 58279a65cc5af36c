"""Two browsers: a message arrives live with its marks, a notice is confirmed, and a lead takes a request for help during a call."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import browsers
import pytest
import sip_phone
from desk_page import Desk
from house import House
from playwright.async_api import Playwright, expect

pytestmark = pytest.mark.timeout(300)
LEAD, AGENT = "孙秀英", "李晓雯"


@pytest.fixture
async def lead(playwright: Playwright, house: House) -> AsyncIterator[Desk]:
    """The team lead in a browser of her own."""
    browser = await browsers.launch(playwright)
    lead = Desk(await browsers.new_page(browser), house.address)
    await lead.log_in("lead", house.password)
    yield lead
    await browser.close()


async def open_talk(desk: Desk, name: str) -> None:
    """Find a colleague and open the room with her."""
    await desk.open("colleagues")
    await desk.part("search").fill(name)
    await desk.page.locator("[data-testid^=colleague-]", has_text=name).first.click()
    await expect(desk.part("room-title")).to_have_text(name)


async def test_messages_notices_and_help(
    desks: Callable[[str, float], Awaitable[Desk]], lead: Desk, house: House, line: sip_phone.SipLine
) -> None:
    agent = await desks("agent1", 1000)
    await open_talk(agent, LEAD)
    await agent.part("write").fill("今天的班表定了吗？")
    await agent.page.keyboard.press("Enter")
    ticks = agent.part("message").last.get_by_test_id("ticks")
    await expect(ticks).to_have_attribute("data-state", "delivered")
    await expect(lead.part("rail-count")).to_contain_text("1")
    await open_talk(lead, AGENT)
    await expect(lead.part("message").last).to_contain_text("今天的班表定了吗？")
    await lead.page.bring_to_front()
    await expect(ticks).to_have_attribute("data-state", "read")
    await agent.page.context.set_offline(True)
    await agent.part("write").fill("断网时写的")
    await agent.page.keyboard.press("Enter")
    await expect(agent.part("message-out")).to_have_count(1)
    await agent.page.context.set_offline(False)
    await expect(lead.part("message").last).to_contain_text("断网时写的")
    await expect(agent.part("message-out")).to_have_count(0)
    await expect(lead.part("message")).to_have_count(2)

    await lead.part("tab-notices").click()
    await lead.part("new-notice").click()
    await lead.part("notice-title").fill("三点消防演练")
    await lead.part("notice-confirm").check()
    await lead.part("notice-save").click()
    banner = agent.part("notice-banner")
    await expect(banner).to_contain_text("三点消防演练")
    await banner.get_by_test_id("notice-done").click()
    await expect(banner).to_have_count(0)
    await lead.part("notice-readers").first.click()
    await expect(lead.part("readers-sum")).to_contain_text("1 人已确认")
    await lead.page.keyboard.press("Escape")

    caller = await line.call(house.service_number, caller="13533334444")
    await caller.press("1")
    await agent.expect_phase("ringing")
    await agent.press("answer")
    await agent.expect_phase("talking")
    await agent.press("ask-for-help")
    await agent.part("help-text").fill("客户要求退款，我没有权限")
    await agent.part("ask-help-save").click()
    card = lead.part("help-card")
    await expect(card).to_contain_text("客户要求退款")
    await expect(card).to_contain_text(AGENT)
    await card.get_by_test_id("help-take").click()
    await expect(agent.part("ask-for-help")).to_have_attribute("data-state", "taken")
    await card.get_by_test_id("help-answer").click()
    await lead.part("help-answer-text").fill("先登记，我来回电")
    await lead.part("help-answer-send").click()
    await expect(card).to_have_count(0)
    await expect(agent.part("ask-for-help")).to_have_attribute("data-state", "none")
    await agent.open("colleagues")
    await agent.page.locator("[data-testid=room]", has_text=LEAD).click()
    await expect(agent.part("message").last).to_contain_text("先登记，我来回电")
    await expect(agent.part("message").last.get_by_test_id("linked-contact")).to_be_visible()

    await agent.press("ask-for-help")
    await agent.part("ask-help-save").click()
    await expect(card).to_be_visible()
    await caller.hang_up()
    await expect(card).to_have_count(0)
    await agent.press("call-finish")
