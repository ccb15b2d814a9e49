"""The sitemap (sitemaps.org 0.9). Writes ``sitemap.xml`` and ``sitemap-<part>.xml``, one a kind and year of addition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from xml.etree import ElementTree

from plugins.domain.collection import IndexKind
from plugins.edition.edition import Edition
from plugins.edition.lists import split_pages
from plugins.press.output import Output, Sheet, key_of

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 40_000  # addresses a file; the protocol allows 50,000
Entry = tuple[str, str]  # address below the root, last change


def make_sitemap(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each part, and one for the index of parts."""
    names = []
    for name, entries in _parts(edition):
        found = hashlib.blake2b(edition.site.url.encode(), digest_size=12)
        for url, changed in entries:
            found.update(f"{url} {changed}\n".encode())
        key = found.digest()
        path = f"sitemap-{name}.xml"
        names.append((path, max((c for _, c in entries), default="")))
        yield Sheet(f"sitemap/{name}", key, partial(_output, path, key, partial(_render_part, edition.site.url, entries)))
    key = key_of(edition.site.url, repr(names))
    yield Sheet("sitemap", key, partial(_output, "sitemap.xml", key, partial(_render_index, edition.site.url, names)))


def _output(path: str, key: bytes, render: partial[bytes]) -> Iterable[Output]:
    return (Output(path, key, render),)


def _parts(edition: Edition) -> Iterator[tuple[str, list[Entry]]]:
    years: dict[str, list[Entry]] = {}
    for brief in edition.collection.briefs:
        years.setdefault(brief.id[:4], []).append((brief.url, brief.changed))
    for year, entries in sorted(years.items()):
        yield from _split(f"briefs-{year}", sorted(entries))
    kinds: dict[str, list[Entry]] = {"pages": _pages(edition)}
    for index in edition.collection.indexes.every():
        if index.kind is IndexKind.HOME:
            continue
        changed = index.changed
        urls = [index.url] + [f"{index.url}page/{p.number}/" for p in split_pages(len(index.briefs))[1:] if index.kind is not IndexKind.WEEK]
        kinds.setdefault(index.kind.value, []).extend((u, changed) for u in urls)
    for kind, entries in sorted(kinds.items()):
        yield from _split(kind, sorted(entries))


def _split(name: str, entries: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    for at in range(0, len(entries), MOST):
        yield (f"{name}-{at // MOST + 1}" if at else name), entries[at : at + MOST]


def _pages(edition: Edition) -> list[Entry]:
    home = edition.collection.indexes.home
    pages = [f"/page/{p.number}/" for p in split_pages(len(home.briefs))[1:]]
    prose = [u for u in edition.prose if not edition.offers.has_page(u)]
    return [(u, home.changed) for u in ["/", *pages]] + [(u, "") for u in sorted(prose)] + [(u, home.changed) for u in edition.offers.pages]


def _render_part(site: str, entries: list[Entry]) -> bytes:
    root = ElementTree.Element("urlset", xmlns=_NAMESPACE)
    for url, changed in entries:
        item = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(item, "loc").text = site + url
        if changed:
            ElementTree.SubElement(item, "lastmod").text = changed
    return _serialise(root)


def _render_index(site: str, parts: list[tuple[str, str]]) -> bytes:
    root = ElementTree.Element("sitemapindex", xmlns=_NAMESPACE)
    for path, changed in parts:
        item = ElementTree.SubElement(root, "sitemap")
        ElementTree.SubElement(item, "loc").text = f"{site}/{path}"
        if changed:
            ElementTree.SubElement(item, "lastmod").text = changed
    return _serialise(root)


def _serialise(root: ElementTree.Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="utf-8") + b"\n"
