"""The page that lists all feeds and calendars. Writes ``subscribe/index.html``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from plugins.domain.collection import Index
from plugins.edition.edition import Edition
from plugins.edition.offers import Link
from plugins.edition.templates import file_of
from plugins.feeds.shelf import Shelf, Title, digest_shelves, list_shelves
from plugins.press.output import Output, Sheet, key_of

URL, LABEL = "/subscribe/", "Subscribe"
_GROUPS = ("feeds", "calendars")


class Row(NamedTuple):
    """A page with what it can be followed by; ``href`` is its path below the root."""

    title: str
    href: str
    links: tuple[Link, ...]
    parts: tuple[Row, ...] = ()


def make_subscribe(edition: Edition) -> Iterator[Sheet]:
    """One sheet: it changes when an index comes, goes, is renamed or has its first coming date."""
    indexes = edition.collection.indexes
    prose = edition.prose.get(URL)
    words = key_of(prose.title, prose.summary, prose.html) if prose else b""
    main = (indexes.home, *indexes.countries.values(), *indexes.topics.values(), *indexes.measures.values())
    offered = repr(list(map(edition.offers.count_beside, main)))
    key = key_of(edition.key("subscribe.html"), digest_shelves(edition), offered, words)
    yield Sheet("page/subscribe", key, lambda: [Output(file_of(URL), key, partial(render_subscribe, edition))])


def render_subscribe(edition: Edition) -> bytes:
    """The page; the prose of ``content/pages/subscribe.md`` is its introduction."""
    folders = list_folders(edition, list_shelves(edition))
    return edition.templates.page("subscribe.html", URL, {"prose": edition.prose.get(URL), "folders": folders})


def list_folders(edition: Edition, shelves: tuple[Shelf, ...]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The folders of the page with their rows."""
    indexes = {i.url: i for i in edition.collection.indexes.every()}
    return tuple((shelf.name, tuple(_build_row(edition, indexes, t) for t in shelf.titles)) for shelf in shelves)


def _build_row(edition: Edition, indexes: Mapping[str, Index], title: Title) -> Row:
    index = indexes.get(title.url)
    links = edition.offers.beside(index) if index else edition.links_of(title.url)
    parts = tuple(_build_row(edition, indexes, part) for part in title.parts)
    return Row(title.name, title.url[1:], tuple(link for link in links if link.group in _GROUPS), parts)
