"""The sitemap (sitemaps.org 0.9). Writes ``sitemap.xml`` and ``sitemap-<part>.xml``, one a kind and year of addition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.domain.collection import Index, Indexes
from plugins.edition.edition import Edition
from plugins.edition.lists import split_pages
from plugins.edition.xml import escape  # a tree of all addresses takes six times as long
from plugins.press.output import Output, Sheet, key_of

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 40_000  # briefs a file; the protocol allows 50,000 addresses
MOST_INDEXES = 5_000  # indexes a file, each with its list pages
Entry = tuple[str, str]  # address below the root, last change


class Place(NamedTuple):
    """What the sitemap says of an index."""

    url: str
    changed: str
    listed: int  # how many briefs


def make_sitemap(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each part, and one for the index of parts."""
    names = []
    for name, part, changed, entries in _parts(edition):
        path = f"sitemap-{name}.xml"
        names.append((path, changed))
        key = key_of(edition.site.url, part)
        yield Sheet(f"sitemap/{name}", key, partial(_output, path, key, partial(_render_part, edition.site.url, entries)))
    key = key_of(edition.site.url, repr(names))
    yield Sheet("sitemap", key, partial(_output, "sitemap.xml", key, partial(_render_index, edition.site.url, names)))


def _output(path: str, key: bytes, render: partial[bytes]) -> Iterable[Output]:
    return (Output(path, key, render),)


def _parts(edition: Edition) -> Iterator[tuple[str, str, str, Callable[[], list[Entry]]]]:
    """Name, text of the key, last change and entries of each part; the entries are built only where the key changed."""
    years: dict[str, list[Brief]] = {}
    for brief in edition.collection.briefs:
        years.setdefault(brief.id[:4], []).append(brief)
    for year, briefs in sorted(years.items()):
        for at in range(0, len(briefs), MOST):
            some = briefs[at : at + MOST]
            name = f"briefs-{year}-{at // MOST + 1}" if at else f"briefs-{year}"
            key = "\n".join([b.id + b.changed for b in some])
            yield name, key, max(b.changed for b in some), partial(_brief_entries, some)
    for kind, places in _places(edition.collection.indexes):
        for at in range(0, len(places), MOST_INDEXES):
            part = places[at : at + MOST_INDEXES]
            name = f"{kind}-{at // MOST_INDEXES + 1}" if at else kind
            key = "\n".join([f"{url}{changed}{count}" for url, changed, count in part])
            yield name, key, max([changed for _, changed, _ in part]), partial(_index_entries, kind, part)
    pages = _pages(edition)
    yield "pages", repr(pages), max(c for _, c in pages), lambda: pages


def _brief_entries(briefs: list[Brief]) -> list[Entry]:
    return sorted((b.url, b.changed) for b in briefs)


def _places(indexes: Indexes) -> Iterator[tuple[str, list[Place]]]:
    """The indexes but for home, by kind."""
    yield "country", _place(indexes.countries.values())
    yield "measure", _place(indexes.measures.values())
    stamps, pairs = indexes.pairs.stamps(), indexes.pairs
    yield "pair", [Place(pairs.url(*p), *stamps[p]) for p in ((c, t) for c in indexes.countries for t in pairs.topics_of.get(c, ()))]
    yield "topic", _place(indexes.topics.values())
    yield "week", _place(indexes.weeks.values())


def _place(some: Iterable[Index]) -> list[Place]:
    return [Place(i.url, i.changed, len(i.briefs)) for i in some]


def _index_entries(kind: str, places: list[Place]) -> list[Entry]:
    found = []
    for url, changed, count in places:
        found.append((url, changed))
        if kind != "week":
            found += [(f"{url}page/{p.number}/", changed) for p in split_pages(count)[1:]]
    return sorted(found)


def _pages(edition: Edition) -> list[Entry]:
    home = edition.collection.indexes.home
    pages = [f"/page/{p.number}/" for p in split_pages(len(home.briefs))[1:]]
    prose = [u for u in edition.prose if not edition.offers.has_page(u)]
    return [(u, home.changed) for u in ["/", *pages]] + [(u, "") for u in sorted(prose)] + [(u, home.changed) for u in edition.offers.pages]


def _render_part(site: str, build: Callable[[], list[Entry]]) -> bytes:
    return _render("urlset", "url", [(site + url, changed) for url, changed in build()])


def _render_index(site: str, parts: list[tuple[str, str]]) -> bytes:
    return _render("sitemapindex", "sitemap", [(f"{site}/{path}", changed) for path, changed in parts])


def _render(root: str, item: str, entries: Iterable[tuple[str, str]]) -> bytes:
    lines = [
        f"<{item}><loc>{escape(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{item}>" for address, changed in entries
    ]
    return "".join([f'{_DECLARATION}<{root} xmlns="{_NAMESPACE}">', *lines, f"</{root}>\n"]).encode()
