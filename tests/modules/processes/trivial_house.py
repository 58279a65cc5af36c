"""A supervisor with trivial children, run by the tests as a program: FOLDER [--stop]."""

import os
import sys
from pathlib import Path

from huying.processes import identity
from huying.processes.child import Child
from huying.processes.plan import Rule
from huying.processes.program import Program
from huying.processes.supervisor import Supervisor

SERVER = """
import pathlib, subprocess, sys, time
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], close_fds=False)
pathlib.Path(sys.argv[1]).write_text(str(helper.pid))
time.sleep(600)
"""


def server(name: str, folder: Path, *needs: str) -> Child:
    """Sleeps, with a helper process of its own, and is ready when it has written a file."""
    ready = folder / f"{name}.ready"
    program = Program(name=name, argv=(sys.executable, "-c", SERVER, str(ready)), cwd=folder, ready=ready.exists, stop_seconds=0.5)
    return Child(Rule(name, needs=needs, stop_seconds=0.5), lambda: program, lambda: ready.unlink(missing_ok=True))


def main(folder: Path, stop: bool) -> int:
    task = Program(name="task", argv=(sys.executable, "-c", "print('prepared')"), cwd=folder, ready=lambda: False)
    children = [server("first", folder), Child(Rule("task", needs=("first",), task=True), lambda: task), server("second", folder, "task")]
    with identity.sole(folder / "run" / "supervisor.lock") as alone:
        if not alone:
            return 1
        identity.write_record(folder / "run" / "supervisor.json", os.getpid())
        supervisor = Supervisor(children, folder)
        if stop:
            supervisor.ask_to_end()
        supervisor.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--stop" in sys.argv))
