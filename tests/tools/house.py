"""The whole product as a person starts it: `huying demo` in a folder of its own, on ports of its own, ended with its test."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from huying.foundation.settings import Settings, load_settings
from huying.processes import identity
from huying.processes.edge import served_folder
from huying.processes.installation import Installation, load_installation
from huying.processes.outer import read_state
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import free_port, unprivileged_user
from huying.sample.load import SAMPLE_PASSWORD
from huying.sample.organisation import SERVICE_NUMBER

SOUND_PORTS = 600
SOURCES = Path(__file__).resolve().parents[2] / "src"


class House:
    """A running demo. `process` is the one that a person would have started in a terminal.

    Processes are named as in `huying status`; `outer` and `supervisor` too.
    """

    service_number = SERVICE_NUMBER
    password = SAMPLE_PASSWORD

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port, self.sip_port, first = free_port(), free_port(), free_udp_ports(SOUND_PORTS)
        self.said: list[str] = []
        chosen = ("--port", str(self.port), "--sip-port", str(self.sip_port), "--rtp-ports", f"{first}-{first + SOUND_PORTS - 1}")
        self._words = ("demo", "--data", str(folder), *chosen, *options)
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
    def address(self) -> str:
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

    def wait_ready(self, seconds: float = 180.0) -> None:
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
        ends = [f"--- {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-20:]) for path in logs]
        return "\n".join([*self.said, *ends])

    def interrupt(self, seconds: float = 120.0) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"not ended within {seconds} s\n{self.story()}") from None

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
        """Ends everything, whatever state it is in; removes what lies outside the folder because its user could not get there."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        words = (sys.executable, "-m", "huying.cli", "stop", "--data", str(self.folder))
        subprocess.run(words, env={**os.environ, "PYTHONPATH": str(SOURCES)}, check=True, timeout=120, capture_output=True)
        self.process.wait(60)
        for place in (EmbeddedPostgres(self.folder / "postgres").folder, served_folder(self.folder / "edge", unprivileged_user())):
            shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def running_house(folder: Path, *options: str) -> Iterator[House]:
    """`huying demo` with further options, ready to take calls, for the length of the block. Nothing of it is left afterwards.

    The folder must be new: two houses in one would be one.
    """
    folder.mkdir(parents=True)
    house = House(folder, *options)
    try:
        house.wait_ready()
        yield house
    finally:
        house.close()
        assert house.leftovers() == []


def free_udp_ports(count: int = 200) -> int:
    """The first of `count` UDP ports in a row, most likely free: the ends are tried."""
    for first in range(21000, 60000, 400):
        with socket.socket(type=socket.SOCK_DGRAM) as low, socket.socket(type=socket.SOCK_DGRAM) as high:
            try:
                low.bind(("0.0.0.0", first))
                high.bind(("0.0.0.0", first + count - 1))
            except OSError:
                continue
            return first
    raise RuntimeError("no free UDP ports")
