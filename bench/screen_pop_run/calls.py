"""So many calls in each direction at one desk of a running house."""

from __future__ import annotations

import sys

import screen_pops
import sip_phone
from house import House
from playwright.async_api import async_playwright


async def measure(house: House, calls: int) -> screen_pops.Pops:
    """How soon each was on the screen; says how far it is."""
    async with (
        async_playwright() as playwright,
        sip_phone.sip_line(house.sip_port) as line,
        screen_pops.watched(playwright, house, line) as desk,
    ):
        await desk.warm_up()
        for index in range(calls):
            await desk.called(index)
            _say(f"inbound {index + 1}: {desk.pops.inbound[-1]:.0f} ms")
        for index in range(calls):
            await desk.calls(index)
            _say(f"outbound {index + 1}: {desk.pops.outbound[-1]:.0f} ms")
        return desk.pops


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
