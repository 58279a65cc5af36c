"""Serves the built pages with pretended answers; a window's cookie says in which state the centre is. Never part of the product."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pretend

PHASE, WINDOW = "pretended_phase", "pretended_window"
ASKS = ("/requirements/", "/caller-rules/check", "/hook/try", "/preview")
"""A POST that has an answer."""


def refusal(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "details": {}}}


class Pages(http.server.SimpleHTTPRequestHandler):
    """The built pages; /api/ has its answers, any other path is the one page."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *args: Any, chosen: dict[str, dict[str, object]], **named: Any) -> None:
        self._chosen = chosen
        super().__init__(*args, **named)

    def do_GET(self) -> None:
        if self.path.startswith("/api/"):
            self._answer()
            return
        if not Path(self.translate_path(self.path)).is_file():
            self.path = "/index.html"
        super().do_GET()

    def do_POST(self) -> None:
        self._answer()

    do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815

    def end_headers(self) -> None:
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "max-age=3600, immutable")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self) -> None:
        given = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        cookies = {name: one.value for name, one in SimpleCookie(self.headers.get("Cookie", "")).items()}
        status, body = self._said(cookies.get(PHASE, "idle"), cookies.get(WINDOW, ""), given)
        told = pretend.as_told(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def _said(self, phase: str, window: str, given: bytes) -> tuple[int, Any]:
        """A GET has its data, everything else is accepted; of what is chosen, preferences alone are kept."""
        path = urlsplit(self.path).path
        if phase == "none":
            return 401, refusal("not-signed-in", "Sign in first.")
        if phase == "error" and path != "/api/session":
            return 503, refusal("unreachable", "The database cannot be reached.")
        if path.startswith("/api/preferences"):
            chosen = self._chosen.setdefault(window, {})
            if self.command == "PUT":
                chosen[path.rsplit("/", 1)[1]] = json.loads(given)["value"]
            return 200, {"chosen": {name: value for name, value in chosen.items() if value is not None}}
        asks = self.command == "GET" or any(word in path for word in ASKS)
        body = pretend.answer(self.path, phase) if asks else {}
        return (200 if body is not None else 404), body


@contextlib.contextmanager
def served(dist: Path) -> Iterator[str]:
    """The built pages, at the address it gives."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(dist), chosen={}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
