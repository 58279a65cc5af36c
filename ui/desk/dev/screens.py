"""Pictures of the desk's screens in both languages, colours and sizes, from the built pages and pretended answers.

python ui/desk/dev/screens.py FOLDER [NAME ...]
"""

from __future__ import annotations

import contextlib
import http.server
import json
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pretend
from playwright.sync_api import Browser, Error, Page, Route, WebSocketRoute, sync_playwright

DIST = Path(__file__).resolve().parent.parent / "dist"
QUEUE = "00000000-0000-7000-8000-000000000051"
RULES = "英语 >= 7\n20 秒后 英语 >= 4\n60 秒后 组内任何人\n90 秒后 语音信箱"
TYPED = ["level-8003-en", "keys:7"]
SMALL, LARGE = (1280, 720), (1920, 1080)
# 1280x720 at 200 %.
ZOOMED = (640, 360)
# name: (path, phase, language, colours, size, what to press)
Screen = tuple[str, str, str, str, tuple[int, int], list[str]]
SHOWN = "document.querySelector('.main > [data-testid], main form')"
FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream"]
SCREENS: dict[str, Screen] = {
    "login": ("/", "none", "zh-CN", "light", SMALL, []),
    "login-en-dark": ("/", "none", "en", "dark", SMALL, []),
    "signed-out": ("/desk", "signed_out", "zh-CN", "light", SMALL, []),
    "idle": ("/desk", "idle", "zh-CN", "light", SMALL, ["status-menu"]),
    "ringing": ("/desk", "ringing", "zh-CN", "light", SMALL, []),
    "ringing-en-dark": ("/desk", "ringing", "en", "dark", SMALL, []),
    "talking": ("/desk", "talking", "zh-CN", "light", LARGE, []),
    "talking-en": ("/desk", "talking", "en", "light", SMALL, ["keypad"]),
    "holding-dark": ("/desk", "holding", "zh-CN", "dark", SMALL, []),
    "after-call": ("/desk", "after_call", "zh-CN", "light", SMALL, []),
    "after-call-en": ("/desk", "after_call", "en", "dark", LARGE, []),
    "unknown": ("/desk", "unknown", "zh-CN", "light", SMALL, ["new-customer"]),
    "live": ("/live", "idle", "zh-CN", "light", SMALL, []),
    "live-en-dark": ("/live", "idle", "en", "dark", LARGE, []),
    "missed": ("/desk", "missed", "zh-CN", "light", SMALL, []),
    "missed-en": ("/desk", "missed", "en", "dark", LARGE, []),
    "break": ("/desk", "break", "zh-CN", "dark", SMALL, ["status-menu"]),
    "resting-en": ("/desk", "resting", "en", "light", SMALL, ["status-menu", "status-groups"]),
    "agent-menu": ("/live", "idle", "zh-CN", "light", SMALL, ["agent-actions"]),
    "move": ("/live", "idle", "en", "light", SMALL, ["agent-actions", "lead-move"]),
    "day": ("/live", "idle", "zh-CN", "light", SMALL, ["agent-actions", "lead-day"]),
    "day-en": ("/live", "idle", "en", "dark", LARGE, ["agent-actions", "lead-day"]),
    "explained": ("/history", "idle", "zh-CN", "light", SMALL, ["history-row", "tab:1"]),
    "everybody": ("/history", "idle", "zh-CN", "dark", SMALL, ["history-row", "tab:1", "show-everybody"]),
    "everybody-en": ("/history", "idle", "en", "light", LARGE, ["history-row", "tab:1", "show-everybody"]),
    "history": ("/history", "idle", "zh-CN", "light", SMALL, []),
    "history-en": ("/history", "idle", "en", "dark", LARGE, []),
    "contact": ("/history", "idle", "zh-CN", "light", SMALL, ["history-row"]),
    "contact-time": ("/history", "idle", "en", "dark", LARGE, ["history-row", "tab:1"]),
    "several": ("/desk", "several", "zh-CN", "light", SMALL, []),
    "several-en-dark": ("/desk", "several", "en", "dark", LARGE, []),
    "customers": ("/customers", "idle", "zh-CN", "light", SMALL, []),
    "customers-en-dark": ("/customers", "much", "en", "dark", LARGE, ["type:search:ouy"]),
    "customers-empty": ("/customers", "empty", "zh-CN", "light", SMALL, []),
    "customers-error": ("/customers", "error", "en", "light", SMALL, []),
    "customer": ("/customers/k1", "idle", "en", "light", SMALL, []),
    "customer-zh-dark": ("/customers/k1", "idle", "zh-CN", "dark", LARGE, ["edit-reach", "edit-consents"]),
    "customer-edit": ("/customers/k1", "idle", "zh-CN", "light", SMALL, ["edit-basics", "edit-addresses"]),
    "customer-assets": ("/customers/k1", "idle", "en", "light", SMALL, ["tab:1", "add-asset"]),
    "companies": ("/customers/companies", "idle", "zh-CN", "light", SMALL, ["company-row"]),
    "duplicates": ("/customers/duplicates", "idle", "zh-CN", "light", SMALL, []),
    "merge": ("/customers/duplicates", "idle", "zh-CN", "light", SMALL, ["compare"]),
    "duplicates-different": ("/customers/duplicates", "idle", "en", "light", SMALL, ["show-different"]),
    "merge-en-dark": ("/customers/duplicates", "idle", "en", "dark", LARGE, ["compare"]),
    "imports": ("/customers/imports", "idle", "zh-CN", "light", SMALL, []),
    "import-columns": ("/customers/imports/i1", "idle", "zh-CN", "light", LARGE, []),
    "import-columns-en": ("/customers/imports/i1", "idle", "en", "dark", SMALL, []),
    "import-running": ("/customers/imports/i2", "idle", "en", "light", SMALL, []),
    "import-done": ("/customers/imports/i3", "idle", "zh-CN", "dark", SMALL, []),
    "fields": ("/admin/fields", "idle", "zh-CN", "light", SMALL, []),
    "fields-en-dark": ("/admin/fields", "idle", "en", "dark", LARGE, ["new-field"]),
    "fields-empty": ("/admin/fields", "empty", "en", "light", SMALL, []),
    "tags": ("/admin/tags", "idle", "zh-CN", "light", SMALL, []),
    "tags-new": ("/admin/tags", "idle", "en", "dark", SMALL, ["new-tag"]),
    "reports": ("/reports", "idle", "zh-CN", "light", SMALL, []),
    "reports-en": ("/reports", "idle", "en", "dark", LARGE, []),
    "own-calls": ("/calls", "idle", "zh-CN", "light", SMALL, ["own-call-line"]),
    "own-calls-en-dark": ("/calls", "much", "en", "dark", LARGE, ["calls-missed", "own-call-line"]),
    "own-calls-empty": ("/calls", "empty", "en", "light", SMALL, []),
    "own-calls-error": ("/calls", "error", "zh-CN", "dark", SMALL, []),
    "book": ("/book", "idle", "zh-CN", "light", SMALL, []),
    "book-en-dark": ("/book", "idle", "en", "dark", LARGE, []),
    "book-company": ("/book", "idle", "zh-CN", "light", SMALL, ["book-company"]),
    "book-entry-en": ("/book", "idle", "en", "light", SMALL, ["book-own", "new-entry"]),
    "book-keys": ("/book", "idle", "en", "light", SMALL, ["book-mine"]),
    "book-key-choice": ("/book", "idle", "zh-CN", "dark", SMALL, ["book-mine", "speed-3-set"]),
    "sounds": ("/admin/sounds", "idle", "zh-CN", "light", SMALL, []),
    "sounds-edit-en": ("/admin/sounds", "idle", "en", "dark", SMALL, ["edit-sound-fees"]),
    "sounds-empty": ("/admin/sounds", "empty", "en", "light", SMALL, []),
    "admin": ("/admin", "idle", "zh-CN", "light", SMALL, []),
    "admin-new": ("/admin", "idle", "en", "light", SMALL, ["new-person"]),
    "admin-agent": ("/admin/people", "idle", "en", "light", SMALL, ["agent-setup-user1"]),
    "skills": ("/admin/skills", "idle", "zh-CN", "light", SMALL, [*TYPED, "keys:ArrowDown", "keys:9", "keys:Shift+ArrowDown"]),
    "skills-en-dark": ("/admin/skills", "idle", "en", "dark", LARGE, ["level-8003-en", "keys:7"]),
    "skills-much": ("/admin/skills", "much", "en", "light", SMALL, ["level-8003-en", "keys:Control+End", "keys:4", "keys:Control+s"]),
    "skills-much-zh": ("/admin/skills", "much", "zh-CN", "dark", LARGE, ["level-8003-en", "keys:Control+Space", "keys:0"]),
    "skills-empty": ("/admin/skills", "empty", "zh-CN", "light", SMALL, []),
    "skills-error": ("/admin/skills", "error", "en", "light", SMALL, []),
    "skills-list": ("/admin/skills", "idle", "zh-CN", "light", SMALL, ["skills-list"]),
    "queues": ("/admin/queues", "idle", "zh-CN", "light", SMALL, []),
    "queues-en-dark": ("/admin/queues", "idle", "en", "dark", LARGE, []),
    "queues-empty": ("/admin/queues", "empty", "en", "light", SMALL, []),
    "queues-error": ("/admin/queues", "error", "zh-CN", "dark", SMALL, []),
    "queue": (f"/admin/queues/{QUEUE}", "idle", "zh-CN", "light", SMALL, ["strategy-least_talk"]),
    "queue-en-dark": (f"/admin/queues/{QUEUE}", "idle", "en", "dark", LARGE, ["strategy-ring_all"]),
    "queue-offers": (f"/admin/queues/{QUEUE}?tab=offers", "idle", "zh-CN", "light", SMALL, ["type:offer-seconds:35"]),
    "queue-waiting": (f"/admin/queues/{QUEUE}?tab=waiting", "idle", "en", "light", LARGE, []),
    "queue-waiting-zh": (f"/admin/queues/{QUEUE}?tab=waiting", "idle", "zh-CN", "dark", SMALL, []),
    "queue-rules": (f"/admin/queues/{QUEUE}?tab=rules", "idle", "zh-CN", "light", SMALL, [f"type:requirements:{RULES}"]),
    "queue-rules-en": (f"/admin/queues/{QUEUE}?tab=rules", "idle", "en", "dark", LARGE, ["put-rule"]),
    "queue-targets": (f"/admin/queues/{QUEUE}?tab=targets", "idle", "en", "light", SMALL, []),
    "queue-last-agent": (f"/admin/queues/{QUEUE}?tab=last_agent", "idle", "zh-CN", "light", SMALL, []),
    "queue-new": ("/admin/queues/new", "idle", "en", "light", SMALL, ["type:name-en:Spare parts"]),
    "queue-leave": (f"/admin/queues/{QUEUE}", "idle", "en", "light", SMALL, ["strategy-least_talk", "nav-live"]),
    "changes": ("/admin/changes", "idle", "zh-CN", "light", SMALL, ["change-40"]),
    "changes-en-dark": ("/admin/changes", "idle", "en", "dark", LARGE, []),
    "changes-undo": ("/admin/changes", "idle", "en", "light", SMALL, ["undo-40"]),
    "changes-empty": ("/admin/changes", "empty", "zh-CN", "light", SMALL, []),
    "groups": ("/admin/groups", "idle", "zh-CN", "light", SMALL, ["group-repair"]),
    "groups-en-dark": ("/admin/groups", "idle", "en", "dark", LARGE, ["group-complaints"]),
    "groups-empty": ("/admin/groups", "empty", "en", "light", SMALL, ["new-group"]),
    "hours": ("/admin/hours", "idle", "zh-CN", "light", SMALL, ["schedule-office"]),
    "hours-en-dark": ("/admin/hours", "idle", "en", "dark", LARGE, ["schedule-night", "add-1"]),
    "hours-span": ("/admin/hours", "idle", "en", "light", SMALL, ["span"]),
    "hours-much": ("/admin/hours", "much", "en", "light", SMALL, ["schedule-overseas"]),
    "hours-much-zh": ("/admin/hours", "much", "zh-CN", "dark", SMALL, []),
    "hours-empty": ("/admin/hours", "empty", "zh-CN", "light", SMALL, []),
    "hours-days": ("/admin/hours", "idle", "zh-CN", "light", SMALL, ["tab:1"]),
    "hours-days-en": ("/admin/hours", "much", "en", "dark", LARGE, ["tab:1"]),
    "hours-days-small": ("/admin/hours", "much", "en", "light", SMALL, ["tab:1"]),
    "hours-day": ("/admin/hours", "idle", "en", "light", SMALL, ["tab:1", "add-day"]),
    "hours-import": ("/admin/hours", "idle", "zh-CN", "light", SMALL, ["tab:1", "import-days"]),
    "hours-closings": ("/admin/hours", "much", "en", "dark", SMALL, ["tab:2"]),
    "hours-close": ("/admin/hours", "idle", "zh-CN", "light", SMALL, ["close-now"]),
    "routing": ("/admin/routing", "idle", "zh-CN", "light", SMALL, ["join-chat-call", "join-email-fax"]),
    "routing-en-dark": ("/admin/routing", "idle", "en", "dark", LARGE, []),
    "callers": ("/admin/callers", "idle", "zh-CN", "light", SMALL, ["type:look-up:13800138000"]),
    "callers-en-dark": ("/admin/callers", "idle", "en", "dark", LARGE, []),
    "callers-new": ("/admin/callers", "empty", "en", "light", SMALL, ["new-rule"]),
    "hooks": ("/admin/hooks", "idle", "zh-CN", "light", SMALL, ["hook-try"]),
    "hooks-en-dark": ("/admin/hooks", "idle", "en", "dark", LARGE, ["hook-try"]),
    "choices": ("/admin/choices", "idle", "zh-CN", "light", SMALL, []),
    "choices-new": ("/admin/choices", "idle", "en", "dark", SMALL, ["new-break_reason"]),
    "consult-ringing": ("/desk", "consult_ringing", "zh-CN", "light", SMALL, []),
    "consult": ("/desk", "consult", "zh-CN", "light", SMALL, []),
    "consult-en-dark": ("/desk", "consult", "en", "dark", SMALL, []),
    "consult-customer-en": ("/desk", "consult_customer", "en", "light", LARGE, []),
    "consult-queue": ("/desk", "consult_queue", "zh-CN", "dark", SMALL, []),
    "conference": ("/desk", "conference", "zh-CN", "light", SMALL, []),
    "conference-en": ("/desk", "conference", "en", "light", SMALL, ["party-more"]),
    "transfer": ("/desk", "talking", "zh-CN", "light", SMALL, ["transfer"]),
    "transfer-chosen-en": ("/desk", "talking", "en", "dark", SMALL, ["transfer", "keys:a", "keys:Enter"]),
    "consult-choose": ("/desk", "talking", "en", "light", SMALL, ["consult", "keys:4"]),
    "playing": ("/desk", "playing", "zh-CN", "light", SMALL, []),
    "sounds-en": ("/desk", "talking", "en", "light", SMALL, ["play"]),
    "limit": ("/desk", "limit", "en", "light", SMALL, []),
    "paused": ("/desk", "paused", "zh-CN", "dark", SMALL, []),
    "lost": ("/desk", "lost", "en", "light", SMALL, []),
    "dialling": ("/desk", "dialling", "zh-CN", "light", SMALL, []),
    "asked": ("/desk", "asked", "zh-CN", "light", SMALL, []),
    "asked-talking-en": ("/desk", "asked_talking", "en", "light", SMALL, []),
    "joined": ("/desk", "joined", "zh-CN", "light", SMALL, []),
    "refuse": ("/desk", "ringing", "zh-CN", "light", SMALL, ["refuse-why"]),
    "parked": ("/desk", "much", "zh-CN", "light", SMALL, ["side-parked"]),
    "dial": ("/desk", "idle", "zh-CN", "light", SMALL, ["dial-number", "keys:8", "keys:0"]),
    "palette": ("/desk", "talking", "zh-CN", "light", SMALL, ["palette-open"]),
    "palette-en-dark": ("/live", "idle", "en", "dark", SMALL, ["palette-open", "keys:e", "keys:n"]),
    "desk-empty-en": ("/desk", "empty", "en", "light", SMALL, []),
    "desk-error": ("/desk", "error", "en", "light", SMALL, []),
    "zoomed-idle": ("/desk", "idle", "zh-CN", "light", ZOOMED, []),
    "zoomed-talking": ("/desk", "talking", "en", "light", ZOOMED, []),
    "zoomed-consult": ("/desk", "consult", "en", "dark", ZOOMED, []),
    "help-en": ("/desk", "talking", "en", "dark", SMALL, ["help", "change-key-hold"]),
    "help": ("/desk", "talking", "zh-CN", "light", SMALL, ["help"]),
}


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
    page.route_web_socket("**/live", partial(feed, phase=phase))
    page.route_web_socket("**/phone", lambda _: None)
    page.goto(address + path)
    settle(page, path, phase)
    for press in presses:
        with contextlib.suppress(Error):
            one_press(page, press)
    return page


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
