"""The processor time of processes and all their descendants, from /proc; and what machine this is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _CHILDREN_SYSTEM = 1, 11, 14
"""Places in /proc/N/stat after the program's name; user, system, children's user and children's system stand in a row."""


def cpu_seconds(roots: Iterable[int]) -> float:
    """Seconds of user and system time used so far by these processes, their descendants, and those of them that have ended."""
    stats = _stats()
    children: dict[int, list[int]] = {}
    for pid, fields in stats.items():
        children.setdefault(int(fields[_PARENT]), []).append(pid)
    found, look_at = set[int](), list(roots)
    while look_at:
        pid = look_at.pop()
        if pid in stats and pid not in found:
            found.add(pid)
            look_at += children.get(pid, [])
    return sum(int(ticks) for pid in found for ticks in stats[pid][_USER : _CHILDREN_SYSTEM + 1]) / TICKS


def _stats() -> dict[int, list[str]]:
    stats: dict[int, list[str]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stats[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
    return stats


def machine() -> str:
    """The processor, its cores and the memory, in a few words."""
    models = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    cores = len(os.sched_getaffinity(0))
    return f"{models[0] if models else os.uname().machine}, {cores} cores, {kilobytes / 1024 / 1024:.0f} GB"
