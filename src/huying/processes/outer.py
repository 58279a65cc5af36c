"""What stays in the terminal: keeps the supervisor alive, shows how far the start is, and ends everything on Ctrl-C.

Small on purpose. The supervisor may be killed: it is started again and adopts the children. This one may be killed too: all goes
on, and the next `up` takes the supervisor over, or `stop` ends it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from huying.foundation.errors import Conflict
from huying.processes import identity
from huying.processes.log_files import tail
from huying.processes.plan import Phase
from huying.processes.supervisor import private_folders

LOOK_SECONDS = 0.1
CALM_LOOK_SECONDS = 0.5
TOLD_AFTER_FAILURES = 3
Say = Callable[[str], None]


class AlreadyRunning(Conflict):
    """Huying runs already on this data folder: `huying stop` ends it."""

    code = "already-running"


class Outer:
    """One run of `up` or `demo`. `supervisor` is the command line of the supervisor; `say` shows a line to the person."""

    def __init__(self, folder: Path, supervisor: Sequence[str], say: Say, when_ready: Callable[[], None]) -> None:
        self._run_folder, self._log_folder = private_folders(folder)
        self._supervisor = tuple(supervisor)
        self._say = say
        self._when_ready = when_ready
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._woken = threading.Event()
        self._shown: dict[str, str] = {}
        self._complained: set[str] = set()
        self._was_ready = False
        self._started_at = time.monotonic()

    def run(self) -> int:
        """Returns 0 when all was ended as asked, 1 when it could not be started; raises `AlreadyRunning`."""
        with identity.sole(self._run_folder / "outer.lock") as alone:
            if not alone:
                raise AlreadyRunning
            identity.write_record(self._run_folder / "outer.json", os.getpid())
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, self._ask_to_end)
            return self._keep_alive()

    def _keep_alive(self) -> int:
        deaths = 0
        while True:
            begun = time.monotonic()
            status = self._watch_one()
            if status == 0:
                return 0
            deaths = deaths + 1 if time.monotonic() - begun < 10 else 1
            if deaths >= 3 and not self._was_ready:
                last = tail(self._log_folder / "supervisor.log", 1)
                self._say(
                    f"the supervisor does not start: {last[0] if last else 'no reason given'} ({self._log_folder / 'supervisor.log'})"
                )
                return 1
            self._woken.wait(0 if deaths == 1 else min(0.5 * 2**deaths, 10))

    def _watch_one(self) -> int:
        """Starts or takes over a supervisor and returns its exit status; of one that was taken over, 0 when nothing runs any more."""
        record = self._run_folder / "supervisor.json"
        if identity.read_record(record) is None:
            self._start()
        asked_at = 0.0
        while True:
            status = self._process.poll() if self._process else None
            if status is not None:
                self._process = None
                return status
            supervisor = identity.read_record(record)
            if self._process is None and supervisor is None:
                return 0 if self._stopping and not self._anything_left() else 1
            if self._stopping and time.monotonic() - asked_at > 5:
                asked_at = time.monotonic()
                self._signal_supervisor(supervisor)
            self._show()
            self._woken.wait(CALM_LOOK_SECONDS if self._was_ready else LOOK_SECONDS)
            self._woken.clear()

    def _start(self) -> None:
        argv = (*self._supervisor, "--stop") if self._stopping else self._supervisor
        handle = os.open(self._log_folder / "supervisor.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as output:
            self._process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)

    def _signal_supervisor(self, supervisor: identity.Identity | None) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
        elif supervisor is not None:
            os.kill(supervisor.pid, signal.SIGTERM)

    def _ask_to_end(self, *_: object) -> None:
        if not self._stopping:
            self._stopping = True
            self._say("ending everything ...")
        self._woken.set()

    def _anything_left(self) -> bool:
        return any(identity.is_held(lock) for lock in self._run_folder.glob("*.lock") if lock.stem not in ("outer", "supervisor"))

    def _show(self) -> None:
        children = read_state(self._run_folder)
        for name, child in children.items():
            phase = str(child.get("phase"))
            if not self._was_ready and phase in (Phase.READY, Phase.DONE) and self._shown.get(name) != phase:
                self._say(f"  {name} {phase} ({time.monotonic() - self._started_at:.1f} s)")
            self._shown[name] = phase
            self._complain(name, child)
        if not self._was_ready and children and all(child.get("phase") in (Phase.READY, Phase.DONE) for child in children.values()):
            self._was_ready = True
            self._when_ready()

    def _complain(self, name: str, child: dict[str, object]) -> None:
        failures = child.get("failures")
        if isinstance(failures, int) and failures >= TOLD_AFTER_FAILURES and name not in self._complained:
            self._complained.add(name)
            log = Path(str(child.get("log")))
            last = tail(log, 1)
            self._say(f"{name} ended {failures} times and is tried again: {last[0] if last else 'it says nothing'} ({log})")
        elif failures == 0:
            self._complained.discard(name)


def read_state(run_folder: Path) -> dict[str, dict[str, object]]:
    """How the children stood when a living supervisor wrote it last; empty when none has."""
    try:
        state = json.loads((run_folder / "state.json").read_text())
    except (OSError, ValueError):
        return {}
    if identity.identity_of(int(state.get("supervisor", 0))) is None:
        return {}
    return dict(state.get("children", {}))


def stop(folder: Path, supervisor: Sequence[str], seconds: float = 90.0) -> bool:
    """Ends everything that runs on this data folder; False when nothing ran. Raises `Conflict` when it does not end in time."""
    run_folder, _ = private_folders(folder)
    ran = False
    deadline = time.monotonic() + seconds
    for name in ("outer", "supervisor"):
        while (found := identity.read_record(run_folder / f"{name}.json")) is not None:
            if not ran:
                os.kill(found.pid, signal.SIGTERM)
            ran = True
            if time.monotonic() > deadline:
                raise Conflict(f"The {name} (process {found.pid}) does not end: see {folder / 'logs'}.")
            time.sleep(LOOK_SECONDS)
    if any(identity.is_held(lock) for lock in run_folder.glob("*.lock")):
        ran = True
        subprocess.run((*supervisor, "--stop"), check=True, timeout=seconds)
    return ran
