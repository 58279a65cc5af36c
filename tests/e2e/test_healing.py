"""A conversation survives what happens to the agent's browser: a refreshed page, a network that goes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import browsers
import pytest
import sip_phone
import sounds
from desk_page import Desk
from frozen import frozen
from house import House

AGENT_HERTZ, OTHER_HERTZ, CUSTOMER_HERTZ = 1000.0, 1300.0, 1700.0
BACK_SECONDS = 3.0
MUSIC_SECONDS = 8.0

Desks = Callable[[str, float], Awaitable[Desk]]
pytestmark = pytest.mark.timeout(300)


async def conversation(desk: Desk, house: House, line: sip_phone.SipLine) -> sip_phone.SipPhone:
    """A customer who talks with this agent."""
    caller = await line.call(house.service_number, caller="13900001111", says_hertz=CUSTOMER_HERTZ)
    await caller.press("1")
    await desk.expect_phase("ringing", 30)
    await desk.press("answer")
    await desk.expect_phase("talking")
    await caller.hears_again(AGENT_HERTZ, 5)
    return caller


async def test_a_refreshed_page_is_back_with_sound(desks: Desks, house: House, line: sip_phone.SipLine) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    caller = await conversation(desk, house, line)
    heard = asyncio.create_task(silence_then_back(caller))
    await desk.page.reload(wait_until="commit")
    assert await heard <= BACK_SECONDS + sounds.BEEP_SECONDS
    await desk.expect_phase("talking")
    assert (await browsers.hear(desk.page, [CUSTOMER_HERTZ]))[CUSTOMER_HERTZ] > 0.5
    await desk.press("hang-up")
    await caller.wait_ended()
    await desk.expect_phase("after_call")


async def silence_then_back(caller: sip_phone.SipPhone) -> float:
    """Seconds until the agent is heard again, counted from now; the tone of the old page may still come for a moment."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await asyncio.sleep(1.0)
    await caller.hears_again(AGENT_HERTZ, 15)
    return loop.time() - begun


async def test_the_agents_network_goes(desks: Desks, house: House, line: sip_phone.SipLine, tmp_path: Path) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    caller = await conversation(desk, house, line)
    other = await desks("agent2", OTHER_HERTZ)
    with frozen(str(tmp_path / "agent1.wav")):
        await asyncio.sleep(MUSIC_SECONDS)
        assert sounds.level_of(await caller.record(1)) > 0.001, "the customer must hear music, not silence"
        await other.expect_phase("ringing", 15)
        await other.press("answer")
        await other.expect_phase("talking")
        assert (await caller.hear([OTHER_HERTZ]))[OTHER_HERTZ] > 0.5
    await desk.expect_phase("none", 20)
    await other.press("hang-up")
    await caller.wait_ended()
