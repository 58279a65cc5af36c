"""What both sides that are compared have in common: an Asterisk of the product's configuration and processes whose time is counted."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.queue_run.cpu import cpu_seconds

from huying.processes.children import http_status
from huying.processes.program import Program, clean_environment
from huying.telephony.asterisk.configuration import ARI_USER, AsteriskSettings, prepare

TRUNK_ADDRESS = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, ready for calls at its SIP port. `others` are the processes beside Asterisk, by name."""

    name: str
    sip_port: int
    asterisk: int
    others: Mapping[str, int] = field(default_factory=dict)

    def spent(self) -> dict[str, float]:
        """Seconds of processor time so far, by process."""
        return {"asterisk": cpu_seconds([self.asterisk]), **{name: cpu_seconds([pid]) for name, pid in self.others.items()}}


def asterisk_program(settings: AsteriskSettings) -> Program:
    """Asterisk with these settings; writes its configuration."""
    launch = prepare(settings)
    login = base64.b64encode(f"{ARI_USER}:{settings.ari_secret}".encode()).decode()

    def ready() -> bool:
        return http_status(settings.http_port, "/ari/asterisk/ping", {"Authorization": f"Basic {login}"}) == 200

    return Program("asterisk", launch.argv, launch.folder, ready, {**clean_environment(), **launch.env})


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a run happens: its folder, the ports of the parties, the first of four thousand UDP ports for sound, and its agents."""

    folder: Path
    phones_port: int
    callers_port: int
    first_sound_port: int
    agents: Sequence[str]

    def sound_ports(self, place: int) -> tuple[int, int]:
        """A thousand of them."""
        first = self.first_sound_port + place * 1000
        return first, first + 998
