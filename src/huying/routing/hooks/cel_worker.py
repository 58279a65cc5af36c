"""A process that evaluates CEL expressions, so that none of them can hold up or fill the one that asks.

Run as a script; imports nothing of ours. One JSON object a line: in {n, expression, variables?}, out {n, value} or {n, error}.
Without variables the expression is only compiled. Ends with its input. Memory is limited; whatever evaluates longer than the alarm
ends the process.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import cel

MEMORY_BYTES = 512 * 1024 * 1024
ALARM_SECONDS = 5.0
ANSWER_CHARACTERS = 64 * 1024
MESSAGE_CHARACTERS = 300
SYNTAX = re.compile(r"ERROR: <input>:(\d+):(\d+): ([^\n]*)")


@lru_cache(maxsize=512)
def compiled(expression: str) -> Any:
    """The program; compiled once."""
    return cel.compile(expression)


def said(error: Exception) -> str:
    """What the library says, in one line."""
    if isinstance(error, KeyError):
        return f"there is no {error}"
    found = SYNTAX.search(str(error))
    text = f"line {found[1]}, column {found[2]}: {found[3]}" if found else str(error).partition("\n")[0]
    return text[:MESSAGE_CHARACTERS] or type(error).__name__


def answer_to(question: dict[str, Any]) -> dict[str, Any]:
    """What to say to one line."""
    try:
        program = compiled(question["expression"])
        value = program.execute(question["variables"]) if "variables" in question else None
        if len(json.dumps(value)) > ANSWER_CHARACTERS:
            return {"n": question["n"], "error": "the answer is too large"}
        return {"n": question["n"], "value": value}
    except Exception as error:  # the library raises what it likes; the expression is to blame, not we
        return {"n": question["n"], "error": said(error)}
    except BaseException as error:  # a panic of the library below is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return {"n": question["n"], "error": "the expression cannot be evaluated"}


def serve(lines: Any, write: Callable[[str], object], alarm: Callable[[float], object]) -> None:
    """Answer line by line until the input ends."""
    for line in lines:
        alarm(ALARM_SECONDS)
        answer = answer_to(json.loads(line))
        alarm(0.0)
        write(json.dumps(answer) + "\n")


def main() -> None:
    """Limit ourselves, then serve."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is for whoever started us

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    serve(sys.stdin, write, lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds))


if __name__ == "__main__":
    main()
