"""Work beside calls in real browsers: a lead's task after a call, with a forced disposition; a message that a SIP caller leaves, heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import browsers
import pytest
import sip_phone
from administrator import Administrator, administrator
from desk_page import Desk
from house import House
from playwright.async_api import Playwright, expect

pytestmark = pytest.mark.timeout(300)
BEEP_HERTZ = 1000.0


@asynccontextmanager
async def asking(admin: Administrator, code: str, **more: object) -> AsyncIterator[dict[str, Any]]:
    """What a queue asks of the desk, for a while."""
    queue = await admin.queue(code)
    known = (await admin.ask("GET", "/api/dispositions"))["queues"]
    before = next(one for one in known if one["queue_id"] == queue["id"])
    asked = {name: value for name, value in before.items() if name != "queue_id"}
    await admin.ask("PUT", f"/api/queues/{queue['id']}/desk", {**asked, **more})
    yield queue
    await admin.ask("PUT", f"/api/queues/{queue['id']}/desk", asked)


async def give_task(lead: Desk, title: str, queue: str) -> None:
    """A lead gives a task to a queue, on the page."""
    await lead.open("later")
    await lead.part("give-task").click()
    await lead.part("task-title").fill(title)
    await lead.part("task-whose").click()
    await lead.page.keyboard.type(queue)
    await lead.page.keyboard.press("Enter")
    await lead.part("task-save").click()
    await expect(lead.part("tasks")).to_contain_text(title)


async def book_on_closing(agent: Desk) -> None:
    """The disposition asks for a callback: it is booked where the contact is closed."""
    await agent.wrap_up("callback", "Explained.")
    panel, working = agent.part("contact-panel"), agent.part("contact-booking")
    await agent.expect_phase("after_call")
    await working.get_by_test_id("book-callback").click()
    await expect(agent.part("book-number")).to_have_value("+86 135 2222 9001")
    await agent.part("book-save").click()
    await expect(panel.get_by_test_id("booked-callback")).to_contain_text("135 2222 9001")
    await agent.part("wrap-up-finish").click()


async def test_a_leads_task_after_a_call_finished_with_a_forced_disposition(
    desks: Callable[[str, float], Awaitable[Desk]], playwright: Playwright, house: House, line: sip_phone.SipLine
) -> None:
    async with administrator(house) as admin, asking(admin, "repair", forced=True) as queue:
        agent = await desks("agent1", 1000)
        caller = await line.call(house.service_number, caller="13522229001", says_hertz=1700)
        await caller.press("1")
        await agent.expect_phase("ringing")
        await agent.press("answer")
        await agent.expect_phase("talking")
        browser = await browsers.launch(playwright)
        lead = Desk(await browsers.new_page(browser), house.address)
        await lead.log_in("lead", house.password)
        language = await lead.page.evaluate("document.documentElement.lang")
        await give_task(lead, "Send the spare part", queue["name"].get(language) or queue["name"]["en"])
        await expect(agent.part("work-alerts")).to_be_hidden()

        await caller.hang_up()
        await agent.expect_phase("after_call")
        await agent.part("wrap-up-finish").click()
        await expect(agent.page.get_by_role("alert").or_(agent.page.locator(".ant-message-error")).first).to_be_visible()
        await agent.expect_phase("after_call")
        await book_on_closing(agent)
        await agent.expect_phase("none")

        await expect(agent.part("work-offer")).to_contain_text("Send the spare part")
        await agent.expect_phase("none")
        await agent.part("work-accept").click()
        await expect(agent.part("work-panel")).to_contain_text("Send the spare part")
        await agent.part("work-finish").click()
        await expect(agent.page.locator(".ant-message-error").first).to_be_visible()
        await agent.part("wrap-up-disposition").click()
        await agent.part("disposition-repair-booked").click()
        await agent.part("wrap-up-note").fill("Sent.")
        await agent.part("work-finish").click()
        await expect(agent.part("work-panel")).to_be_hidden()
        await expect(lead.part("tasks")).not_to_contain_text("Send the spare part")
        await browser.close()
        await agent.part("side-work").click()
        booked = agent.part("work-list").get_by_test_id("booked-callback").filter(has_text="135 2222 9001")
        await booked.get_by_test_id("booked-cancel").click()
        await agent.page.locator(".ant-popconfirm .ant-btn-primary").click()
        await expect(booked).to_have_count(0)


async def test_a_message_of_a_sip_caller_is_offered_and_heard(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine
) -> None:
    async with administrator(house) as admin, asking(admin, "product", offer_messages=True):
        caller = await line.call(house.service_number, caller="13522229002", says_hertz=1700)
        await caller.press("2")
        await caller.hear([1700], 6)
        await caller.press("2")
        await caller.hears_again(BEEP_HERTZ, 60)  # the prompt is over
        await caller.hear([1700], 5)
        await caller.hang_up()
        agent = await desks("agent1", 1000)
        await expect(agent.part("work-offer")).to_be_visible(timeout=40_000)
        await agent.part("work-accept").click()
        await expect(agent.part("work-panel")).to_contain_text("135 2222 9002")
        async with agent.page.expect_response(lambda answer: "/audio" in answer.url) as heard:
            await agent.part("work-panel").get_by_test_id("work-listen").click()
        assert (await heard.value).status in (200, 206)
        async with asyncio.timeout(30):
            while await agent.part("work-sound").first.evaluate("it => it.currentTime") < 0.5:
                await asyncio.sleep(0.2)
        await agent.part("wrap-up-note").fill("Called back.")
        await agent.part("work-finish").click()
        await expect(agent.part("work-panel")).to_be_hidden()
