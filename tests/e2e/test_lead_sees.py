"""A team lead's live view follows a call through the house as it happens, and the history shows it afterwards."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable

import browsers
import pytest
import sip_phone
from desk_page import Desk
from house import House
from playwright.async_api import Playwright, expect

pytestmark = pytest.mark.timeout(300)
CALLER = "13522223333"


@pytest.fixture
async def lead(playwright: Playwright, house: House) -> AsyncIterator[Desk]:
    """The team lead at the live view."""
    browser = await browsers.launch(playwright)
    lead = Desk(await browsers.new_page(browser), house.address)
    await lead.log_in("lead", house.password)
    await lead.open("live")
    await expect(lead.part("queue-repair")).to_be_visible()  # the totals are true from then on
    yield lead
    await browser.close()


def number(value: int) -> re.Pattern[str]:
    """A total that shows this number before its label."""
    return re.compile(rf"^\s*{value}\D")


async def test_queue_and_agent_move(
    lead: Desk, desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    answered = int((await lead.part("total-answered").inner_text()).split()[0])
    caller = await line.call(house.service_number, caller=CALLER)
    await caller.press("1")
    await expect(lead.part("total-waiting")).to_have_text(number(1))
    await expect(lead.part("queue-repair").get_by_role("cell").nth(1)).to_have_text("1")
    desk = await desks("agent1", 1000)
    agent = lead.part("agent-8001")
    await expect(agent).to_have_attribute("data-word", "ringing")
    await desk.press("answer")
    await expect(agent).to_have_attribute("data-word", "talking")
    await expect(lead.part("total-waiting")).to_have_text(number(0))
    await expect(lead.part("total-talking")).to_have_text(number(1))
    await desk.press("hold")
    await expect(agent).to_have_attribute("data-word", "holding")
    await desk.press("resume")
    await expect(agent).to_have_attribute("data-word", "talking")
    await caller.hang_up()
    await expect(agent).to_have_attribute("data-word", "after_call")
    await expect(lead.part("total-answered")).to_have_text(number(answered + 1))
    await desk.press("call-finish")
    await expect(agent).to_have_attribute("data-word", "ready")
    await lead.open("history")
    await expect(lead.part("history-row").first).to_contain_text(CALLER[:3])
