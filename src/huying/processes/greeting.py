"""What a person is told when everything is ready: addresses, log-ins, what to try, what to do next."""

from __future__ import annotations

import contextlib
import sys
import termios
import threading
from collections.abc import Iterator

from huying.foundation.errors import HuyingError
from huying.foundation.settings import load_settings
from huying.processes.installation import Installation
from huying.processes.outer import Say
from huying.sample import organisation


def greet(installation: Installation, say: Say) -> None:
    """Says where everything is; on a new installation of one's own, begins with the first administrator."""
    for line in demo_lines(installation) if installation.demo else [f"ready: {installation.origin}/"]:
        say(line)
    if not installation.demo:
        threading.Thread(target=_first_administrator, args=(installation, say), daemon=True).start()
    say("Ctrl-C ends everything.")


def demo_lines(installation: Installation) -> list[str]:
    """The demo's greeting."""
    from huying.sample.load import SAMPLE_PASSWORD  # takes its time to load

    desk = f"{installation.origin}/"
    agents = [person.login for person in organisation.PEOPLE if person.role == "agent"]
    others = [person.login for person in organisation.PEOPLE if person.role != "agent"]
    return [
        "ready.",
        f"  desk             {desk}",
        f"  customer's page  {desk}site/",
        f"  log-ins          {', '.join(others)}, {agents[0]} to {agents[-1]}; the password of each is {SAMPLE_PASSWORD}",
        f"  telephones       SIP at {'127.0.0.1' if installation.is_local else installation.host}:{installation.sip_port}"
        f" (UDP, TCP); the service number is {organisation.SERVICE_NUMBER}",
        "  try this         1. sign in as agent1 on the desk, allow the microphone, choose ready;",
        "                   2. open the customer's page in a second window and call;",
        "                   3. press 1 on its keypad, answer on the desk, talk, hang up, finish the after-call work;",
        "                   4. sign in as lead in a third window: queues, agents, the call's history and its recording.",
        *_traffic_lines(installation),
    ]


def _traffic_lines(installation: Installation) -> list[str]:
    if installation.calls_per_minute > 0:
        rate = f"{installation.calls_per_minute:g} customers call each minute, simulated agents answer"
        return [f"  simulated        {rate} (--calls-per-minute 0 ends it)"]
    return ["  simulated calls  start with --calls-per-minute 6 to see the live view move by itself"]


def _first_administrator(installation: Installation, say: Say) -> None:
    from huying.processes import first_administrator

    try:
        if not first_administrator.is_needed(load_settings(installation.folder)):
            return
    except HuyingError as error:
        say(error.message)
        return
    if sys.stdin.isatty():
        first_administrator.ask_until_made(installation.folder, say)
    else:
        say(f"no administrator yet: run 'huying create-administrator --data {installation.folder}' in a terminal")


@contextlib.contextmanager
def terminal_kept() -> Iterator[None]:
    """Puts the terminal back as it was: a question for a password may have been interrupted."""
    before = termios.tcgetattr(sys.stdin) if sys.stdin.isatty() else None
    try:
        yield
    finally:
        if before is not None:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
