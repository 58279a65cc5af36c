"""The children of one installation: what each needs, how each is prepared and run, when each is ready."""

from __future__ import annotations

import base64
import http.client
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from huying.foundation.clock import utc_now
from huying.foundation.heartbeat import is_beating
from huying.foundation.settings import Settings
from huying.processes import turn
from huying.processes.child import Child
from huying.processes.edge import Edge, EdgeSettings
from huying.processes.installation import Installation
from huying.processes.nats import EmbeddedNats
from huying.processes.plan import Rule
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import Program, clean_environment
from huying.processes.runtime import Runtime, RuntimeMissing
from huying.telephony.asterisk import configuration

CHECKOUT = Path(__file__).resolve().parents[3]

HUNG_ENGINE_SECONDS = 30.0
"""An engine that answers nothing for so long serves nobody: its calls are lost, and new ones come in after a new start."""


class House:
    """All that runs for one installation."""

    def __init__(self, installation: Installation, runtime: Runtime) -> None:
        self._installation = installation
        self._runtime = runtime
        self.postgres = EmbeddedPostgres(installation.folder / "postgres")
        self.nats = EmbeddedNats(installation.folder / "nats")

    def children(self) -> list[Child]:
        """Every child, each after those that it needs."""
        children = [
            Child(Rule("postgres", stop_seconds=40.0), self.postgres.program, self.postgres.prepare),
            Child(Rule("nats"), self.nats.program, self.nats.prepare),
            Child(Rule("asterisk", stop_seconds=15.0, hung_seconds=HUNG_ENGINE_SECONDS), self._asterisk, self._prepare_asterisk),
            self._task("prepare", "postgres"),
            self._ours("voice", self._voice_ready, 20.0, "postgres", "nats", "asterisk", "prepare"),
            self._ours("web", self._web_ready, 30.0, "postgres", "nats", "prepare"),
            self._edge(),
        ]
        if self._installation.demo and self._installation.calls_per_minute > 0:
            children.append(self._ours("traffic", self._traffic_ready, 20.0, "voice"))
        return [*children, self._turn()] if self._installation.has_turn else children

    def settings(self) -> Settings:
        """What our own processes are told now."""
        return self._installation.settings(self.postgres.runtime_url(), self.nats.url)

    def _ours(self, name: str, ready: Callable[[], bool], hung_seconds: float, *needs: str) -> Child:
        program = self._python(name, ("run", name), ready)
        return Child(Rule(name, needs, stop_seconds=20.0, hung_seconds=hung_seconds), lambda: program, self._prepare_ours(name))

    def _task(self, name: str, *needs: str) -> Child:
        program = self._python(name, (name,), lambda: False)
        return Child(Rule(name, needs, task=True, stop_seconds=60.0), lambda: program, self._prepare_ours(name))

    def _python(self, name: str, words: tuple[str, ...], ready: Callable[[], bool]) -> Program:
        return Program(
            name=name,
            argv=(sys.executable, "-m", "huying.cli", *words, "--data", str(self._installation.folder)),
            cwd=self._installation.folder,
            env=_python_environment(),
            ready=ready,
            stop_signal=signal.SIGTERM,
        )

    def _prepare_ours(self, name: str) -> Callable[[], None]:
        def prepare() -> None:
            settings = self.settings()
            settings.beat_file(name).unlink(missing_ok=True)
            settings.save()

        return prepare

    def _voice_ready(self) -> bool:
        return is_beating(self.settings().beat_file("voice"))

    def _traffic_ready(self) -> bool:
        return is_beating(self.settings().beat_file("traffic"))

    def _web_ready(self) -> bool:
        # The beat says that it is ours: the port may be another program's, when ours could not have it.
        return is_beating(self.settings().beat_file("web")) and http_status(self._installation.web_port, "/health/live") == 200

    def _asterisk_settings(self) -> configuration.AsteriskSettings:
        installation = self._installation
        return configuration.AsteriskSettings(
            folder=installation.folder / "asterisk",
            runtime=self._runtime.asterisk,
            http_port=installation.asterisk_port,
            sip_port=installation.sip_port,
            sip_address="127.0.0.1" if installation.is_local else "0.0.0.0",  # noqa: S104 (phones of the network; none without an account)
            rtp_first_port=installation.rtp_first_port,
            rtp_last_port=installation.rtp_last_port,
            ari_secret=installation.ari_secret,
            public_address=installation.public_address,
        )

    def _prepare_asterisk(self) -> None:
        configuration.prepare(self._asterisk_settings())

    def _asterisk(self) -> Program:
        settings = self._asterisk_settings()
        argv = (*settings.runtime.program, "-C", str(settings.folder / "etc/asterisk.conf"), "-f")
        env = {**clean_environment(), "HOME": str(settings.folder), "TZ": "UTC"}
        return Program(name="asterisk", argv=argv, cwd=settings.folder, env=env, ready=self._asterisk_ready)

    def _asterisk_ready(self) -> bool:
        login = base64.b64encode(f"{configuration.ARI_USER}:{self._installation.ari_secret}".encode()).decode()
        return http_status(self._installation.asterisk_port, "/ari/asterisk/ping", {"Authorization": f"Basic {login}"}) == 200

    def _edge(self) -> Child:
        edge = Edge(self._edge_settings())
        return Child(Rule("edge", ("web",), stop_seconds=5.0), edge.program, edge.prepare)

    def _edge_settings(self) -> EdgeSettings:
        installation = self._installation
        pair: tuple[Path, Path] | None = None
        if installation.certificate:
            pair = Path(installation.certificate), Path(installation.key)
        elif not installation.is_local:
            from huying.processes import certificate  # takes its time to load

            names = certificate.names_of(installation.host)
            more = [installation.public_address] if installation.public_address else []
            pair = certificate.ensure_certificate(installation.folder / "certificate", [*names, *more], utc_now())
        return EdgeSettings(
            folder=installation.folder / "edge",
            nginx=self._runtime.nginx.argv,
            host=installation.host,
            port=installation.port,
            web_port=installation.web_port,
            asterisk_port=installation.asterisk_port,
            desk=CHECKOUT / "ui/desk/dist",
            site=CHECKOUT / "ui/widget/dist",
            certificate=pair[0] if pair else None,
            key=pair[1] if pair else None,
            strict_transport=bool(installation.certificate),
        )

    def _turn(self) -> Child:
        turnserver = self._runtime.turnserver
        if turnserver is None:
            raise RuntimeMissing("A public address needs coturn: install it, or run `huying runtime`.")
        relay = turn.Turn(self._installation, turnserver.argv)
        return Child(Rule("turn"), relay.program, relay.prepare)


def _python_environment() -> dict[str, str]:
    kept = {
        name: os.environ[name] for name in ("HOME", "HUYING_CHECKOUT", "SSL_CERT_FILE", "HTTPS_PROXY", "NO_PROXY") if name in os.environ
    }
    sources = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    return {**clean_environment(), **kept, **sources, "PYTHONUNBUFFERED": "1"}


def http_status(port: int, path: str, headers: dict[str, str] | None = None) -> int:
    """The status that a server on 127.0.0.1 answers with; 0 when it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path, headers=headers or {})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
