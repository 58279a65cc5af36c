"""Which Asterisk, nginx and coturn are used: those of the machine where they are new enough, else those of the private runtime.

Only finds and describes; fetching is `debian_runtime`, starting is the supervisor's.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from huying.foundation.errors import HuyingError
from huying.telephony.asterisk.runtime import AsteriskRuntime, runtime_at, runtime_of_system

MANIFEST = "huying-runtime.json"


class RuntimeMissing(HuyingError):
    """Asterisk 22.10.1 or newer, nginx and coturn are needed: run `huying runtime`."""

    code = "runtime-missing"


@dataclass(frozen=True, slots=True)
class Executable:
    """A program as the first words of its command line, and the version it reports."""

    argv: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """The programs in use; `root` is the private runtime's folder, or None when all are the machine's own."""

    root: Path | None
    asterisk: AsteriskRuntime
    nginx: Executable
    turnserver: Executable | None


def version_of(text: str) -> tuple[int, ...]:
    """The first dotted number in a program's version output, as integers; empty when there is none."""
    found = re.search(r"\d+(?:\.\d+)+", text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def cache_folder() -> Path:
    """Where private runtimes lie: `huying/runtime` in the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "huying" / "runtime"


def find_runtime() -> Runtime:
    """The runtime to use now; raises `RuntimeMissing` when something must be fetched first."""
    private = newest_private_runtime()
    asterisk = _machine_asterisk() or (runtime_at(private) if private else None)
    nginx = _machine_program("nginx", "-v") or (_private_program(private, "usr/sbin/nginx", "nginx") if private else None)
    turnserver = _machine_program("turnserver", "--version") or (
        _private_program(private, "usr/bin/turnserver", "coturn") if private else None
    )
    if asterisk is None or nginx is None:
        raise RuntimeMissing
    return Runtime(private, asterisk, nginx, turnserver)


def newest_private_runtime() -> Path | None:
    """The private runtime that was finished last, or None; a half-unpacked one never counts."""
    named = os.environ.get("HUYING_RUNTIME")
    if named:
        return Path(named)
    finished = [path.parent for path in cache_folder().glob(f"*/{MANIFEST}") if not path.parent.name.startswith(".")]
    return max(finished, key=lambda path: (path / MANIFEST).stat().st_mtime, default=None)


def private_argv(root: Path, program: str) -> tuple[str, ...]:
    """The command line that starts `program` (relative to the root) with the runtime's own loader and C library."""
    loaders = [*root.glob("usr/lib64/ld-linux-*.so.*"), *root.glob("usr/lib/ld-linux-*.so.*")]
    if not loaders:
        raise RuntimeMissing(f"The private runtime in {root} is not complete: remove that folder and run `huying runtime`.")
    return (str(loaders[0]), "--library-path", str(library_folder(root)), str(root / program))


def library_folder(root: Path) -> Path:
    """The folder of the runtime's shared libraries, for example `usr/lib/x86_64-linux-gnu`."""
    return next(path for path in sorted(root.glob("usr/lib/*-linux-gnu*")) if (path / "libc.so.6").exists())


def version_output(argv: tuple[str, ...], flag: str) -> str:
    """What a program says of its version, on either stream; empty when it cannot be run."""
    try:
        done = subprocess.run((*argv, flag), capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


def manifest(root: Path) -> dict[str, str]:
    """The versions noted when the private runtime was made, by program."""
    try:
        noted = json.loads((root / MANIFEST).read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): str(version) for name, version in noted.get("versions", {}).items()}


def _machine_asterisk() -> AsteriskRuntime | None:
    found = runtime_of_system()
    return found if found is not None and found.is_usable() else None


def _machine_program(name: str, flag: str) -> Executable | None:
    path = shutil.which(name, path=_system_path())
    if path is None:
        return None
    numbers = version_of(version_output((path,), flag))
    return Executable((path,), ".".join(map(str, numbers))) if numbers else None


def _private_program(root: Path, program: str, name: str) -> Executable:
    return Executable(private_argv(root, program), manifest(root).get(name, "unknown"))


def _system_path() -> str:
    return os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
