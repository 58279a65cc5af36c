"""Processes of ours die while two browsers talk: the sound goes on, hanging up works afterwards, from either end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import browsers
import pytest
from desk_page import Desk
from house import House
from visitor_page import Visitor

AGENT_HERTZ, CUSTOMER_HERTZ = 1000.0, 1700.0
pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize(("process", "who_ends"), [("edge", "agent"), ("edge", "customer"), ("web", "agent"), ("voice", "customer")])
async def test_two_browsers_talk_on(
    desks: Callable[[str, float], Awaitable[Desk]], visitor: Visitor, house: House, process: str, who_ends: str
) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    await visitor.call()
    await visitor.expect_state("menu")
    await visitor.press("1")
    await desk.expect_phase("ringing", 45)
    await desk.press("answer")
    await visitor.expect_state("talking")
    before = house.kill(process)
    await both_hear(desk, visitor)
    await asyncio.to_thread(house.wait_back, process, before)
    await desk.expect_phase("talking")
    await visitor.expect_state("talking")
    await both_hear(desk, visitor)
    await (desk.press("hang-up") if who_ends == "agent" else visitor.hang_up())
    await visitor.expect_state("ended")
    await desk.expect_phase("after_call")


async def both_hear(desk: Desk, visitor: Visitor) -> None:
    """Each end hears the other."""
    await browsers.hears(desk.page, [CUSTOMER_HERTZ], least=0.5)
    await browsers.hears(visitor.page, [AGENT_HERTZ], least=0.5)
