"""Pictures of the desk's screens in both languages, colours and sizes, from the built pages and pretended answers.

python ui/desk/dev/screens.py FOLDER [NAME ...]
"""

from __future__ import annotations

import contextlib
import http.server
import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pretend
from playwright.sync_api import Browser, Error, Page, Route, WebSocketRoute, sync_playwright
from screen_list import SCREENS, Screen

DIST = Path(__file__).resolve().parent.parent / "dist"
SHOWN = "document.querySelector('.main > [data-testid], main form')"
FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream"]


class Pages(http.server.SimpleHTTPRequestHandler):
    """The built pages; any other path is the one page."""

    dist = DIST

    def do_GET(self) -> None:
        if not (self.dist / self.path.lstrip("/")).is_file():
            self.path = "/index.html"
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


def answer_route(route: Route, phase: str) -> None:
    """A GET has its data, everything else is accepted."""
    path = route.request.url.split("/", 3)[3]
    if phase == "none":
        route.fulfill(status=401, json={"error": {"code": "not-signed-in", "message": "Sign in first.", "details": {}}})
        return
    if phase == "error" and not path.startswith("api/session"):
        route.fulfill(status=503, json={"error": {"code": "unreachable", "message": "The database cannot be reached.", "details": {}}})
        return
    asks = route.request.method == "GET" or any(word in path for word in ("/requirements/", "/caller-rules/check", "/hook/try", "/preview"))
    body = pretend.answer("/" + path, phase) if asks else {}
    route.fulfill(status=200 if body is not None else 404, body=json.dumps(body), content_type="application/json")


def answer_preferences(route: Route, chosen: dict[str, object]) -> None:
    """The one thing that is kept: what the person chose."""
    if route.request.method == "PUT":
        name = route.request.url.rsplit("/", 1)[1]
        chosen[name] = (route.request.post_data_json or {})["value"]
    route.fulfill(json={"chosen": {key: value for key, value in chosen.items() if value is not None}})


def feed(socket: WebSocketRoute, phase: str) -> None:
    """The live feed."""

    def hear(text: str | bytes) -> None:
        said = pretend.feed_answer(str(text), phase)
        if said:
            socket.send(said)

    socket.on_message(hear)


@contextlib.contextmanager
def served(dist: Path = DIST) -> Iterator[str]:
    """The built pages, at the address it gives."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(dist)))
    Pages.dist = dist
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def open_screen(browser: Browser, address: str, screen: Screen, told: Callable[[str], object]) -> Page:
    """A page of its own with pretended answers; `told` gets what its console says."""
    path, phase, language, colours, (width, height), presses = screen
    context = browser.new_context(viewport={"width": width, "height": height}, permissions=["microphone"])
    context.add_init_script(
        f"localStorage['huying.language']='{language}';localStorage['huying.theme']='{colours}';document.cookie='huying_csrf=x'"
    )
    page = context.new_page()
    page.on("console", lambda message: message.type in ("error", "warning") and told(f"  {message.text[:300]}\n"))
    page.on("pageerror", lambda error: told(f"  ! {error}\n"))
    page.route("**/api/**", partial(answer_route, phase=phase))
    if phase not in ("none", "error"):
        page.route(re.compile("/api/preferences"), partial(answer_preferences, chosen={}))
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
    # Colours that are still on their way would be measured.
    page.add_style_tag(content="*, *::before, *::after { transition: none !important }")
    page.evaluate(
        """(chosen) => {
          for (const [key, newValue] of Object.entries(chosen)) {
            localStorage[key] = newValue;
            dispatchEvent(new StorageEvent('storage', { key, newValue }));
          }
        }""",
        {"huying.language": language, "huying.theme": colours},
    )
    page.wait_for_function("(mode) => document.documentElement.dataset.theme === mode", arg=colours)
    page.wait_for_timeout(250)


def settle(page: Page, path: str, phase: str) -> None:
    """Waits until the screen is there and nothing on it is still loading; names the screen when that never comes."""
    try:
        page.wait_for_function(SHOWN, timeout=20_000)
        page.wait_for_function("!document.querySelector('.ant-skeleton-active, .ant-spin-spinning')", timeout=20_000)
    except Error as error:
        message = f"{path} in phase {phase} is still loading: {error.message}"
        raise AssertionError(message) from error
    page.wait_for_timeout(300)


def one_press(page: Page, press: str) -> None:
    """`keys:F2`, `type:ID:text`, `tab:1`, or the test id to click."""
    if press.startswith("keys:"):
        page.keyboard.press(press[5:])
        page.wait_for_timeout(150)
    elif press.startswith("type:"):
        _, target_id, text = press.split(":", 2)
        page.get_by_test_id(target_id).fill(text)
        page.wait_for_timeout(900)
    else:
        target = page.get_by_role("tab").nth(int(press[4:])) if press.startswith("tab:") else page.get_by_test_id(press).first
        target.click(timeout=3000)
        page.wait_for_timeout(700)


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name in sys.argv[2:] or list(SCREENS):
            sys.stdout.write(f"{name}\n")
            page = open_screen(browser, address, SCREENS[name], sys.stdout.write)
            page.screenshot(path=str(folder / f"{name}.png"))
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
