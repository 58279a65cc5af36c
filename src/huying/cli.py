"""The command `huying`: reads the arguments and hands over; decides nothing else."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from huying.foundation.errors import HuyingError


def say(line: str) -> None:
    """One progress line on standard error."""
    sys.stderr.write(f"huying: {line}\n")
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the process's exit status (0 well, 1 failed with one clear line, 2 wrong arguments)."""
    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except HuyingError as error:
        say(error.message)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huying", description="Huying (呼应): a complete customer contact centre")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    runtime = commands.add_parser("runtime", help="fetch the telephone engine and its companions where the machine has none")
    runtime.set_defaults(run=_runtime)
    return parser


def _runtime(_: argparse.Namespace) -> int:
    from huying.processes.debian_runtime import fetch_runtime
    from huying.processes.runtime import RuntimeMissing, find_runtime

    try:
        find_runtime()
    except RuntimeMissing:
        folder = fetch_runtime(say)
        say(f"the telephone engine is in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
