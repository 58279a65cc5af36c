"""People beyond the network: with a public address, sound goes through the relay, and is heard both ways when it can go no other way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browsers
import pytest
import sounds
from desk_page import Desk
from house import House, running_house
from playwright.async_api import Page, Playwright
from visitor_page import Visitor

from huying.processes.program import free_port

pytestmark = pytest.mark.timeout(300)

AGENT_HERTZ, CUSTOMER_HERTZ = 1000.0, 1700.0
RELAY_ALONE = """(() => {
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(settings, ...more) {
      super({ ...settings, iceTransportPolicy: "relay" }, ...more);
      window.huyingRelayed = this;
    }
  };
})();"""
KIND_IN_USE = """async () => {
  const report = [...(await window.huyingRelayed.getStats()).values()];
  const pair = report.find((it) => it.type === "candidate-pair" && it.state === "succeeded" && it.nominated);
  return report.find((it) => it.id === pair?.localCandidateId)?.candidateType ?? "";
}"""


@pytest.fixture
def public_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with a public address."""
    folder = tmp_path_factory.mktemp("public") / "data"
    with running_house(folder, "--public-address", "127.0.0.1", "--turn-port", str(free_port())) as running:
        yield running


async def relayed_page(playwright: Playwright, voice: Path) -> Page:
    """A page whose sound can only go through a relay."""
    page = await browsers.new_page(await browsers.launch(playwright, voice))
    await page.add_init_script(RELAY_ALONE)
    return page


async def test_sound_goes_through_the_relay_both_ways(playwright: Playwright, public_house: House, tmp_path: Path) -> None:
    voices = [sounds.write_wav(tmp_path / f"{hertz}.wav", sounds.beeps(hertz, 4, 48000), 48000) for hertz in (AGENT_HERTZ, CUSTOMER_HERTZ)]
    desk = Desk(await relayed_page(playwright, voices[0]), public_house.address)
    visitor = Visitor(await relayed_page(playwright, voices[1]), public_house.address)
    await desk.log_in("agent1", public_house.password)
    await desk.start_work()
    await visitor.call()
    await visitor.expect_state("menu")
    await visitor.press("1")
    await desk.expect_phase("ringing")
    await desk.press("answer")
    await desk.expect_phase("talking")
    await browsers.hears(desk.page, [CUSTOMER_HERTZ], least=0.5)
    await browsers.hears(visitor.page, [AGENT_HERTZ], least=0.5)
    assert await visitor.page.evaluate(KIND_IN_USE) == "relay"
    assert await desk.page.evaluate(KIND_IN_USE) == "relay"
    await visitor.hang_up()
    await visitor.expect_state("ended")
