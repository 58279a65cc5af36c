"""Where an Asterisk lies and how its program is started; not how one is fetched, and not what it is configured to do."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST = (22, 10, 1)
"""Older ones have holes in ARI (GHSA-wcvv-g26m-wx5c, GHSA-vrfp-mg3q-3959)."""
FIRST_UNTRIED = (23, 0, 0)


@dataclass(frozen=True, slots=True)
class AsteriskRuntime:
    """A program of Asterisk with its modules and data. `program` is the beginning of the command line."""

    program: tuple[str, ...]
    modules: Path
    data: Path

    @property
    def music(self) -> Path:
        """The folder of music on hold."""
        return self.data / "moh"

    def version(self) -> tuple[int, ...]:
        """The version as the program tells it; empty when it does not start."""
        try:
            told = subprocess.run([*self.program, "-V"], capture_output=True, text=True, timeout=20, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            return ()
        found = re.search(r"Asterisk\D+(\d+)\.(\d+)\.(\d+)", told)
        return tuple(int(part) for part in found.groups()) if found else ()

    def is_usable(self) -> bool:
        """Whether this is a version the product was made for."""
        return OLDEST <= self.version() < FIRST_UNTRIED


def runtime_at(root: Path) -> AsteriskRuntime:
    """The private runtime unpacked under `root`, started with its own loader and C library."""
    libraries = root / "usr/lib/x86_64-linux-gnu"
    loader = root / "usr/lib64/ld-linux-x86-64.so.2"
    if not loader.exists():
        triplets = sorted((root / "usr/lib").glob("*-linux-gnu"))
        libraries = triplets[0] if triplets else libraries
        loader = next(iter(sorted((root / "usr/lib").glob("ld-linux*.so.*"))), loader)
    return AsteriskRuntime(
        program=(str(loader), "--library-path", str(libraries), str(root / "usr/sbin/asterisk")),
        modules=libraries / "asterisk/modules",
        data=root / "usr/share/asterisk",
    )


def runtime_of_system() -> AsteriskRuntime | None:
    """The Asterisk installed on this machine, if there is one (its version is not looked at here)."""
    program = shutil.which("asterisk", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/asterisk/sbin")
    if program is None:
        return None
    modules = [*Path("/usr/lib").glob("*/asterisk/modules"), Path("/usr/lib/asterisk/modules"), Path("/usr/local/lib/asterisk/modules")]
    data = [Path("/usr/share/asterisk"), Path("/var/lib/asterisk")]
    found_modules = next((folder for folder in modules if folder.is_dir()), None)
    found_data = next((folder for folder in data if (folder / "documentation").is_dir()), None)
    if found_modules is None or found_data is None:
        return None
    return AsteriskRuntime(program=(program,), modules=found_modules, data=found_data)
