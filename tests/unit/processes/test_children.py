"""What the house is made of, and who is watched for hanging."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from huying.processes.children import House


def test_everything_that_answers_calls_is_watched_for_hanging(tmp_path: Path) -> None:
    ports = {"port": 1, "web_port": 2, "asterisk_port": 3}
    shown = {"host": "127.0.0.1", "is_local": True, "certificate": "", "key": ""}
    installation = SimpleNamespace(folder=tmp_path, demo=True, calls_per_minute=1, has_turn=False, **ports, **shown)
    runtime = SimpleNamespace(nginx=SimpleNamespace(argv=("nginx",)))
    rules = {child.rule.name: child.rule for child in House(installation, runtime).children()}  # type: ignore[arg-type]
    assert all(rules[name].hung_seconds > 0 for name in ("asterisk", "voice", "web", "traffic"))
    assert "asterisk" in rules["voice"].needs
