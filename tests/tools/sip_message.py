"""Just enough of SIP's text for a telephone in tests: reading and writing messages, and digest answers."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field


@dataclass
class SipMessage:
    """A request or a response; header names are lower-case."""

    first: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    @property
    def status(self) -> int:
        """The status of a response; 0 for a request."""
        return int(self.first.split(" ")[1]) if self.first.startswith("SIP/2.0") else 0

    @property
    def method(self) -> str:
        """The method, also of the request that a response answers."""
        return self.get("cseq").split(" ")[1] if self.status else self.first.split(" ")[0]

    def get(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> list[str]:
        """All headers of this name."""
        return [value for key, value in self.headers if key == name]

    def text(self) -> str:
        """As it goes over the wire."""
        lines = [self.first, *(f"{name}: {value}" for name, value in self.headers), f"Content-Length: {len(self.body.encode())}"]
        return "\r\n".join(lines) + "\r\n\r\n" + self.body


def parse(text: str) -> SipMessage:
    """Read a message."""
    head, _, body = text.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    short = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length"}
    headers = []
    for line in lines:
        name, _, value = line.partition(":")
        name = name.strip().lower()
        headers.append((short.get(name, name), value.strip()))
    return SipMessage(first, [pair for pair in headers if pair[0] != "content-length"], body)


def tag_of(value: str) -> str:
    """The tag in a From or To header."""
    found = re.search(r";tag=([^;\s]+)", value)
    return found.group(1) if found else ""


def uri_of(value: str) -> str:
    """The URI in angle brackets."""
    found = re.search(r"<([^>]+)>", value)
    return found.group(1) if found else value


def digest(challenge: str, user: str, secret: str, method: str, uri: str) -> str:
    """The value of an Authorization header for a challenge."""
    parts = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    cnonce, count = secrets.token_hex(8), "00000001"

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    ha1, ha2 = md5(f"{user}:{parts['realm']}:{secret}"), md5(f"{method}:{uri}")
    if "qop" in parts:
        answer = md5(f"{ha1}:{parts['nonce']}:{count}:{cnonce}:auth:{ha2}")
        more = f', qop=auth, nc={count}, cnonce="{cnonce}"'
    else:
        answer, more = md5(f"{ha1}:{parts['nonce']}:{ha2}"), ""
    opaque = f', opaque="{parts["opaque"]}"' if "opaque" in parts else ""
    return (
        f'Digest username="{user}", realm="{parts["realm"]}", nonce="{parts["nonce"]}", uri="{uri}", '
        f'response="{answer}", algorithm=MD5{opaque}{more}'
    )
