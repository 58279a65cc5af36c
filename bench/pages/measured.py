"""Puts a bench's table into docs/measured.md, in the place of its last one."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Mapping
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


def arguments(bench: str, description: str, counted: str, many: int) -> argparse.Namespace:
    """What may be said of a bench: `--<counted>`, `--seed`, `--write`."""
    parser = argparse.ArgumentParser(prog=f"huying bench {bench}", description=description)
    parser.add_argument(f"--{counted}", type=int, default=many, help=f"how many there are (default {many})")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (default 1)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured.md")
    return parser.parse_args()


def tell(bench: str, about: str, table: str, figures: Mapping[str, object], *, keep: bool) -> None:
    """Print the table and one line of JSON; `keep`: also into docs/measured.md."""
    text = f"{circumstances()}; {about}.\n\n{table}\n\n`{json.dumps(figures)}`\n"
    print(text)
    if keep:
        write(bench, f"{text}\nHow it is measured stands at the top of `bench/{bench}.py`.\n")
    print(json.dumps(figures))
