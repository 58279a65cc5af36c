"""One child as the supervisor handles it: how it is started, seen, asked to end and cleared. Decides nothing: `plan` does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from huying.processes import identity, launch
from huying.processes.plan import Phase, Rule, Sight
from huying.processes.program import Program

PROBE_SECONDS = 0.1
STEADY_PROBE_SECONDS = 2.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Child:
    """What is to run: its rule, what must be made before a start, and the program, asked for again at each start."""

    rule: Rule
    program: Callable[[], Program]
    prepare: Callable[[], None] = lambda: None


class Handle:
    """One child between the supervisor's looks. Its probe runs in a thread, because a dead server may take its time to say so."""

    def __init__(self, child: Child, run_folder: Path, log_folder: Path) -> None:
        self.child = child
        self.name = child.rule.name
        self.log_file = log_folder / f"{self.name}.log"
        self._lock = run_folder / f"{self.name}.lock"
        self._record = run_folder / f"{self.name}.json"
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._probing: threading.Thread | None = None
        self._probed_at = 0.0

    @property
    def pid(self) -> int | None:
        """The number of the child's leader, if it runs."""
        if self._process is not None and self._process.returncode is None:
            return self._process.pid
        found = identity.read_record(self._record)
        return found.pid if found else None

    def start(self) -> None:
        """Starts the child in a session of its own, through the launcher that notes and locks it."""
        self._ready = False
        try:
            self.child.prepare()
            program = self.child.program()
            launcher = (sys.executable, "-I", "-S", launch.__file__, str(self._lock), str(self._record))
            with os.fdopen(os.open(self.log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
                self._process = subprocess.Popen(
                    (*launcher, program.user or "-", str(program.cwd), *program.argv),
                    env=dict(program.env),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        except Exception as error:
            log.exception("child-could-not-be-started", child=self.name)
            with self.log_file.open("a") as output:
                output.write(f"could not be started: {error}\n")

    def look(self, phase: Phase) -> Sight:
        """What is to be seen of the child now; starts a new probe when the last one is old."""
        status = self._process.poll() if self._process is not None else None
        leader = self._process is not None and status is None
        if status is not None:
            self._process = None
        leader = leader or identity.read_record(self._record) is not None
        if not leader:
            self._ready = False
            return Sight(remains=identity.is_held(self._lock), exit_status=status)
        self._probe(STEADY_PROBE_SECONDS if phase is Phase.READY else PROBE_SECONDS)
        return Sight(leader=True, remains=True, ready=self._ready)

    def ask_to_end(self) -> None:
        """Sends the stop signal of the program to its leader."""
        self._signal(self.pid, self.child.program().stop_signal)

    def kill(self) -> None:
        """Kills the leader, its group, and whoever else still holds the child's lock."""
        leader = self.pid
        if leader is not None:
            try:
                os.killpg(leader, signal.SIGKILL)
            except OSError:
                self._signal(leader, signal.SIGKILL)
        for pid in identity.holders(self._lock):
            self._signal(pid, signal.SIGKILL)

    def _signal(self, pid: int | None, number: signal.Signals) -> None:
        if pid is None:
            return
        try:
            os.kill(pid, number)
        except OSError as error:
            log.warning("child-not-signalled", child=self.name, pid=pid, reason=str(error))

    def _probe(self, every_seconds: float) -> None:
        if (self._probing is not None and self._probing.is_alive()) or time.monotonic() - self._probed_at < every_seconds:
            return
        self._probed_at = time.monotonic()
        self._probing = threading.Thread(target=self._run_probe, name=f"probe-{self.name}", daemon=True)
        self._probing.start()

    def _run_probe(self) -> None:
        try:
            self._ready = self.child.program().ready()
        except Exception as error:
            self._ready = False
            log.warning("probe-failed", child=self.name, reason=str(error))
