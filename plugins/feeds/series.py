"""Feeds of weeks and of changes. Writes ``atom.xml``, ``rss.xml`` and ``feed.json`` in ``weeks/`` and ``changes/``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from plugins.domain.changes import Change, list_changes
from plugins.domain.coming import list_coming
from plugins.domain.issue import build_issue
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.offers import Link
from plugins.feeds.entries import Entries
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
    key = key_of(edition.key(), edition.collection.indexes.home.heads, measures)
    yield Sheet("feeds/weeks/", key, partial(_outputs, edition, WEEKS, find_issues))
    yield Sheet("feeds/changes/", key, partial(_outputs, edition, CHANGES, find_changes))


def find_issues(edition: Edition) -> tuple[Entry, ...]:
    """The newest issues, one entry each."""
    collection, entries = edition.collection, Entries(edition)
    changes, dates = _published_changes(edition), list_coming(collection.listed)
    issues = [build_issue(i, collection.vocabulary.countries, changes, dates) for i in islice(collection.indexes.weeks.values(), LENGTH)]
    return tuple(entries.of_issue(i) for i in issues)


def find_changes(edition: Edition) -> tuple[Entry, ...]:
    """The newest changes, one entry each."""
    entries = Entries(edition)
    return tuple(entries.of_change(c) for c in _published_changes(edition)[:LENGTH])


def _published_changes(edition: Edition) -> tuple[Change, ...]:
    published = (b for b in edition.collection.briefs if b.status is not Status.DRAFT)
    return list_changes(published, edition.collection.vocabulary.measures)


def _outputs(edition: Edition, url: str, find: Callable[[Edition], tuple[Entry, ...]]) -> Iterator[Output]:
    site = edition.site
    feed = Feed(site.tag(f"feed{url.rstrip('/')}"), site.absolute(url), f"{site.name}: {TITLES[url]}", _SUBTITLES[url], site, find(edition))
    key = key_of(edition.key(), *(part for e in feed.entries for part in (e.id, e.url, e.title, e.updated, e.html, repr(e.categories))))
    typesetter = Typesetter()
    for format in FORMATS:
        yield Output(url[1:] + format.file, key, partial(typesetter.render, format, feed))
