"""Looks over a finished folder before it is published: nothing empty, every link alive, feeds and data readable."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

_LINK = re.compile(r"""<(?:a|link|script|img)\b[^>]*?\s(?:href|src)=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""")
_MOST = 50  # problems that are listed


def inspect_site(folder: Path, base: str) -> list[str]:
    """What is wrong with a site, at most 50 problems. ``base`` is the path of its root, with slashes at both ends."""
    found = []
    for problem in _problems(folder, base):
        found.append(problem)
        if len(found) >= _MOST:
            break
    return found


def inspect_counts(folder: Path, briefs: int, files: int) -> list[str]:
    """Whether every brief has its page (replaced ones have one too), every output its file, and nothing else is there."""
    pages = sum(1 for page in folder.glob("briefs/*/index.html") if page.is_file())
    there = sum(1 for file in folder.rglob("*") if file.is_file()) - 1  # the mark of the folder
    found = [f"{briefs:,} briefs have only {pages:,} pages"] if pages < briefs else []
    return found + ([f"{files:,} files were written and {there:,} are there"] if there != files else [])


def _problems(folder: Path, base: str) -> Iterator[str]:
    files = {f.relative_to(folder).as_posix(): f for f in sorted(folder.rglob("*")) if f.is_file()}
    if "index.html" not in files:
        yield "there is no index.html"
    ids: dict[str, frozenset[str]] = {}
    anchors: list[tuple[str, str, str]] = []
    for path, file in files.items():
        if path.startswith("pagefind/"):
            continue
        raw = file.read_bytes()
        if not raw.strip():
            yield f"{path} is empty"
        elif path.endswith((".xml", ".opml", ".svg")):
            yield from _check_xml(path, raw)
        elif path.endswith(".json"):
            yield from _check_json(path, raw)
        elif path.endswith(".html"):
            text = raw.decode("utf-8")
            ids[path] = frozenset(a or b for a, b in _ID.findall(text))
            if not text.rstrip().endswith("</html>"):
                yield f"{path} does not end"
            for target, fragment in _targets(path, text, base):
                if target not in files:
                    yield f"{path} links to {target}, which is not there"
                elif fragment:
                    anchors.append((path, target, fragment))
    for path, target, fragment in anchors:
        if target in ids and fragment not in ids[target]:
            yield f"{path} links to #{fragment} of {target}, which is not there"


def _check_xml(path: str, raw: bytes) -> Iterator[str]:
    try:
        ElementTree.fromstring(raw)  # noqa: S314 - made by ourselves a moment ago
    except ElementTree.ParseError as error:
        yield f"{path} is no XML: {error}"


def _check_json(path: str, raw: bytes) -> Iterator[str]:
    try:
        json.loads(raw)
    except ValueError as error:
        yield f"{path} is no JSON: {error}"


def _targets(path: str, text: str, base: str) -> Iterator[tuple[str, str]]:
    """The files of the site that a page links to, with the fragment."""
    seen = set()
    for double, single in _LINK.findall(text):
        href = (double or single).replace("&amp;", "&")
        if href in seen:
            continue
        seen.add(href)
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            continue
        place = unquote(parts.path)
        if not place:
            target = path
        elif place.startswith("/"):
            target = place.removeprefix(base) if place.startswith(base) else place[1:]
        else:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) + ("/" if place.endswith("/") else "")
        target = target.removeprefix("./")
        if target in ("", "/", ".", "./"):
            target = "index.html"
        elif target.endswith("/"):
            target += "index.html"
        elif place in (".", "..") or place.endswith(("/.", "/..")):
            target += "/index.html"
        yield target, unquote(parts.fragment)
