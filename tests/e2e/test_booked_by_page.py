"""A callback that is booked on the page, in a call and after it: offered at its time to whoever booked it, called, talked, done."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import plain_sip
import pytest
import sip_phone
from desk_page import Desk
from desk_phones import until
from house import House
from outside_phone import hears, outside_phone
from playwright.async_api import Locator, expect

from e2e.test_refresh_with_people import page_hears
from huying.sample.organisation import TIME_ZONE

AGENT_HERTZ, CUSTOMER_TONE = 1000.0, 700
CUSTOMER, SHOWN = "13612349876", "136 1234 9876"
ZONE = ZoneInfo(TIME_ZONE)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def customer(house: House) -> AsyncIterator[plain_sip.SipPhone]:
    """The customer's own telephone, at the end of a trunk."""
    async with outside_phone(house, CUSTOMER, CUSTOMER_TONE) as phone:
        yield phone


def full_minute(seconds: float) -> datetime:
    """The first full minute that is at least so many seconds ahead."""
    ahead = datetime.now(UTC) + timedelta(seconds=seconds + 59.999)
    return ahead.replace(second=0, microsecond=0)


def booked(desk: Desk) -> Locator:
    """The rows of this customer in the work list."""
    return desk.part("work-list").get_by_test_id("booked-callback").filter(has_text=SHOWN)


def shown(at: datetime) -> str:
    """Hour and minute by the business's clocks."""
    return at.astimezone(ZONE).strftime("%H:%M")


async def book(desk: Desk, at: datetime, note: str = "") -> None:
    """Fill in the dialog and save; it closes when the booking was taken."""
    await desk.part("book-at").fill(at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M"))
    if note:
        await desk.part("book-note").fill(note)
    await desk.part("book-save").click()


async def test_booked_in_the_call_and_after_it(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine, customer: plain_sip.SipPhone
) -> None:
    desk = await desks("agent1", AGENT_HERTZ)
    call = await line.call(house.service_number, caller=CUSTOMER)
    await call.press("1")
    await desk.expect_phase("ringing")
    await desk.press("answer")
    await desk.expect_phase("talking")
    await desk.part("side-work").click()

    await desk.part("book-callback").click()
    await book(desk, datetime.now(UTC) - timedelta(minutes=2))
    await expect(desk.page.locator(".ant-message-error")).to_be_visible()  # a time that has passed
    later = full_minute(7200)
    await book(desk, later)
    await expect(desk.part("book")).to_be_hidden()
    rows = booked(desk)
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text(shown(later))

    await call.hang_up()
    await desk.expect_phase("after_call")
    await moved_and_cancelled(desk, later + timedelta(hours=1))
    await desk.page.keyboard.press("b")
    soon = full_minute(15)
    await book(desk, soon, "Ask for the serial number.")
    await expect(rows).to_contain_text(shown(soon))
    await desk.part("wrap-up-finish").click()

    await desk.expect_phase("ringing", 100)
    assert datetime.now(UTC) >= soon - timedelta(seconds=1), "not before its time"
    await expect(desk.part("callback-note")).to_be_visible()
    await desk.press("answer")
    await until(lambda: bool(customer.invites))
    assert f"sip:{CUSTOMER}@" in customer.invites[0].first
    await desk.expect_phase("talking")
    await page_hears(desk, [CUSTOMER_TONE], [])
    await until(lambda: hears(customer, AGENT_HERTZ))
    await desk.press("hang-up")
    await desk.expect_phase("after_call")
    await expect(rows).to_have_count(0)


async def moved_and_cancelled(desk: Desk, at: datetime) -> None:
    """Another time, by key; then, in the list, it is given up."""
    await desk.page.locator("body").click(position={"x": 2, "y": 2})
    await desk.page.keyboard.press("b")
    await book(desk, at)
    await expect(desk.part("book")).to_be_hidden()
    await expect(booked(desk)).to_contain_text(shown(at))
    await booked(desk).get_by_test_id("booked-cancel").click()
    await desk.page.locator(".ant-popconfirm .ant-btn-primary").click()
    await expect(booked(desk)).to_have_count(0)
