"""An agent in the browser calls: a telephone over the trunk, and a colleague in another browser; sound measured both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import browsers
import plain_sip
import pytest
from desk_page import Desk
from desk_phones import until
from house import House
from outside_phone import hears, outside_phone
from playwright.async_api import expect

AGENT_HERTZ, COLLEAGUE_HERTZ, OUTSIDE_TONE = 1000.0, 440.0, 700
NUMBER = "13612349876"
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def outside(house: House) -> AsyncIterator[plain_sip.SipPhone]:
    """Rung for every number that is dialled."""
    async with outside_phone(house, NUMBER, OUTSIDE_TONE) as phone:
        yield phone


async def dial(desk: Desk, text: str) -> None:
    """By hand: the button, the number or extension, Enter."""
    await desk.press("dial-open")
    await desk.part("target-picker").get_by_role("combobox").fill(text)
    await desk.part("target").first.wait_for()
    await desk.page.keyboard.press("Enter")


async def extension_of(desk: Desk) -> str:
    """Under which colleagues call this one."""
    found = await desk.page.evaluate("async () => (await (await fetch('/api/session')).json()).agent.extension")
    return str(found)


async def test_a_number_is_called_from_the_browser(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, outside: plain_sip.SipPhone
) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    outside.answer = None
    await dial(desk, NUMBER)
    await until(lambda: bool(outside.invites))
    assert f"sip:{NUMBER}@" in outside.invites[0].first
    await desk.expect_phase("dialling")
    await expect(desk.part("call-name")).to_have_text("+86 136 1234 9876")
    await desk.press("hang-up")
    await desk.expect_phase("none")
    await until(lambda: bool(outside.cancels))

    outside.answer = 0
    await dial(desk, NUMBER)
    await desk.expect_phase("talking")
    await browsers.hears(desk.page, [OUTSIDE_TONE], least=0.5)
    await until(lambda: hears(outside, AGENT_HERTZ))
    await desk.press("hang-up")
    await desk.expect_phase("after_call")


async def test_two_browsers_call_each_other(desks: Callable[[str, float], Awaitable[Desk]]) -> None:
    first, second = await desks("agent1", AGENT_HERTZ), await desks("agent2", COLLEAGUE_HERTZ)
    await dial(first, await extension_of(second))
    await second.expect_phase("ringing")
    await second.press("answer")
    await second.expect_phase("talking")
    await first.expect_phase("talking")
    await browsers.hears(second.page, [AGENT_HERTZ], least=0.5)
    await browsers.hears(first.page, [COLLEAGUE_HERTZ], least=0.5)
    await second.press("hang-up")
    await second.expect_phase("none")
    await first.expect_phase("none")
