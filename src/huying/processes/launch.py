"""Becomes a child: takes its lock, notes its own number and start time, drops rights, and turns into the program.

Run as a file with `python -I -S`, by the supervisor alone: lock, record, user or "-", folder, then the command. It must do
these things itself: noted by the supervisor, a child started in the moment the supervisor dies would be nobody's.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import sys
import time

LOCK_TAKEN = 75


def main(arguments: list[str]) -> None:
    """Never returns: it is the program afterwards. Ends with 75 when another process holds the lock."""
    lock, record, user, folder, *command = arguments
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    take(handle)
    os.set_inheritable(handle, True)
    note(record)
    if user != "-":
        account = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
    os.chdir(folder)
    os.execvpe(command[0], command, os.environ)  # noqa: S606 (this is its purpose)


def take(handle: int) -> None:
    """Takes the lock, or ends. The supervisor's look at it holds it for an instant, so one refusal says nothing."""
    for _ in range(100):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(0.01)
    sys.exit(LOCK_TAKEN)


def note(record: str) -> None:
    """Writes our number and start time, in one step."""
    with open("/proc/self/stat") as stat:  # noqa: PTH123 (pathlib would double the start time of this small program)
        text = stat.read()
    started = int(text[text.rindex(")") + 2 :].split()[19])
    draft = f"{record}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"pid": os.getpid(), "started": started}, file)
    os.replace(draft, record)  # noqa: PTH105


if __name__ == "__main__":
    main(sys.argv[1:])
