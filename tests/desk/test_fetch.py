"""The fetcher reaches one public page, within its limits, and nothing else."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.desk import fetch
from plugins.desk.fetch import FetchError, fetch_page

PAGE = b"<!doctype html><html><body><p>A page of the test.</p></body></html>"
BOMB = gzip.compress(b"<p>0</p>" * 2_000_000)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, str | None]]

    @property
    def origin(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: Any) -> None:
        """A fetcher that hangs up is what the tests want."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def answer(self, body: bytes = b"", status: int = 200, kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, chunk: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(2_000):
            self.wfile.write(chunk)
            self.wfile.flush()
            time.sleep(pause)

    def do_GET(self) -> None:  # noqa: C901 - one path, one way to misbehave
        path, origin = self.path, self.server.origin
        self.server.asked.append((path, self.headers.get("Cookie")))
        port = self.server.server_address[1]
        places = {
            "/here": "/ok",
            "/loop": "/loop",
            "/file": "file:///etc/hostname",
            "/ftp": f"ftp://{origin}/x",
            "/data": "data:text/html,x",
            "/script": "javascript:alert(1)",
            "/localhost": f"http://localhost:{port}/internal",
            "/decimal": f"http://2130706433:{port}/internal",
            "/mapped": f"http://[::ffff:127.0.0.1]:{port}/internal",
            "/user": f"http://news.example@{origin}/internal",
            "/metadata": "http://169.254.169.254/latest/",
        }
        if path in places:
            self.answer(status=302, Location=places[path], Set_Cookie="a=b")
        elif path == "/ok":
            self.answer(PAGE, kind="text/html; charset=utf-8")
        elif path == "/packed":
            self.answer(gzip.compress(PAGE), Content_Encoding="gzip")
        elif path == "/chunked":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE))
        elif path == "/bomb":
            self.answer(BOMB, Content_Encoding="gzip")
        elif path == "/twice":
            self.answer(gzip.compress(BOMB), Content_Encoding="gzip, gzip")
        elif path == "/broken":
            self.answer(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")
        elif path == "/endless":
            self.stream(b"<p>more</p>" * 6_000, 0)
        elif path == "/drip":
            self.stream(b"x", 0.05)
        elif path == "/stall":
            time.sleep(3)
        elif path == "/short":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(PAGE)
            self.close_connection = True
        elif path == "/headers":
            self.answer(PAGE, **{f"X-{number}": "y" for number in range(2_000)})
        elif path == "/escape":
            self.wfile.write(b"HTTP/1.1 404 \x1b]0;owned\x07\r\nContent-Length: 0\r\n\r\n")
        elif path == "/pdf":
            self.answer(b"%PDF-1.7", kind="application/pdf")
        elif path == "/untyped":
            self.answer(PAGE, kind="")
        elif path == "/login":
            self.answer(status=401)
        else:
            self.answer(b"internal page")


@pytest.fixture(scope="module")
def server() -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Handler) as running:
        running.asked = []
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running
        running.shutdown()


@pytest.mark.parametrize("path", ["/ok", "/here", "/packed", "/chunked"])
def test_permitted_page(server: _Server, path: str) -> None:
    """A page of the permitted host is fetched, also packed, in chunks and through a redirect that stays there."""
    fetched = fetch_page(f"http://{server.origin}{path}", [server.origin])
    assert fetched.body == PAGE
    assert fetched.media_type == "text/html"
    assert fetched.url.endswith("/ok" if path == "/here" else path)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/loop", "redirects"),
        ("/file", "only http and https"),
        ("/ftp", "only http and https"),
        ("/data", "only http and https"),
        ("/script", "only http and https"),
        ("/localhost", "not a public address"),
        ("/decimal", "not a public address"),
        ("/mapped", "not a public address"),
        ("/metadata", "not a public address"),
        ("/user", "user name"),
        ("/bomb", "10 MB when unpacked"),
        ("/twice", "packed"),
        ("/broken", "ends too early"),
        ("/endless", "more than 5 MB"),
        ("/short", "less than it announced"),
        ("/headers", "not a proper answer"),
        ("/escape", "answered 404"),
        ("/pdf", "not HTML or text"),
        ("/untyped", "not HTML or text"),
        ("/login", "answered 401"),
    ],
)
def test_every_failure_is_one_clear_line(server: _Server, path: str, said: str) -> None:
    """Each way in which a server misbehaves ends in one printable line that says what was wrong."""
    with pytest.raises(FetchError, match=said) as refusal:
        fetch_page(f"http://{server.origin}{path}", [server.origin])
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize("path", ["/drip", "/stall"])
def test_time_is_bounded_over_the_whole_fetch(server: _Server, path: str) -> None:
    """A server that sends a little at a time, or nothing, cannot hold the fetcher beyond its deadline."""
    started = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        fetch_page(f"http://{server.origin}{path}", [server.origin], seconds=0.4)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.",
        "①②⑦.0.0.1",
    ],
)
def test_no_spelling_of_this_machine_is_reached(server: _Server, host: str) -> None:
    """Without --allow-host no spelling of a local address is connected to."""
    before = len(server.asked)
    with pytest.raises(FetchError):
        fetch_page(f"http://{host}:{server.server_address[1]}/internal")
    assert len(server.asked) == before


def test_permission_is_literal(server: _Server) -> None:
    """--allow-host permits the host and port as they are written there and no other name of the same machine."""
    with pytest.raises(FetchError, match="not a public address"):
        fetch_page(f"http://localhost:{server.server_address[1]}/ok", [server.origin])
    with pytest.raises(FetchError, match="not a public address"):
        fetch_page(f"http://{server.origin}/ok", ["127.0.0.1:1"])


def test_every_answer_of_the_resolver_must_be_public(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with one public and one local address is refused before anything is connected."""
    monkeypatch.setattr(fetch.socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is not a public address"):
        fetch_page("http://mixed.example/", resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])


def test_the_checked_address_is_connected_to(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is resolved once for each request, so that it cannot lead elsewhere after the check."""
    asked: list[str] = []
    reached: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"]

    def connect(address: tuple[str, int], timeout: float) -> None:
        reached.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(fetch.socket, "create_connection", connect)
    with pytest.raises(FetchError, match="Connection refused"):
        fetch_page("http://news.example/a", resolve=resolve)
    assert asked == ["news.example"]
    assert reached == [("93.184.216.34", 80)]


def test_internal_pages_were_never_asked_for(server: _Server) -> None:
    """No redirect led to the page that must not be reached, and no cookie was sent back."""
    for path in ("/localhost", "/decimal", "/mapped", "/user"):
        with pytest.raises(FetchError):
            fetch_page(f"http://{server.origin}{path}", [server.origin])
    assert not [path for path, _ in server.asked if path == "/internal"]
    assert {cookie for _, cookie in server.asked} == {None}


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "http://a b/", "http://[::1", "http://x:99999/", "http://ex\x00ample/", "//x/", "http://x\\y/"]
)
def test_odd_addresses_are_refused(url: str) -> None:
    """What is no address is refused without asking the resolver."""
    with pytest.raises(FetchError) as refusal:
        fetch_page(url, resolve=lambda *_: pytest.fail("resolved"))
    assert str(refusal.value).isprintable()


def test_only_the_fetcher_opens_connections() -> None:
    """No other module of the desk imports what could reach the network."""
    folder = Path(fetch.__file__).parent
    forbidden = ("import socket", "import http", "import urllib.request", "import requests", "import httpx", "import ssl", "urllib3")
    for file in folder.glob("*.py"):
        if file.name != "fetch.py":
            assert not [word for word in forbidden if word in file.read_text("utf-8")], file.name
