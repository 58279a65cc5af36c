"""The edge: the one port in front of everything, an nginx with a configuration rendered here. It holds no state.

Serves the pages, relays the API, the live feed and the phones' WebSocket, and refuses what is nobody's business. Who may use the
phones' path is asked of the web process for each connection; who may do what in the API is the web process's own decision.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from huying.processes.edge_configuration import render
from huying.processes.postgres import can_enter
from huying.processes.program import Program, clean_environment, unprivileged_user


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """What differs between installations. `certificate` and `key` None: plain HTTP, for loopback alone."""

    folder: Path
    nginx: tuple[str, ...]
    host: str
    port: int
    web_port: int
    asterisk_port: int
    desk: Path
    site: Path
    certificate: Path | None = None
    key: Path | None = None
    strict_transport: bool = False


class Edge:
    """Prepares the folder and says how nginx is run."""

    def __init__(self, settings: EdgeSettings) -> None:
        self._settings = settings
        self._user = unprivileged_user()
        self.folder = served_folder(settings.folder, self._user)

    def prepare(self) -> None:
        """Writes the configuration and copies the pages to where nginx's workers may read them."""
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        for name in ("desk", "site"):
            _copy_pages(getattr(self._settings, name), self.folder / "pages" / name)
        temporary = self.folder / "temporary"
        temporary.mkdir(mode=0o700, exist_ok=True)
        if self._user is not None:
            shutil.chown(temporary, self._user)
        path = self.folder / "nginx.conf"
        path.touch(mode=0o600)
        path.write_text(render(self._settings, self.folder, self._user))

    def program(self) -> Program:
        """How nginx is run in the foreground, its workers in its own process group."""
        return Program(
            name="edge",
            argv=(*self._settings.nginx, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", "stderr"),
            cwd=self.folder,
            env=clean_environment(),
            ready=self.ready,
            stop_signal=signal.SIGTERM,
            stop_seconds=5.0,
        )

    def ready(self) -> bool:
        """Does it answer on its port with something of ours?"""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._settings.host, self._settings.host)  # noqa: S104 (where to ask, not to listen)
        try:
            with socket.create_connection((host, self._settings.port), timeout=1) as plain:
                if self._settings.certificate is None:
                    return _answers(plain)
                context = ssl.create_default_context()
                context.check_hostname = False  # only whether it answers; it may be self-made
                context.verify_mode = ssl.CERT_NONE
                with context.wrap_socket(plain) as secured:
                    return _answers(secured)
        except OSError:
            return False


def served_folder(wanted: Path, user: str | None) -> Path:
    """The wanted folder, or, when nginx's workers cannot get there, one below /var/lib/huying. All in it is written anew at each start."""
    if user is None or can_enter(wanted.resolve(), user):
        return wanted.resolve()
    return Path("/var/lib/huying") / f"edge-{hashlib.sha256(str(wanted.resolve()).encode()).hexdigest()[:12]}"


def _answers(connection: socket.socket) -> bool:
    connection.settimeout(1)
    connection.sendall(b"GET /edge-health HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n\r\n")
    return connection.recv(12).startswith(b"HTTP/1.1 204")


def _copy_pages(source: Path, target: Path) -> None:
    """Replaces the copy when the built pages differ from it, by their names, sizes and times."""
    files = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else []
    listing = "\n".join(f"{path.relative_to(source)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    mark = hashlib.sha256(listing.encode()).hexdigest()
    noted = target.with_name(f"{target.name}.mark")
    if target.exists() and noted.exists() and noted.read_text() == mark:
        return
    target.parent.mkdir(mode=0o755, exist_ok=True)
    draft = target.with_name(f"{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for path in files:
        copy = draft / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for path in (draft, *draft.rglob("*")):
        os.chmod(path, 0o755 if path.is_dir() else 0o644)  # noqa: PTH101 (public pages)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    noted.write_text(mark)
