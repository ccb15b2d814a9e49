"""From one input of ``digest draft`` to its article: an address, a file, or standard input."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from plugins.desk.article import Article, RefusedInput
from plugins.desk.fetch import Fetched, FetchError, fetch_page

STANDARD_INPUT = "-"
_LARGEST_READ = 20_000_001  # bytes; each reader has its own, smaller bound
_HTML_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--|article|div|meta|title)\b", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether an input is a web address."""
    return re.match(r"[a-z][a-z0-9+.-]*://", name, re.IGNORECASE) is not None


def read_input(name: str, allowed_hosts: Iterable[str], standard_input: BinaryIO) -> Article:
    """The article of an input. Raises RefusedInput with one clear line."""
    if is_address(name):
        return _read_address(name, allowed_hosts)
    if name == STANDARD_INPUT:
        data = standard_input.read(_LARGEST_READ)
        return _read_bytes(data, name, _suffix_of(data))
    return _read_bytes(_read_file(Path(name)), name, Path(name).suffix.lower())


def _read_file(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            if not stat.S_ISREG(file.stat().st_mode):
                raise RefusedInput("no regular file")
            return stream.read(_LARGEST_READ)
    except IsADirectoryError as reason:
        raise RefusedInput("a folder, not a file; name the files in it") from reason
    except FileNotFoundError as reason:
        raise RefusedInput("no such file") from reason
    except (OSError, ValueError) as reason:
        raise RefusedInput(f"cannot be read: {getattr(reason, 'strerror', None) or reason}") from reason


def _suffix_of(data: bytes) -> str:
    """The kind of what came without a name."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    return ".html" if _HTML_START.match(data[:2000]) else ".txt"


def _read_bytes(data: bytes, name: str, suffix: str) -> Article:
    if not data.strip():
        raise RefusedInput("the file is empty" if name != STANDARD_INPUT else "standard input is empty")
    if suffix in (".html", ".htm", ".xhtml"):
        from plugins.desk.page import read_page

        return read_page(data, name)
    if suffix == ".pdf":
        from plugins.desk.pdf import read_pdf

        return read_pdf(data, name)
    if suffix in (".txt", ".text", ".md", ""):
        from plugins.desk.pasted import read_pasted

        return read_pasted(data, name)
    raise RefusedInput(f"`{suffix}` is not read; give an address, or a file .html, .pdf or .txt")


def _read_address(name: str, allowed_hosts: Iterable[str]) -> Article:
    try:
        fetched: Fetched = fetch_page(name, allowed_hosts)
    except FetchError as reason:
        raise RefusedInput(str(reason)) from reason
    if fetched.media_type == "text/plain":
        from plugins.desk.pasted import read_pasted

        return read_pasted(fetched.body, name, fetched.url)
    from plugins.desk.page import read_page

    return read_page(fetched.body, name, fetched.url, fetched.charset)
