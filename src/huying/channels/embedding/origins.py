"""Which pages may embed the softphone: an origin as browsers say it, and nothing wider. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from huying.foundation.errors import InvalidInput

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""Hosts that a browser trusts without TLS: for trying it out on one's own machine."""
MOST = 50
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\[[0-9a-f:]+\]")
DEFAULT_PORTS = {"https": 443, "http": 80}


class OriginNotValid(InvalidInput):
    """Write the page's origin alone, such as https://crm.example: https, host, and port if it is not 443."""

    code = "origin-not-valid"


def checked_origin(text: str) -> str:
    """The origin as browsers write it. Raises OriginNotValid; no wildcards, no paths, https but for one's own machine."""
    try:
        parts = urlsplit(text.strip().lower())
        port = parts.port
    except ValueError:
        raise OriginNotValid(origin=text[:200]) from None
    host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname or ""
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password)
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    if not (bare and secure and HOST.fullmatch(host)):
        raise OriginNotValid(origin=text[:200])
    return f"{parts.scheme}://{host}" if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{parts.scheme}://{host}:{port}"


def checked_origins(texts: Iterable[str]) -> list[str]:
    """All of them, each once, in their order. Raises OriginNotValid, InvalidInput for too many."""
    found = list(dict.fromkeys(checked_origin(text) for text in texts))
    if len(found) > MOST:
        raise InvalidInput(f"Not more than {MOST} pages.", field="origins")
    return found


def frame_ancestors(origins: Iterable[str]) -> str:
    """What the Content-Security-Policy says of who may frame the page."""
    return " ".join(origins) or "'none'"
