"""Articles over HTTP: writing and versions, finding in Chinese and English, for the contact at hand, sent to the customer, and who may."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from huying.admin.first_administrator import NewBusiness, make_business
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.service import NewInteraction, get_interaction, open_interaction
from huying.channels.voice.events import SegmentStarted
from huying.crm.assets.model import AssetRow
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.service import find_by_number
from huying.crm.knowledge.model import ArticleLinkRow
from huying.flows.events import FlowChoiceMade
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.events import OfferEnded, OfferMade, QueueEntered
from huying.routing.model import QueueRow
from huying.sample.customers import sample_number

PASSWORD = "another long pass phrase"
ARTICLES = "/api/knowledge-articles"


async def find(browser: Any, search: str, **more: Any) -> list[str]:
    answer = await browser.get("/api/knowledge", params={"search": search, **more})
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def write(browser: Any, title: str, *, publish: bool = True, **more: Any) -> dict[str, Any]:
    answer = await browser.post(ARTICLES, json={"title": title, "language": "zh-CN", **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    if publish:
        made = (await browser.post(f"{ARTICLES}/{made['id']}/publish")).json()
        assert made["published"] == made["version"]
    return made


async def calling(house: Any, agent: str, channel: str = "phone", digit: str = "1") -> str:
    """A customer with a washing machine, who pressed a key and talks with the agent about a repair; the contact's id."""
    contact, business = new_id(), house.business_id
    async with house.database.business(business) as session:
        queue = str(await session.scalar(select(QueueRow.id).where(QueueRow.code == "repair")))
        customer = await find_by_number(session, sample_number(3))
        assert customer is not None
        await session.execute(update(CustomerRow).where(CustomerRow.id == customer.id).values(customer_class="normal"))
        await session.execute(update(AssetRow).where(AssetRow.customer_id == customer.id).values(category="洗衣机", model="HC-XQG1001"))
        new = NewInteraction(contact, business, channel, "inbound", sample_number(3), "", customer.id, "4000", utc_now())
        await open_interaction(session, new)
    leg, offer, entry = new_id(), new_id(), new_id()
    events = (
        ContactEntered(channel, "inbound", "4000", customer.id, "zh-CN", new_id()),
        FlowChoiceMade("menu", digit),
        QueueEntered(entry, queue, "first"),
        OfferMade(offer, entry, queue, agent, leg, utc_now().isoformat()),
        OfferEnded(offer, entry, queue, agent, "accepted"),
        SegmentStarted(new_id(), agent, entry, queue, leg, "bridge"),
    )
    await PostgresJournal(house.database).append(
        [Entry(business, "contact", contact, n, utc_now(), event) for n, event in enumerate(events, 1)]
    )
    await house.voice.say(business, "contact", contact, *events)
    async with asyncio.timeout(30):
        while house.app.state.live.centre.contacts(business).get(contact, {}).get("agent_id") != agent:
            await asyncio.sleep(0.01)
    return contact


def sent(house: Any) -> list[dict[str, Any]]:
    return [arguments["data"] for command, arguments in house.voice.commands if command == "note_in_call"]


async def me(browser: Any) -> str:
    return str((await browser.get("/api/session")).json()["person"]["id"])


async def test_found_in_chinese_and_english_titles_first(house: Any) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("manager") as editor:
        assert (await find(agent, "洗衣机漏水"))[0] == "洗衣机漏水怎么办"
        assert (await find(agent, "leaking washing machines"))[0] == "Washing machine leaks"
        assert (await find(agent, "xyjls"))[0] == "洗衣机漏水怎么办"
        assert "洗衣机漏水怎么办" in await find(agent, "loushui")
        assert (await find(agent, "甩干"))[0] == "洗衣机不脱水或脱水声音大", "by a keyword"
        assert (await find(agent, "E3"))[0] == "洗衣机不脱水或脱水声音大"
        assert (await find(agent, "warr")) == ["Warranty and what a visit costs"], "while typing"
        assert (await find(agent, "运输螺栓"))[0] == "洗衣机不脱水或脱水声音大", "by the text"
        await write(editor, "无关", body="这里提到过滤网")
        await write(editor, "关键词", keywords=["过滤网"])
        await write(editor, "过滤网怎么洗")
        order = await find(agent, "过滤网")
        assert order.index("过滤网怎么洗") < order.index("关键词") < order.index("无关")
        assert await find(agent, "火星探测器") == []
        assert await find(agent, "' | !( & :*") == []
        page = (await agent.get("/api/knowledge", params={"search": "漏水"})).json()
        assert {piece["text"] for piece in page["items"][0]["title_pieces"] if piece["mark"]} == {"漏水"}
        assert any(piece["mark"] for item in page["items"] for piece in item["excerpt"])
        assert (await find(agent, "water", language="en", only_language=True))[0] == "Washing machine leaks"
        assert "冰箱换门封的步骤（草稿）" not in await find(agent, "门封"), "drafts are not found"
        assert len(await find(agent, "")) >= 14


async def test_versions_are_kept_compared_and_brought_back(house: Any) -> None:
    async with house.signed_in("manager") as editor, house.signed_in("agent1") as agent:
        made = await write(editor, "投影仪灯泡", body="一\n二", customer_part="请更换", publish=False)
        path = f"{ARTICLES}/{made['id']}"
        assert (await agent.get(f"/api/knowledge/{made['id']}")).status_code == 404
        await editor.post(f"{path}/publish")
        given = {**made["content"], "body": "一\n三", "base": 1}
        changed = (await editor.put(path, json=given)).json()
        assert (changed["version"], changed["published"]) == (2, 1)
        again = await editor.put(path, json=given)
        assert (again.status_code, again.json()["error"]["code"]) == (409, "article-changed")
        assert (await editor.put(path, json={**given, "base": 2})).json()["version"] == 2, "the same makes no version"
        read = (await agent.get(f"/api/knowledge/{made['id']}")).json()
        assert read["body"][0]["children"][-1]["text"] == "二", "agents go on reading what is published"
        difference = (await editor.get(f"{path}/difference", params={"before": 1, "after": 2})).json()["changes"]
        assert [(one["field"], [line["kind"] for line in one["lines"]]) for one in difference] == [("body", ["same", "removed", "added"])]
        back = (await editor.post(f"{path}/versions/1/restore")).json()
        assert (back["version"], back["content"]["body"]) == (3, "一\n二")
        versions = (await editor.get(f"{path}/versions")).json()["items"]
        assert [(one["version"], one["restored_from"], one["published"]) for one in versions] == [
            (3, 1, False),
            (2, None, False),
            (1, None, True),
        ]
        assert versions[0]["person_name"] == "郭明"
        listed = (await editor.get(ARTICLES, params={"search": "投影", "status": "changed"})).json()
        assert (listed["total"], listed["items"][0]["id"]) == (1, made["id"])
        assert await find(agent, "投影仪") == ["投影仪灯泡"]
        assert (await editor.post(f"{path}/withdraw")).json()["published"] is None
        assert await find(agent, "投影仪") == []
        preview = (await editor.post(f"{ARTICLES}/preview", json={"text": "[x](javascript:alert(1)) <script>"})).json()["nodes"]
        assert preview[0]["children"][0]["kind"] == "text"
        for wrong in ({"title": " "}, {"title": "x", "language": "fr"}, {"title": "x", "choices": ["no"]}):
            assert (await editor.post(ARTICLES, json={"language": "en", **wrong})).status_code == 422


async def test_a_draft_that_never_was_published_can_be_deleted(house: Any) -> None:
    async with house.signed_in("manager") as editor, house.signed_in("agent1") as agent:
        draft = (await editor.post(ARTICLES, json={"title": "Half a thought", "language": "en"})).json()
        path = f"{ARTICLES}/{draft['id']}"
        assert draft["was_published"] is False
        assert (await editor.put(path, json={"title": "Half a thought", "language": "en", "body": "More"})).json()["version"] == 2
        assert (await agent.delete(path, params={"version": 2})).status_code == 403
        late = await editor.delete(path, params={"version": 1})
        assert (late.status_code, late.json()["error"]["code"]) == (409, "article-changed")
        assert (await editor.delete(path, params={"version": 2})).status_code == 204
        assert (await editor.get(path)).status_code == 404
        assert (await editor.delete(path, params={"version": 2})).status_code == 404

        once = await write(editor, "Once published")
        withdrawn = (await editor.post(f"{ARTICLES}/{once['id']}/withdraw")).json()
        assert (withdrawn["published"], withdrawn["was_published"]) == (None, True)
        for status, there in (("withdrawn", True), ("draft", False), ("published", False), ("changed", False)):
            listed = (await editor.get(ARTICLES, params={"status": status})).json()["items"]
            assert (once["id"] in [one["id"] for one in listed]) is there, status
        refused = await editor.delete(f"{ARTICLES}/{once['id']}", params={"version": once["version"]})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "article-was-published")


async def test_who_may_write_and_who_may_read(house: Any) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("admin") as admin:
        assert (await agent.post(ARTICLES, json={"title": "x", "language": "en"})).status_code == 403
        assert (await agent.get(ARTICLES)).status_code == 403
        new = {"login": "writer", "name": "Wang", "roles": ["knowledge_editor"], "password": PASSWORD}
        assert (await admin.post("/api/people", json=new)).status_code == 201
    async with house.browser() as writer:
        assert (await writer.post("/api/session", json={"login": "writer", "password": PASSWORD})).status_code == 200
        assert (await write(writer, "Steam cleaner", language="en"))["published"] == 1
        assert (await writer.get("/api/customers")).status_code == 403


async def test_another_business_sees_and_changes_nothing(house: Any, passwords: Any) -> None:
    other = NewBusiness("other", "Other")
    await make_business(house.database, passwords, other, login="stranger", name="S", password=PASSWORD, now=utc_now())
    async with house.browser() as stranger, house.signed_in("manager") as editor:
        assert (await stranger.post("/api/session", json={"login": "stranger", "password": PASSWORD})).status_code == 200
        article = (await editor.get(ARTICLES)).json()["items"][0]["id"]
        assert await find(stranger, "洗衣机") == []
        assert await find(stranger, "") == []
        assert (await stranger.get(ARTICLES)).json() == {"items": [], "total": 0}
        assert (await stranger.get("/api/knowledge/choices")).json() == {"categories": [], "products": []}
        own = await write(stranger, "洗衣机 of others")
        assert await find(stranger, "洗衣机") == ["洗衣机 of others"]
        assert "洗衣机 of others" not in await find(editor, "洗衣机")
        for method, path, body in (
            ("GET", f"/api/knowledge/{article}", None),
            ("POST", f"/api/knowledge/{article}/feedback", {"helped": True}),
            ("GET", f"{ARTICLES}/{article}", None),
            ("PUT", f"{ARTICLES}/{article}", {"title": "stolen", "language": "en"}),
            ("POST", f"{ARTICLES}/{article}/publish", None),
            ("POST", f"{ARTICLES}/{article}/withdraw", None),
            ("DELETE", f"{ARTICLES}/{article}?version=1", None),
            ("GET", f"{ARTICLES}/{article}/versions", None),
            ("POST", f"{ARTICLES}/{article}/versions/1/restore", None),
        ):
            assert (await stranger.request(method, path, json=body)).status_code == 404, path
        assert own["id"] != article


async def test_suggested_with_reasons_used_and_what_helped_is_learnt(house: Any) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("agent2") as other:
        first = await calling(house, await me(agent))
        at_hand = f"/api/desk/contacts/{first}/knowledge"
        page = (await agent.get(at_hand)).json()
        titles = [one["title"] for one in page["suggested"]]
        assert titles[0] == "洗衣机漏水怎么办" and len(titles) <= 5
        assert {reason["kind"] for reason in page["suggested"][0]["reasons"]} == {"product", "choice", "queue"}
        assert page["suggested"][0]["reasons"][0]["kind"] == "product"
        assert "贵宾客户：优先上门与备用机" not in titles, "it is for another class"
        assert (page["used"], page["on_page"]) == ([], False)
        assert (await other.get(at_hand)).status_code == 404
        spin = (await agent.get("/api/knowledge", params={"search": "脱水"})).json()["items"][0]["id"]
        assert (await agent.post(f"{at_hand}/{spin}/use", json={"how": "opened"})).status_code == 200
        assert sent(house) == []
        answer = (await agent.post(f"{at_hand}/{spin}/use", json={"how": "text"})).json()
        assert answer["text"].startswith("洗衣机不脱水或脱水声音大\n\n1. 打开门") and answer["path"] == ""
        assert sent(house) == [{"article_id": spin, "version": 1, "agent_id": await me(agent), "how": "text"}]
        helped = await agent.post(f"/api/knowledge/{spin}/feedback", json={"helped": True, "contact_id": first})
        assert (helped.json()["helped"], helped.json()["not_helped"]) == (1, 0)
        again = await agent.post(f"/api/knowledge/{spin}/feedback", json={"helped": False})
        assert (again.json()["helped"], again.json()["not_helped"]) == (0, 1), "one's latest word counts"
        used = (await agent.get(at_hand)).json()["used"]
        assert [(one["id"], sorted(one["how"]), one["helped_here"]) for one in used] == [(spin, ["opened", "text"], True)]
        async with house.database.business(house.business_id) as session:
            (await get_interaction(session, first)).disposition = "repair-advice"
        second = await calling(house, await me(other), digit="0")
        learnt = (await other.get(f"/api/desk/contacts/{second}/knowledge", params={"disposition": "repair-advice"})).json()["suggested"]
        reasons = {one["id"]: {reason["kind"] for reason in one["reasons"]} for one in learnt}
        assert {"disposition", "helped"} <= reasons[spin]


async def test_sent_as_a_page_that_expires_and_names_nobody(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.signed_in("agent1") as agent, house.signed_in("manager") as editor, house.browser("192.0.2.77") as customer:
        contact = await calling(house, await me(agent), "web_call")
        found = (await agent.get("/api/knowledge", params={"search": "洗衣机漏水"})).json()["items"][0]
        answer = (await agent.post(f"/api/desk/contacts/{contact}/knowledge/{found['id']}/use", json={"how": "link"})).json()
        assert answer["on_page"] is True and answer["path"].startswith("/public/articles/")
        page = await customer.get(answer["path"])
        assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
        assert "洗衣机漏水怎么办" in page.text and "取出夹住的东西" in page.text
        assert "电话指导" not in page.text, "the agents' part is not shown"
        assert contact not in page.text and sample_number(3) not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"] and page.headers["x-robots-tag"].startswith("noindex")
        assert page.headers["cache-control"] == "private, no-store"
        call = (await customer.post("/public/web-calls", json={"entry": "service"})).json()
        house.voice.real["visitor_state"] = lambda _business, _told: _state(contact)
        state = (await customer.get(f"/public/web-calls/{call['call_id']}", headers={"Authorization": f"Bearer {call['token']}"})).json()
        assert state["article"] == answer["path"]
        assert [told["how"] for told in sent(house)] == ["link"]
        nothing = await write(editor, "仅供内部")
        refused = await agent.post(f"/api/desk/contacts/{contact}/knowledge/{nothing['id']}/use", json={"how": "link"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "no-customer-part")
        await house.voice.say(house.business_id, "contact", contact, ContactEnded("customer_hung_up", 9.0))
        async with house.database.business(house.business_id) as session:
            link = (await session.scalars(select(ArticleLinkRow))).one()
            assert link.opened == 1
            link.expires_at = utc_now()
        gone = await customer.get(answer["path"])
        assert gone.status_code == 404 and "这个页面已经不存在" in gone.text
        assert (await customer.get("/public/articles/" + "A" * 43)).status_code == 404
        for _ in range(70):
            last = await customer.get(answer["path"])
        assert last.status_code == 429


async def _state(contact: str) -> dict[str, Any]:
    return {"state": "talking", "contact_id": contact, "place": 0, "ended_cause": ""}
