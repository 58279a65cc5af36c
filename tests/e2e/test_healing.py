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
from desk_phones import hears, hears_music
from frozen import frozen
from house import House

AGENT_HERTZ, OTHER_HERTZ, CUSTOMER_HERTZ = 1000.0, 1300.0, 1700.0
BACK_SECONDS = 3.0
TRIES = 3
"""A machine that does other work at that moment is slower than the telephone."""
MUSIC_SECONDS = 8.0

Desks = Callable[[str, float], Awaitable[Desk]]
pytestmark = pytest.mark.timeout(300)


async def conversation(desk: Desk, house: House, line: sip_phone.SipLine) -> sip_phone.SipPhone:
    """A customer who talks with this agent."""
    caller = await line.call(house.service_number, caller="13900001111", says_hertz=CUSTOMER_HERTZ)
    await caller.press("1")
    await desk.expect_phase("ringing")
    await desk.press("answer")
    await desk.expect_phase("talking")
    await caller.hears_again(AGENT_HERTZ, 30)
    return caller


async def test_a_refreshed_page_is_back_with_sound(desks: Desks, house: House, line: sip_phone.SipLine) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    caller = await conversation(desk, house, line)
    took = []
    for _ in range(TRIES):
        heard = asyncio.create_task(silence_then_back(caller))
        await desk.page.reload(wait_until="commit")
        took.append(await heard)
        if took[-1] <= BACK_SECONDS + sounds.BEEP_SECONDS:
            break
        await desk.expect_phase("talking")
    assert min(took) <= BACK_SECONDS + sounds.BEEP_SECONDS, took
    await desk.expect_phase("talking")
    await browsers.hears(desk.page, [CUSTOMER_HERTZ], least=0.5)
    await desk.press("hang-up")
    await caller.wait_ended()
    await desk.expect_phase("after_call")


async def silence_then_back(caller: sip_phone.SipPhone) -> float:
    """Seconds until the agent is heard again, counted from now; the tone of the old page may still come for a moment."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await asyncio.sleep(1.0)
    await caller.hears_again(AGENT_HERTZ, 30)
    return loop.time() - begun


async def test_the_agents_network_goes(desks: Desks, house: House, line: sip_phone.SipLine, tmp_path: Path) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    caller = await conversation(desk, house, line)
    other = await desks("agent2", OTHER_HERTZ)
    with frozen(str(tmp_path / "agent1.wav")):
        begun = asyncio.get_running_loop().time()
        await hears_music(caller, [AGENT_HERTZ])
        assert asyncio.get_running_loop().time() - begun <= MUSIC_SECONDS + 1
        await other.expect_phase("ringing")
        await other.press("answer")
        await other.expect_phase("talking")
        await hears(caller, [OTHER_HERTZ], least=0.5)
    await desk.expect_phase("none")
    await other.press("hang-up")
    await caller.wait_ended()
