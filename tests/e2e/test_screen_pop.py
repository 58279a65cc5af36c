"""How soon after the ring the customer stands on the screen, inbound and outbound. `./huying bench screen_pop` measures many more calls."""

from __future__ import annotations

import pytest
import sip_phone
from house import House
from playwright.async_api import Playwright
from screen_pops import Pops, p50, watched

CALLS, TRIES = 6, 2
TARGET_MS = 300
"""Of the middle one; on a machine that does other work the slowest may take longer."""

pytestmark = pytest.mark.timeout(300)


async def test_the_customer_is_on_the_screen_soon_after_the_ring(playwright: Playwright, house: House, line: sip_phone.SipLine) -> None:
    async with watched(playwright, house, line) as desk:
        await desk.warm_up()
        taken: list[float] = []
        for _ in range(TRIES):
            desk.pops = Pops()
            for index in range(CALLS):
                await desk.called(index)
            for index in range(CALLS):
                await desk.calls(index)
            assert desk.pops.wrong == []
            taken.append(p50([*desk.pops.inbound, *desk.pops.outbound]))
            if taken[-1] < TARGET_MS:
                break
        assert min(taken) < TARGET_MS, (taken, desk.pops)
