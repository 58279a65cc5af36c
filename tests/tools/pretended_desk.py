"""The desk's pages built for a test and answered by nobody but the test: any state of a call without a centre behind it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ui_build
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(ui_build.UI / "desk/dev"))
import screens

AXE = ui_build.UI / "node_modules/axe-core/axe.min.js"
NEVER = frozenset({"serious", "critical"})


class PretendedDesk:
    """Opens the desk in a state of `ui/desk/dev/screens.py`."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._window, self._address = screens.window(browser, address), address

    @contextmanager
    def shown(self, name: str, language: str = "", colours: str = "", size: tuple[int, int] | None = None) -> Iterator[Page]:
        """The screen of that name, if wished in another language, other colours or another size."""
        path, phase, usual_language, usual_colours, usual_size, presses = screens.SCREENS[name]
        screen = (path, phase, language or usual_language, colours or usual_colours, size or usual_size, presses)
        page = screens.open_screen(self._window, self._address, screen, lambda _: None)
        try:
            yield page
        finally:
            page.close()


@contextmanager
def pretended_desk(folder: Path) -> Iterator[PretendedDesk]:
    """Builds the pages into the folder and serves them."""
    built = ui_build.build("desk/vite.config.ts", folder)
    with screens.served(built) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=screens.FLAGS)
        yield PretendedDesk(browser, address)
        browser.close()


def complaints(page: Page, *rules: str) -> list[str]:
    """What axe finds that is serious or critical, one line each; by these rules, or by all."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    found = page.evaluate("(options) => axe.run(document, options)", {"resultTypes": ["violations"], **only})["violations"]
    return [
        f"{one['id']}: {node['html'][:140]} ({(node['any'] or node['all'] or node['none'] or [{'message': ''}])[0]['message'][:120]})"
        for one in found
        if one["impact"] in NEVER
        for node in one["nodes"]
    ]
