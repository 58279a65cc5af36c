"""The browser's telephone against a real Asterisk: it registers, rings, speaks and hears, and heals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import browsers
import phone_trial
import pytest
import sounds
import ui_build
from playwright.async_api import Page, Playwright

from huying.channels.devices.settings import DeviceRules
from huying.foundation.ids import new_id
from huying.telephony.port import AccountReachable, Destination, DigitReceived, LegAnswered, LegEnded, LegEntered, LegRinging, PhoneAccount

AGENT_HERTZ, VISITOR_HERTZ = 1000.0, 1700.0
HEALED_SECONDS = 8


@pytest.fixture(scope="module")
def trial_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the bare page."""
    with phone_trial.served(ui_build.build_trial_page(tmp_path_factory.mktemp("trial"))) as address:
        yield address


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[phone_trial.RunningEngine]:
    """A real Asterisk under our adapter."""
    async with phone_trial.running_engine(tmp_path / "asterisk") as running:
        yield running


@pytest.fixture
async def agent(playwright: Playwright, trial_site: str, engine: phone_trial.RunningEngine, tmp_path: Path) -> AsyncIterator[Page]:
    """A registered telephone of an agent who says AGENT_HERTZ."""
    voice = sounds.write_wav(tmp_path / "agent.wav", sounds.beeps(AGENT_HERTZ, 4, 48000), 48000)
    browser = await browsers.launch(playwright, voice)
    await engine.engine.put_account(PhoneAccount(name="agent7", secret="s3cret", kind="browser"))
    page = await browsers.new_page(browser)
    await page.goto(trial_site)
    await begin(page, engine, account="agent7", secret="s3cret", microphone="optional")
    await engine.wait(AccountReachable, lambda it: it.account == "agent7" and it.reachable)
    yield page
    await browser.close()


async def begin(page: Page, engine: phone_trial.RunningEngine, **options: object) -> None:
    address = f"ws://127.0.0.1:{engine.settings.http_port}/ws"
    await page.evaluate("options => trial.begin(options)", {"wsUrl": address, "domain": "huying.test", **options})


async def phase(page: Page, wanted: str, seconds: float = 30) -> None:
    await page.wait_for_function("wanted => (trial.phone.currentCall?.phase ?? 'none') === wanted", arg=wanted, timeout=seconds * 1000)


async def ring(engine: phone_trial.RunningEngine, *, auto_answer: bool = False) -> str:
    leg = new_id()
    await engine.engine.originate(
        leg,
        Destination("account", "agent7"),
        caller_number="13800138000",
        caller_name="李女士",
        timeout_seconds=20,
        auto_answer=auto_answer,
    )
    return leg


async def visitor_calls(
    playwright: Playwright, trial_site: str, engine: phone_trial.RunningEngine, tmp_path: Path
) -> tuple[Page, LegEntered]:
    voice = sounds.write_wav(tmp_path / "visitor.wav", sounds.beeps(VISITOR_HERTZ, 4, 48000), 48000)
    browser = await browsers.launch(playwright, voice)
    await engine.engine.put_account(PhoneAccount(name="visitor1", secret="v", kind="visitor", entry="token-1"))
    page = await browsers.new_page(browser)
    await page.goto(trial_site)
    await begin(page, engine, account="visitor1", secret="v", register=False)
    await page.wait_for_function("trial.events.some(it => it.type === 'link' && it.state === 'up')")
    await page.evaluate("trial.phone.call('service')")
    entered = await engine.wait(LegEntered)
    return page, entered


async def test_rings_is_answered_and_ends(agent: Page, engine: phone_trial.RunningEngine) -> None:
    leg = await ring(engine)
    await phase(agent, "ringing")
    call = await agent.evaluate("trial.phone.currentCall")
    assert (call["remoteNumber"], call["remoteName"]) == ("13800138000", "李女士")
    await engine.wait(LegRinging, lambda it: it.leg_id == leg)
    await agent.evaluate("trial.phone.answer()")
    await engine.wait(LegAnswered, lambda it: it.leg_id == leg)
    await agent.evaluate("trial.phone.hangUp()")
    ended = await engine.wait(LegEnded, lambda it: it.leg_id == leg)
    assert ended.by_far_end


async def test_sound_and_digits_both_ways(
    agent: Page, engine: phone_trial.RunningEngine, playwright: Playwright, trial_site: str, tmp_path: Path
) -> None:
    visitor, entered = await visitor_calls(playwright, trial_site, engine, tmp_path)
    assert entered.entry_token == "token-1"
    await engine.engine.answer(entered.leg_id)
    await phase(visitor, "talking")
    await visitor.evaluate("trial.phone.sendDigits('10#')")
    for digit in "10#":
        assert (await engine.wait(DigitReceived)).digit == digit
    leg = await ring(engine)
    await phase(agent, "ringing")
    await agent.evaluate("trial.phone.answer()")
    await engine.wait(LegAnswered, lambda it: it.leg_id == leg)
    await engine.engine.join("bridge-1", [entered.leg_id, leg])
    await browsers.hears(agent, [VISITOR_HERTZ], [AGENT_HERTZ], least=0.5)
    await browsers.hears(visitor, [AGENT_HERTZ], [VISITOR_HERTZ], least=0.5)
    stats = await agent.evaluate("trial.phone.stats()")
    assert stats["packetsReceived"] > 50
    assert stats["codec"].startswith("audio/")


async def test_browsers_speak_what_the_business_says_and_visitors_opus(
    agent: Page, engine: phone_trial.RunningEngine, playwright: Playwright, trial_site: str, tmp_path: Path
) -> None:
    leg = ""
    for rules, codec in ((DeviceRules(), "alaw"), (DeviceRules(browser_sound="opus"), "opus")):
        if leg:
            await engine.engine.hang_up(leg)
            await engine.wait(LegEnded, lambda it, leg=leg: it.leg_id == leg)
        await engine.engine.put_account(PhoneAccount(name="agent7", secret="s3cret", kind="browser", codecs=rules.codecs()))
        leg = await ring(engine, auto_answer=True)
        await engine.wait(LegAnswered, lambda it, leg=leg: it.leg_id == leg)
        assert (await engine.engine.sound_figures(leg)).codec == codec
    visitor, entered = await visitor_calls(playwright, trial_site, engine, tmp_path)
    await engine.engine.answer(entered.leg_id)
    await phase(visitor, "talking")
    await engine.engine.join("bridge-1", [entered.leg_id, leg])
    await browsers.hears(agent, [VISITOR_HERTZ], least=0.5)
    await browsers.hears(visitor, [AGENT_HERTZ], least=0.5)
    assert (await engine.engine.sound_figures(entered.leg_id)).codec == "opus"


async def test_put_back_into_a_conversation_the_older_leg_goes_silently(agent: Page, engine: phone_trial.RunningEngine) -> None:
    old = await ring(engine)
    await phase(agent, "ringing")
    await agent.evaluate("trial.phone.answer()")
    await engine.wait(LegAnswered, lambda it: it.leg_id == old)
    new = await ring(engine, auto_answer=True)
    await engine.wait(LegAnswered, lambda it: it.leg_id == new)
    await agent.wait_for_function("trial.events.some(it => it.type === 'call' && it.call.end?.cause === 'replaced')")
    await agent.wait_for_function("trial.phone.currentCall?.automatic")
    await asyncio.sleep(1)
    assert set((await engine.engine.snapshot()).legs) == {old, new}, "the phone must not have said BYE for the older leg"


async def test_registers_again_after_a_broken_link_and_keeps_the_call(agent: Page, engine: phone_trial.RunningEngine) -> None:
    leg = await ring(engine)
    await phase(agent, "ringing")
    await agent.evaluate("trial.phone.answer()")
    await engine.wait(LegAnswered, lambda it: it.leg_id == leg)
    await agent.evaluate("trial.phone.sip.abandonLink('test')")
    await engine.wait(AccountReachable, lambda it: it.account == "agent7" and it.reachable, seconds=HEALED_SECONDS)
    await phase(agent, "talking")
    await agent.evaluate("trial.phone.hangUp()")
    await engine.wait(LegEnded, lambda it: it.leg_id == leg)


async def test_a_page_that_goes_away_does_not_hang_up(agent: Page, engine: phone_trial.RunningEngine) -> None:
    leg = await ring(engine)
    await phase(agent, "ringing")
    await agent.evaluate("trial.phone.answer()")
    await engine.wait(LegAnswered, lambda it: it.leg_id == leg)
    await agent.reload()
    await begin(agent, engine, account="agent7", secret="s3cret", microphone="optional")
    await engine.wait(AccountReachable, lambda it: it.account == "agent7" and it.reachable)
    assert leg in (await engine.engine.snapshot()).legs


async def test_without_a_microphone_an_agent_hears_and_is_told(
    playwright: Playwright, trial_site: str, engine: phone_trial.RunningEngine
) -> None:
    browser = await playwright.chromium.launch(
        executable_path=browsers.CHROMIUM, args=["--no-sandbox", "--allow-loopback-in-peer-connection"]
    )
    await engine.engine.put_account(PhoneAccount(name="agent7", secret="s3cret", kind="browser"))
    page = await browsers.new_page(browser)
    await page.goto(trial_site)
    await begin(page, engine, account="agent7", secret="s3cret", microphone="optional")
    await engine.wait(AccountReachable, lambda it: it.account == "agent7" and it.reachable)
    leg = await ring(engine, auto_answer=True)
    await engine.wait(LegAnswered, lambda it: it.leg_id == leg)
    await page.wait_for_function("trial.events.find(it => it.type === 'microphone')?.state === 'failed'")
    await browser.close()


async def test_the_echo_gives_back_what_was_said(agent: Page, engine: phone_trial.RunningEngine) -> None:
    address = f"ws://127.0.0.1:{engine.settings.http_port}/ws"
    heard = await agent.evaluate(
        """async ([wsUrl]) => {
            const phone = { wsUrl, account: "agent7", secret: "s3cret", domain: "huying.test" };
            const { sound, ...rest } = await trial.echo({ phone, milliseconds: 3000 });
            return { ...rest, bytes: sound?.size ?? 0 };
        }""",
        [address],
    )
    assert heard["problem"] == "none", heard
    assert heard["heard"], heard
    assert heard["quality"]["roundTripMs"] is not None
    assert heard["bytes"] > 1000
    assert await agent.evaluate("trial.phone.registered"), "the telephone beside it goes on"
