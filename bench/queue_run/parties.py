"""The people at both ends, played by sipp: callers who come in over the trunk, and one answering party for all agents' telephones.

Both write the times of what they see into logs; a call is known at both ends by its caller's number. Sound is A-law both ways: the
caller sends a file round and round, the agent's end sends back what it hears. Without sound the caller sends two packets and no more.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.queue_run.scenarios import AGENTS, CALLERS, SERVICE_NUMBER

from huying.processes.program import clean_environment

CALL_SECONDS = 8
ANSWER_AFTER_MILLISECONDS = 500
SECOND_BYTES = 8000
WORDS = frozenset({"called", "entered", "over", "rung", "talked"})
GREETING_BYTES = 320
"""Two packets. `Answer()` of the dialplan waits for the first one, up to half a second, before the queue is entered."""


@dataclass(slots=True)
class Seen:
    """What was seen of one call; times in seconds of the machine's clock, 0 when it did not happen."""

    called: float = 0.0
    entered: float = 0.0
    """The caller was answered: he is in the queue."""
    rung: float = 0.0
    """The INVITE came to an agent's telephone, the first of them."""
    rings: int = 0
    talked: float = 0.0
    over: float = 0.0
    """The caller has hung up after his time, and that was confirmed."""

    @property
    def went_well(self) -> bool:
        """An agent talked with the caller until he hung up."""
        return bool(self.talked and self.over)


@dataclass(frozen=True, slots=True)
class Load:
    """Callers of one measurement. `number` tells measurements of one run apart."""

    number: int
    per_second: float
    seconds: int
    sound: bool
    service: str = SERVICE_NUMBER
    talk_seconds: int = CALL_SECONDS
    known: int = 0
    """So many callers call again and again; 0: everybody calls once."""

    @property
    def calls(self) -> int:
        """How many calls that makes."""
        return max(1, round(self.per_second * self.seconds))

    def callers(self) -> list[str]:
        """A caller's number for each call, in eleven digits."""
        return [f"139{self.number:02d}{index % self.known if self.known else index:06d}" for index in range(self.calls)]


@dataclass
class AgentsPhones:
    """All agents' telephones at one port."""

    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def note(self, seen: dict[str, Seen]) -> None:
        """Add what the telephones saw of these calls."""
        for word, at, caller in _lines(self.log):
            if caller in seen and word == "rung":
                seen[caller].rings += 1
                seen[caller].rung = seen[caller].rung or at
            elif caller in seen and word == "talked":
                seen[caller].talked = at


def start_phones(phones: AgentsPhones, folder: Path, media_port: int) -> None:
    """Let the telephones answer from now on."""
    scenario = folder / "agents.xml"
    scenario.write_text(AGENTS.format(answer_after=ANSWER_AFTER_MILLISECONDS))
    command = ("sipp", "-sf", str(scenario), *_common(phones.port, media_port, phones.log), "-rtp_echo")
    phones.process = subprocess.Popen(
        command, cwd=folder, env=clean_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def stop_phones(phones: AgentsPhones) -> None:
    """End the answering party, if it runs."""
    if phones.process and phones.process.poll() is None:
        phones.process.kill()
        phones.process.wait()


@contextmanager
def calling(load: Load, folder: Path, sip_port: int, local_port: int, first_media_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The callers, for the length of the block; `wait_over` waits until the last has hung up."""
    scenario, numbers = folder / f"callers-{load.number}.xml", folder / f"callers-{load.number}.csv"
    sound = folder / f"sound-{load.number}.alaw"
    sound.write_bytes(bytes((0xD5, 0x55, 0x5A, 0xDA)) * ((SECOND_BYTES if load.sound else GREETING_BYTES) // 4))
    scenario.write_text(CALLERS.format(sound=sound, times=-1 if load.sound else 1, talk=load.talk_seconds * 1000))
    numbers.write_text("\n".join(["SEQUENTIAL", *(f"{caller};" for caller in load.callers())]) + "\n")
    command = (
        *("sipp", f"127.0.0.1:{sip_port}", "-sf", str(scenario), "-inf", str(numbers), "-s", load.service),
        *_common(local_port, first_media_port, _log_of(load, folder)),
        *("-m", str(load.calls), "-r", str(round(load.per_second * 10)), "-rp", "10000", "-l", str(load.calls + 1)),
        *("-timeout", str(load.seconds + load.talk_seconds + 100), "-recv_timeout", "90000"),
    )
    process = subprocess.Popen(
        command, cwd=folder, env=clean_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_over(process: subprocess.Popen[bytes], load: Load) -> None:
    """Wait until sipp has ended by itself, or for as long as it may take at most."""
    deadline = time.monotonic() + load.seconds + load.talk_seconds + 120
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)


def seen_of(load: Load, folder: Path, phones: AgentsPhones) -> dict[str, Seen]:
    """What both ends saw of each call of the load."""
    seen = {caller: Seen() for caller in load.callers()}
    for word, at, caller in _lines(_log_of(load, folder)):
        if caller in seen:
            setattr(seen[caller], word, at)
    phones.note(seen)
    return seen


def _log_of(load: Load, folder: Path) -> Path:
    return folder / f"callers-{load.number}.log"


def _common(port: int, media_port: int, log: Path) -> tuple[str, ...]:
    addresses = ("-i", "127.0.0.1", "-p", str(port), "-mi", "127.0.0.1", "-mp", str(media_port))
    return (*addresses, "-nostdin", "-trace_logs", "-log_file", str(log), "-trace_err", "-error_file", str(log.with_suffix(".errors")))


def _lines(log: Path) -> Iterator[tuple[str, float, str]]:
    """Word, time and caller of each line: the time is sipp's stamp, whose last field is seconds since 1970."""
    if not log.exists():
        return
    for line in log.read_text(errors="replace").splitlines():
        parts = line.split()
        if len(parts) >= 3 and parts[0] in WORDS and parts[-1].isdigit():  # a telephone may ring for somebody without a number
            yield parts[0], float(parts[-2]), parts[-1]
