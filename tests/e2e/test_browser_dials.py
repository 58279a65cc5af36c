"""An agent in the browser calls: a telephone over the trunk, whose caller is popped up, and a colleague; sound measured both ways."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import browsers
import plain_sip
import pytest
import tones
from administrator import administrator
from desk_page import Desk
from house import House
from playwright.async_api import expect

AGENT_HERTZ, COLLEAGUE_HERTZ, OUTSIDE_TONE = 1000.0, 1300.0, 700
NUMBER = "13612349876"
pytestmark = pytest.mark.timeout(240)


@pytest.fixture
async def outside(house: House) -> AsyncIterator[plain_sip.SipPhone]:
    """A telephone at the end of a trunk of its own, by which everything goes out."""
    phone = await plain_sip.SipPhone(NUMBER, tone=OUTSIDE_TONE).open(("127.0.0.1", house.sip_port), local="127.0.0.3")
    async with administrator(house) as admin:
        await admin.ask("PUT", "/api/trunks/a-test", {"addresses": ["127.0.0.3"], "port": phone.wire.port})
        try:
            yield phone
        finally:
            await admin.ask("DELETE", "/api/trunks/a-test")
            await phone.close()


def hears(phone: plain_sip.SipPhone, hertz: float) -> bool:
    rtp = next((one.rtp for one in phone.dialogs.values() if one.rtp), None)
    return rtp is not None and tones.share_of_tone(tones.of_alaw(bytes(rtp.received[-8000:])), int(hertz)) > 0.4


async def dial(desk: Desk, text: str) -> None:
    await desk.press("dial-open")
    await desk.part("target-picker").get_by_role("combobox").fill(text)
    await desk.page.keyboard.press("Enter")


async def test_a_number_is_called_from_the_browser(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, outside: plain_sip.SipPhone
) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    outside.answer = None
    begun = time.monotonic()
    await dial(desk, NUMBER)
    await expect(desk.part("call-number")).to_be_visible(timeout=5000)
    assert time.monotonic() - begun < 5
    async with asyncio.timeout(20):
        while not outside.invites:
            await asyncio.sleep(0.05)
    assert f"sip:{NUMBER}@" in outside.invites[0].first
    await desk.expect_phase("dialling")
    await desk.press("hang-up")
    await desk.expect_phase("none")

    outside.answer = 0
    await dial(desk, NUMBER)
    await desk.expect_phase("talking", 20)
    assert (await browsers.hear(desk.page, [AGENT_HERTZ, OUTSIDE_TONE]))[OUTSIDE_TONE] > 0.5
    async with asyncio.timeout(10):
        while not hears(outside, AGENT_HERTZ):
            await asyncio.sleep(0.1)
    await desk.press("hang-up")
    await desk.expect_phase("after_call")


async def test_two_browsers_call_each_other(desks: Callable[[str, float], Awaitable[Desk]]) -> None:
    first, second = await desks("agent1", AGENT_HERTZ), await desks("agent2", COLLEAGUE_HERTZ)
    extension = await second.page.evaluate("async () => (await (await fetch('/api/session')).json()).agent.extension")
    await dial(first, extension)
    await second.expect_phase("ringing", 15)
    await second.press("answer")
    await second.expect_phase("talking")
    assert (await browsers.hear(second.page, [AGENT_HERTZ]))[AGENT_HERTZ] > 0.5
    assert (await browsers.hear(first.page, [COLLEAGUE_HERTZ]))[COLLEAGUE_HERTZ] > 0.5
    await second.press("hang-up")
    await second.expect_phase("none")
    await first.expect_phase("none")
