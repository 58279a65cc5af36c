"""What an agent finds of the own calls, and of colleagues, for real: a missed call and its summary; presence that changes as one looks."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
import sip_phone
from desk_page import Desk
from house import House
from playwright.async_api import expect

from huying.crm.customers.search import initials

pytestmark = pytest.mark.timeout(300)
CALLER = "13522220051"
"""A number of nobody in the sample."""


async def test_a_missed_call_gets_its_summary_while_a_colleague_sees_what_happens(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    one, two = await desks("agent1", 1000), await desks("agent2", 1300)
    await two.sign_out()
    me = await one.page.evaluate("async () => (await (await fetch('/api/session')).json())")
    name, extension = me["person"]["name"], me["agent"]["extension"]

    day_missed = one.page.locator('[data-testid="my-day"] [data-sum="missed"] b')
    missed_before = int((await day_missed.inner_text()).replace("–", "0"))

    await two.open("book")
    await two.part("search").fill(initials(name))
    colleague = two.page.locator(f'[data-testid="colleague"][data-extension="{extension}"]')
    presence = colleague.get_by_test_id("presence")
    await expect(colleague).to_contain_text(name)
    await expect(presence).to_have_attribute("data-state", "ready")

    caller = await line.call(house.service_number, caller=CALLER, says_hertz=1700)
    await caller.press("1")
    await one.expect_phase("ringing")
    await expect(presence).to_have_attribute("data-state", "ringing")
    await one.press("refuse")
    await one.expect_phase("none")
    await expect(presence).to_have_attribute("data-state", "break")
    await caller.hang_up()

    await expect(day_missed).to_have_text(str(missed_before + 1))
    await one.part("my-whole-day").click()
    await expect(one.part("day-drawer").get_by_test_id("day-picture")).to_be_visible()
    await one.page.keyboard.press("Escape")

    await one.open("calls")
    await one.part("calls-missed").click()
    missed = one.part("own-call").filter(has_text=CALLER[-4:])
    await expect(missed).to_have_count(1)
    await expect(missed).to_have_attribute("data-kind", "missed")
    await missed.get_by_test_id("own-call-line").click()
    await missed.get_by_test_id("summary").fill("客户询问上门时间，稍后回拨")
    await missed.get_by_test_id("summary-save").click()
    await expect(missed.get_by_test_id("summary-signed")).to_contain_text(re.compile("written later|事后填写"))
    await expect(missed.get_by_test_id("own-call-line")).to_contain_text("稍后回拨")
    await one.part("search").fill("上门时间")
    await expect(missed).to_have_count(1)
    await one.part("search").fill("nothing of the kind")
    await expect(missed).to_have_count(0)
