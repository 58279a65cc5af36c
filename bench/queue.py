"""`./huying bench queue`: the same callers and agents at Huying's queue and at Asterisk's own `app_queue`, on this machine, in one run.

Method. Two Asterisks of one build and one configuration run side by side: one with the product (voice process, PostgreSQL with the
journal, NATS; started as the supervisor starts them), one with a dialplan of three lines around `app_queue` (strategy `leastrecent`,
which is "longest idle"). Both have the same 200 endpoints and the same trunk, made by the product's own code; all agents' telephones
are one sipp that answers after half a second, all callers another. For each rate the same number of calls goes to one side and then to
the other, and which is first alternates. A caller talks for 8 s from being answered and hangs up. Recording is off on both sides.

A call is answered when an agent talked with the caller until he hung up; everything else has failed. Ring time is measured at the SIP
side, alike on both: from the caller's 200 (both queues are entered in that moment) to the INVITE at an agent's telephone, matched by
the caller's number; "call to ring" counts from the caller's INVITE. The dialplan's `Answer()` waits for the caller's first packet of
sound before it goes on to the queue, and that is in app_queue's ring time; so look at ours alone too (`ring_p99_ms`).

Processor time is user and system time of the process trees from /proc, from before the first call until the last has ended, divided
by the calls; it contains what a process spends without calls, and `asterisk_cpu_ratio_above_idle` does not. With sound, the caller
sends A-law every 20 ms and the agent's end echoes it; without, the caller sends two packets when he is answered and nothing more.

A few calls to each side come first and do not count. Everything listens on 127.0.0.1 in a temporary folder; it stops by itself and
leaves nothing behind.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bench.pages.measured import write
from bench.queue_run.app_queue import app_queue_side
from bench.queue_run.cpu import machine
from bench.queue_run.figures import Measured, Pair, figures, table
from bench.queue_run.huying_side import huying_side
from bench.queue_run.parties import CALL_SECONDS, AgentsPhones, Load, calling, seen_of, start_phones, stop_phones, wait_over
from bench.queue_run.side import Ground, Side

from huying.foundation.logging import set_up_logging
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import free_port
from huying.processes.start import ensure_runtime

AGENTS = 200
RATES = (2.0, 5.0, 10.0, 20.0)
IDLE_SECONDS = 10.0
SETTLE_SECONDS = 1.5
FIRST_SOUND_PORT = 40000


def main() -> int:
    """Run it; 0 when no call failed that should not have."""
    parsed = _options()
    set_up_logging("bench", as_json=False)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before its time"))  # so that everything is ended with it
    if not shutil.which("sipp"):
        sys.exit("bench queue needs sipp: install it (Debian: apt-get install sip-tester)")
    rates, seconds = ((2.0, 10.0), 10) if parsed.quick else (parsed.rates, parsed.seconds)
    with_sound = seconds if parsed.quick else parsed.sound_seconds or seconds
    sounds = {"no": (False,), "yes": (True,), "both": (False, True)}["no" if parsed.quick and not parsed.sound else parsed.sound or "both"]
    with _ground() as ground, _sides(ground) as sides:
        pairs, number = [], count(1)
        for side in sides[:2]:
            _measure(ground, side, sides[2], Load(next(number), 5, 3, sound=False), {})
        idle = _idle(sides)
        for sound in sounds:
            for place, rate in enumerate(rates):
                pairs.append(_measure_both(ground, sides, idle, (rate, with_sound if sound else seconds, sound), number, place))
                _say(_short(pairs[-1]))
    found = figures(pairs)
    text = f"{_circumstances(seconds, with_sound)}\n\n{table(pairs)}\n"
    print(text)
    if parsed.write:
        write("queue", text)
    print(json.dumps(found))
    return 0 if found["failed"] == 0 else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="huying bench queue", description="Huying's queue against Asterisk's own app_queue.")
    parser.add_argument("--seconds", type=int, default=60, help="how long each rate lasts (default 60)")
    parser.add_argument("--sound-seconds", type=int, default=0, help="how long each rate with sound lasts (default: as the others)")
    rates = lambda text: tuple(float(rate) for rate in text.split(","))  # noqa: E731
    parser.add_argument("--rates", type=rates, default=RATES, help="calls a second, with commas between (default 2,5,10,20)")
    parser.add_argument("--sound", choices=("no", "yes", "both"), help="callers and agents send sound (default both)")
    parser.add_argument("--quick", action="store_true", help="2 and 10 calls/s for 10 s each, without sound: two minutes")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured.md")
    return parser.parse_args()


@contextmanager
def _ground() -> Iterator[Ground]:
    folder = Path(tempfile.mkdtemp(prefix="huying-bench-"))
    folder.chmod(0o711)
    agents = [f"agent{number:03d}" for number in range(AGENTS)]
    try:
        yield Ground(folder, free_port(), free_port(), FIRST_SOUND_PORT, agents)
    finally:
        shutil.rmtree(EmbeddedPostgres(folder / "huying" / "postgres").folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _sides(ground: Ground) -> Iterator[tuple[Side, Side, AgentsPhones]]:
    """Both sides with the agents' telephones, ready."""
    runtime = ensure_runtime(_say)
    phones = AgentsPhones(ground.phones_port, ground.folder / "agents.log")
    with ExitStack() as stack:
        _say("starting the product with 200 agents, and app_queue beside it")
        huying = stack.enter_context(huying_side(ground, runtime))
        stack.callback(stop_phones, phones)
        start_phones(phones, ground.folder, FIRST_SOUND_PORT + 2000)
        yield huying, stack.enter_context(app_queue_side(ground, runtime.asterisk)), phones


def _idle(sides: tuple[Side, Side, AgentsPhones]) -> dict[str, dict[str, float]]:
    """What each process spends in a second without calls."""
    time.sleep(SETTLE_SECONDS)
    before = {side.name: side.spent() for side in sides[:2]}
    time.sleep(IDLE_SECONDS)
    return {
        side.name: {name: (spent - before[side.name][name]) / IDLE_SECONDS for name, spent in side.spent().items()} for side in sides[:2]
    }


def _measure_both(
    ground: Ground,
    sides: tuple[Side, Side, AgentsPhones],
    idle: dict[str, dict[str, float]],
    what: tuple[float, int, bool],
    number: Iterator[int],
    place: int,
) -> Pair:
    """The same load on both; the product begins at even places."""
    done: dict[str, Measured] = {}
    for side in sides[:2] if place % 2 == 0 else sides[1::-1]:
        done[side.name] = _measure(ground, side, sides[2], Load(next(number), *what), idle[side.name])
    return Pair(done["huying"], done["app_queue"])


def _measure(ground: Ground, side: Side, phones: AgentsPhones, load: Load, idle: dict[str, float]) -> Measured:
    before, began = side.spent(), time.monotonic()
    with calling(load, ground.folder, side.sip_port, ground.callers_port, FIRST_SOUND_PORT + 2100) as process:
        wait_over(process, load)
    time.sleep(SETTLE_SECONDS)
    spent = {name: spent - before[name] for name, spent in side.spent().items()}
    return Measured(side.name, load, seen_of(load, ground.folder, phones), spent, idle, time.monotonic() - began)


def _short(pair: Pair) -> str:
    ours, theirs, sound = pair.huying, pair.app_queue, "with" if pair.load.sound else "without"
    return (
        f"{pair.load.per_second:g} calls/s {sound} sound: failed {ours.failed} (app_queue {theirs.failed}), ring p99 "
        f"{ours.ring_milliseconds(0.99):.0f} ms ({theirs.ring_milliseconds(0.99):.0f}), Asterisk's time x{pair.asterisk_ratio():.2f}"
    )


def _circumstances(seconds: int, with_sound: int) -> str:
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    version = ".".join(str(part) for part in ensure_runtime(_say).asterisk.version())
    programs = f"Asterisk {version}, Python {platform.python_version()}"
    lengths = f"each rate for {seconds} s without sound and {with_sound} s with; calls of {CALL_SECONDS} s"
    return f"{when}; {machine()}; {programs}; {AGENTS} agents; {lengths}."


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
