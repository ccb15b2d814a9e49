"""Feeds of weeks and of changes. Writes ``atom.xml``, ``rss.xml`` and ``feed.json`` in ``weeks/`` and ``changes/``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property, partial

from plugins.domain.changes import Change, list_changes
from plugins.domain.coming import list_coming
from plugins.domain.issue import LOOK_AHEAD, Almanac
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.offers import Link
from plugins.feeds.entries import TEMPLATES, Entries
from plugins.feeds.feed import Entry, Feed
from plugins.feeds.formats import FORMATS, Typesetter
from plugins.press.output import Output, Sheet, key_of

LENGTH = 20
WEEKS, CHANGES = "/weeks/", "/changes/"
TITLES = {WEEKS: "weekly issues", CHANGES: "corrections and changes"}
_SUBTITLES = {
    WEEKS: "One entry a week: the briefs added, what changed, and the dates of the next two weeks",
    CHANGES: "Corrections, updates, withdrawals, and measures that moved from one stage to another",
}


def series_links() -> Iterator[tuple[str, Link]]:
    """The addresses of the two pages with the feeds beside them."""
    for url, title in TITLES.items():
        for f in FORMATS:
            yield url, Link(url[1:] + f.file, f.label, f.media_type, f"{title[0].upper()}{title[1:]} ({f.label})", "feeds")


def make_series(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each of the two."""
    measures = key_of(*(m.digest for m in edition.collection.vocabulary.measures.values()))
    key = key_of(edition.key(*TEMPLATES), edition.collection.indexes.home.heads, measures)
    series = Series(edition)
    yield Sheet("feeds/weeks/", key, lambda: _outputs(edition, WEEKS, series.find_issues()))
    yield Sheet("feeds/changes/", key, lambda: _outputs(edition, CHANGES, series.find_changes()))


class Series:
    """The entries of one edition's weeks and changes."""

    def __init__(self, edition: Edition) -> None:
        self._collection = edition.collection
        self._entries = Entries(edition)

    @cached_property
    def _changes(self) -> tuple[Change, ...]:
        collection = self._collection
        published = tuple(b for b in collection.briefs if b.status is not Status.DRAFT)
        if len(published) == len(collection.briefs):
            return collection.changes
        return list_changes(published, collection.vocabulary.measures)

    def find_issues(self) -> tuple[Entry, ...]:
        """The newest issues, one entry each."""
        collection = self._collection
        published = [i for i in collection.indexes.weeks.values() if any(b.status is Status.PUBLISHED for b in i.briefs)]
        weeks = published[:LENGTH]
        ends = sorted(i.week.last for i in weeks if i.week)
        first, last = (ends[0].isoformat(), (ends[-1] + timedelta(weeks=LOOK_AHEAD)).isoformat()) if ends else ("", "")
        dated = (b for b in collection.briefs if b.status is Status.PUBLISHED and any(first < on <= last for on in b.dates))
        almanac = Almanac(collection.vocabulary.countries, self._changes, list_coming(dated))
        return tuple(self._entries.of_issue(almanac.issue(i)) for i in weeks)

    def find_changes(self) -> tuple[Entry, ...]:
        """The newest changes, one entry each."""
        return tuple(self._entries.of_change(c) for c in self._changes[:LENGTH])


def _outputs(edition: Edition, url: str, entries: tuple[Entry, ...]) -> Iterator[Output]:
    site = edition.site
    feed = Feed(site.tag(f"feed{url.rstrip('/')}"), site.absolute(url), f"{site.name}: {TITLES[url]}", _SUBTITLES[url], site, entries)
    key = key_of(edition.key(), *(part for e in feed.entries for part in (e.id, e.url, e.title, e.updated, e.html, repr(e.categories))))
    typesetter = Typesetter()
    for format in FORMATS:
        yield Output(url[1:] + format.file, key, partial(typesetter.render, format, feed))
