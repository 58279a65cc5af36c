"""A real nginx before a small web process and a small telephone engine: who gets where, and what happens when one is gone."""

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from huying.foundation.clock import utc_now
from huying.processes.certificate import ensure_certificate
from huying.processes.edge import Edge, EdgeSettings
from huying.processes.program import free_port, running
from huying.processes.runtime import RuntimeMissing, find_runtime

HANDSHAKE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "x" * 22 + "==", "Sec-WebSocket-Version": "13"}


class Upstream(BaseHTTPRequestHandler):
    """Stands for the web process and for Asterisk; tells back what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/internal/phone-auth"):
            good = "session=good" in self.headers.get("Cookie", "") or "token=good" in self.headers.get("X-Original-URI", "")
            self.send_response(204 if good else 401)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        seen = {"path": self.path, "from": self.client_address[0], "headers": {name.lower(): value for name, value in self.headers.items()}}
        body = json.dumps(seen).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


class Site:
    def __init__(self, folder: Path, *, secured: bool = False) -> None:
        self.upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
        self.port = free_port()
        self.log = folder.with_suffix(".log")
        desk, site = folder / "desk", folder / "site"
        for pages in (desk, site):
            (pages / "assets").mkdir(parents=True)
            (pages / "index.html").write_text(f"<title>{pages.name}</title>")
        (desk / "assets" / "a.js").write_text("1")
        pair = ensure_certificate(folder / "certificate", ["127.0.0.1"], utc_now()) if secured else (None, None)
        upstream = self.upstream.server_address[1]
        try:
            nginx = find_runtime().nginx.argv
        except RuntimeMissing:
            pytest.fail("nginx is missing: run './huying runtime'")
        self.edge = Edge(EdgeSettings(folder / "edge", nginx, "127.0.0.1", self.port, upstream, upstream, desk, site, *pair))
        self.edge.prepare()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.fixture
def site(ground: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    made = Site(ground / f"edge-{request.node.name}")
    thread = threading.Thread(target=made.upstream.serve_forever, daemon=True)
    thread.start()
    with running(made.edge.program(), made.log):
        yield made
    made.upstream.shutdown()
    made.upstream.server_close()
    thread.join()


def test_pages_are_served_strictly(site: Site) -> None:
    status, headers, body = site.get("/")
    assert status == 200 and b"desk" in body
    assert "script-src 'self';" in headers["content-security-policy"]
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["server"] == "nginx"
    assert site.get("/customers/42")[2] == body
    assert site.get("/live")[2] == body, "the desk's page of that name, reloaded"
    assert site.get("/assets/missing.js")[0] == 404
    assert b"site" in site.get("/site/")[2]
    assert "self" in site.get("/site/")[1]["content-security-policy"].rsplit("frame-ancestors", 1)[1]


def test_the_api_learns_who_asks_and_nobody_can_pretend(site: Site) -> None:
    status, _, body = site.get("/api/people?x=1", **{"X-Real-IP": "6.6.6.6", "X-Forwarded-For": "6.6.6.6", "Host": "desk.test"})
    seen = json.loads(body)
    assert status == 200 and seen["path"] == "/api/people?x=1"
    assert seen["headers"]["x-real-ip"] == seen["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert seen["headers"]["host"] == "desk.test" and seen["headers"]["x-forwarded-proto"] == "http"


def test_the_live_feed_is_a_relayed_upgrade(site: Site) -> None:
    seen = json.loads(site.get("/live", Cookie="session=good", **HANDSHAKE)[2])
    assert seen["path"] == "/live" and seen["headers"]["upgrade"] == "websocket" and seen["headers"]["cookie"] == "session=good"


def test_the_phones_path_needs_a_pass_and_relays_from_its_own_address(site: Site) -> None:
    assert site.get("/phone", **HANDSHAKE)[0] == 401
    assert site.get("/phone?token=wrong", **HANDSHAKE)[0] == 401
    for status, _, body in (site.get("/phone?token=good", **HANDSHAKE), site.get("/phone", Cookie="session=good", **HANDSHAKE)):
        seen = json.loads(body)
        assert status == 200 and seen["path"].startswith("/ws") and seen["from"] == "127.0.0.2"
        assert "cookie" not in seen["headers"] and seen["headers"]["upgrade"] == "websocket"


def test_nothing_else_of_engine_or_house_is_reached(site: Site) -> None:
    for path in ("/internal/phone-auth", "/internal", "/internal/x", "//internal/phone-auth", "/api/../internal/phone-auth"):
        assert site.get(path)[0] in (400, 404), path
    for path in ("/ari/asterisk/info", "/ws", "/phone/../ari/channels", "/metrics"):
        status, _, body = site.get(path)
        assert b"desk" in body or status in (400, 404), path


def test_a_silent_upstream_is_a_clear_503(site: Site) -> None:
    site.upstream.shutdown()
    site.upstream.server_close()
    for path in ("/api/people", "/phone?token=secretly", "/public/web-calls/1?token=secretly"):
        status, headers, body = site.get(path)
        assert status == 503, path
        assert headers["content-type"] == "application/json"
        assert json.loads(body)["error"]["code"] == "unavailable"
    assert site.get("/live", **HANDSHAKE)[0] == 503
    assert site.get("/")[0] == 200
    assert "connect() failed" in site.log.read_text()
    assert "secretly" not in site.log.read_text()


def test_https_with_a_certificate_of_our_own(ground: Path) -> None:
    secured = Site(ground / "edge-secured", secured=True)
    with running(secured.edge.program()):
        status, headers, _ = secured.get("/")
        assert status == 301 and headers["location"] == f"https://127.0.0.1:{secured.port}/"
    secured.upstream.server_close()
