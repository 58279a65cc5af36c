"""How a program of ours is run: what to start, as whom, and how one sees that it is ready. Starting and watching is the supervisor's."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from huying.foundation.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run. `env` is the whole environment; `user` is None for our own. `ready` answers within a second and never raises."""

    name: str
    argv: tuple[str, ...]
    cwd: Path
    ready: Callable[[], bool] = field(repr=False)
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0


def unprivileged_user() -> str | None:
    """The user that servers run as which refuse root: `huying` where it exists, else `nobody`; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("huying", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise Unavailable("PostgreSQL does not run as root and there is no user 'huying' or 'nobody': make one with 'useradd --system huying'")


def clean_environment() -> dict[str, str]:
    """The little of our environment that a server needs."""
    kept = {name: os.environ[name] for name in ("PATH", "TZ", "TMPDIR") if name in os.environ}
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **kept}


def free_port(wanted: int = 0) -> int:
    """The wanted TCP port of 127.0.0.1 if nobody listens there, else a free one."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Unavailable("no TCP port is free on 127.0.0.1")


def start(program: Program, log: Path | None = None) -> subprocess.Popen[bytes]:
    """Start it in a session of its own, so that a Ctrl-C in the terminal does not reach it; output goes to the log."""
    group = pwd.getpwnam(program.user).pw_gid if program.user else None
    target = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            program.argv,
            cwd=program.cwd,
            env=dict(program.env),
            user=program.user,
            group=group,
            extra_groups=[] if program.user else None,
            stdin=subprocess.DEVNULL,
            stdout=target or subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    finally:
        if target:
            target.close()


def stop(program: Program, process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; kill it when it does not in time."""
    if process.poll() is None:
        process.send_signal(program.stop_signal)
        try:
            process.wait(program.stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


@contextmanager
def running(program: Program, log: Path | None = None, ready_seconds: float = 30.0) -> Iterator[subprocess.Popen[bytes]]:
    """The program, started and ready, for the length of the block. Raises Unavailable when it does not become ready."""
    process = start(program, log)
    try:
        wait_ready(program, process, ready_seconds)
        yield process
    finally:
        stop(program, process)


def wait_ready(program: Program, process: subprocess.Popen[bytes], seconds: float) -> None:
    """Return when the program is ready; raise Unavailable when it ended or the time is over."""
    deadline = time.monotonic() + seconds
    while not program.ready():
        if process.poll() is not None:
            raise Unavailable(f"{program.name} ended at once with code {process.returncode}: its log says why")
        if time.monotonic() > deadline:
            raise Unavailable(f"{program.name} is not ready after {seconds:g} s: its log says why")
        time.sleep(0.02)
