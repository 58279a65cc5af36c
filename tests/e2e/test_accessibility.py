"""Everybody can use the desk: axe on every page and state, the walk of the focus, 200 % zoom, the keys and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pretended_desk import PretendedDesk, complaints, pretended_desk
from screens import restyle
from walked_page import ZOOMED, cut, kept_open, lost, walk

pytestmark = pytest.mark.timeout(600)

CALLS = (
    "signed-out",
    "idle",
    "ringing",
    "refuse",
    "talking",
    "holding-dark",
    "paused",
    "limit",
    "lost",
    "dialling",
    "after-call",
    "unknown",
    *("transfer", "transfer-chosen-en", "consult-choose", "dial", "parked", "palette", "help", "sounds-en", "article"),
)
PEOPLE = (
    *("consult-ringing", "consult", "consult-customer-en", "consult-queue", "conference", "asked", "asked-talking-en"),
    *("joined", "playing", "several", "missed", "break", "resting-en"),
    *("second-ringing", "work", "told", "help-wanted", "help-answer", "ask-help", "side-colleagues"),
)
PAGES = (
    *("login", "live", "history", "contact", "customers", "customer", "companies", "duplicates", "imports"),
    *("reports", "own-calls", "own-calls-error", "book", "book-company", "book-keys", "notices", "desk-error"),
    *("later", "import-columns", "import-done", "colleagues", "knowledge"),
)
OPENED = (
    *("agent-menu", "move", "day", "contact-time", "explained", "everybody", "customer-edit", "customer-assets", "merge"),
    *("duplicates-different", "book-entry-en", "book-key-choice", "sounds-edit-en", "notice-readers"),
    *("booking", "task-new", "room-people", "room-new", "notice-new", "article-sent-en", "knowledge-versions", "reach"),
    *("sound-settings", "device-settings", "desk-phone", "keypad-codes", "own-quick-notes"),
)
SETTINGS = (
    *("admin", "skills", "queues", "queue", "changes", "groups", "hours", "routing", "callers", "choices"),
    *("dialling-settings", "dispositions", "duty", "keypad"),
    *("fields-en-dark", "tags-new", "devices-en-dark", "embedding", "hints-edit-en-dark", "callbacks", "entries", "trunks"),
    *("quick-notes-new", "hooks", "hours-days", "queue-rules"),
)
GROUPS = {"calls": CALLS, "people": PEOPLE, "pages": PAGES, "opened": OPENED, "settings": SETTINGS}
DARK_ENGLISH = ("en", "dark")
WALKED = {"opened", "settings"}
"""Groups that are walked by Tab and seen at 200 % as well."""
BESIDE = ("transfer", "dial", "palette", "help", "sounds-en", "keypad-tones", "reach", "booking", "room-new", "sound-settings")
"""What opens over a page and is left by Escape."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PretendedDesk]:
    """The pages without a centre."""
    with pretended_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.mark.parametrize("group", list(GROUPS))
def test_no_page_has_a_serious_fault(desk: PretendedDesk, group: str) -> None:
    found: dict[str, list[str]] = {}
    for name in GROUPS[group]:
        with desk.shown(name, "zh-CN", "light") as page:
            faults = complaints(page)
            restyle(page, *DARK_ENGLISH)
            # What has a name in one look has it in the other: both languages have every text.
            faults += complaints(page, "color-contrast")
            if group in WALKED:
                faults += cut(page) + lost(page)
        if faults:
            found[name] = faults
    assert found == {}


def test_escape_leaves_what_was_opened_and_goes_back(desk: PretendedDesk) -> None:
    kept = {}
    for name in BESIDE:
        with desk.shown(name) as page:
            if faults := kept_open(page):
                kept[name] = faults
    assert kept == {}


@pytest.mark.parametrize(
    ("name", "reached"),
    [
        (
            "talking",
            {"hold", "mute", "keypad", "transfer", "consult", "park", "play", "hang-up", "wrap-up-note", "palette-open", "status-menu"},
        ),
        ("consult", {"swap", "merge", "complete", "end-consult", "hold", "hang-up"}),
        ("conference", {"party-more", "leave", "hang-up"}),
        ("ringing", {"answer", "refuse", "refuse-why"}),
        ("desk-empty-en", {"dial-open", "status-menu", "nav-desk", "help", "person-menu"}),
    ],
)
def test_tab_reaches_everything_and_one_sees_where_one_is(desk: PretendedDesk, name: str, reached: set[str]) -> None:
    with desk.shown(name) as page:
        page.keyboard.press("Escape")
        steps = walk(page)
    assert reached - {str(step["name"]) for step in steps} == set()
    assert [step["name"] for step in steps if not step["shown"]] == []
    assert [step["name"] for step in steps if not step["ring"]] == []


@pytest.mark.parametrize(
    "name", ["idle", "ringing", "talking", "consult", "conference", "after-call", "live", "history", "queue", "transfer", "dial"]
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_is_cut_at_two_hundred_percent(desk: PretendedDesk, name: str, language: str) -> None:
    with desk.shown(name, language, size=ZOOMED) as page:
        assert cut(page) == []


@pytest.mark.parametrize("name", ["idle", "talking", "consult", "conference"])
def test_the_page_itself_does_not_scroll_at_the_usual_size(desk: PretendedDesk, name: str) -> None:
    with desk.shown(name, size=(1280, 720)) as page:
        assert page.evaluate("document.querySelector('.main').scrollHeight - document.querySelector('.main').clientHeight") <= 0


def test_a_screen_reader_is_told_who_rings_and_who_waits(desk: PretendedDesk) -> None:
    with desk.shown("ringing", "en") as page:
        expect(page.get_by_test_id("announced-ringing")).to_contain_text("欧阳明珠")
        expect(page.get_by_test_id("announced-ringing")).to_contain_text("Answer with F2")
    with desk.shown("consult", "en") as page:
        expect(page.get_by_test_id("announced")).to_contain_text("Customer hears music")


def test_the_help_lists_the_keys_and_changes_them_for_good(desk: PretendedDesk) -> None:
    with desk.shown("talking", "en") as page:
        page.keyboard.press("?")
        page.get_by_test_id("change-key-hold").click()
        page.keyboard.press("F9")
        expect(page.get_by_role("alert").filter(has_text="Mute")).to_be_visible()
        page.keyboard.press("Alt+h")
        expect(page.get_by_test_id("change-key-hold")).to_have_accessible_name("Hold: Alt+h. Change the key")
        page.keyboard.press("Escape")
        with page.expect_request("**/hold") as asked:
            page.keyboard.press("Alt+h")
        assert asked.value.method == "POST"
        page.reload()
        expect(page.get_by_test_id("hold")).to_have_attribute("aria-keyshortcuts", "Alt+h")


def test_what_others_do_by_mouse_is_done_by_keys(desk: PretendedDesk) -> None:
    with desk.shown("ringing", "en") as page:
        page.keyboard.press("Shift+F4")
        expect(page.get_by_test_id("refuse-equipment")).to_be_visible()
        with page.expect_request("**/refuse") as asked:
            page.keyboard.press("2")
        assert asked.value.post_data_json == {"reason": "equipment"}
    with desk.shown("talking", "en") as page:
        page.keyboard.press("F6")
        expect(page.get_by_test_id("target-search")).to_be_focused()
        expect(page.get_by_test_id("chosen-favourite")).to_be_visible()
        with page.expect_request(lambda it: it.url.endswith("/api/desk/targets/mine") and it.method == "PUT"):
            page.keyboard.press("Alt+s")
        names = [str(step["name"]) for step in walk(page, 4)]
        assert "chosen-favourite" in names, names
    with desk.shown("idle", "en") as page:
        page.keyboard.press("Escape")
        with page.expect_request("**/c9/pick-up"):
            page.keyboard.press("Shift+U")


def test_another_workstation_has_the_keys_that_one_changed(desk: PretendedDesk) -> None:
    with desk.shown("talking", "en") as page:
        page.keyboard.press("?")
        page.get_by_test_id("change-key-hold").click()
        with page.expect_response("**/api/preferences/keys") as told:
            page.keyboard.press("Alt+h")
        assert told.value.request.post_data_json == {"value": {"hold": "Alt+h"}}
        page.evaluate("localStorage.clear()")
        page.reload()
        expect(page.get_by_test_id("hold")).to_have_attribute("aria-keyshortcuts", "Alt+h")


def test_the_palette_finds_actions_pages_and_customers(desk: PretendedDesk) -> None:
    with desk.shown("talking", "en") as page:
        page.get_by_test_id("wrap-up-note").click()
        page.keyboard.press("Control+k")
        expect(page.get_by_test_id("palette-field")).to_be_focused()
        page.keyboard.type("rec pau")
        with page.expect_request("**/pause-recording"):
            page.keyboard.press("Enter")
        page.keyboard.press("Control+k")
        expect(page.get_by_test_id("palette-field")).to_be_focused()
        page.keyboard.type("history")
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("history-page")).to_be_visible()


def test_what_is_dangerous_stands_apart(desk: PretendedDesk, tmp_path: Path) -> None:
    with desk.shown("talking", "en") as page:
        boxes = {name: page.get_by_test_id(name).bounding_box() for name in ("pause-recording", "hang-up")}
        page.screenshot(path=tmp_path / "talking.png")
    assert boxes["pause-recording"] and boxes["hang-up"]
    assert boxes["hang-up"]["x"] - boxes["pause-recording"]["x"] - boxes["pause-recording"]["width"] >= 20
