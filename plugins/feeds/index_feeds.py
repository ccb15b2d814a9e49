"""Feeds of indexes.

Writes ``atom.xml``, ``rss.xml`` and ``feed.json`` beside home and each country, topic and measure, and ``atom.xml`` beside each pair
of a country and a topic: the 20 briefs that joined the digest last, withdrawn ones among them as notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from plugins.domain.brief import Brief, digest_briefs
from plugins.domain.collection import Index, Indexes, IndexKind
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.offers import Offer, kinds
from plugins.feeds.entries import TEMPLATES, Entries
from plugins.feeds.feed import Feed
from plugins.feeds.formats import ATOM, FORMATS, JSON, RSS, Format, Typesetter
from plugins.feeds.titles import Titles
from plugins.press.output import Batch, Output, Sheet, key_of

LENGTH = 20
_MAIN = (IndexKind.HOME, IndexKind.COUNTRY, IndexKind.TOPIC, IndexKind.MEASURE)
OFFERS = (
    Offer(ATOM.file, ATOM.label, ATOM.media_type, "feeds", kinds(*_MAIN, IndexKind.PAIR)),
    Offer(RSS.file, RSS.label, RSS.media_type, "feeds", kinds(*_MAIN)),
    Offer(JSON.file, JSON.label, JSON.media_type, "feeds", kinds(*_MAIN)),
)


def make_index_feeds(edition: Edition) -> Iterator[Batch]:
    """A batch for each group of indexes."""
    indexes = edition.collection.indexes
    newest = edition.recall_briefs("newest", lambda: list_newest(indexes))
    maker = _Maker(edition, edition.key(*TEMPLATES), newest)
    for name, code, some in group_indexes(indexes):
        yield Batch(name, maker.batch_key(code, some), partial(maker.sheets, code, some))


def group_indexes(indexes: Indexes) -> Iterator[tuple[str, str, list[Index]]]:
    """The indexes but for pairs in groups: home, each country with its measures, and the rest. The code is that of the country, or empty.

    A country, its pairs and its measures share entries.
    """
    measures: dict[str, list[Index]] = {}
    for index in indexes.measures.values():
        code = index.measure.countries[0] if index.measure and index.measure.countries else ""
        measures.setdefault(code if code in indexes.countries else "", []).append(index)
    yield "home", "", [indexes.home]
    for code, country in indexes.countries.items():
        yield code, code, [country, *measures.get(code, ())]
    yield "rest", "", [*measures.get("", ()), *indexes.topics.values()]


def find_newest(index: Index) -> tuple[Brief, ...]:
    """The briefs of an index that its feed carries, newest ``added`` first."""
    found = index.newest_added(LENGTH)
    if any(b.status is Status.DRAFT for b in found):
        found = index.newest_added(len(index.every))
    return tuple(b for b in found if b.status is not Status.DRAFT)[:LENGTH]


def list_newest(indexes: Indexes) -> dict[str, tuple[Brief, ...]]:
    """For each index but for pairs, by its address, the briefs that its feed carries."""
    every = (indexes.home, *indexes.countries.values(), *indexes.topics.values(), *indexes.measures.values())
    return {index.url: find_newest(index) for index in every}


def feed_id(index: Index) -> str:
    """What a feed's id says of its index: nothing that an editor may change."""
    return f"feed/{index.kind.value}/{index.id}" if index.id else "feed"


class _Maker:
    """Makes the feeds of one build. ``newest`` are the briefs that feeds carry, by the address of the index; none for pairs."""

    def __init__(self, edition: Edition, common: bytes, newest: Mapping[str, tuple[Brief, ...]]) -> None:
        self._edition = edition
        self._common = common
        self._newest = newest
        self._titles = Titles(edition.site, edition.collection.vocabulary)
        self._entries = Entries(edition)
        self._typesetter = Typesetter()

    def batch_key(self, code: str, some: Sequence[Index]) -> bytes:
        """Cheap: it is asked for every group in every build. The briefs of a country's pairs are those of the country."""
        return key_of(self._common, some[0].digests if code else b"", *map(self._sheet_key, some))

    def sheets(self, code: str, some: Iterable[Index]) -> Iterator[Sheet]:
        """A sheet for each of some indexes that has a feed, and for the pairs of a country."""
        first, *others = some
        for index in filter(OFFERS[0].fits, (first, *self._edition.collection.indexes.pairs_of(code), *others)):
            yield Sheet(f"feeds{index.url}", self._sheet_key(index), partial(self._outputs, index))

    def _sheet_key(self, index: Index) -> bytes:
        newest = self._newest.get(index.url)
        shown = index.digests if newest is None else digest_briefs(newest)
        return key_of(self._common, shown, index.measure.digest if index.measure else b"")

    def _outputs(self, index: Index) -> Iterator[Output]:
        newest = self._newest.get(index.url) or find_newest(index)
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
