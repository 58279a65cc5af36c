"""`huying doctor`: what is missing or wrong on this machine and in this installation, and how each thing is mended."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from huying.foundation.errors import HuyingError
from huying.foundation.heartbeat import is_beating
from huying.processes import identity
from huying.processes.children import CHECKOUT, House, http_status
from huying.processes.installation import Installation, load_installation
from huying.processes.ports import outer_ports, taken_datagram_ports, why_taken
from huying.processes.program import Program
from huying.processes.runtime import Runtime, find_runtime

CLOCK_UNSYNCHRONISED = 5
LITTLE_DISK_BYTES = 5_000_000_000
NO_DISK_BYTES = 500_000_000
ENOUGH_FILES = 4096
ENOUGH_MEMORY_KIB = 1_800_000


class Level(StrEnum):
    """How bad it is."""

    WELL = "well"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` says what to do about it."""

    level: Level
    what: str
    mend: str = ""


def examine(folder: Path) -> Iterator[Finding]:
    """Every finding, one after the other; takes a few seconds."""
    yield from _machine(folder)
    runtime = None
    try:
        runtime = find_runtime()
    except HuyingError as error:
        yield Finding(Level.WRONG, "telephone engine, edge", f"{error.message} 'huying runtime' fetches them.")
    else:
        yield from _programs(runtime)
    installation = load_installation(folder)
    if installation is None:
        yield Finding(
            Level.NOTE, f"no installation in {folder} yet", "'huying demo' or 'huying up' makes one; --data or --demo names another."
        )
        return
    yield Finding(Level.WELL, f"inner ports on 127.0.0.1: web {installation.web_port}, Asterisk {installation.asterisk_port}")
    running = identity.is_held(folder / "run" / "outer.lock") or identity.is_held(folder / "run" / "supervisor.lock")
    if not running:
        yield from _ports(installation)
        yield Finding(Level.NOTE, "nothing runs", f"start it with 'huying {'demo' if installation.demo else 'up'}'.")
    elif runtime is not None:
        yield from _running(folder, installation, runtime)
    yield from _browsers(installation)


def report(folder: Path, show: Callable[[str], None]) -> int:
    """Shows the findings; 1 when something is wrong."""
    worst = 0
    for finding in examine(folder):
        show(f"{finding.level:5}  {finding.what}" + (f"\n       -> {finding.mend}" if finding.mend else ""))
        worst = max(worst, finding.level is Level.WRONG)
    return int(worst)


def _machine(folder: Path) -> Iterator[Finding]:
    yield Finding(Level.WELL, f"Python {sys.version.split()[0]}")
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    level = Level.WRONG if free < NO_DISK_BYTES else Level.NOTE if free < LITTLE_DISK_BYTES else Level.WELL
    mend = "" if level is Level.WELL else "make room: an hour of recorded talk needs about 115 MB."
    yield Finding(level, f"{free / 1e9:.1f} GB free for {folder}", mend)
    memory = int(next(line.split()[1] for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal")))
    yield Finding(*((Level.WELL, f"{memory // 1024} MB of memory") if memory > ENOUGH_MEMORY_KIB else _note_memory(memory)))
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if 0 <= files < ENOUGH_FILES:
        yield Finding(
            Level.NOTE, f"at most {files} open files a process", "for more than about 200 calls raise the hard limit (ulimit -Hn)."
        )
    if ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(256)) == CLOCK_UNSYNCHRONISED:
        yield Finding(
            Level.NOTE, "the clock is not kept by a time service", "install chrony or systemd-timesyncd: reports and log-ins need the time."
        )
    else:
        yield Finding(Level.WELL, "the clock is kept by a time service")
    if os.geteuid() == 0:
        yield Finding(
            Level.NOTE, "running as root", "an ordinary user is enough, and better: only PostgreSQL and the edge's workers give root up."
        )
    pages = [name for name in ("desk", "widget") if not (CHECKOUT / "ui" / name / "dist" / "index.html").exists()]
    yield Finding(Level.WRONG, "pages are not built", "run './huying setup'.") if pages else Finding(Level.WELL, "pages are built")


def _note_memory(kibibytes: int) -> tuple[Level, str, str]:
    return Level.NOTE, f"{kibibytes // 1024} MB of memory", "2 GB or more are wanted."


def _programs(runtime: Runtime) -> Iterator[Finding]:
    version = ".".join(map(str, runtime.asterisk.version()))
    if version:
        yield Finding(Level.WELL, f"Asterisk {version} ({'private runtime' if runtime.root else 'of this machine'})")
    else:
        yield Finding(Level.WRONG, "Asterisk does not start", f"remove {runtime.root} and run 'huying runtime'.")
    yield Finding(Level.WELL, f"nginx {runtime.nginx.version}")
    if runtime.turnserver is None:
        yield Finding(Level.NOTE, "no coturn", "needed only with --public-address: 'huying runtime' brings it.")


def _ports(installation: Installation) -> Iterator[Finding]:
    for port in outer_ports(installation):
        problem = why_taken(port)
        kind = "UDP" if port.datagram else "TCP"
        yield Finding(Level.WRONG, problem) if problem else Finding(Level.WELL, f"{kind} port {port.number} ({port.purpose}) is free")
    first, last = installation.rtp_first_port, installation.rtp_last_port
    taken = [number for number in taken_datagram_ports() if first <= number <= last]
    if len(taken) > (last - first) // 10:
        yield Finding(Level.WRONG, f"{len(taken)} of the UDP ports {first}-{last} for sound are taken", "choose others with --rtp-ports.")
    else:
        yield Finding(Level.WELL, f"UDP ports {first}-{last} for sound: room for {(last - first + 1 - len(taken)) // 4} two-legged calls")


def _running(folder: Path, installation: Installation, runtime: Runtime) -> Iterator[Finding]:
    house = House(installation, runtime)
    for child in house.children():
        if child.rule.task:
            continue
        name, log = child.rule.name, folder / "logs" / f"{child.rule.name}.log"
        if identity.read_record(folder / "run" / f"{name}.json") is None:
            yield Finding(Level.WRONG, f"{name} does not run", f"its log says why: {log}")
        elif not _answers(child.program()):
            yield Finding(Level.WRONG, f"{name} runs but does not answer", f"its log: {log}; the supervisor restarts what stays stuck.")
        else:
            yield Finding(Level.WELL, f"{name} runs and answers")
    if http_status(installation.web_port, "/health/ready") != 200:
        yield Finding(Level.WRONG, "web is not ready for work", "it needs database, NATS and voice: see the lines above.")
    if not is_beating(house.settings().beat_file("voice")):
        yield Finding(Level.WRONG, "voice shows no sign of life", f"its log: {folder / 'logs' / 'voice.log'}")


def _answers(program: Program) -> bool:
    return program.ready()


def _browsers(installation: Installation) -> Iterator[Finding]:
    if installation.is_local:
        yield Finding(
            Level.NOTE,
            f"only this machine can reach {installation.origin}",
            "browsers elsewhere give the microphone to HTTPS pages only: start with --host 0.0.0.0.",
        )
    elif not installation.certificate:
        yield Finding(
            Level.NOTE,
            "a certificate of our own making",
            "each browser warns once; give one it knows with --certificate and --key, or trust the made one.",
        )
    if not installation.is_local and not installation.has_turn:
        yield Finding(Level.NOTE, "no relay for sound", "people beyond this network need it: start with --public-address.")
