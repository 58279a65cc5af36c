"""A lead at the live page hears an agent's call, whispers to him, joins and stops: two browsers and a telephone, sound measured."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
import sip_phone
from desk_page import Desk
from desk_phones import hears
from house import House
from playwright.async_api import expect

from e2e.test_healing import conversation
from e2e.test_lead_steers import choose
from e2e.test_refresh_with_people import page_hears
from e2e.test_several_people import CUSTOMER, FIRST, SECOND

pytestmark = pytest.mark.timeout(300)
MONITOR = """async ([contact, agent]) => {
    const token = document.cookie.match(/huying_csrf=([^;]+)/)?.[1] ?? "";
    const headers = { "X-CSRF-Token": decodeURIComponent(token), "Content-Type": "application/json" };
    const body = JSON.stringify({ mode: "listen", agent_id: agent });
    return (await fetch(`/api/calls/${contact}/monitor`, { method: "POST", headers, body })).status;
}"""
MINE = """async () => {
    const get = async (path) => (await fetch(path)).json();
    return [(await get("/api/contacts?limit=1")).items[0].contact_id, (await get("/api/session")).person.id];
}"""


async def test_a_lead_listens_whispers_joins_and_stops(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    desk = await desks("agent1", FIRST)
    customer = await conversation(desk, house, line)
    assert await desk.page.evaluate(MONITOR, await desk.page.evaluate(MINE)) == 403, "who may not is refused by the route"
    await expect(desk.part("nav-live")).to_have_count(0)
    lead = await desks("lead", SECOND)
    await lead.open("live")

    await choose(lead, "8001", "listen")
    line_of_lead = lead.part("monitoring")
    await expect(line_of_lead).to_have_attribute("data-mode", "listen")
    await expect(lead.part("monitored")).to_contain_text("李晓雯")
    await expect(lead.part("agent-8001")).to_contain_text("孙秀英 在旁听")  # the live page has stayed
    await expect(lead.part("total-talking")).to_have_text(re.compile(r"^\s*1\D"))
    await page_hears(lead, [CUSTOMER, FIRST], [], least=0.1)
    await hears(customer, [FIRST], [SECOND])
    await page_hears(desk, [CUSTOMER], [SECOND])
    for sign in ("lead-heard", "conference-line", "party"):
        await expect(desk.part(sign)).to_have_count(0)

    await lead.press("monitor-whisper")
    await expect(line_of_lead).to_have_attribute("data-mode", "whisper")
    await page_hears(desk, [CUSTOMER, SECOND], [], least=0.1)
    await hears(customer, [FIRST], [SECOND])
    await expect(desk.part("lead-heard")).to_have_attribute("data-mode", "whisper")
    await expect(lead.part("agent-8001")).to_contain_text("孙秀英 在耳语")
    await expect(desk.part("lead-heard")).to_contain_text("孙秀英")

    await lead.page.reload(wait_until="commit")
    await expect(line_of_lead).to_have_attribute("data-mode", "whisper")
    await page_hears(lead, [CUSTOMER, FIRST], [], least=0.1)
    await page_hears(desk, [CUSTOMER, SECOND], [], least=0.1)

    await lead.press("monitor-join")
    await expect(line_of_lead).to_have_attribute("data-mode", "join")
    await expect(lead.part("agent-8001")).to_contain_text("孙秀英 已加入")
    await hears(customer, [FIRST, SECOND], least=0.1)
    await page_hears(desk, [CUSTOMER, SECOND], [], least=0.1)
    await page_hears(lead, [CUSTOMER, FIRST], [], least=0.1)
    await expect(desk.part("lead-heard")).to_have_attribute("data-mode", "join")

    await lead.press("monitor-stop")
    await lead.expect_phase("none")
    await expect(desk.part("lead-heard")).to_have_count(0)
    await hears(customer, [FIRST], [SECOND])
    await desk.expect_phase("talking")
    await customer.hang_up()
