"""A call reaches a person, for real: Chromium at the desk, Chromium or a SIP telephone at the customer, sound measured both ways."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import browsers
import pytest
import sip_phone
import sounds
from desk_page import Desk
from desk_phones import hears, hears_music
from house import House
from playwright.async_api import expect
from sipp_customers import Customers, sipp_customers
from visitor_page import Visitor

from huying.sample.customers import sample_customers, sample_number

AGENT_HERTZ, CUSTOMER_HERTZ = 1000.0, 1700.0
KNOWN = 0
"""The sample customer who calls."""

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def desk(desks: Callable[[str, float], Awaitable[Desk]]) -> Desk:
    """An agent of every queue, ready, who says AGENT_HERTZ."""
    return await desks("agent1", AGENT_HERTZ)


async def test_web_call(desk: Desk, visitor: Visitor) -> None:
    await visitor.call()
    await visitor.expect_state("menu")
    await visitor.press("1")
    await visitor.expect_state("waiting", 45)
    await desk.expect_phase("ringing")
    await desk.press("answer")
    await desk.expect_phase("talking")
    await visitor.expect_state("talking")
    await browsers.hears(desk.page, [CUSTOMER_HERTZ], least=0.5)
    await browsers.hears(visitor.page, [AGENT_HERTZ], least=0.5)
    await visitor.hang_up()
    await visitor.expect_state("ended")
    await desk.expect_phase("after_call")
    await desk.press("call-finish")
    await desk.expect_phase("none")


async def test_sip_call_from_a_known_customer(desk: Desk, house: House, line: sip_phone.SipLine) -> None:
    customer = sample_customers(datetime.now(UTC).date(), KNOWN + 1)[KNOWN].name
    caller = await line.call(house.service_number, caller=sample_number(KNOWN).removeprefix("+86"), says_hertz=CUSTOMER_HERTZ)
    await caller.press("1")
    await desk.expect_phase("ringing")
    await expect(desk.part("call-name")).to_have_text(customer)
    await expect(desk.part("customer-panel")).to_contain_text(customer)
    await expect(desk.part("assets").first).to_be_visible()
    await desk.press("answer")
    await desk.expect_phase("talking")
    await browsers.hears(desk.page, [CUSTOMER_HERTZ], least=0.5)
    await hears(caller, [AGENT_HERTZ], least=0.5)

    await desk.press("mute")
    await expect(desk.part("unmute")).to_be_visible()
    await hears(caller, [], [AGENT_HERTZ])
    await desk.press("unmute")
    await expect(desk.part("mute")).to_be_visible()

    await desk.press("hold")
    await desk.expect_phase("holding")
    await hears_music(caller, [AGENT_HERTZ])
    await desk.press("resume")
    await desk.expect_phase("talking")
    await hears(caller, [AGENT_HERTZ], least=0.5)

    await desk.press("hang-up")
    await caller.wait_ended()
    await desk.expect_phase("after_call")
    await desk.part("wrap-up-follow-up").check()
    await desk.wrap_up("repair-booked", "周三上午上门。")
    await desk.expect_phase("none")
    await expect(desk.part("status-menu")).to_have_attribute("data-status", "ready")

    await desk.part("side-calls").click()
    await desk.part("own-calls").get_by_test_id("contact-line").first.click()
    drawer = desk.part("contact-drawer")
    await expect(drawer).to_contain_text("周三上午上门。")
    await drawer.get_by_test_id("follow-up-close").click()
    await expect(drawer.get_by_test_id("follow-up")).to_have_count(0)
    await desk.part("recording-play").click()
    await expect(desk.part("recording-player")).to_have_attribute("data-playing", "true")
    customer_side, agent_side, rate = await desk.recording()
    assert sounds.share_of(customer_side, rate, CUSTOMER_HERTZ) > 0.5 > sounds.share_of(customer_side, rate, AGENT_HERTZ)
    assert sounds.share_of(agent_side, rate, AGENT_HERTZ) > 0.2 > sounds.share_of(agent_side, rate, CUSTOMER_HERTZ)


async def test_sipp_call_heard_both_ways_and_recorded(desk: Desk, house: House, tmp_path: Path) -> None:
    customers = Customers(house.service_number, keys="1", caller="13611112222", says_hertz=CUSTOMER_HERTZ, talk_seconds=40)
    async with sipp_customers(tmp_path, house.sip_port, customers) as sipp:
        await desk.expect_phase("ringing")
        await desk.press("answer")
        await desk.expect_phase("talking")
        await browsers.hears(desk.page, [CUSTOMER_HERTZ], least=0.5)
        if os.geteuid() == 0:
            await sipp.hears(AGENT_HERTZ, 0.5)
        await desk.press("hang-up")
        await desk.expect_phase("after_call")
        await desk.press("call-finish")
        await desk.part("side-calls").click()
        await expect(desk.part("own-calls").get_by_test_id("contact-line").first).to_contain_text("136")
        customer_side, agent_side, rate = await desk.recording()
        assert sounds.share_of(customer_side, rate, CUSTOMER_HERTZ) > 0.5
        assert sounds.share_of(agent_side, rate, AGENT_HERTZ) > 0.2
