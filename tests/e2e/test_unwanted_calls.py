"""Customers who do not want to be called: refused with the reason in both languages; who may is asked, and calls all the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import plain_sip
import pytest
from administrator import administrator
from desk_page import Desk
from desk_phones import until
from house import House
from outside_phone import hears, outside_phone
from playwright.async_api import expect

from e2e.test_refresh_with_people import page_hears
from huying.sample.customers import sample_customers, sample_number

AGENT_HERTZ, OUTSIDE_TONE = 1000.0, 700
UNWANTED = [
    sample_number(index).removeprefix("+86") for index, one in enumerate(sample_customers(datetime.now(UTC).date())) if one.more.do_not_call
]
WHY_ZH, WHY_EN = "客户要求不要拨打这个号码（勿扰）。", "This customer does not want to be called."
TRY = """async (number) => {
    const token = document.cookie.match(/huying_csrf=([^;]+)/)?.[1] ?? "";
    const headers = { "X-CSRF-Token": decodeURIComponent(token), "Content-Type": "application/json" };
    const answer = await fetch("/api/desk/dial", { method: "POST", headers, body: JSON.stringify({ number }) });
    return (await answer.json()).error.details;
}"""

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def outside(house: House) -> AsyncIterator[plain_sip.SipPhone]:
    """Rung for every number that is dialled."""
    async with outside_phone(house, UNWANTED[0], OUTSIDE_TONE) as phone:
        yield phone


@asynccontextmanager
async def may_call_all_the_same(house: House, desk: Desk) -> AsyncIterator[None]:
    """A rule of dialling for this agent, and the usual one for everybody else."""
    usual = ["internal", "local", "national", "mobile"]
    person_id = await desk.page.evaluate("async () => (await (await fetch('/api/session')).json()).person.id")
    rules = ({"name": "usual", "classes": usual}, {"name": "after a complaint", "agents": [person_id], "override_do_not_call": True})
    async with administrator(house) as admin:
        made = [(await admin.ask("POST", "/api/dialling/rules", rule))["id"] for rule in rules]
        async with asyncio.timeout(30):
            while not (await desk.page.evaluate(TRY, UNWANTED[0]))["may_override"]:
                await asyncio.sleep(0.2)
        yield
        for rule_id in made:
            await admin.ask("DELETE", f"/api/dialling/rules/{rule_id}")


async def dial(desk: Desk, number: str) -> None:
    """By hand. The panel stays open with the number in it when the call was refused."""
    button = desk.part("dial-open")
    if await button.get_attribute("aria-expanded") != "true":
        await button.click()
    await desk.part("dial-panel").get_by_role("combobox").fill(number)
    await desk.part("target").first.wait_for()
    await desk.part("dial-panel").get_by_role("combobox").press("Enter")


async def asked(desk: Desk, answer: str) -> None:
    """The question whether to call all the same, answered: `yes`, `no`, or by a key: `Escape`, `Enter` (both no)."""
    question = desk.page.locator(".ant-modal-confirm")
    await expect(question).to_contain_text(WHY_EN)
    await expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    if answer in ("Escape", "Enter"):
        await desk.page.keyboard.press(answer)
    else:
        await question.get_by_role("button", name="Call all the same" if answer == "yes" else "Cancel").click()
    await expect(question).to_be_hidden()


async def choose(desk: Desk, way: str, number: str) -> None:
    """Open the panel for asking or transferring, and choose a number; what follows it is shown."""
    await desk.press(way)
    panel = desk.part(f"{way}-panel")
    await panel.get_by_role("combobox").fill(number)
    await desk.part("target").first.wait_for()
    await desk.page.keyboard.press("Enter")
    await expect(desk.part("move-target")).to_be_visible()


async def test_refused_asked_and_called_all_the_same(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, outside: plain_sip.SipPhone
) -> None:
    without, may = await desks("agent1", AGENT_HERTZ), await desks("agent2", AGENT_HERTZ)
    for desk, why in ((without, WHY_ZH), (may, WHY_EN)):
        await dial(desk, UNWANTED[0])
        await expect(desk.page.locator(".ant-message-error")).to_contain_text(why)
        await expect(desk.page.locator(".ant-modal-confirm")).to_have_count(0)
    async with may_call_all_the_same(house, may):
        await dial(without, UNWANTED[0])
        await expect(without.page.locator(".ant-message-error").last).to_contain_text(WHY_ZH)
        for answer in ("Enter", "no", "Escape"):
            await dial(may, UNWANTED[0])
            await asked(may, answer)
        await may.expect_phase("none")
        assert not outside.invites, "nobody was called so far"

        await dial(may, UNWANTED[0])
        await asked(may, "yes")
        await may.expect_phase("talking")
        await page_hears(may, [OUTSIDE_TONE], [])
        await until(lambda: hears(outside, AGENT_HERTZ))
        await consulted_and_transferred(may, outside)


async def consulted_and_transferred(desk: Desk, outside: plain_sip.SipPhone) -> None:
    """The same question before somebody is asked in a call, and before the call is handed on."""
    await choose(desk, "consult", UNWANTED[1])
    await desk.part("move-go").click()
    await asked(desk, "no")
    assert len(outside.invites) == 1
    await desk.part("move-go").click()
    await asked(desk, "yes")
    await until(lambda: len(outside.invites) == 2)
    assert f"sip:{UNWANTED[1]}@" in outside.invites[1].first
    await expect(desk.part("consult-line")).to_have_attribute("data-state", "talking")
    await desk.press("end-consult")
    await expect(desk.part("consult-line")).to_be_hidden()
    await choose(desk, "transfer", UNWANTED[2])
    await desk.part("move-go").click()
    await asked(desk, "no")
    await desk.expect_phase("talking")
    await desk.part("move-go").click()
    await asked(desk, "yes")
    await until(lambda: len(outside.invites) == 3)
    assert f"sip:{UNWANTED[2]}@" in outside.invites[2].first
    await desk.expect_phase("after_call")
