"""The whole product as a person starts it: `huying demo` in a folder of its own, on ports of its own, ended with its test."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from huying.foundation.settings import Settings, load_settings
from huying.processes import identity
from huying.processes.installation import Installation, load_installation
from huying.processes.outer import read_state
from huying.processes.program import free_port

SOURCES = Path(__file__).resolve().parents[2] / "src"


class RunningHouse:
    """A running demo. Processes are named as in `huying status`; `outer` and `supervisor` too."""

    def __init__(self, folder: Path, rtp_ports: str = "21000-21999", *options: str, command: str = "demo") -> None:
        self.folder = folder
        self.port = free_port()
        self.said: list[str] = []
        self._words = (command, "--data", str(folder), "--port", str(self.port), "--rtp-ports", rtp_ports, *options)
        self._start()

    def _start(self) -> None:
        self.process = subprocess.Popen(
            (sys.executable, "-m", "huying.cli", *self._words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        with process.stderr:
            for line in process.stderr:
                self.said.append(line.rstrip())

    @property
    def url(self) -> str:
        """The address of the pages, without a slash at the end."""
        return self.installation.origin

    @property
    def settings(self) -> Settings:
        """What voice and web are told."""
        return load_settings(self.folder)

    @property
    def installation(self) -> Installation:
        """Ports and choices."""
        found = load_installation(self.folder)
        assert found is not None
        return found

    def pid(self, name: str) -> int:
        """The process's number; 0 when it does not run."""
        found = identity.read_record(self.folder / "run" / f"{name}.json")
        return found.pid if found else 0

    def kill(self, name: str) -> int:
        """kill -9; returns the number it had."""
        pid = self.pid(name)
        assert pid, f"{name} does not run"
        os.kill(pid, signal.SIGKILL)
        return pid

    def is_ready(self) -> bool:
        """Whether every process is ready."""
        state = read_state(self.folder / "run")
        return bool(state) and all(child["phase"] in ("ready", "done") for child in state.values())

    def wait_ready(self, seconds: float = 120.0) -> None:
        """Until everything is ready; fails with what was said and the logs' ends."""
        self.until(self.is_ready, seconds)

    def wait_back(self, name: str, before: int, seconds: float = 60.0) -> None:
        """Until a killed process runs again under another number, and everything is ready."""
        self.until(lambda: self.pid(name) not in (0, before), seconds)
        self.wait_ready(seconds)

    def until(self, question: Callable[[], object], seconds: float) -> None:
        """Until the answer is yes."""
        deadline = time.monotonic() + seconds
        while not question():
            assert time.monotonic() < deadline and self.process.poll() is None, self.story()
            time.sleep(0.05)

    def story(self) -> str:
        """What was said, and the last lines of each log."""
        logs = sorted((self.folder / "logs").glob("*.log"))
        ends = [f"--- {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-8:]) for path in logs]
        return "\n".join([*self.said, *ends])

    def interrupt(self, seconds: float = 90.0) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(seconds)

    def restart(self) -> None:
        """The same command again, after an end."""
        self.process.wait(60)
        self.said.clear()
        self._start()

    def leftovers(self) -> list[str]:
        """Command lines of processes that still have to do with this folder."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                with contextlib.suppress(OSError):
                    words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    if str(self.folder) in words:
                        found.append(words)
        return found

    def close(self) -> None:
        """Ends everything, whatever state it is in."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        subprocess.run(
            (sys.executable, "-m", "huying.cli", "stop", "--data", str(self.folder)),
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            check=True,
            timeout=120,
        )
        self.process.wait(60)


@contextlib.contextmanager
def running_house(folder: Path, rtp_ports: str = "21000-21999", *options: str, command: str = "demo") -> Iterator[RunningHouse]:
    """A demo (or `up`), ready, for the length of the block. `folder` must be one that other users may pass through (fixture `ground`)."""
    house = RunningHouse(folder, rtp_ports, *options, command=command)
    try:
        house.wait_ready()
        yield house
    finally:
        house.close()
        assert house.leftovers() == []
