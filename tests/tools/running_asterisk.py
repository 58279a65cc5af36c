"""An Asterisk of the product's own configuration, started for tests on free ports in a folder of its own, and ended with them."""

from __future__ import annotations

import secrets
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from huying.processes.runtime import newest_private_runtime
from huying.telephony.asterisk.configuration import ARI_USER, AsteriskSettings, prepare
from huying.telephony.asterisk.runtime import AsteriskRuntime, runtime_at, runtime_of_system

READY_SECONDS = 60


def runtime_for_tests() -> AsteriskRuntime:
    """The machine's own Asterisk where it is suitable, else the private runtime (HUYING_RUNTIME names one)."""
    system = runtime_of_system()
    if system is not None and system.is_usable():
        return system
    root = newest_private_runtime()
    if root is None:
        raise RuntimeError("There is no Asterisk to test with: run `huying runtime`, or set HUYING_RUNTIME.")
    return runtime_at(root)


def settings_for_tests(folder: Path, rtp_first_port: int = 0) -> AsteriskSettings:
    """Settings with free ports on 127.0.0.1 and a random secret."""
    first = rtp_first_port or 20000 + secrets.randbelow(200) * 100
    return AsteriskSettings(
        folder=folder,
        runtime=runtime_for_tests(),
        http_port=_free_port(socket.SOCK_STREAM),
        sip_port=_free_port(socket.SOCK_DGRAM),
        sip_address="127.0.0.1",
        rtp_first_port=first,
        rtp_last_port=first + 198,
        ari_secret=secrets.token_urlsafe(24),
    )


class AsteriskUnderTest:
    """A running Asterisk; `stop`, `kill` and `start` as often as a test likes."""

    def __init__(self, settings: AsteriskSettings) -> None:
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        launch = prepare(self.settings)
        with (self.settings.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                launch.argv, env=dict(launch.env), cwd=launch.folder, stdout=output, stderr=output, start_new_session=True
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError("Asterisk did not start:\n" + self.log())
            time.sleep(0.05)

    def kill(self) -> None:
        """As after a power cut."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Politely, then not."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self) -> str:
        """What it wrote."""
        file = self.settings.folder / "log/asterisk.log"
        return file.read_text(errors="replace") if file.exists() else (self.settings.folder / "output").read_text(errors="replace")

    def _is_ready(self) -> bool:
        settings = self.settings
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        address = f"http://{settings.http_address}:{settings.http_port}/ari/asterisk/ping"
        passwords.add_password(None, address, ARI_USER, settings.ari_secret)
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.ProxyHandler({}))
        try:
            with closing(opener.open(address, timeout=2)) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def running_asterisk(folder: Path, **changes: object) -> Iterator[AsteriskUnderTest]:
    """A running Asterisk for the length of the block."""
    engine = AsteriskUnderTest(replace(settings_for_tests(folder), **changes))  # type: ignore[arg-type]
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
