"""The one way to the network: a bounded fetch of one public page, over HTTP or HTTPS, without cookies or proxies."""

from __future__ import annotations

import http.client
import io
import re
import select
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from plugins.desk.addresses import is_public
from plugins.domain.faults import printable

SECONDS = 13.0  # for the whole fetch, redirects included; the start of the program must fit into 15 too
WIRE_LIMIT = 5_000_000  # bytes of a body as sent
UNPACKED_LIMIT = 10_000_000  # bytes of a body once unpacked
HEAD_LIMIT = 300_000  # bytes of status lines and headers in one answer
REDIRECTS = 5
TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_REDIRECTING = frozenset({301, 302, 303, 307, 308})
_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_AGENT = "policy-digest (one page for one draft)"
_HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}", re.ASCII)

Resolver = Callable[[str, int], list[str]]


class FetchError(ValueError):
    """A page that was not fetched; the text is one clear line without control characters."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: its last address, its type and charset as the server stated them, its unpacked bytes."""

    url: str
    media_type: str
    charset: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        return f"{self.host}:{self.port}"


def fetch_page(url: str, allowed: Iterable[str] = (), *, seconds: float = SECONDS, resolve: Resolver | None = None) -> Fetched:
    """The page at ``url``, followed through at most five redirects.

    Every address that a host name resolves to must be public, unless ``allowed`` names the host and port literally
    (``HOST:PORT``); the connection goes to the address that was checked. Raises FetchError.
    """
    deadline = time.monotonic() + seconds
    permitted = frozenset(entry.lower() for entry in allowed)
    for _ in range(REDIRECTS + 1):
        target = _parse_target(url)
        answer = _ask(target, permitted, deadline, resolve or _resolve)
        if isinstance(answer, str):
            url = urljoin(url, answer)
            continue
        media_type, charset, body = answer
        return Fetched(url, media_type, charset, body)
    raise FetchError(f"{printable(url)}: more than {REDIRECTS} redirects")


def _parse_target(url: str) -> _Target:
    """The parts of an address that may be asked for."""
    shown = printable(url)
    if len(url) > 4000 or any(ord(c) <= 32 or ord(c) == 127 or c == "\\" for c in url):
        raise FetchError(f"{shown}: not a web address")
    try:
        parts: SplitResult = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError as reason:
        raise FetchError(f"{shown}: not a web address") from reason
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{shown}: only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{shown}: an address with a user name is not fetched")
    if not _HOST.fullmatch(host):
        raise FetchError(f"{shown}: not a web address")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else ""
    return _Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path + query)


def _left(deadline: float, target: _Target) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{target.host}: no full answer in time ({SECONDS:.0f} s for the whole fetch)")
    return left


def _resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order of the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _checked_addresses(target: _Target, permitted: frozenset[str], deadline: float, resolve: Resolver) -> list[str]:
    """The addresses to connect to; each is public or belongs to the permitted host."""
    answers: list[str] = []
    failures: list[str] = []

    def look_up() -> None:
        try:
            answers.extend(resolve(target.host, target.port))
        except (OSError, UnicodeError) as reason:
            failures.append(str(reason))

    worker = threading.Thread(target=look_up, daemon=True)
    worker.start()
    worker.join(_left(deadline, target))
    _left(deadline, target)
    if failures or not answers:
        raise FetchError(f"{printable(target.host)}: no such host")
    literal = f"[{target.host}]:{target.port}" if ":" in target.host else target.origin
    if literal not in permitted:
        for address in answers:
            if not is_public(address):
                raise FetchError(
                    f"{printable(target.host)}: {printable(address)} is not a public address (--allow-host {literal} permits it)"
                )
    return answers


def _connect(target: _Target, addresses: list[str], deadline: float) -> socket.socket:
    """A connected socket, with TLS for https, to the first address that answers."""
    reason = "no answer"
    for address in addresses[:4]:
        raw: socket.socket | None = None
        try:
            raw = socket.create_connection((address, target.port), timeout=min(_left(deadline, target), 5.0))
            return raw if target.scheme == "http" else _secure(raw, target, deadline)
        except ssl.SSLCertVerificationError as failure:
            reason = f"its certificate is not valid ({failure.verify_message})"
        except (OSError, ssl.SSLError) as failure:
            reason = failure.strerror or "the connection failed"
        if raw is not None:
            raw.close()
    _left(deadline, target)
    raise FetchError(printable(f"{target.host}: {reason}"))


def _secure(raw: socket.socket, target: _Target, deadline: float) -> ssl.SSLSocket:
    """The socket after a TLS handshake that keeps to the deadline however slowly the other side sends."""
    wrapped = ssl.create_default_context().wrap_socket(raw, server_hostname=target.host, do_handshake_on_connect=False)
    wrapped.setblocking(False)
    while True:
        try:
            wrapped.do_handshake()
            return wrapped
        except ssl.SSLWantReadError:
            select.select([wrapped], [], [], _left(deadline, target))
        except ssl.SSLWantWriteError:
            select.select([], [wrapped], [], _left(deadline, target))


class _Bounded(io.RawIOBase):
    """The incoming bytes of one connection, held to a deadline and a size over all reads together."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        super().__init__()
        self._sock, self._deadline, self._count = sock, deadline, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        got = self._sock.recv_into(memoryview(buffer))
        self._count += got
        if self._count > WIRE_LIMIT + HEAD_LIMIT:
            raise FetchError(f"more than {WIRE_LIMIT // 1_000_000} MB")
        return got


class _Wire:
    """What http.client needs of a socket; closing is left to the owner of the socket."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_Bounded(self._sock, self._deadline), 65_536)

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(max(0.01, self._deadline - time.monotonic()))
        self._sock.sendall(data)

    def close(self) -> None:
        """Does nothing: the response may still be read."""


def _ask(target: _Target, permitted: frozenset[str], deadline: float, resolve: Resolver) -> str | tuple[str, str | None, bytes]:
    """One request: the place that a redirect points to, or type, charset and body."""
    sock = _connect(target, _checked_addresses(target, permitted, deadline, resolve), deadline)
    try:
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = _Wire(sock, deadline)
        host = f"[{target.host}]" if ":" in target.host else target.host
        standard = target.port == (443 if target.scheme == "https" else 80)
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in (
            ("Host", host if standard else f"{host}:{target.port}"),
            ("User-Agent", _AGENT),
            ("Accept", "text/html, application/xhtml+xml, text/plain;q=0.5"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        return _read_answer(connection.getresponse(), target)
    except FetchError as reason:
        text = str(reason)
        raise FetchError(text if text.startswith(target.host) else f"{target.host}: {text}") from reason
    except TimeoutError as reason:
        raise FetchError(f"{target.host}: no full answer in time ({SECONDS:.0f} s for the whole fetch)") from reason
    except http.client.IncompleteRead as reason:
        raise FetchError(f"{target.host}: sent less than it announced") from reason
    except (http.client.HTTPException, OSError, ValueError) as reason:
        raise FetchError(printable(f"{target.host}: not a proper answer ({type(reason).__name__})")) from reason
    finally:
        sock.close()


def _read_answer(response: http.client.HTTPResponse, target: _Target) -> str | tuple[str, str | None, bytes]:
    location = response.headers.get("Location")
    if response.status in _REDIRECTING and location:
        return location.strip()
    if response.status != 200:
        reason = printable(response.reason or "", limit=60)
        raise FetchError(f"{target.host}: answered {response.status} {reason}".rstrip())
    media_type = response.headers.get_content_type() if response.headers.get("Content-Type", "").strip() else ""
    if media_type not in TYPES:
        named = f"is {printable(media_type, limit=60)}" if media_type else "has no type"
        raise FetchError(f"{target.host}: the answer {named}, not HTML or text; save the file and draft from that")
    packing = [part.strip().lower() for part in ",".join(response.headers.get_all("Content-Encoding") or [""]).split(",")]
    packing = [part for part in packing if part not in _PLAIN]
    if len(packing) > 1 or not set(packing) <= _PACKED:
        raise FetchError(f"{target.host}: packed in a way that is not read ({printable(', '.join(packing), limit=60)})")
    if (response.length or 0) > WIRE_LIMIT:
        raise FetchError(f"{target.host}: more than {WIRE_LIMIT // 1_000_000} MB")
    charset = response.headers.get_content_charset()
    return media_type, charset, _read_body(response, bool(packing), target)


def _read_body(response: http.client.HTTPResponse, packed: bool, target: _Target) -> bytes:
    """The whole body, unpacked; nothing beyond the limits is ever kept in memory."""
    body = bytearray()
    wire = 0
    unpack = zlib.decompressobj(wbits=47) if packed else None  # 47: gzip or zlib, told by its first bytes
    while chunk := response.read(65_536):
        wire += len(chunk)
        if wire > WIRE_LIMIT:
            raise FetchError(f"{target.host}: more than {WIRE_LIMIT // 1_000_000} MB")
        try:
            body += unpack.decompress(chunk, UNPACKED_LIMIT + 1 - len(body)) if unpack else chunk
        except zlib.error as reason:
            raise FetchError(f"{target.host}: the packed answer is damaged") from reason
        if len(body) > UNPACKED_LIMIT:
            raise FetchError(f"{target.host}: more than {UNPACKED_LIMIT // 1_000_000} MB when unpacked")
    if response.length:
        raise FetchError(f"{target.host}: sent less than it announced")
    if unpack is not None and not unpack.eof:
        raise FetchError(f"{target.host}: the packed answer ends too early")
    return bytes(body)
