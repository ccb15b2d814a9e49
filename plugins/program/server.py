"""A small file server for the preview: right media types, 404 page, nothing outside the folder."""

from __future__ import annotations

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".atom": "application/atom+xml",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/x-ndjson; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".xml": "application/xml; charset=utf-8",
}
NAMED = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}


class Handler(SimpleHTTPRequestHandler):
    """Answers from one folder; an address that has no file gets the digest's own notice with status 404."""

    protocol_version = "HTTP/1.1"
    extensions_map = TYPES | {"": "application/octet-stream"}

    def __init__(self, *args: object, base: str = "/", **more: object) -> None:
        self.base = base
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of an address; hidden files are never served."""
        clean = unquote(urlsplit(path).path)
        if self.base != "/" and clean.startswith(self.base):
            clean = clean[len(self.base) - 1 :]
        parts = [p for p in clean.split("/") if p not in ("", ".")]
        if any(p.startswith(".") or "\0" in p or os.sep in p for p in parts):
            return os.path.join(self.directory, ".none")
        found = os.path.join(self.directory, *parts)
        return found + "/" if clean.endswith("/") else found

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The media type by name."""
        return NAMED.get(os.path.basename(path)) or super().guess_type(path)

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Folders are never listed."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The notice of the digest for what is not there."""
        notice = Path(self.directory) / "404.html"
        if code != 404 or not notice.is_file():
            super().send_error(code, message, explain)
            return
        body = notice.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """A preview is never kept by the browser."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged."""


class Server(ThreadingHTTPServer):
    """Serves a folder on this machine only."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int, base: str) -> None:
        super().__init__(("127.0.0.1", port), partial(Handler, directory=str(folder), base=base))

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who went away is no failure."""
