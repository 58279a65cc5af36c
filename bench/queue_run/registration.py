"""Registers the agents' telephones: REGISTER with a digest, from the very port at which all of them will answer."""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

ANSWER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Login:
    """A telephone's account."""

    account: str
    secret: str


def register_all(logins: Sequence[Login], server_port: int, local_port: int) -> None:
    """Register every account with a contact at `local_port` of 127.0.0.1. Raises RuntimeError when one is refused."""
    with socket.socket(type=socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", local_port))
        wire.connect(("127.0.0.1", server_port))
        for login in logins:
            _register(wire, login, server_port, local_port)


def _register(wire: socket.socket, login: Login, server_port: int, local_port: int) -> None:
    call_id, uri = secrets.token_hex(8), f"sip:127.0.0.1:{server_port}"
    challenge = _exchange(wire, _request(login, uri, call_id, 1, local_port, ""))
    if _status(challenge) != 401:
        raise RuntimeError(f"REGISTER was answered with {challenge.splitlines()[0]!r} instead of a challenge")
    answer = _exchange(wire, _request(login, uri, call_id, 2, local_port, f"Authorization: {_digest(challenge, login, uri)}\r\n"))
    if _status(answer) != 200:
        raise RuntimeError(f"REGISTER was refused: {answer.splitlines()[0]}")


def _exchange(wire: socket.socket, request: str) -> str:
    """The final answer to a request; the server's own questions whether we are there are answered meanwhile."""
    deadline = time.monotonic() + ANSWER_SECONDS
    wire.send(request.encode())
    wanted = re.search(r"CSeq: .*", request)
    assert wanted
    while (rest := deadline - time.monotonic()) > 0:
        wire.settimeout(rest)
        message = wire.recv(65536).decode(errors="replace")
        if message.startswith("OPTIONS "):
            kept = [line for line in message.split("\r\n") if line.startswith(("Via:", "From:", "To:", "Call-ID:", "CSeq:"))]
            wire.send("\r\n".join(["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]).encode())
        elif _status(message) >= 200 and wanted.group().strip() in message:
            return message
    raise RuntimeError("Asterisk did not answer a REGISTER in time")


def _status(message: str) -> int:
    return int(message.split(" ")[1]) if message.startswith("SIP/2.0 ") else 0


def _request(login: Login, uri: str, call_id: str, number: int, local_port: int, authorization: str) -> str:
    identity = f"<sip:{login.account}@127.0.0.1>"
    return (
        f"REGISTER {uri} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP 127.0.0.1:{local_port};branch=z9hG4bK{secrets.token_hex(8)};rport\r\n"
        f"From: {identity};tag={call_id}\r\nTo: {identity}\r\nCall-ID: {call_id}\r\nCSeq: {number} REGISTER\r\n"
        f"Contact: <sip:{login.account}@127.0.0.1:{local_port}>\r\nExpires: 3600\r\nMax-Forwards: 70\r\n"
        f"{authorization}Content-Length: 0\r\n\r\n"
    )


def _digest(challenge: str, login: Login, uri: str) -> str:
    parts = dict(re.findall(r'(\w+)="?([^",\r\n]+)"?', challenge))
    cnonce, count = secrets.token_hex(8), "00000001"
    ha1, ha2 = _md5(f"{login.account}:{parts['realm']}:{login.secret}"), _md5(f"REGISTER:{uri}")
    answer = _md5(f"{ha1}:{parts['nonce']}:{count}:{cnonce}:auth:{ha2}")
    return (
        f'Digest username="{login.account}", realm="{parts["realm"]}", nonce="{parts["nonce"]}", uri="{uri}", response="{answer}", '
        f'algorithm=MD5, opaque="{parts.get("opaque", "")}", qop=auth, nc={count}, cnonce="{cnonce}"'
    )


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
