"""Pictures of the desk's screens in both languages, colours and sizes, from the built pages and pretended answers.

python ui/desk/dev/screens.py FOLDER [NAME ...]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

import pretend
from playwright.sync_api import Browser, BrowserContext, Error, Page, WebSocketRoute, sync_playwright
from pretended_server import PHASE, WINDOW, served
from quiet import WATCH, come_to_rest
from screen_list import SCREENS, Screen

DIST = Path(__file__).resolve().parent.parent / "dist"
SHOWN = "document.querySelector('.main > [data-testid], main form')"
OPENS_MS = 450
"""What is opened may first fetch its part of the page, or wait until a menu is closed: so long nothing need be seen of it."""
FRESH = """if (!sessionStorage.begun) {
  localStorage.clear();
  Object.assign(localStorage, %s);
  sessionStorage.begun = 'yes';
}"""
# Without a screen some pages are drawn twice a second otherwise.
FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream", "--disable-frame-rate-limit"]


def feed(socket: WebSocketRoute, phase: str) -> None:
    """The live feed."""

    def hear(text: str | bytes) -> None:
        said = pretend.feed_answer(str(text), phase)
        if said:
            socket.send(said)

    socket.on_message(hear)


def window(browser: Browser, address: str) -> BrowserContext:
    """What all screens are opened in: the pages' files are read and compiled once."""
    context = browser.new_context(permissions=["microphone"], service_workers="block")
    context.add_init_script(WATCH)
    context.add_cookies([{"name": "huying_csrf", "value": "x", "url": address}])
    return context


def open_screen(context: BrowserContext, address: str, screen: Screen, told: Callable[[str], object]) -> Page:
    """A page of its own with pretended answers; `told` gets what its console says."""
    path, phase, language, colours, (width, height), presses = screen
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in ((PHASE, phase), (WINDOW, uuid4().hex))])
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(FRESH % json.dumps({"huying.language": language, "huying.theme": colours}))
    page.on("console", lambda message: message.type in ("error", "warning") and told(f"  {message.text[:300]}\n"))
    page.on("pageerror", lambda error: told(f"  ! {error}\n"))
    page.route_web_socket("**/live", partial(feed, phase=phase))
    page.route_web_socket("**/phone", lambda _: None)
    page.goto(address + path)
    settle(page, path, phase)
    for press in presses:
        try:
            one_press(page, press)
        except Error as error:
            told(f"  ! {press} cannot be pressed: {error.message[:200]}\n")
    return page


def restyle(page: Page, language: str, colours: str) -> None:
    """The same screen in another language and other colours, as another window of the same browser would tell it."""
    page.evaluate(
        """(chosen) => {
          for (const [key, newValue] of Object.entries(chosen)) {
            localStorage[key] = newValue;
            dispatchEvent(new StorageEvent('storage', { key, newValue }));
          }
        }""",
        {"huying.language": language, "huying.theme": colours},
    )
    page.wait_for_function(
        "([mode, language]) => document.documentElement.dataset.theme === mode && document.documentElement.lang === language",
        arg=[colours, language],
    )
    come_to_rest(page)


def settle(page: Page, path: str, phase: str) -> None:
    """Waits until the screen is there and nothing on it is still loading; names the screen when that never comes."""
    try:
        page.wait_for_function(SHOWN, timeout=20_000)
    except Error as error:
        message = f"{path} in phase {phase} does not come: {error.message}"
        raise AssertionError(message) from error
    come_to_rest(page)


def one_press(page: Page, press: str) -> None:
    """`keys:F2`, `type:ID:text`, `tab:1`, or the test id to click."""
    if press.startswith("keys:"):
        page.keyboard.press(press[5:])
        page.wait_for_timeout(OPENS_MS)
    elif press.startswith("type:"):
        _, target_id, text = press.split(":", 2)
        page.get_by_test_id(target_id).fill(text)
        # What is typed is searched for when one stops.
        page.wait_for_timeout(500)
    else:
        target = page.get_by_role("tab").nth(int(press[4:])) if press.startswith("tab:") else page.get_by_test_id(press).first
        target.click(timeout=3000)
        page.wait_for_timeout(OPENS_MS)
    come_to_rest(page)


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with served(DIST) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = window(browser, address)
        for name in sys.argv[2:] or list(SCREENS):
            sys.stdout.write(f"{name}\n")
            page = open_screen(context, address, SCREENS[name], sys.stdout.write)
            page.screenshot(path=str(folder / f"{name}.png"))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
