"""The figures of the queue's bench: what counts as failed, which pairs are judged, and whose processor time is counted."""

from __future__ import annotations

import os
import subprocess
import sys

from bench.queue_run.cpu import cpu_seconds, machine
from bench.queue_run.figures import NEVER, Measured, Pair, figures, table
from bench.queue_run.parties import Load, Seen

GOOD = Seen(called=1.0, entered=1.01, rung=1.03, rings=1, talked=1.6, over=9.0)


def measured(side: str, rate: float, *seen: Seen, asterisk: float = 1.0, sound: bool = False, **others: float) -> Measured:
    spent = {"asterisk": asterisk, **others}
    by_number = {str(number): one for number, one in enumerate(seen or (GOOD,) * 100)}
    return Measured(side, Load(1, rate, 10, sound), by_number, spent, dict.fromkeys(spent, 0.01), 10.0)


def pair(rate: float, ours: Measured | None = None, theirs: Measured | None = None) -> Pair:
    return Pair(ours or measured("huying", rate), theirs or measured("app_queue", rate))


def test_a_call_without_agent_or_without_end_has_failed() -> None:
    one = measured("huying", 2, GOOD, Seen(called=1.0, entered=1.1), Seen(called=1, entered=1.1, rung=1.2, talked=1.7), Seen())
    assert one.failed == 3
    assert measured("huying", 2, Seen()).ring_milliseconds(0.5) == NEVER


def test_ring_time_counts_from_the_answer_or_from_the_call() -> None:
    slow = Seen(called=1.0, entered=1.1, rung=1.4, talked=2, over=9)
    one = measured("huying", 2, *[GOOD] * 98, slow, slow)
    assert round(one.ring_milliseconds(0.5)) == 20
    assert round(one.ring_milliseconds(0.99)) == 300
    assert round(one.ring_milliseconds(0.5, from_call=True)) == 30


def test_judged_is_ten_calls_a_second_without_sound() -> None:
    ours = measured("huying", 10, asterisk=1.2, voice=1.0, postgres=0.5)
    loud = pair(10, measured("huying", 10, asterisk=9.0, sound=True), measured("app_queue", 10, sound=True))
    found = figures([pair(2), pair(10, ours), pair(20), loud])
    assert (found["judged_calls_per_second"], found["failed"]) == (10, 0)
    assert (found["asterisk_cpu_ratio"], found["total_cpu_ratio"]) == (1.2, 2.7)
    assert found["asterisk_cpu_ratio_above_idle"] == round(1.1 / 0.9, 3)
    assert "| without | 10 | Huying | 100 | 100.0 % | 0 | 20.0 / 20.0 |" in table([pair(10, ours)])


def test_failures_count_up_to_ten_where_app_queue_had_none() -> None:
    failing, refused = measured("huying", 5, GOOD, Seen()), measured("app_queue", 5, GOOD, Seen())
    assert figures([pair(5, failing)])["failed"] == 1
    assert figures([pair(2), pair(5, failing, refused), pair(20, measured("huying", 20, Seen()))])["failed"] == 0
    assert figures([pair(5, failing, refused)])["failed"] == 1


def test_time_of_children_counts_also_after_their_end() -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    before = cpu_seconds([os.getpid()])
    subprocess.run((sys.executable, "-c", burn), check=True)
    assert cpu_seconds([os.getpid()]) - before >= 0.25
    assert "cores" in machine()
