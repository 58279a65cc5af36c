"""Sound over the relay alone, as for people whose network lets nothing else through."""

from __future__ import annotations

from pathlib import Path

import browsers
import pytest
import sounds
from desk_page import Desk
from house import running_house
from playwright.async_api import Playwright
from visitor_page import Visitor

AGENT_HERTZ, CUSTOMER_HERTZ = 1000.0, 1700.0


@pytest.mark.timeout(400)
async def test_both_ends_over_turn(playwright: Playwright, tmp_path: Path) -> None:
    with running_house(tmp_path / "data", "--public-address", "127.0.0.1") as house:
        desk_voice = sounds.write_wav(tmp_path / "agent.wav", sounds.beeps(AGENT_HERTZ, 4, 48000), 48000)
        visitor_voice = sounds.write_wav(tmp_path / "visitor.wav", sounds.beeps(CUSTOMER_HERTZ, 4, 48000), 48000)
        desk_browser = await browsers.launch(playwright, desk_voice)
        visitor_browser = await browsers.launch(playwright, visitor_voice)
        desk = Desk(await browsers.new_page(desk_browser), house.address)
        visitor = Visitor(await browsers.new_page(visitor_browser), house.address)
        await browsers.only_relayed(desk.page)
        await browsers.only_relayed(visitor.page)
        await desk.log_in("agent1", house.password)
        await desk.start_work()
        await visitor.call()
        await visitor.expect_state("menu", 20)
        await visitor.press("1")
        await desk.expect_phase("ringing", 30)
        await desk.press("answer")
        await desk.expect_phase("talking")
        assert (await browsers.hear(desk.page, [CUSTOMER_HERTZ]))[CUSTOMER_HERTZ] > 0.5
        assert (await browsers.hear(visitor.page, [AGENT_HERTZ]))[AGENT_HERTZ] > 0.5
        assert [await browsers.sound_path(page) for page in (desk.page, visitor.page)] == ["relay", "relay"]
        await visitor.hang_up()
        await desk_browser.close()
        await visitor_browser.close()
