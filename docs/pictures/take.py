"""Takes the pictures of the documentation from a running demo with real calls: `python docs/pictures/take.py`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "tests/tools"), str(HERE.parents[1] / "src")]

import browsers  # noqa: E402
import sip_phone  # noqa: E402
import sounds  # noqa: E402
from desk_page import Desk  # noqa: E402
from house import House, running_house  # noqa: E402
from playwright.async_api import Playwright, async_playwright  # noqa: E402
from visitor_page import Visitor  # noqa: E402

from huying.sample.customers import sample_customers, sample_number  # noqa: E402


def best_customer() -> int:
    """A customer with class, company and several appliances: there is something to see."""
    customers = sample_customers(datetime.now(UTC).date())
    return max(
        range(len(customers)), key=lambda it: (customers[it].customer_class == "vip", len(customers[it].assets), bool(customers[it].note))
    )


async def take(playwright: Playwright, house: House, folder: Path) -> None:
    """One agent, one lead, one caller, one visitor."""
    voice = sounds.write_wav(folder / "voice.wav", sounds.beeps(500, 4, 48000), 48000)
    browser = await browsers.launch(playwright, voice)
    desk, lead = [Desk(await browsers.new_page(browser), house.address) for _ in range(2)]
    visitor = Visitor(await browsers.new_page(browser), house.address)
    await desk.log_in("agent1", house.password)
    await desk.start_work()
    await lead.log_in("lead", house.password)
    await lead.open("live")
    async with sip_phone.sip_line(house.sip_port) as line:
        caller = await line.call(house.service_number, caller=sample_number(best_customer()).removeprefix("+86"))
        await caller.press("1")
        await desk.expect_phase("ringing", 30)
        await desk.press("answer")
        await desk.expect_phase("talking")
        await visitor.call()
        await visitor.expect_state("menu")
        await visitor.press("1")
        await visitor.expect_state("waiting", 45)
        await desk.part("wrap-up-note").fill("冰箱夜里有异响，约周三上午上门检查压缩机。")
        await desk.page.mouse.move(700, 690)
        await asyncio.sleep(8)
        await desk.page.screenshot(path=HERE / "desk-on-a-call.png")
        await visitor.page.screenshot(path=HERE / "customer-in-the-queue.png")
        await lead.page.screenshot(path=HERE / "live-view.png")
        await desk.press("hang-up")
        await desk.expect_phase("after_call")
        await desk.wrap_up("repair-booked", "冰箱夜里有异响，约周三上午上门检查压缩机。")
        await desk.expect_phase("ringing", 30)
        await desk.press("answer")
        await visitor.expect_state("talking")
        await visitor.hang_up()
    await lead.open("history")
    await lead.part("history-row").last.click()
    await lead.part("recording-player").wait_for()
    await asyncio.sleep(1)
    await lead.page.screenshot(path=HERE / "recording.png")
    await browser.close()


async def at_work(house: House, folder: Path) -> None:
    """With browsers."""
    async with async_playwright() as playwright:
        await take(playwright, house, folder)


def main() -> None:
    """A house, the pictures, nothing left."""
    with tempfile.TemporaryDirectory(prefix="huying-pictures-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with running_house(folder / "data") as house:
            asyncio.run(at_work(house, folder))


if __name__ == "__main__":
    main()
