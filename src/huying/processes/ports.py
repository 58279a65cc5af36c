"""Whether the ports of an installation are free, and who has those that are not."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from huying.foundation.errors import Conflict
from huying.processes.installation import Installation


class PortTaken(Conflict):
    """A port is taken by another program."""

    code = "port-taken"


@dataclass(frozen=True, slots=True)
class Port:
    """A port that something of ours listens on; `option` is the word of the command line that changes it."""

    purpose: str
    address: str
    number: int
    datagram: bool
    option: str


def outer_ports(installation: Installation) -> list[Port]:
    """The ports that people and telephones know, besides the range for sound."""
    sip_address = "127.0.0.1" if installation.is_local else "0.0.0.0"  # noqa: S104 (as Asterisk will listen)
    ports = [
        Port("pages", installation.host, installation.port, False, "--port"),
        Port("telephones", sip_address, installation.sip_port, True, "--sip-port"),
        Port("telephones", sip_address, installation.sip_port, False, "--sip-port"),
    ]
    if installation.has_turn:
        ports.append(Port("relay for sound", "0.0.0.0", installation.turn_port, True, "--turn-port"))  # noqa: S104 (as coturn may listen)
    return ports


def check_free(ports: list[Port]) -> None:
    """Raises `PortTaken` for the first port that cannot be had, saying by whom and what to do."""
    for port in ports:
        problem = why_taken(port)
        if problem:
            raise PortTaken(problem)


def why_taken(port: Port) -> str:
    """Empty when the port is free, else one line: why not, and what to do."""
    kind = "UDP" if port.datagram else "TCP"
    try:
        with _socket(port) as probe:
            probe.bind((port.address, port.number))
    except PermissionError:
        return f"{kind} port {port.number} ({port.purpose}) is for root alone: choose one from 1024 on with {port.option}."
    except OSError as error:
        if error.errno == 99:
            return f"This machine has no address {port.address}: choose another with --host."
        owner = owner_of(port.number, port.datagram)
        return f"{kind} port {port.number} ({port.purpose}) is taken{f' by {owner}' if owner else ''}: choose another with {port.option}."
    return ""


def owner_of(number: int, datagram: bool) -> str:
    """The name and number of the process that listens on a port, as far as we may see it; else empty."""
    inodes = _listening_inodes(number, datagram)
    for entry in Path("/proc").iterdir():
        if not inodes or not entry.name.isdigit():
            continue
        try:
            if any(str(link.readlink()) in inodes for link in (entry / "fd").iterdir()):
                return f"{(entry / 'comm').read_text().strip()} (process {entry.name})"
        except OSError:
            continue
    return ""


def taken_datagram_ports() -> set[int]:
    """All UDP ports in use on this machine."""
    taken = set()
    for name in ("udp", "udp6"):
        try:
            lines = Path(f"/proc/net/{name}").read_text().splitlines()[1:]
        except OSError:
            continue
        taken |= {int(line.split()[1].rsplit(":", 1)[1], 16) for line in lines}
    return taken


def _socket(port: Port) -> socket.socket:
    family = socket.AF_INET6 if ":" in port.address else socket.AF_INET
    probe = socket.socket(family, socket.SOCK_DGRAM if port.datagram else socket.SOCK_STREAM)
    if not port.datagram:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that just ended do not count
    return probe


def _listening_inodes(number: int, datagram: bool) -> set[str]:
    wanted_state = "07" if datagram else "0A"
    found = set()
    for name in ("udp", "udp6") if datagram else ("tcp", "tcp6"):
        try:
            lines = Path(f"/proc/net/{name}").read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in (line.split() for line in lines):
            if int(fields[1].rsplit(":", 1)[1], 16) == number and fields[3] == wanted_state:
                found.add(f"socket:[{fields[9]}]")
    return found
