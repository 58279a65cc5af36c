"""The whole house: up from nothing, each process killed in turn, nothing started twice, nothing left at the end."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from running_house import RunningHouse, running_house

pytestmark = pytest.mark.timeout(300)
OURS = ("postgres", "nats", "asterisk", "voice", "web", "edge")


@pytest.fixture(scope="module")
def house(ground: Path) -> Iterator[RunningHouse]:
    with running_house(ground / "house") as running:
        yield running


def status(house: RunningHouse, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def test_it_greets_and_serves(house: RunningHouse) -> None:
    house.until(lambda: any("Ctrl-C" in line for line in house.said), 10)
    told = "\n".join(house.said)
    assert f"{house.url}/site/" in told and "agent1" in told and "huying-demo" in told
    assert status(house, "/") == 200
    assert status(house, "/health/ready") == 200
    assert status(house, "/api/session") == 401
    assert status(house, "/phone") in (401, 403)


@pytest.mark.parametrize("name", ["supervisor", "voice", "web", "edge", "nats", "asterisk", "postgres"])
def test_a_killed_process_comes_back_and_the_others_stay(house: RunningHouse, name: str) -> None:
    others = {other: house.pid(other) for other in OURS if other != name}
    house.wait_back(name, house.kill(name))
    assert {other: house.pid(other) for other in others} == others
    house.until(lambda: status(house, "/health/ready") == 200, 20)


def test_status_and_doctor_say_so(house: RunningHouse) -> None:
    for command in ("status", "doctor"):
        done = subprocess.run(
            (sys.executable, "-m", "huying.cli", command, "--data", str(house.folder)), capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "voice" in done.stdout


def test_a_second_start_refuses_with_one_line(house: RunningHouse) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "huying.cli", "demo", "--data", str(house.folder)), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "huying stop" in done.stderr and len(done.stderr.splitlines()) == 1


def test_nothing_secret_is_in_the_logs(house: RunningHouse) -> None:
    installation = house.installation
    for path in (house.folder / "logs").iterdir():
        text = path.read_text(errors="replace")
        for secret in (
            installation.ari_secret,
            installation.turn_secret,
            installation.master_key,
            house.settings.nats_url,
            house.settings.database_url,
        ):
            assert secret not in text, path.name


def test_ctrl_c_leaves_nothing_and_the_next_start_finds_everything(house: RunningHouse) -> None:
    assert house.interrupt() == 0, house.story()
    assert house.leftovers() == []
    house.restart()
    house.wait_ready()
    assert status(house, "/health/ready") == 200


def test_a_taken_port_is_one_clear_line(ground: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        words = (sys.executable, "-m", "huying.cli", "demo", "--data", str(ground / "other"), "--port", number)
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert number in done.stderr and "--port" in done.stderr
