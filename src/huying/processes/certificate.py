"""A certificate of our own making, for a network where nobody has given one. Browsers warn of it once."""

from __future__ import annotations

import datetime
import ipaddress
import socket
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from huying.processes.identity import write_private

DAYS = 397
RENEW_DAYS = 30


def ensure_certificate(folder: Path, names: Sequence[str], now: datetime.datetime) -> tuple[Path, Path]:
    """The certificate and key files in the folder, made anew when they are missing, near their end or for other names."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if certificate.exists() and key.exists() and _serves(certificate, names, now):
        return certificate, key
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificate_text, key_text = make_certificate(names, now)
    write_private(key, key_text)
    write_private(certificate, certificate_text)
    return certificate, key


def make_certificate(names: Sequence[str], now: datetime.datetime) -> tuple[str, str]:
    """A self-signed certificate and its key (P-256) as PEM, for these host names and addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Huying")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(serialization.Encoding.PEM).decode(), private.decode()


def names_of(host: str) -> list[str]:
    """What browsers may call a server that listens there: the host itself, or for 0.0.0.0 all that this machine is known by."""
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 (a comparison)
    names = [socket.gethostname(), *_own_addresses()] if everywhere else [host]
    return list(dict.fromkeys([*names, "localhost", "127.0.0.1"]))


def _own_addresses() -> list[str]:
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)})
    except OSError:
        return []


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _serves(certificate: Path, names: Sequence[str], now: datetime.datetime) -> bool:
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        wanted = {_general_name(name) for name in names}
        have = set(found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
    except (ValueError, x509.ExtensionNotFound):
        return False
    return wanted <= have and found.not_valid_after_utc - now > datetime.timedelta(days=RENEW_DAYS)
