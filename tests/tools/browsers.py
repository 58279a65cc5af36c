"""Real Chromium with a known voice: whatever its page sends is the given sound file, and what it hears can be measured."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.async_api import Browser, Page, Playwright, ViewportSize

HEARING = Path(__file__).with_name("hearing.js")
CHROMIUM = "/usr/bin/chromium"
PATIENCE_SECONDS = 30.0
FLAGS = (
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
)


async def launch(playwright: Playwright, voice: Path | None = None) -> Browser:
    """A browser whose microphone plays the file again and again."""
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={voice}"] if voice else list(FLAGS)
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


async def new_page(browser: Browser, *, language: str = "zh-CN", width: int = 1280, height: int = 720) -> Page:
    """A page in a context of its own, with ears."""
    size: ViewportSize = {"width": width, "height": height}
    context = await browser.new_context(locale=language, viewport=size, ignore_https_errors=True)
    await context.add_init_script(path=HEARING)
    return await context.new_page()


async def hear(page: Page, frequencies: Sequence[float], seconds: float = 1.7) -> Mapping[float, float]:
    """What share of the sound the page receives lies at each frequency, 0 to 1."""
    heard = await page.evaluate("([frequencies, seconds]) => huyingEars(frequencies, seconds)", [list(frequencies), seconds])
    return {it: heard["shares"][f"{it:g}"] for it in frequencies}


async def hears(page: Page, loud: Sequence[float], quiet: Sequence[float] = (), least: float = 0.15) -> None:
    """Before long each tone of `loud` has its share of what the page hears, and none of `quiet` has half of it."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_SECONDS
    while True:
        heard = await hear(page, [*loud, *quiet], 1.3)
        if all(heard[hertz] > least for hertz in loud) and all(heard[hertz] < least / 2 for hertz in quiet):
            return
        assert loop.time() < deadline, f"wanted {loud} and not {quiet}, heard {heard}"
