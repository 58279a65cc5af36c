"""Fetches the private runtime: Debian's own packages, unpacked into the user's cache folder, touching nothing of the system.

apt checks the signatures; the mirror is the one this machine already uses. Unpacked beside and renamed, so a half one is never used.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from huying.foundation.errors import Unavailable
from huying.processes.runtime import MANIFEST, cache_folder, private_argv, version_of, version_output
from huying.telephony.asterisk.runtime import runtime_at

SUITES = ("forky", "sid")
PACKAGES = ("asterisk", "asterisk-core-sounds-en-gsm", "asterisk-moh-opsound-gsm", "nginx", "coturn")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
NEEDED_BYTES = 700_000_000

Say = Callable[[str], None]


class RuntimeUnavailable(Unavailable):
    """The private runtime could not be made."""

    code = "runtime-unavailable"


def fetch_runtime(say: Say) -> Path:
    """Fetches, unpacks and proves the runtime; returns its folder. Takes about half a minute; raises `RuntimeUnavailable`."""
    home = cache_folder()
    home.mkdir(parents=True, exist_ok=True)
    _check_means(home)
    with _only_one(home), tempfile.TemporaryDirectory(prefix=".work-", dir=home) as work:
        last_error = ""
        for suite in SUITES:
            try:
                archives = _download(Path(work) / suite, suite, say)
            except RuntimeUnavailable as error:
                last_error = error.message
                continue
            return _finish(home, Path(work), suite, archives, say)
        raise RuntimeUnavailable(last_error)


def debian_mirror() -> str:
    """The package mirror this machine uses for Debian itself, or HUYING_DEBIAN_MIRROR."""
    named = os.environ.get("HUYING_DEBIAN_MIRROR")
    if named:
        return named
    done = subprocess.run(("apt-get", "indextargets", "--format", "$(REPO_URI)"), capture_output=True, text=True, check=False, timeout=60)
    found = choose_mirror(done.stdout.splitlines())
    if found is None:
        raise RuntimeUnavailable(
            "No Debian mirror was found in this machine's apt sources: set HUYING_DEBIAN_MIRROR to the address of one "
            "(the part before the suite's name), or install Asterisk 22.10.1 or newer, nginx and coturn yourself."
        )
    return found


def choose_mirror(addresses: Sequence[str]) -> str | None:
    """The first address that ends in `/debian` (so neither the security archive nor a third party's), or None."""
    return next((address.strip() for address in addresses if re.search(r"/debian/?$", address.strip())), None)


def _check_means(home: Path) -> None:
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise RuntimeUnavailable(f"{tool} is not on this machine: install Asterisk 22.10.1 or newer (22.x), nginx and coturn yourself.")
    if not KEYRING.exists():
        raise RuntimeUnavailable(
            f"{KEYRING} is missing: install the package debian-archive-keyring, or Asterisk 22.10.1 or newer yourself."
        )
    free = shutil.disk_usage(home).free
    if free < NEEDED_BYTES:
        raise RuntimeUnavailable(f"{home} has {free // 1_000_000} MB free and the runtime needs {NEEDED_BYTES // 1_000_000} MB: make room.")


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for abandoned in home.glob(".work-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        yield


def _download(work: Path, suite: str, say: Say) -> list[Path]:
    options = _apt_options(work, suite)
    log = work / "apt.log"
    say(f"reading the package list of Debian {suite}")
    _run((*options, "update", "-q"), log, f"The package list of Debian {suite} could not be had")
    say("fetching the telephone engine and the edge (about 95 MB)")
    archives = work / "cache" / "archives"
    _run(
        (*options, "install", "-y", "-q", "--download-only", *PACKAGES),
        log,
        f"The packages of Debian {suite} could not be had",
        lambda: say(f"  {sum(path.stat().st_size for path in archives.rglob('*.deb')) // 1_000_000} MB so far"),
    )
    return sorted(archives.glob("*.deb"))


def _apt_options(work: Path, suite: str) -> tuple[str, ...]:
    for folder in ("etc/parts", "state/lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True)
    (work / "state/status").touch()
    done = subprocess.run(("dpkg", "--print-architecture"), capture_output=True, text=True, check=True, timeout=20)
    (work / "etc/sources.list").write_text(f"deb [arch={done.stdout.strip()} signed-by={KEYRING}] {debian_mirror()} {suite} main\n")
    settings = {
        "Dir::Etc::sourcelist": work / "etc/sources.list",
        "Dir::Etc::sourceparts": work / "etc/parts",
        "Dir::Etc::preferences": work / "etc/preferences",
        "Dir::Etc::preferencesparts": work / "etc/parts",
        "Dir::State": work / "state",
        "Dir::State::status": work / "state/status",
        "Dir::Cache": work / "cache",
        "APT::Install-Recommends": "false",
        "APT::Default-Release": "",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "true",
        "Acquire::Retries": "3",
    }
    return ("apt-get", *(word for name, value in settings.items() for word in ("-o", f"{name}={value}")))


def _run(argv: Sequence[str], log: Path, failure: str, while_waiting: Callable[[], None] | None = None) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("ab") as output:
        process = subprocess.Popen(argv, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment)
        try:
            while True:
                try:
                    status = process.wait(timeout=5)
                    break
                except subprocess.TimeoutExpired:
                    if while_waiting is not None:
                        while_waiting()
        except BaseException:
            process.kill()
            process.wait()
            raise
    if status != 0:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.startswith(("E:", "Err"))]
        reason = "; ".join(lines[-2:]) or f"{argv[0]} ended with {status}"
        raise RuntimeUnavailable(f"{failure} ({reason}). Check the network and this machine's apt, then run it again.")


def _finish(home: Path, work: Path, suite: str, archives: Sequence[Path], say: Say) -> Path:
    say(f"unpacking {len(archives)} packages")
    root = work / "root"
    root.mkdir()
    for archive in archives:
        _run(("dpkg-deb", "-x", str(archive), str(root)), work / "unpack.log", f"{archive.name} could not be unpacked")
    versions = prove(root)
    digest = hashlib.sha256("\n".join(archive.name for archive in archives).encode()).hexdigest()
    noted = {"suite": suite, "versions": versions, "packages": [archive.name for archive in archives]}
    (root / MANIFEST).write_text(json.dumps(noted, indent=1))
    place = home / f"{suite}-asterisk-{versions['asterisk']}-{digest[:12]}"
    if not (place / MANIFEST).exists():
        shutil.rmtree(place, ignore_errors=True)
        root.rename(place)
    else:
        (place / MANIFEST).touch()
    return place


def prove(root: Path) -> dict[str, str]:
    """Starts each program once for its version; raises `RuntimeUnavailable` when one does not run or Asterisk is not suitable."""
    versions = {}
    for name, program, flag in (
        ("asterisk", "usr/sbin/asterisk", "-V"),
        ("nginx", "usr/sbin/nginx", "-v"),
        ("coturn", "usr/bin/turnserver", "--version"),
    ):
        output = version_output(private_argv(root, program), flag)
        numbers = version_of(output)
        if not numbers:
            raise RuntimeUnavailable(f"{name} of the private runtime does not run on this machine: {output.strip()[:200] or 'no output'}")
        versions[name] = ".".join(map(str, numbers))
    if not runtime_at(root).is_usable():
        raise RuntimeUnavailable(
            f"This suite carries Asterisk {versions['asterisk']}; 22.10.1 or newer (22.x) is needed: install one yourself."
        )
    return versions
