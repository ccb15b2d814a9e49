"""Published pages read back: links, anchors, headings and texts by html5lib; trees of feeds and maps by ElementTree."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib

# What html5lib (of 2020) calls an error and the living HTML standard does not, or what a `<meta>` of ours is about.
_ALLOWED: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Page:
    """A page of a tree: ``path`` is its file, ``url`` its address below the root."""

    path: str
    raw: bytes
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def url(self) -> str:
        """``/briefs/x/`` for ``briefs/x/index.html``."""
        return "/" + self.path.removesuffix("index.html")

    @cached_property
    def parsed(self) -> tuple[ElementTree.Element, tuple[str, ...]]:
        """The tree of the page, and what the parser complains of."""
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(self.raw, transport_encoding="utf-8")
        return tree, tuple(code for _, code, _ in parser.errors if code not in _ALLOWED)

    @property
    def tree(self) -> ElementTree.Element:
        """The root element."""
        return self.parsed[0]

    @property
    def title(self) -> str:
        """The title of the page."""
        return self.text(".//title")

    def text(self, query: str) -> str:
        """The text of the first element that a query finds, blanks folded."""
        found = self.tree.find(query)
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    @cached_property
    def ids(self) -> frozenset[str]:
        """The anchors of the page."""
        return frozenset(e.get("id", "") for e in self.tree.iter() if e.get("id"))

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Every address in ``a``, once."""
        return tuple(dict.fromkeys(e.get("href", "") for e in self.tree.iter("a") if e.get("href") is not None))

    @cached_property
    def loads(self) -> tuple[str, ...]:
        """Every address that a browser fetches by itself: sheets, scripts, pictures, frames, icons."""
        found = [
            e.get("href", "")
            for e in self.tree.iter("link")
            if set((e.get("rel") or "").split()) & {"stylesheet", "icon", "apple-touch-icon", "preload", "manifest"}
        ]
        for name in ("script", "img", "iframe", "source", "video", "audio", "embed", "object", "track", "input"):
            found += [e.get(key, "") for e in self.tree.iter(name) for key in ("src", "srcset", "data", "poster") if e.get(key)]
        return tuple(dict.fromkeys(found))

    def resolve(self, href: str) -> tuple[str, str] | None:
        """File and fragment that an address of ours leads to; None for an address elsewhere."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        place = unquote(parts.path)
        if not place:
            return self.path, unquote(parts.fragment)
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(self.path), place))[1:]
        if place.endswith(("/", "/.", "/..")) or place in (".", "..") or not target:
            target = f"{target}/index.html".removeprefix("/")
        return target, unquote(parts.fragment)


def read_pages(tree: dict[str, bytes]) -> dict[str, Page]:
    """The pages of a tree by path."""
    return {path: Page(path, raw) for path, raw in tree.items() if path.endswith(".html") and not path.startswith("pagefind/")}


def dead_links(tree: dict[str, bytes], pages: dict[str, Page] | None = None) -> list[str]:
    """Links, sheets and anchors of pages that lead nowhere."""
    found = []
    known = pages if pages is not None else read_pages(tree)
    for page in known.values():
        alternates = tuple(e.get("href", "") for e in page.tree.iter("link") if e.get("rel") == "alternate")
        for href in (*page.links, *page.loads, *alternates):
            place = page.resolve(href)
            if place is None:
                continue
            path, fragment = place
            if path not in tree:
                found.append(f"{page.path} -> {href}")
            elif fragment and path in known and fragment not in known[path].ids:
                found.append(f"{page.path} -> {href} (no such anchor)")
    return found
