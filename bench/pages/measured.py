"""Puts a bench's table into docs/measured.md, in the place of its last one."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path

from bench.queue_run.cpu import machine

MEASURED = Path(__file__).resolve().parents[2] / "docs" / "measured.md"
FIRST = "# Measured\n\nThe last tables of the benches, with machine and date.\n"


def write(bench: str, text: str, page: Path = MEASURED) -> None:
    """Replace this bench's part of the page of measurements."""
    heading = f"## `./huying bench {bench}`"
    before, _, rest = (page.read_text() if page.exists() else FIRST).partition(heading)
    after = rest.partition("\n## ")
    following = f"\n## {after[2]}" if after[1] else ""
    page.write_text(f"{before.rstrip()}\n\n{heading}\n\n{text}{following}")


def circumstances() -> str:
    """When and where."""
    return f"{datetime.now(UTC).strftime('%Y-%m-%d %H:%M UTC')}; {machine()}; Python {platform.python_version()}"
