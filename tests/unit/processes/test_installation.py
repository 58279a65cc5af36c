"""What a person chooses, and what follows from it."""

import datetime
import socket
import ssl
from pathlib import Path

import pytest

from huying.foundation.errors import InvalidInput
from huying.processes.certificate import ensure_certificate, names_of
from huying.processes.edge_configuration import PHONE_RELAY_ADDRESS
from huying.processes.installation import Choices, Installation, choose, load_installation, open_installation
from huying.processes.ports import Port, owner_of, why_taken
from huying.processes.turn import render

NOW = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)


def opened(folder: Path, **choices: object) -> Installation:
    return open_installation(folder, demo=True, choices=Choices(**choices))  # type: ignore[arg-type]


def test_an_installation_keeps_its_secrets_and_choices(tmp_path: Path) -> None:
    first = opened(tmp_path, port=9000)
    again = opened(tmp_path)
    assert again == first
    assert again.port == 9000 and again.is_local and again.origin == "http://127.0.0.1:9000"
    assert (tmp_path / "installation.json").stat().st_mode & 0o777 == 0o600
    assert first.ari_secret not in repr(first)
    settings = again.settings("d", "n")
    assert len(settings.master_key) == 32 and not settings.secure and settings.turn_port == 0


def test_a_host_brings_https_and_its_port(tmp_path: Path) -> None:
    network = opened(tmp_path, host="0.0.0.0", public_address="192.0.2.7")
    assert network.origin == "https://192.0.2.7:8443"
    assert network.settings("d", "n").turn_port == 3478
    assert opened(tmp_path, host="127.0.0.1").port == 8080


def test_contradictions_are_refused(tmp_path: Path) -> None:
    installation = opened(tmp_path)
    for choices in (Choices(certificate="x"), Choices(certificate="/no", key="/no"), Choices(rtp_ports=(20000, 10000))):
        with pytest.raises(InvalidInput, match="--"):
            choose(installation, choices)
    with pytest.raises(InvalidInput, match="a demo"):
        open_installation(tmp_path, demo=False, choices=Choices())
    assert load_installation(tmp_path / "other") is None


def test_a_certificate_of_our_own_serves_its_names_and_is_renewed_in_time(tmp_path: Path) -> None:
    certificate, key = ensure_certificate(tmp_path, ["desk.test", "192.0.2.7"], NOW)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    text = certificate.read_bytes()
    assert ensure_certificate(tmp_path, ["desk.test"], NOW)[0].read_bytes() == text
    assert ensure_certificate(tmp_path, ["desk.test"], NOW + datetime.timedelta(days=380))[0].read_bytes() != text
    assert key.stat().st_mode & 0o777 == 0o600
    assert {"localhost", "127.0.0.1"} <= set(names_of("0.0.0.0"))


def test_a_taken_port_is_named_with_its_owner_and_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        line = why_taken(Port("pages", "127.0.0.1", number, False, "--port"))
        assert str(number) in line and "--port" in line and "process" in line
        assert "process" in owner_of(number, False)
    assert why_taken(Port("pages", "127.0.0.1", number, False, "--port")) == ""
    assert "--host" in why_taken(Port("pages", "192.0.2.99", 8443, False, "--port"))


def test_the_relay_reaches_the_engine_alone(tmp_path: Path) -> None:
    text = render(opened(tmp_path, public_address="127.0.0.1", rtp_ports=(12000, 12999)))
    assert "denied-peer-ip=0.0.0.0-255.255.255.255" in text and "allowed-peer-ip=127.0.0.1" in text
    assert "min-port=13000" in text and "use-auth-secret" in text


def test_the_phones_relay_has_an_address_of_its_own() -> None:
    assert PHONE_RELAY_ADDRESS.startswith("127.") and PHONE_RELAY_ADDRESS != "127.0.0.1"
