"""The agent's place in the browser: devices, checks, quality, notices of calls, and the desk as an installed application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import browsers
import pytest
import sip_phone
from desk_page import Desk
from desk_phones import hears
from house import House
from playwright.async_api import Page, Playwright, Worker, expect

AGENT_HERTZ, CUSTOMER_HERTZ = 1000.0, 1700.0

pytestmark = pytest.mark.timeout(300)

Desks = Callable[[str, float], Awaitable[Desk]]


@pytest.fixture
async def desk(desks: Desks) -> Desk:
    """An agent of every queue, ready, who says AGENT_HERTZ."""
    return await desks("agent1", AGENT_HERTZ)


async def ring(desk: Desk, house: House, line: sip_phone.SipLine) -> sip_phone.SipCall:
    """A customer calls, chooses repairs, and this desk rings."""
    caller = await line.call(house.service_number, caller="13899990000", says_hertz=CUSTOMER_HERTZ)
    await caller.press("1")
    await desk.expect_phase("ringing")
    return caller


async def until(page: Page, question: str, given: object = None, seconds: float = 30) -> None:
    """Until the page answers yes. (`wait_for_function` needs what the desk's policy forbids.)"""
    deadline = asyncio.get_running_loop().time() + seconds
    while not await page.evaluate(question, given):
        assert asyncio.get_running_loop().time() < deadline, question
        await asyncio.sleep(0.1)


async def finish(desk: Desk) -> None:
    await desk.page.mouse.move(600, 700)  # away from the sign, whose details hang over the button
    await expect(desk.part("quality-details")).to_be_hidden()
    await desk.press("hang-up")
    await desk.expect_phase("after_call")
    await desk.press("call-finish")
    await desk.expect_phase("none")


async def test_quality_is_shown_and_kept(desk: Desk, house: House, line: sip_phone.SipLine) -> None:
    await ring(desk, house, line)
    await desk.press("answer")
    await desk.expect_phase("talking")
    await expect(desk.part("call-quality")).to_have_attribute("data-grade", "good")
    await until(desk.page, "document.querySelector('[data-testid=other-level]').ariaValueNow > 20")
    await until(desk.page, "document.querySelector('[data-testid=own-level]').ariaValueNow > 20")
    await desk.part("call-quality").click()
    rows = desk.part("quality-details").locator("tbody tr")
    await expect(rows).to_have_count(3)
    for row, role in enumerate(("browser", "customer", "agent")):
        await expect(rows.nth(row)).to_have_attribute("data-role", role)
    await finish(desk)
    kept = await desk.page.evaluate("""async () => {
        for (;;) {
            const newest = (await (await fetch("/api/contacts?limit=1")).json()).items[0];
            const contact = await (await fetch(`/api/contacts/${newest.contact_id}`)).json();
            const legs = contact.timeline.filter((it) => it.kind === "LegQuality").map((it) => it.data);
            if (newest.mos && legs.length === 2) return [newest.mos, legs];
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
    }""")
    mos, legs = kept
    assert mos > 3.5, legs
    assert sorted(leg["role"] for leg in legs) == ["agent", "customer"]
    for leg in legs:
        assert leg["packets"] > 100
        assert leg["jitter_ms"] < 60, leg
        assert leg["loss_percent"] < 5, leg
    assert {leg["codec"] for leg in legs} <= {"alaw", "ulaw", "opus"}


async def test_the_check_hears_the_way_there_and_back(desk: Desk) -> None:
    await until(desk.page, "document.documentElement.dataset.soundCheck")
    assert await desk.page.evaluate("document.documentElement.dataset.soundCheck") in ("good", "fair")
    await desk.part("person-menu").click()
    await desk.part("sound-settings").click()
    await desk.part("run-check").click()
    verdict = desk.part("check-verdict")
    await expect(verdict).to_be_visible(timeout=30_000)
    assert "not_heard" not in (await verdict.get_attribute("data-findings") or "")
    assert "MOS" in (await desk.part("check-figures").text_content() or "")
    await expect(desk.part("check-playback")).to_be_visible()


async def test_rings_on_the_ringing_device_and_a_device_lost_in_a_call_is_replaced(
    desk: Desk, house: House, line: sip_phone.SipLine
) -> None:
    page = desk.page
    outputs = await page.evaluate("""async () => (await navigator.mediaDevices.enumerateDevices())
        .filter((it) => it.kind === 'audiooutput' && it.deviceId !== 'default').map((it) => it.deviceId)""")
    inputs = await page.evaluate("""async () => (await navigator.mediaDevices.enumerateDevices())
        .filter((it) => it.kind === 'audioinput' && it.deviceId !== 'default').map((it) => it.deviceId)""")
    chosen = {"microphoneId": inputs[0], "speakerId": "", "ringId": outputs[-1]}
    await page.evaluate("chosen => localStorage.setItem('huying.devices', JSON.stringify(chosen))", chosen)
    await page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    await page.evaluate("""() => {
        window.rang = [];
        const place = HTMLMediaElement.prototype.setSinkId;
        HTMLMediaElement.prototype.setSinkId = function (id) { window.rang.push(id); return place.call(this, id); };
        window.tracks = [];
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wishes) => {
            const stream = await open(wishes);
            window.tracks.push(stream.getAudioTracks()[0]);
            return stream;
        };
    }""")
    caller = await ring(desk, house, line)
    await until(page, "id => window.rang.includes(id)", outputs[-1])
    await desk.press("answer")
    await desk.expect_phase("talking")
    await hears(caller, [AGENT_HERTZ], least=0.5)
    await page.evaluate(
        """gone => {
        const all = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
        navigator.mediaDevices.enumerateDevices = async () => (await all()).filter((it) => !gone.includes(it.deviceId));
        const track = window.tracks.at(-1);
        track.stop();
        track.dispatchEvent(new Event('ended'));
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    }""",
        [inputs[0], outputs[-1]],
    )
    await expect(page.locator(".ant-notification-notice-warning")).to_be_visible()
    await desk.expect_phase("talking")
    await hears(caller, [AGENT_HERTZ], least=0.5)  # the microphone that stands in is heard
    await finish(desk)


async def test_a_call_is_noticed_and_answered_while_nobody_looks(desk: Desk, house: House, line: sip_phone.SipLine) -> None:
    page, context = desk.page, desk.page.context
    await context.grant_permissions(["notifications"], origin=house.address)
    worker: Worker = context.service_workers[0] if context.service_workers else await context.wait_for_event("serviceworker")
    await until(page, "navigator.serviceWorker.controller !== null")
    other = await context.new_page()
    await other.bring_to_front()
    # The driver tells every page that it is looked at; these pages are not.
    await page.evaluate("document.hasFocus = () => false")
    caller = await ring(desk, house, line)
    shown = "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((it) => it.body)"
    await until(page, f"({shown})().then((it) => it.some((one) => one.replaceAll(' ', '').includes('1389999')))")
    await worker.evaluate("""async () => {
        const [notification] = await self.registration.getNotifications();
        self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action: "answer" }));
    }""")
    await desk.expect_phase("talking")
    await hears(caller, [AGENT_HERTZ], least=0.5)
    await until(page, f"({shown})().then((it) => it.length === 0)")
    await other.close()
    await finish(desk)


async def test_the_desk_can_be_installed_and_keeps_its_shell_alone(playwright: Playwright, house: House, tmp_path: Path) -> None:
    context = await playwright.chromium.launch_persistent_context(
        tmp_path / "profile", executable_path=browsers.CHROMIUM, args=list(browsers.FLAGS), locale="zh-CN"
    )
    try:
        page = await context.new_page()
        await page.goto(house.address)
        await until(page, "navigator.serviceWorker.ready.then(() => true)")
        session = await context.new_cdp_session(page)
        await page.get_by_test_id("login-name").wait_for()
        told = await session.send("Page.getAppManifest")
        assert told["errors"] == []
        english = await page.evaluate("fetch('/manifest.en.webmanifest').then((it) => it.json())")
        for manifest, language in ((json.loads(told["data"]), "zh-CN"), (english, "en")):
            assert (manifest["display"], manifest["lang"], manifest["start_url"]) == ("standalone", language, "/desk")
        assert (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"] == []
        desk = Desk(page, house.address)
        await desk.log_in("agent2", house.password)
        kept = await page.evaluate("""async () => {
            const names = await caches.keys();
            const requests = (await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))).flat();
            return [names.length, requests.map((it) => new URL(it.url).pathname)];
        }""")
        assert kept[0] == 1
        assert "/" in kept[1]
        assert not [path for path in kept[1] if not path.startswith("/assets/") and path.count("/") > 1]
        await context.set_offline(True)
        await page.reload()
        await expect(page.locator("#root > *").first).to_be_visible()
    finally:
        await context.close()
