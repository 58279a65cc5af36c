"""Real processes: start, kill the supervisor, kill a child, kill the outer loop, end; nothing twice, nothing left."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huying.processes import identity
from huying.processes.log_files import rotate, tail
from huying.processes.outer import read_state, stop

HERE = Path(__file__).parent
HOUSE = (sys.executable, str(HERE / "trivial_house.py"))


def until(question: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


class Running:
    """A trivial outer loop with its supervisor and children."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run_folder = folder / "run"
        self.outer = self.begin()

    def begin(self) -> "subprocess.Popen[str]":
        argv = (sys.executable, str(HERE / "trivial_outer.py"), str(self.folder))
        return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def pid(self, name: str) -> int:
        found = identity.read_record(self.run_folder / f"{name}.json")
        return found.pid if found else 0

    def ready(self) -> bool:
        state = read_state(self.run_folder)
        return bool(state) and all(child["phase"] in ("ready", "done") for child in state.values())

    def said_ready(self) -> bool:
        assert self.outer.stdout is not None
        return "all ready" in self.outer.stdout.readline()

    def helper(self, name: str) -> int:
        return int((self.folder / f"{name}.ready").read_text())

    def nothing_left(self) -> bool:
        return not any(identity.is_held(lock) for lock in self.run_folder.glob("*.lock"))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    house = Running(tmp_path)
    try:
        until(house.said_ready)
        yield house
    finally:
        stop(tmp_path, (*HOUSE, str(tmp_path)))
        house.outer.wait(20)
        assert house.outer.stdout is not None
        house.outer.stdout.close()


def test_ctrl_c_ends_all_and_leaves_nothing(running: Running) -> None:
    helper = running.helper("second")
    running.outer.send_signal(signal.SIGINT)
    assert running.outer.wait(20) == 0
    assert running.nothing_left()
    assert identity.identity_of(helper) is None


def test_a_killed_supervisor_comes_back_and_adopts(running: Running) -> None:
    first, second, supervisor = running.pid("first"), running.pid("second"), running.pid("supervisor")
    os.kill(supervisor, signal.SIGKILL)
    until(lambda: running.pid("supervisor") not in (0, supervisor))
    until(running.ready)
    assert (running.pid("first"), running.pid("second")) == (first, second)
    state = json.loads((running.run_folder / "state.json").read_text())["children"]
    assert state["first"]["adopted"] and state["first"]["starts"] == 0


def test_a_killed_child_comes_back_and_what_it_left_is_cleared(running: Running) -> None:
    second, helper = running.pid("second"), running.helper("second")
    os.kill(second, signal.SIGKILL)
    until(lambda: running.pid("second") not in (0, second))
    until(running.ready)
    assert identity.identity_of(helper) is None


def test_killed_supervisor_and_child_together(running: Running) -> None:
    first, second = running.pid("first"), running.pid("second")
    os.kill(running.pid("supervisor"), signal.SIGKILL)
    os.kill(second, signal.SIGKILL)
    until(lambda: running.pid("second") not in (0, second))
    until(running.ready)
    assert running.pid("first") == first


def test_a_killed_outer_loop_harms_nothing_and_the_next_takes_over(running: Running) -> None:
    first, supervisor = running.pid("first"), running.pid("supervisor")
    running.outer.kill()
    running.outer.wait()
    assert running.outer.stdout is not None
    running.outer.stdout.close()
    assert identity.identity_of(supervisor)
    running.outer = running.begin()
    until(running.said_ready)
    assert (running.pid("first"), running.pid("supervisor")) == (first, supervisor)
    running.outer.send_signal(signal.SIGTERM)
    assert running.outer.wait(20) == 0
    assert running.nothing_left()


def test_stop_ends_what_nobody_watches(running: Running) -> None:
    for process in (running.outer.pid, running.pid("supervisor")):
        os.kill(process, signal.SIGKILL)
    running.outer.wait()
    assert not running.nothing_left()
    assert stop(running.folder, (*HOUSE, str(running.folder)))
    assert running.nothing_left()
    assert not stop(running.folder, (*HOUSE, str(running.folder)))


def test_a_second_outer_loop_refuses(running: Running) -> None:
    second = running.begin()
    output, _ = second.communicate(timeout=20)
    assert second.returncode != 0
    assert "runs already" in output


def test_run_and_logs_are_private(running: Running) -> None:
    for folder in (running.run_folder, running.folder / "logs"):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_a_grown_log_is_cut_while_its_writer_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    with path.open("ab", buffering=0) as writer:
        writer.write(b"old line\n" * 100)
        assert rotate(path, limit_bytes=500, kept=2)
        writer.write(b"new line\n")
    assert path.read_bytes() == b"new line\n"
    assert tail(path.with_name("x.log.1"), 1) == ["old line"]
