"""Calls to and from an agent in a real browser, and how soon after each ring the customer stood on the screen (see pop_watch.js)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from statistics import median

import browsers
import plain_sip
import sip_phone
from desk_page import Desk
from house import House
from outside_phone import outside_phone
from playwright.async_api import Playwright

from huying.sample.customers import sample_customers, sample_number

WATCH = Path(__file__).with_name("pop_watch.js")
WORDS = """async ([method, path, body]) => {
    const token = document.cookie.match(/huying_csrf=([^;]+)/)?.[1] ?? "";
    const headers = { "X-CSRF-Token": decodeURIComponent(token), "Content-Type": "application/json" };
    return (await fetch(path, { method, headers, body: body && JSON.stringify(body) })).status;
}"""


@dataclass
class Pops:
    """Milliseconds from the INVITE in the browser to the painted customer, by direction."""

    inbound: list[float] = field(default_factory=list)
    outbound: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Calls whose screen showed somebody else."""


def percentile(taken: Sequence[float], share: float) -> float:
    """The smallest that so many of them do not exceed."""
    ordered = sorted(taken)
    return ordered[max(0, ceil(len(ordered) * share) - 1)]


def p50(taken: Sequence[float]) -> float:
    """The one in the middle."""
    return median(taken)


class Watched:
    """An agent's desk that notes every pop, the telephone company's line, and a telephone outside."""

    def __init__(self, desk: Desk, house: House, line: sip_phone.SipLine, outside: plain_sip.SipPhone) -> None:
        self.desk, self.house, self.line, self.outside = desk, house, line, outside
        self.pops = Pops()
        customers = sample_customers(datetime.now(UTC).date(), 300)
        # Customers who do not want calls are not called.
        self._known = [(one.name, sample_number(index)) for index, one in enumerate(customers) if not one.more.do_not_call]

    async def warm_up(self) -> None:
        """The first call of a page, for which everything is loaded and drawn for the first time, counts nowhere."""
        await self.called(0)
        self.pops.inbound.clear()

    async def called(self, index: int) -> None:
        """This customer calls, chooses the first group, is seen, and hangs up."""
        name, number = self._known[index]
        caller = await self.line.call(self.house.service_number, caller=number.removeprefix("+86"))
        await asyncio.sleep(0.5)
        await caller.press("1")
        await self._note(self.pops.inbound, name)
        await caller.hang_up()
        await self._free()

    async def calls(self, index: int) -> None:
        """The agent dials this customer, who does not answer; he gives up when he has seen who it is."""
        name, number = self._known[index]
        status = await self.desk.page.evaluate(WORDS, ["POST", "/api/desk/dial", {"number": number}])
        assert status == 200, status
        await self._note(self.pops.outbound, name)
        await self.desk.press("hang-up")
        await self._free()

    async def _note(self, taken: list[float], wanted: str) -> None:
        page = self.desk.page
        await page.wait_for_function("() => huyingPops.length > 0", timeout=40_000)
        pop = await page.evaluate("huyingPops.pop()")
        taken.append(pop["ms"])
        if pop["name"] != wanted:
            self.pops.wrong.append(f"{wanted}: {pop['name']}")

    async def _free(self) -> None:
        """Without a call again, and without after-call work."""
        bar = self.desk.part("call-bar")
        for _ in range(400):
            phase = await bar.get_attribute("data-phase")
            if phase == "none":
                return
            if phase == "after_call":
                await self.desk.page.keyboard.press("F3")
            await asyncio.sleep(0.05)
        raise AssertionError(f"still {phase}")


@asynccontextmanager
async def watched(playwright: Playwright, house: House, line: sip_phone.SipLine) -> AsyncIterator[Watched]:
    """Agent 1 at work in a browser of his own, signed out afterwards."""
    async with AsyncExitStack() as stack:
        outside = await stack.enter_async_context(outside_phone(house, "13612349876"))
        outside.answer = None
        browser = await browsers.launch(playwright)
        stack.push_async_callback(browser.close)
        page = await browsers.new_page(browser)
        await page.context.add_init_script(path=WATCH)
        desk = Desk(page, house.address)
        await desk.log_in("agent1", house.password)
        await desk.start_work()
        stack.push_async_callback(desk.sign_out)
        yield Watched(desk, house, line, outside)
