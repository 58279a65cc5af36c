"""coturn, the relay for sound of people beyond the network: its configuration. The short-lived log-ins it accepts are made where telephones
are told how to register."""

from __future__ import annotations

import ipaddress
import socket
from itertools import pairwise
from pathlib import Path

from huying.processes.identity import write_private
from huying.processes.installation import Installation
from huying.processes.program import Program, clean_environment

RELAY_PORTS = 2000


class Turn:
    """The relay of one installation. It relays to this machine's addresses alone, so nobody can use it to reach something else."""

    def __init__(self, installation: Installation, argv: tuple[str, ...]) -> None:
        self._installation = installation
        self._argv = argv
        self._folder = installation.folder / "turn"

    def prepare(self) -> None:
        """Writes the configuration."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(self._folder / "turnserver.conf", render(self._installation))

    def program(self) -> Program:
        """How the relay is run in the foreground."""
        return Program(
            name="turn",
            argv=(*self._argv, "-c", str(self._folder / "turnserver.conf")),
            cwd=self._folder,
            env=clean_environment(),
            ready=self.ready,
            stop_seconds=5.0,
        )

    def ready(self) -> bool:
        """Does it take connections on its port?"""
        try:
            with socket.create_connection((self._listening, self._installation.turn_port), timeout=1):
                return True
        except OSError:
            return False

    @property
    def _listening(self) -> str:
        return "127.0.0.1" if _is_loopback(self._installation.public_address) else _own_address(self._installation.public_address)


def render(installation: Installation) -> str:
    """coturn's configuration file."""
    public = installation.public_address
    first = installation.rtp_last_port + 1
    own = _own_address(public)
    others = [address for address in local_addresses() if address != own]
    lines = [
        f"listening-port={installation.turn_port}",
        f"listening-ip={own}",
        f"relay-ip={others[0] if _is_loopback(own) and others else own}",
        f"min-port={first}",
        f"max-port={min(first + RELAY_PORTS - 1, 65535)}",
        "realm=huying",
        "fingerprint",
        "use-auth-secret",
        f"static-auth-secret={installation.turn_secret}",
        "no-cli",
        "no-tls",
        "no-dtls",
        "no-multicast-peers",
        "no-tcp-relay",
        "user-quota=20",
        "log-file=stdout",
        "simple-log",
        "no-software-attribute",
        "denied-peer-ip=0.0.0.0-255.255.255.255",
        *(f"allowed-peer-ip={address}" for address in (own, *others)),
    ]
    if own != public:
        lines += [f"external-ip={public}/{own}", f"allowed-peer-ip={public}"]
    if _is_loopback(public):
        lines.append("allow-loopback-peers")
    return "\n".join(lines) + "\n"


def local_addresses() -> list[str]:
    """This machine's own IPv4 addresses besides loopback: Asterisk offers its sound at each of them."""
    try:
        lines = Path("/proc/net/fib_trie").read_text().splitlines()
    except OSError:
        return []
    found = {before.split()[-1] for before, line in pairwise(lines) if "host LOCAL" in line}
    return sorted(address for address in found if not _is_loopback(address))


def _own_address(public: str) -> str:
    """The address of this machine that the public one leads to: itself, or the one behind a translating router."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((public, 0))
            return public
        except OSError:
            pass
        try:
            probe.connect((public, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
