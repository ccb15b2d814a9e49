"""Feeds of indexes.

Writes ``atom.xml``, ``rss.xml`` and ``feed.json`` beside home and each country, topic and measure, and ``atom.xml`` beside each pair
of a country and a topic: the 20 briefs that joined the digest last, withdrawn ones among them as notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from plugins.domain.brief import Brief
from plugins.domain.collection import Index, Indexes, IndexKind
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.offers import Offer, kinds
from plugins.feeds.entries import TEMPLATES, Entries
from plugins.feeds.feed import Feed
from plugins.feeds.formats import ATOM, FORMATS, JSON, RSS, Format, Typesetter
from plugins.feeds.titles import Titles
from plugins.press.output import Output, Sheet, key_of

LENGTH = 20
_MAIN = (IndexKind.HOME, IndexKind.COUNTRY, IndexKind.TOPIC, IndexKind.MEASURE)
OFFERS = (
    Offer(ATOM.file, ATOM.label, ATOM.media_type, "feeds", kinds(*_MAIN, IndexKind.PAIR)),
    Offer(RSS.file, RSS.label, RSS.media_type, "feeds", kinds(*_MAIN)),
    Offer(JSON.file, JSON.label, JSON.media_type, "feeds", kinds(*_MAIN)),
)


def make_index_feeds(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each index that has a feed."""
    maker = _Maker(edition, edition.key(*TEMPLATES))
    for index in indexes_with_feeds(edition.collection.indexes):
        yield Sheet(f"feeds{index.url}", maker.sheet_key(index), partial(maker.outputs, index))


def indexes_with_feeds(indexes: Indexes) -> Iterator[Index]:
    """The indexes that have an Atom feed. A country, its pairs and its measures follow each other: they share entries."""
    fits = OFFERS[0].fits
    left = dict(indexes.measures)
    by_country: dict[str, list[str]] = {}
    for id, index in left.items():
        if index.measure and index.measure.countries:
            by_country.setdefault(index.measure.countries[0], []).append(id)
    yield from filter(fits, [indexes.home])
    for code, country in indexes.countries.items():
        pairs = (indexes.pairs[code, topic] for topic in indexes.topics_of.get(code, ()))
        measures = [left.pop(id) for id in by_country.get(code, ())]
        yield from filter(fits, [country, *pairs, *measures])
    yield from filter(fits, [*left.values(), *indexes.topics.values()])


def find_newest(index: Index) -> tuple[Brief, ...]:
    """The briefs of an index that its feed carries, newest ``added`` first."""
    every = index.newest_added(len(index.briefs) + len(index.withdrawn))
    return tuple(b for b in every if b.status is not Status.DRAFT)[:LENGTH]


def feed_id(index: Index) -> str:
    """What a feed's id says of its index: nothing that an editor may change."""
    return f"feed/{index.kind.value}/{index.id}" if index.id else "feed"


class _Maker:
    """Makes the feeds of one build."""

    def __init__(self, edition: Edition, common: bytes) -> None:
        self._edition = edition
        self._common = common
        self._titles = Titles(edition.site, edition.collection.vocabulary)
        self._entries = Entries(edition)
        self._typesetter = Typesetter()

    def sheet_key(self, index: Index) -> bytes:
        """Cheap: it is asked for every index in every build."""
        return key_of(self._common, index.digests, index.measure.digest if index.measure else b"")

    def outputs(self, index: Index) -> Iterator[Output]:
        newest = find_newest(index)
        key = key_of(self._common, index.url, self._titles.of(index), *(b.digest for b in newest))
        build = cache(partial(self._build, index, newest))  # one feed for all formats, if any is rendered
        for format in (ATOM,) if index.kind is IndexKind.PAIR else FORMATS:
            yield Output(index.path + format.file, key, partial(self._render, format, build))

    def _render(self, format: Format, build: Callable[[], Feed]) -> bytes:
        return self._typesetter.render(format, build())

    def _build(self, index: Index, newest: tuple[Brief, ...]) -> Feed:
        site, about = self._edition.site, self._titles.about(index)
        self._edition.bodies.fetch([b.id for b in newest if b.is_listed])
        subtitle = f"The newest briefs on {about}, with their sources" if about else site.tagline or site.name
        entries = tuple(self._entries.of_brief(b) for b in newest)
        return Feed(site.tag(feed_id(index)), site.absolute(index.url), self._titles.of(index), subtitle, site, entries)
