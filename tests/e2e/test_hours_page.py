"""Hours in a real browser: drawn, moved by the keys, imported; and everything closed while a customer waits."""

from __future__ import annotations

from collections.abc import AsyncIterator

import browsers
import pytest
import sip_phone
from administrator import Administrator, administrator
from desk_page import Desk
from house import House
from playwright.async_api import Playwright, expect

pytestmark = pytest.mark.timeout(300)
CALLER = "13522440009"
SUNDAY = 7


@pytest.fixture
async def admin(house: House) -> AsyncIterator[Administrator]:
    """Puts the office's hours back, and ends what was closed."""
    async with administrator(house) as admin:
        before = await office_of(admin)
        yield admin
        await admin.ask("PATCH", f"/api/schedules/{before['id']}", {"weekly": before["weekly"]})
        for closing in (await admin.ask("GET", "/api/closings"))["items"]:
            if closing["in_force"]:
                await admin.ask("DELETE", f"/api/closings/{closing['id']}")


@pytest.fixture
async def manager(playwright: Playwright, house: House) -> AsyncIterator[Desk]:
    """Who sets the hours."""
    browser = await browsers.launch(playwright)
    manager = Desk(await browsers.new_page(browser, width=1280, height=720), house.address)
    await manager.log_in("manager", house.password)
    await manager.open("admin")
    await manager.part("admin-hours").click()
    yield manager
    await browser.close()


async def office_of(admin: Administrator) -> dict[str, object]:
    """The office's schedule."""
    items = (await admin.ask("GET", "/api/schedules"))["items"]
    return next(item for item in items if item["code"] == "office")


async def on_sunday(admin: Administrator) -> list[tuple[str, str]]:
    """The office's hours on Sundays."""
    weekly = (await office_of(admin))["weekly"]
    return [(span["start"], span["end"]) for span in weekly if span["day"] == SUNDAY]  # type: ignore[attr-defined]


async def save(manager: Desk) -> None:
    """Keep what was drawn."""
    await manager.part("hours-save").click()
    await expect(manager.part("hours-save")).to_have_count(0)


async def test_hours_are_drawn_moved_and_written(manager: Desk, admin: Administrator) -> None:
    await manager.part("schedule-office").click()
    track = manager.part(f"track-{SUNDAY}")
    await track.scroll_into_view_if_needed()  # it stands still
    box = await track.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    await manager.page.mouse.move(box["x"] + box["width"] * 0.25, middle)
    await manager.page.mouse.down()
    await manager.page.mouse.move(box["x"] + box["width"] * 0.4, middle)
    await manager.page.mouse.move(box["x"] + box["width"] * 0.5, middle)
    await manager.page.mouse.up()
    await save(manager)
    assert await on_sunday(admin) == [("06:00", "12:00")]

    span = track.get_by_test_id("span")
    await span.focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "Alt+ArrowRight"):
        await manager.page.keyboard.press(key)
    await save(manager)
    assert await on_sunday(admin) == [("06:30", "12:30")]

    await span.click()
    await manager.part("span-start").fill("22:00")
    await manager.part("span-end").fill("6:00")
    await manager.part("span-put").click()
    await save(manager)
    assert await on_sunday(admin) == [("22:00", "06:00")]

    await span.focus()
    await manager.page.keyboard.press("Delete")
    await save(manager)
    assert await on_sunday(admin) == []


async def test_the_published_holidays_of_a_year_are_taken(manager: Desk, admin: Administrator) -> None:
    await manager.page.get_by_role("tab").nth(1).click()
    await manager.part("import-days").click()
    await manager.part("import-year").fill("2025")
    await manager.part("import-show").click()
    await expect(manager.part("import-preview")).to_contain_text("2025-10-01")
    await manager.part("import-take").click()
    await expect(manager.part("import-preview")).to_have_count(0)
    days = {day["day"]: day["kind"] for day in (await admin.ask("GET", "/api/holidays?year=2025"))["items"]}
    assert (days["2025-10-01"], days["2025-09-28"]) == ("holiday", "working")


async def test_closing_everything_while_a_customer_waits(
    manager: Desk, admin: Administrator, house: House, line: sip_phone.SipLine
) -> None:
    caller = await line.call(house.service_number, caller=CALLER)
    await caller.press("1")
    await manager.part("nav-live").click()
    await expect(manager.part("total-waiting")).to_contain_text("1", timeout=30_000)
    await manager.open("admin")
    await manager.part("admin-hours").click()
    await manager.part("close-now").click()
    await manager.part("closing-reason").fill("fire drill")
    await manager.part("closing-save").click()
    await expect(manager.part("closing-banner")).to_contain_text("fire drill")
    await manager.part("nav-live").click()
    await expect(manager.part("total-waiting")).to_contain_text("0")
    await manager.open("admin")
    await manager.part("admin-hours").click()
    await manager.part("end-closing").click()
    await expect(manager.part("closing-banner")).to_have_count(0)
    await caller.hang_up()
