"""The whole product with the sample business, started by its own command on free ports and ended without a trace."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import free_port
from huying.sample.organisation import SERVICE_NUMBER

START_SECONDS = 180
STOP_SECONDS = 40
SOUND_PORTS = 600


@dataclass(frozen=True, slots=True)
class House:
    """A running centre. `process` is the one that a person would have started in a terminal."""

    folder: Path
    address: str
    port: int
    sip_port: int
    process: subprocess.Popen[bytes]
    service_number: str = SERVICE_NUMBER

    @property
    def password(self) -> str:
        """Of every sample person."""
        from huying.sample.load import SAMPLE_PASSWORD

        return SAMPLE_PASSWORD


@contextmanager
def running_house(folder: Path, *options: str) -> Iterator[House]:
    """`huying demo` with further options, ready to take calls; on failure the last lines of every log are in the error."""
    port, sip_port, first = free_port(), free_port(), free_udp_ports(SOUND_PORTS)
    choices = ("--port", str(port), "--sip-port", str(sip_port), "--rtp-ports", f"{first}-{first + SOUND_PORTS - 1}")
    command = (sys.executable, "-m", "huying.cli", "demo", "--data", str(folder), *choices, *options)
    folder.mkdir(parents=True, exist_ok=True)
    output = folder.parent / f"{folder.name}.out"
    with output.open("wb") as told:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True)
    house = House(folder, f"http://127.0.0.1:{port}", port, sip_port, process)
    try:
        _wait_ready(house, output)
        yield house
    finally:
        _stop(house)


def _wait_ready(house: House, output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if house.process.poll() is not None:
            raise RuntimeError(f"the house ended with {house.process.returncode}:\n{_told(house, output)}")
        if _is_ready(house):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the house is not ready after {START_SECONDS} s:\n{_told(house, output)}")


def _is_ready(house: House) -> bool:
    try:
        return httpx.get(f"{house.address}/health/ready", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _told(house: House, output: Path) -> str:
    return "\n".join(f"--- {path.name}\n{_tail(path)}" for path in (output, *sorted((house.folder / "logs").glob("*.log"))))


def _tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def _stop(house: House) -> None:
    if house.process.poll() is None:
        house.process.send_signal(signal.SIGINT)
        try:
            house.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            house.process.kill()
            house.process.wait()
    # Whatever a killed part left behind.
    stop = (sys.executable, "-m", "huying.cli", "stop", "--data", str(house.folder))
    subprocess.run(stop, timeout=STOP_SECONDS, check=False, capture_output=True, env=os.environ)
    shutil.rmtree(EmbeddedPostgres(house.folder / "postgres").folder, ignore_errors=True)


def free_udp_ports(count: int = 200) -> int:
    """The first of `count` UDP ports in a row, most likely free: the ends are tried."""
    for first in range(21000, 60000, 400):
        with socket.socket(type=socket.SOCK_DGRAM) as low, socket.socket(type=socket.SOCK_DGRAM) as high:
            try:
                low.bind(("0.0.0.0", first))
                high.bind(("0.0.0.0", first + count - 1))
            except OSError:
                continue
            return first
    raise RuntimeError("no free UDP ports")
