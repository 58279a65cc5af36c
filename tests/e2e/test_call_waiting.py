"""A second call at a browser that talks: shown and heard softly, taken while the first hears music, left again, refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import sip_phone
from desk_page import Desk
from desk_phones import hears, hears_music
from house import House
from in_force import in_force
from playwright.async_api import expect

from e2e.test_browser_dials import dial, extension_of
from e2e.test_healing import CUSTOMER_HERTZ, conversation
from e2e.test_refresh_with_people import page_hears

FIRST, SECOND = 1000.0, 1300.0
ASK = """async ([method, path, body]) => {
    const token = document.cookie.match(/huying_csrf=([^;]+)/)?.[1] ?? "";
    const headers = { "X-CSRF-Token": decodeURIComponent(token), "Content-Type": "application/json" };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    return [answer.status, await answer.text()];
}"""
pytestmark = pytest.mark.timeout(300)


@asynccontextmanager
async def lets_calls_wait(desk: Desk, house: House) -> AsyncIterator[None]:
    """The agent's own setting, for a while."""
    for waits in (True, False):
        status, text = await desk.page.evaluate(ASK, ["PUT", "/api/desk/reach", {"call_waiting": waits}])
        assert status < 300, text
        await in_force(house)
        if waits:
            yield


async def test_a_second_call_is_taken_left_and_refused(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    busy = await desks("agent1", FIRST)
    customer = await conversation(busy, house, line)
    colleague = await desks("agent2", SECOND)
    async with lets_calls_wait(busy, house):
        extension = await extension_of(busy)
        name = await colleague.page.evaluate("async () => (await (await fetch('/api/session')).json()).person.name")
        await dial(colleague, extension)
        await colleague.press("call-anyway")
        second = busy.part("second-call")
        await expect(second).to_have_attribute("data-phase", "ringing")
        await expect(busy.part("second-name")).to_have_text(name)
        await busy.expect_phase("talking")
        await hears(customer, [FIRST])

        await busy.press("second-take")
        await expect(second).to_have_attribute("data-phase", "holding")
        await expect(busy.part("call-name")).to_have_text(name)
        await page_hears(busy, [SECOND], [CUSTOMER_HERTZ])
        await page_hears(colleague, [FIRST], [])
        await hears_music(customer, [FIRST, SECOND])

        await busy.press("second-back")
        await expect(busy.part("second-name")).to_have_text(name)
        await page_hears(busy, [CUSTOMER_HERTZ], [SECOND])
        await hears(customer, [FIRST], [SECOND])
        await page_hears(colleague, [], [FIRST])

        await busy.page.reload(wait_until="commit")
        await expect(second).to_have_attribute("data-phase", "holding", timeout=30_000)
        await busy.expect_phase("talking")
        await page_hears(busy, [CUSTOMER_HERTZ], [SECOND])
        await busy.press("second-back")
        await page_hears(busy, [SECOND], [CUSTOMER_HERTZ])
        await page_hears(colleague, [FIRST], [])
        await busy.press("hang-up")
        await busy.expect_phase("holding")
        await busy.press("resume")
        await hears(customer, [FIRST], [SECOND])

        await colleague.expect_phase("none")
        await dial(colleague, extension)
        await colleague.press("call-anyway")
        await expect(second).to_have_attribute("data-phase", "ringing")
        await busy.press("second-refuse")
        await expect(second).to_have_count(0)
        await busy.expect_phase("talking")
        await hears(customer, [FIRST], [SECOND])
        await colleague.press("hang-up")
    await customer.hang_up()
