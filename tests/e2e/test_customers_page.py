"""Customers in a real browser: a table is imported with one wrong row, found by initials, two are merged and parted again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import browsers
import pytest
import xlsxwriter
from desk_page import Desk
from house import House
from playwright.async_api import Playwright, expect

pytestmark = pytest.mark.timeout(300)
ROWS = [
    ["姓名", "客户编号", "手机", "客户等级", "公司"],
    ["欧阳若曦", "E2E-1", "13911110001", "VIP", "澄心物业"],
    ["欧阳若溪", "E2E-2", "13911110002", "", ""],
    ["司马未名", "E2E-3", "不详", "", ""],
]


@pytest.fixture
async def manager(playwright: Playwright, house: House) -> AsyncIterator[Desk]:
    """Who may import and merge, in a browser of his own."""
    browser = await browsers.launch(playwright)
    manager = Desk(await browsers.new_page(browser, width=1280, height=720), house.address)
    await manager.log_in("manager", house.password)
    yield manager
    await browser.close()


def table(folder: Path) -> Path:
    """The workbook."""
    path = folder / "客户.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    book.close()
    return path


async def bring_in(manager: Desk, path: Path) -> None:
    """Import the workbook, and see beforehand which row is wrong."""
    await manager.open("customers")
    await manager.part("customers-imports").click()
    await manager.page.locator("input[type=file]").set_input_files(path)
    await expect(manager.part("import-columns")).to_be_visible()
    await expect(manager.part("preview-fail")).to_have_count(1)
    await expect(manager.part("preview-create")).to_have_count(2)
    await manager.part("import-start").click()
    await expect(manager.part("import-progress")).to_have_attribute("data-state", "done", timeout=60_000)
    await expect(manager.part("import-created")).to_have_text("2")
    await expect(manager.part("import-failed")).to_have_text("1")
    async with manager.page.expect_download() as download:
        await manager.part("import-report").click()
    assert (await (await download.value).path()).read_bytes()[:2] == b"PK"


async def find(manager: Desk, typed: str, count: int) -> None:
    """Type without touching the mouse; so many are found."""
    await manager.part("customers-list").click()
    await manager.part("search").fill(typed)
    await expect(manager.part("customer-row")).to_have_count(count)


async def test_imported_found_by_initials_merged_and_parted(manager: Desk, tmp_path: Path) -> None:
    await bring_in(manager, table(tmp_path))
    await find(manager, "oyrx", 2)
    await expect(manager.page.locator("mark").first).to_be_visible()
    await manager.part("search").press("Enter")
    await expect(manager.part("customer-card")).to_contain_text("欧阳若")
    await manager.part("edit-reach").click()
    await manager.part("add-number").click()
    await manager.page.get_by_test_id("form-reach").locator("input[type=text], input:not([type])").last.press("Escape")
    await expect(manager.part("form-reach")).to_have_count(0)
    await manager.page.keyboard.press("Escape")
    await merge_and_part(manager)


async def merge_and_part(manager: Desk) -> None:
    """Give both one number, so that they are likely the same; merge them, and take it back."""
    await find(manager, "E2E-2", 1)
    await manager.part("customer-row").click()
    await manager.part("edit-reach").click()
    await manager.part("add-number").click()
    await manager.part("form-reach").get_by_placeholder("+86 138 0000 0000").last.fill("13911110001")
    await manager.part("save-reach").click()
    await manager.page.locator(".ant-modal-confirm .ant-btn-primary").click()
    await expect(manager.part("section-reach")).to_contain_text("139 1111 0001")
    await manager.page.reload()
    await manager.part("customer-duplicates").click()
    await expect(manager.part("merge-sides")).to_contain_text("欧阳若曦")
    await manager.part("merge-different").click()
    await expect(manager.part("customer-duplicates")).to_have_count(0)
    await manager.part("undo-apart").click()
    await manager.part("customer-duplicates").click()
    await manager.part("into-欧阳若曦").check()
    await manager.part("merge-ok").click()
    await expect(manager.part("undo-merge")).to_be_visible()
    await expect(manager.part("customer-card").locator("strong")).to_have_text("欧阳若曦")
    await manager.part("undo-merge").click()
    await expect(manager.part("undo-merge")).to_have_count(0)
    await manager.page.locator(".ant-drawer-close").click()
    await expect(manager.part("customer-card")).to_have_count(0)
    await find(manager, "oyrx", 2)
