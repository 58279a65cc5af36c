"""Keeps the children running until it is told to end: looks, asks `plan`, does it, writes down how things stand.

It may die at any moment without harm: the children go on, and the next supervisor finds them by their records and adopts them.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import structlog

from huying.foundation.clock import utc_now
from huying.processes import identity
from huying.processes.child import Child, Handle
from huying.processes.log_files import rotate
from huying.processes.plan import AskToEnd, Command, Kill, Sight, Standing, Start, Wish, all_gone, all_ready, decide

LOOK_SECONDS = 0.05
CALM_LOOK_SECONDS = 0.2
ROTATE_SECONDS = 10.0
MANY_FILES = 65536
log = structlog.get_logger()


class Supervisor:
    """The loop over the children of one data folder. At most one runs at a time: the caller holds `supervisor.lock`."""

    def __init__(self, children: Sequence[Child], folder: Path) -> None:
        run_folder, log_folder = private_folders(folder)
        self._folder = folder
        self.state_file = run_folder / "state.json"
        self._rules = [child.rule for child in children]
        self._handles = {child.rule.name: Handle(child, run_folder, log_folder) for child in children}
        self._standings: dict[str, Standing] = {child.rule.name: Standing() for child in children}
        self._starts: dict[str, int] = dict.fromkeys(self._handles, 0)
        self._wish = Wish.UP
        self._woken = threading.Event()
        self._rotated_at = 0.0
        self._written = ""

    def ask_to_end(self, *_: object) -> None:
        """From now on everything is brought down; also a signal handler."""
        self._wish = Wish.DOWN
        self._woken.set()

    def run(self) -> None:
        """Returns when all was brought down after `ask_to_end`."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_end)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        allow_many_files()
        while not self.turn(time.monotonic()):
            self._woken.wait(CALM_LOOK_SECONDS if all_ready(self._standings) else LOOK_SECONDS)
            self._woken.clear()
        log.info("all-children-ended")

    def turn(self, now: float) -> bool:
        """One look and what follows from it; True when all was brought down as wished."""
        sights = {name: handle.look(self._standings[name].phase) for name, handle in self._handles.items()}
        before = self._standings
        self._standings, commands = decide(self._rules, before, sights, self._wish, now)
        self._tell(before, sights)
        for command in commands:
            self._do(command)
        self._write_state()
        if now - self._rotated_at > ROTATE_SECONDS:
            self._rotated_at = now
            for path in (*self._folder.glob("logs/*.log"), *self._folder.glob("*/log/*.log")):
                rotate(path)
        return self._wish is Wish.DOWN and all_gone(self._standings, sights)

    def _do(self, command: Command) -> None:
        handle = self._handles[command.name]
        log.info("child-command", child=command.name, command=type(command).__name__)
        match command:
            case Start():
                self._starts[command.name] += 1
                handle.start()
            case AskToEnd():
                handle.ask_to_end()
            case Kill():
                handle.kill()

    def _tell(self, before: dict[str, Standing], sights: dict[str, Sight]) -> None:
        for name, standing in self._standings.items():
            if standing.phase is not before[name].phase:
                log.info("child", child=name, phase=standing.phase, failures=standing.failures, exit_status=sights[name].exit_status)

    def _write_state(self) -> None:
        children = {
            name: {
                "phase": standing.phase,
                "pid": self._handles[name].pid,
                "starts": self._starts[name],
                "failures": standing.failures,
                "adopted": standing.adopted,
                "log": str(self._handles[name].log_file),
            }
            for name, standing in self._standings.items()
        }
        text = json.dumps({"supervisor": os.getpid(), "wish": self._wish, "children": children})
        if text != self._written:
            self._written = text
            identity.write_private(self.state_file, text[:-1] + f', "written_at": "{utc_now().isoformat()}"}}')


def allow_many_files() -> None:
    """Lets the children open as many files as this user may: each call takes a few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, MANY_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def private_folders(folder: Path) -> tuple[Path, Path]:
    """The run and the log folder of a data folder, made with mode 0700."""
    made = []
    for name in ("run", "logs"):
        path = folder / name
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        made.append(path)
    return made[0], made[1]
