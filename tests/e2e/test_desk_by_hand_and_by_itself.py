"""What the desk does by itself and how one stops it, refusing with a reason, and one's own quick notes: by keys, without a centre."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request, expect
from pretended_desk import PretendedDesk, pretended_desk

pytestmark = pytest.mark.timeout(300)
Asked = tuple[str, str, dict[str, object]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PretendedDesk]:
    """The pages without a centre."""
    with pretended_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def asked(page: Page) -> list[Asked]:
    """What the page asks the server to change from now on: method, path, body."""
    found: list[Asked] = []

    def note(request: Request) -> None:
        if request.method != "GET" and "/api/" in request.url:
            found.append((request.method, request.url.split("/api/")[1], json.loads(request.post_data or "{}")))

    page.on("request", note)
    return found


def until(page: Page, true: Callable[[], bool]) -> None:
    """Let the page go on until it is true. Fails when it never is."""
    for _ in range(200):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came true")


def test_a_call_is_refused_with_a_reason_by_keys(desk: PretendedDesk) -> None:
    with desk.shown("ringing-en-dark") as page:
        told = asked(page)
        page.keyboard.press("Shift+F4")
        expect(page.get_by_test_id("refuse-equipment")).to_be_visible()
        page.keyboard.press("2")
        expect(page.get_by_test_id("refuse-equipment")).to_be_hidden()
        until(page, lambda: bool(told))
        assert told == [("POST", "desk/contacts/c1/refuse", {"reason": "equipment"})]
        page.keyboard.press("2")
        assert len(told) == 1


def test_a_task_with_a_number_is_dialled_by_itself_unless_it_is_stopped(desk: PretendedDesk) -> None:
    with desk.shown("work-en-dark") as page:
        told = asked(page)
        expect(page.get_by_test_id("auto-dial-now")).to_contain_text("Dialling")
        page.get_by_test_id("auto-dial-cancel").click()
        expect(page.get_by_test_id("auto-dial-cancel")).to_be_hidden()
        page.wait_for_timeout(6000)
        assert told == []
        page.reload()
        expect(page.get_by_test_id("auto-dial-now")).to_be_visible(timeout=30_000)
        expect(page.get_by_test_id("auto-dial-cancel")).to_be_hidden()
    with desk.shown("work-en-dark") as page:
        told = asked(page)
        expect(page.get_by_test_id("auto-dial-cancel")).to_be_visible()
        page.wait_for_function("!document.querySelector('[data-testid=auto-dial-cancel]')", timeout=30_000)
        until(page, lambda: bool(told))
        dialled = [(method, path, body["contact_id"]) for method, path, body in told]
        assert dialled == [("POST", "desk/dial", "w1")]


def notes_of(told: list[Asked]) -> list[Asked]:
    """What was asked about ready-made notes; the desk may have dialled by itself meanwhile."""
    return [one for one in told if "quick-notes" in one[1]]


def test_ones_own_quick_notes_where_they_are_used(desk: PretendedDesk) -> None:
    with desk.shown("work-en-dark") as page:
        told = asked(page)
        note = page.get_by_test_id("wrap-up-note")
        note.fill("")
        note.press_sequentially("/")
        page.keyboard.press("ArrowUp")
        expect(page.get_by_test_id("manage-quick-notes")).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        own = page.get_by_test_id("own-quick-notes")
        expect(own.get_by_role("listitem")).to_have_count(2)
        own.get_by_test_id("quick-note-down").first.focus()
        page.keyboard.press("Enter")
        until(page, lambda: len(notes_of(told)) == 2)
        written = [(path, body["position"]) for method, path, body in notes_of(told)]
        assert written == [("desk/quick-notes/qn3", 0), ("desk/quick-notes/qn2", 1)]
        page.get_by_test_id("own-quick-note-new").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("quick-note-title")).to_be_focused()
        page.keyboard.type("Parts ordered")
        page.get_by_test_id("quick-note-text").fill("Parts ordered on {date}.")
        page.get_by_test_id("quick-note-key").fill("parts")
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("quick-note-title")).to_be_hidden()
        method, _, body = notes_of(told)[-1]
        assert (method, body) == ("PUT", {"title": "Parts ordered", "text": "Parts ordered on {date}.", "key": "parts", "position": 4})
        own.get_by_test_id("quick-note-remove").first.click()
        page.get_by_test_id("quick-note-remove-yes").click()
        until(page, lambda: any(one[0] == "DELETE" for one in told))
        assert [one[:2] for one in told if one[0] == "DELETE"] == [("DELETE", "desk/quick-notes/qn2")]


def test_messages_that_nobody_has_heard_are_counted(desk: PretendedDesk) -> None:
    with desk.shown("work-en-dark") as page:
        badge = page.get_by_test_id("messages-waiting")
        expect(badge).to_have_attribute("data-count", "3")
        expect(badge).to_have_attribute("aria-label", "3 messages that nobody has heard: 1 to you, 2 to your queues")


def test_ones_own_quick_notes_in_the_persons_menu(desk: PretendedDesk) -> None:
    with desk.shown("idle") as page:
        page.keyboard.press("Escape")
        page.get_by_test_id("person-menu").click()
        page.get_by_test_id("own-quick-notes-settings").click()
        expect(page.get_by_test_id("own-quick-notes").get_by_role("listitem")).to_have_count(2)
