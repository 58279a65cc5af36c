"""Whatever the server refuses a person is told in his language: each code has words in the desk's catalogues."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
DESK = ROOT / "ui/desk/src"
NOBODY_READS = frozenset(
    {
        *("already-running", "no-settings", "port-taken", "runtime-missing", "runtime-unavailable", "vault-broken", "invalid-scenario"),
        *("projection-moved", "spool-in-use", "stream-conflict", "unknown-agent", "unknown-prompt", "unknown-recording", "bad-sound"),
        *("hook-failed", "hung-up"),
    }
)
"""Of commands, processes and telephones: no page shows them."""
SHOWN_OTHERWISE = frozenset({"invalid-input", "fields-wrong", "several-match"})
"""By their fields, at the row of an import, or by a message that says more than a code could."""


def test_every_refusal_has_words_in_each_language() -> None:
    found = {
        code
        for path in (ROOT / "src/huying").rglob("*.py")
        for code in re.findall(r'^    code = "([a-z-]+)"', path.read_text(), re.MULTILINE)
    }
    assert "not-found" in found
    for language in ("zh-CN", "en"):
        files = [DESK / f"i18n/{language}.json", *DESK.rglob(f"texts/{language}.json")]
        known = {code for file in files for code in json.loads(file.read_text()).get("errors", {})}
        assert found - known - NOBODY_READS - SHOWN_OTHERWISE == set(), language
