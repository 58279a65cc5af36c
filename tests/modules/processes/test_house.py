"""The whole house: up from nothing, each process killed in turn, nothing started twice, nothing left at the end."""

import http.client
import json
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, running_house

pytestmark = pytest.mark.timeout(300)
HOST = "127.0.0.9"
"""Not an address for this machine alone in the eyes of the house, so it serves HTTPS; and yet nobody else can reach it."""
OURS = ("postgres", "nats", "asterisk", "voice", "web", "edge")


@pytest.fixture(scope="module")
def house(ground: Path) -> Iterator[House]:
    with running_house(ground / "secured-house", "--host", HOST) as running:
        yield running


def ask(house: House, method: str, path: str, body: str = "") -> http.client.HTTPResponse:
    """Over TLS, trusting the certificate that the house made and nothing else."""
    trust = ssl.create_default_context(cafile=house.folder / "certificate" / "certificate.pem")
    connection = http.client.HTTPSConnection(HOST, house.port, timeout=5, context=trust)
    try:
        connection.request(method, path, body or None, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def status(house: House, path: str) -> int:
    try:
        return ask(house, "GET", path).status
    except OSError:
        return 0


def test_it_greets_and_serves(house: House) -> None:
    house.until(lambda: any("Ctrl-C" in line for line in house.said), 60)
    told = "\n".join(house.said)
    assert f"{house.address}/site/" in told and "agent1" in told and "huying-demo" in told
    assert status(house, "/") == 200
    assert status(house, "/health/ready") == 200
    assert status(house, "/api/session") == 401
    assert status(house, "/phone") in (401, 403)


def test_another_machine_is_served_by_https(house: House) -> None:
    answer = ask(house, "POST", "/api/session", json.dumps({"login": "agent1", "password": "huying-demo"}))
    assert answer.status == 200
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert len(cookies) == 2 and all("Secure" in cookie and "SameSite=strict" in cookie for cookie in cookies)
    assert "Strict-Transport-Security" not in answer.headers, "a browser could no longer pass the warning of a self-made certificate"
    plain = http.client.HTTPConnection(HOST, house.port, timeout=5)
    plain.request("GET", "/x")
    sent_on = plain.getresponse()
    plain.close()
    assert (sent_on.status, sent_on.headers["Location"]) == (301, f"{house.address}/x")


@pytest.mark.parametrize("name", ["supervisor", "voice", "web", "edge", "nats", "asterisk", "postgres"])
def test_a_killed_process_comes_back_and_the_others_stay(house: House, name: str) -> None:
    others = {other: house.pid(other) for other in OURS if other != name}
    house.wait_back(name, house.kill(name))
    assert {other: house.pid(other) for other in others} == others
    house.until(lambda: status(house, "/health/ready") == 200, 60)


def test_status_and_doctor_say_so(house: House) -> None:
    for command in ("status", "doctor"):
        done = subprocess.run(
            (sys.executable, "-m", "huying.cli", command, "--data", str(house.folder)), capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "voice" in done.stdout


def test_a_second_start_refuses_with_one_line(house: House) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "huying.cli", "demo", "--data", str(house.folder)), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "huying stop" in done.stderr and len(done.stderr.splitlines()) == 1


def test_nothing_secret_is_in_the_logs(house: House) -> None:
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


def test_ctrl_c_leaves_nothing_and_the_next_start_finds_everything(house: House) -> None:
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
