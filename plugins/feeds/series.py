"""Feeds of weeks and of changes. Writes ``atom.xml``, ``rss.xml`` and ``feed.json`` in ``weeks/`` and ``changes/``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import islice

from plugins.domain.brief import Brief, digest_facts, digest_heads
from plugins.domain.changes import Change, find_tellers, list_changes, list_newest
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
    collection, series = edition.collection, Series(edition)
    measures = key_of(*[m.digest for m in collection.vocabulary.measures.values()])
    common = key_of(edition.key(*TEMPLATES), digest_facts(series.tellers), measures)
    told = edition.recall_briefs("told in series", series.find_told)
    changes, dated = key_of(common, digest_heads(told[CHANGES])), digest_facts(b for b in collection.briefs if b.dates)
    weeks = key_of(common, digest_heads(told[WEEKS]), *[i.heads for i in series.weeks], dated)
    yield Sheet("feeds/weeks/", weeks, lambda: _outputs(edition, WEEKS, series.find_issues()))
    yield Sheet("feeds/changes/", changes, lambda: _outputs(edition, CHANGES, series.find_changes()))


class Series:
    """The entries of one edition's weeks and changes."""

    def __init__(self, edition: Edition) -> None:
        self._collection = edition.collection
        self._entries = Entries(edition)
        weeks = edition.collection.indexes.weeks.values()
        self.weeks = tuple(islice((i for i in weeks if any(b.status is Status.PUBLISHED for b in i.briefs)), LENGTH))  # the newest

    @cached_property
    def tellers(self) -> tuple[Brief, ...]:
        """The briefs that changes may tell of."""
        return tuple(find_tellers(self._collection.briefs))

    def find_told(self) -> dict[str, list[Brief]]:
        """The briefs that are told of as changes in each of the two."""
        return {WEEKS: [change.brief for change in self._recent], CHANGES: [change.brief for change in self._newest]}

    @cached_property
    def _recent(self) -> tuple[Change, ...]:
        """The changes since the oldest of the weeks began."""
        since = min((i.week.first for i in self.weeks if i.week), default=date.max).isoformat()
        return list_changes(self._published, self._collection.vocabulary.measures, since)

    @cached_property
    def _newest(self) -> tuple[Change, ...]:
        return list_newest(self._published, self._collection.vocabulary.measures, LENGTH)

    @cached_property
    def _published(self) -> tuple[Brief, ...]:
        return tuple([b for b in self.tellers if b.status is not Status.DRAFT])

    def find_issues(self) -> tuple[Entry, ...]:
        """The newest issues, one entry each."""
        collection, weeks = self._collection, self.weeks
        ends = sorted(i.week.last for i in weeks if i.week)
        first, last = (ends[0].isoformat(), (ends[-1] + timedelta(weeks=LOOK_AHEAD)).isoformat()) if ends else ("", "")
        ahead = [b for b in collection.briefs if b.dates and max(b.dates) > first]
        dated = (b for b in ahead if b.status is Status.PUBLISHED and any(first < on <= last for on in b.dates))
        almanac = Almanac(collection.vocabulary.countries, self._recent, list_coming(dated))
        return tuple(self._entries.of_issue(almanac.issue(i)) for i in weeks)

    def find_changes(self) -> tuple[Entry, ...]:
        """The newest changes, one entry each."""
        return tuple(map(self._entries.of_change, self._newest))


def _outputs(edition: Edition, url: str, entries: tuple[Entry, ...]) -> Iterator[Output]:
    site = edition.site
    feed = Feed(site.tag(f"feed{url.rstrip('/')}"), site.absolute(url), f"{site.name}: {TITLES[url]}", _SUBTITLES[url], site, entries)
    key = key_of(edition.key(), *(part for e in feed.entries for part in (e.id, e.url, e.title, e.updated, e.html, repr(e.categories))))
    typesetter = Typesetter()
    for format in FORMATS:
        yield Output(url[1:] + format.file, key, partial(typesetter.render, format, feed))
