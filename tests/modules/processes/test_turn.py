"""A real coturn: relays for whoever has a log-in of ours, for nobody else."""

import base64
import hashlib
import hmac
import subprocess
import time
from pathlib import Path

import pytest

from huying.processes.installation import Choices, open_installation
from huying.processes.program import free_port, running
from huying.processes.runtime import find_runtime
from huying.processes.turn import Turn


def relays(client: tuple[str, ...], port: int, username: str, password: str) -> bool:
    words = (*client, "-u", username, "-w", password, "-p", str(port), "-y", "-n", "3", "-m", "1", "127.0.0.1")
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=12)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and "Total lost packets 0 " in done.stdout


def test_only_a_log_in_of_ours_is_relayed(tmp_path: Path) -> None:
    program = find_runtime().turnserver
    if program is None:
        pytest.fail("coturn is missing: run './huying runtime'")
    choices = Choices(public_address="127.0.0.1", turn_port=free_port(), rtp_ports=(31000, 31999))
    installation = open_installation(tmp_path, demo=True, choices=choices)
    client = (*program.argv[:-1], program.argv[-1].replace("turnserver", "turnutils_uclient"))
    turn = Turn(installation, program.argv)
    turn.prepare()
    username = f"{int(time.time()) + 600}:person"
    password = base64.b64encode(hmac.new(installation.turn_secret.encode(), username.encode(), hashlib.sha1).digest()).decode()
    with running(turn.program(), tmp_path / "turn.log"):
        assert relays(client, installation.turn_port, username, password)
        assert not relays(client, installation.turn_port, username, "guessed")
        assert not relays(client, installation.turn_port, f"{int(time.time()) - 60}:person", password)
