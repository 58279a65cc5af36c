"""Articles in real calls: suggested for the appliance, searched by keys, sent to the customer's page, seen in the contact's timeline."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
import sip_phone
from desk_page import Desk
from house import House
from playwright.async_api import expect
from visitor_page import Visitor

from e2e.test_agents_place import until
from huying.sample.customers import sample_number

pytestmark = pytest.mark.timeout(300)
OWNER = 6
"""A sample customer with a washing machine."""
FIRST = "## Steps\n\n1. **Empty** it <script>alert(1)</script>\n2. [x](javascript:alert(1))"
Desks = Callable[[str, float], Awaitable[Desk]]


async def timeline_tells(desk: Desk, *words: str) -> None:
    """The newest of one's own contacts tells this of itself."""
    await desk.open("calls")
    await desk.part("own-call-line").first.click()
    await desk.part("own-call-contact").first.click()
    await desk.page.get_by_test_id("contact-drawer").get_by_role("tab").nth(1).click()
    for word in words:
        await expect(desk.part("timeline")).to_contain_text(word)


async def test_suggested_for_the_appliance_and_searched_by_keys(desks: Desks, house: House, line: sip_phone.SipLine) -> None:
    desk = await desks("agent1", 1000)
    caller = await line.call(house.service_number, caller=sample_number(OWNER).removeprefix("+86"))
    await caller.press("1")
    await desk.expect_phase("ringing", 40)
    await desk.part("side-knowledge").click()
    first = desk.part("article-line").first
    await expect(first).to_contain_text("洗衣机")
    await expect(first.get_by_test_id("reasons")).to_contain_text("洗衣机")
    await desk.press("answer")
    await desk.expect_phase("talking")
    await desk.page.locator("body").click(position={"x": 2, "y": 2})
    await desk.page.keyboard.press("s")
    search = desk.part("knowledge-search")
    await expect(search).to_be_focused()
    await search.fill("甩干")
    await expect(first).to_contain_text("洗衣机不脱水")
    await desk.page.keyboard.press("Enter")
    article = desk.part("article")
    await expect(article).to_contain_text("运输螺栓")
    await expect(desk.part("call-bar")).to_be_in_viewport()
    await desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await desk.part("copy-text").click()
    await until(desk.page, "navigator.clipboard.readText().then((it) => it.startsWith('洗衣机不脱水'))")
    await desk.part("helped").click()
    await expect(desk.part("helped")).to_have_text("1")
    await article.focus()
    await desk.page.keyboard.press("Escape")
    await expect(search).to_be_focused()
    await search.fill("")
    used = desk.part("article-line").filter(has_text="洗衣机不脱水")
    await expect(used.last).to_contain_text("已发送")
    await caller.hang_up()
    await desk.expect_phase("after_call")
    await desk.press("call-finish")
    await timeline_tells(desk, "文章发给客户", "复制为文字")


async def test_sent_to_the_page_from_which_the_customer_calls(desks: Desks, visitor: Visitor, house: House) -> None:
    desk = await desks("agent1", 1000)
    await visitor.call()
    await visitor.expect_state("menu")
    await visitor.press("1")
    await desk.expect_phase("ringing", 40)
    await desk.press("answer")
    await visitor.expect_state("talking")
    await desk.part("side-knowledge").click()
    lines = desk.part("article-line")
    await expect(lines.first.get_by_test_id("reasons")).to_contain_text("按了 1")
    assert await lines.count() <= 5
    await desk.part("knowledge-search").fill("loushui")
    await expect(lines.first).to_contain_text("洗衣机漏水怎么办")
    await lines.first.click()
    await desk.part("send-link").click()
    shown = visitor.page.get_by_test_id("call-article")
    await expect(shown).to_be_visible()
    async with visitor.page.context.expect_page() as opened:
        await shown.click()
    page = await opened.value
    await expect(page.get_by_role("heading", level=1)).to_have_text("洗衣机漏水怎么办")
    await expect(page.locator("body")).to_contain_text("取出夹住的东西")
    await expect(page.locator("body")).not_to_contain_text("电话指导")
    await expect(desk.part("link-address")).to_have_value(page.url)
    await visitor.expect_state("talking")
    await visitor.page.bring_to_front()
    await visitor.hang_up()
    await desk.expect_phase("after_call")
    await desk.press("call-finish")
    await timeline_tells(desk, "文章发给客户", "网页链接")


async def test_an_editor_writes_publishes_and_brings_a_version_back(desks: Desks, house: House) -> None:
    desk = await desks("agent2", 1300)
    await desk.sign_out()
    await desk.page.context.clear_cookies()
    await desk.log_in("manager", house.password)
    await desk.open("knowledge")
    await desk.part("new-article").click()
    await desk.part("article-title").fill("Descaling the coffee machine")
    await desk.part("article-body").fill(FIRST)
    preview = desk.part("article-preview")
    await expect(preview.locator("strong")).to_have_text("Empty")
    await expect(preview).to_contain_text("<script>alert(1)</script>")
    await expect(preview.locator("script, a")).to_have_count(0)
    await desk.part("publish-article").click()
    await expect(desk.part("article-state")).to_have_attribute("data-state", "published")
    await desk.part("article-body").fill("## Steps\n\n1. Fill it")
    await desk.part("save-article").click()
    await expect(desk.part("article-state")).to_have_attribute("data-state", "changed")
    await desk.part("article-versions").click()
    await expect(desk.part("article-difference")).to_contain_text("+ 1. Fill it")
    await desk.part("restore-1").click()
    await desk.page.locator(".ant-popconfirm .ant-btn-primary").click()
    await expect(desk.part("article-body")).to_have_value(FIRST)
    await desk.part("all-articles").click()
    await desk.part("search").fill("Descaling")
    await expect(desk.part("edit-article")).to_have_count(1)
    await a_draft_is_deleted(desk)


async def a_draft_is_deleted(desk: Desk) -> None:
    """What was published has no button for that; a draft is asked about, and gone."""
    await desk.part("edit-article").click()
    await expect(desk.part("article-state")).to_be_visible()
    await expect(desk.part("delete-draft")).to_have_count(0)
    await desk.part("all-articles").click()
    await desk.part("new-article").click()
    await desk.part("article-title").fill("Half a thought")
    await desk.part("save-article").click()
    await desk.part("delete-draft").click()
    await expect(desk.page.locator(".ant-popconfirm")).to_contain_text("Half a thought")
    await desk.page.locator(".ant-popconfirm .ant-btn-primary").click()
    await expect(desk.part("new-article")).to_be_visible()
    await desk.part("search").fill("Half a thought")
    await expect(desk.part("edit-article")).to_have_count(0)
