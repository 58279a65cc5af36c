"""Do not disturb, set beside the status: colleagues are told and leave a message, queues go on. Unheard messages count in every tab."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import sip_phone
from desk_page import Desk
from house import House
from playwright.async_api import expect

from e2e.test_browser_dials import COLLEAGUE_HERTZ, extension_of
from e2e.test_healing import conversation

AGENT_HERTZ = 1000.0
MESSAGE_SECONDS = 22
BEEP_HERTZ, PROMPT_SECONDS = 1000.0, 60
STEADY = 10
WAITING = "() => Number(document.querySelector('[data-testid=messages-waiting]')?.dataset.count ?? 0)"

pytestmark = pytest.mark.timeout(300)


class Tabs:
    """One person's desk, open twice."""

    def __init__(self, *tabs: Desk) -> None:
        self._tabs = tabs

    async def unheard(self) -> int:
        """As both show it, when they have shown the same for some seconds: it comes a moment after the page."""
        shown: list[tuple[int, ...]] = []
        async with asyncio.timeout(30):
            while len(shown) < STEADY or len({*shown[-STEADY:]}) > 1 or len({*shown[-1]}) > 1:
                await asyncio.sleep(0.25)
                shown.append(tuple([int(await tab.page.evaluate(WAITING)) for tab in self._tabs]))
        return shown[-1][0]

    async def show(self, count: int) -> None:
        """Both count so many unheard messages, before long."""
        for tab in self._tabs:
            await tab.page.wait_for_function(f"wanted => ({WAITING})() === wanted", arg=count, timeout=40_000)


async def test_colleagues_are_told_queues_go_on_and_messages_are_counted(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    agent, colleague = await desks("agent1", AGENT_HERTZ), await desks("agent2", COLLEAGUE_HERTZ)
    beside = Desk(await agent.page.context.new_page(), house.address)
    await beside.page.goto(f"{house.address}/")
    await expect(beside.part("status-menu")).to_be_visible()
    tabs = Tabs(agent, beside)
    before = await tabs.unheard()

    await agent.part("dnd").click()
    for sign in (agent.part("call-bar"), agent.part("status-menu"), beside.part("status-menu")):
        await expect(sign.get_by_test_id("not-disturbed")).to_be_visible()
    await colleague.press("dial-open")
    await colleague.part("target-picker").get_by_role("combobox").fill(await extension_of(agent))
    await expect(colleague.part("target").first.get_by_test_id("not-disturbed")).to_be_visible()
    await colleague.page.keyboard.press("Enter")
    await expect(colleague.part("call-bar")).to_contain_text("At the mailbox")
    await expect(colleague.part("call-bar")).to_contain_text("Does not want to be disturbed")
    await asyncio.sleep(MESSAGE_SECONDS)
    await agent.expect_phase("none")  # nothing rang
    await colleague.press("hang-up")
    await tabs.show(before + 1)
    await colleague.sign_out()

    customer = await conversation(agent, house, line)  # what queues offer rings all the same
    await customer.hang_up()
    await agent.press("call-finish")
    await agent.part("status-menu").click()
    await agent.part("status-break-rest").click()
    caller = await line.call(house.service_number, caller="13522229003", says_hertz=1700)
    await caller.press("2")
    await caller.hear([1700], 6)
    await caller.press("2")
    await caller.hears_again(BEEP_HERTZ, PROMPT_SECONDS)
    await caller.hear([1700], 5)
    await caller.hang_up()
    await tabs.show(before + 2)
    await heard(agent, tabs, before)
    await agent.part("dnd").click()
    await expect(agent.part("status-menu").get_by_test_id("not-disturbed")).to_have_count(0)
    await expect(beside.part("status-menu").get_by_test_id("not-disturbed")).to_have_count(0)


async def heard(agent: Desk, tabs: Tabs, before: int) -> None:
    """Both messages are played on the page that the count leads to; each is counted no longer."""
    await agent.part("messages-waiting").click()
    own = agent.part("messages").get_by_role("row").filter(has_text="Grace Turner").first
    await own.get_by_test_id("message-listen").click()
    await tabs.show(before + 1)
    team = agent.part("messages").get_by_role("row").filter(has_text="135 2222 9003").first
    await team.get_by_test_id("message-take").click()
    await team.get_by_test_id("message-listen").click()
    await tabs.show(before)
    await expect(team).to_contain_text("已听")
