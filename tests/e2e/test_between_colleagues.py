"""Two browsers in an internal call: the one who called holds, is muted, refreshes the page and hands on, as in every other call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from desk_page import Desk
from playwright.async_api import expect

from e2e.test_browser_dials import AGENT_HERTZ, COLLEAGUE_HERTZ, dial, extension_of
from e2e.test_refresh_with_people import page_hears

pytestmark = pytest.mark.timeout(300)


async def test_the_caller_holds_and_comes_back_after_a_refresh(desks: Callable[[str, float], Awaitable[Desk]]) -> None:
    caller, called = await asyncio.gather(desks("agent3", AGENT_HERTZ), desks("agent4", COLLEAGUE_HERTZ))
    await dial(caller, await extension_of(called))
    await called.expect_phase("ringing")
    await caller.expect_phase("dialling")
    names = [await desk.page.evaluate("async () => (await (await fetch('/api/session')).json()).person.name") for desk in (caller, called)]
    await expect(called.part("call-name")).to_have_text(names[0])
    await expect(caller.part("call-name")).to_have_text(names[1])
    await called.press("answer")
    await caller.expect_phase("talking")
    await page_hears(called, [AGENT_HERTZ], [])

    await caller.press("hold")
    await caller.expect_phase("holding")
    await called.expect_phase("talking")
    await page_hears(called, [], [AGENT_HERTZ])
    await caller.press("resume")
    await caller.expect_phase("talking")
    await page_hears(called, [AGENT_HERTZ], [])

    await caller.page.reload(wait_until="commit")
    await caller.expect_phase("talking")
    await page_hears(called, [AGENT_HERTZ], [])
    await page_hears(caller, [COLLEAGUE_HERTZ], [])

    await caller.press("mute")
    await expect(caller.part("unmute")).to_be_visible()
    await page_hears(called, [], [AGENT_HERTZ])
    await called.press("hang-up")
    await called.expect_phase("none")
    await caller.expect_phase("none")
