"""The index pages and the prose pages."""

from __future__ import annotations

from plugins.edition.edition import Edition, Prose
from plugins.indexes.country import make_countries
from plugins.indexes.home import make_home
from plugins.indexes.overviews import make_overviews
from plugins.indexes.prose import make_prose, make_rules
from plugins.indexes.sitemap import make_sitemap
from plugins.indexes.topic import make_measures, make_topics
from plugins.indexes.week import make_weeks

PAGES = {
    "/countries/": "Countries",
    "/topics/": "Topics",
    "/measures/": "Measures",
    "/dates/": "Dates",
    "/weeks/": "Weeks",
    "/changes/": "Changes",
    "/rules/": "Rules",
}
# What shows the rows of every brief comes first: one of the two processes that make very many pages then makes nearly all rows.
FIRST = (make_home, make_topics)
BATCHES = (make_weeks, make_countries)
THEN = (make_measures, make_overviews)
LAST = (make_prose, make_rules, make_sitemap)  # which show no titles of briefs


def contribute(edition: Edition) -> None:
    """What pages may link to, and what makes it."""
    for url, label in PAGES.items():
        edition.offers.add_page(url, label)
    edition.prose |= {page.url: Prose(page.title, page.summary, page.html) for page in edition.pages}
    for maker in FIRST:
        edition.add(maker, shows_bodies=False)
    for batches in BATCHES:
        edition.add_batches(batches, shows_bodies=False)
    for maker in THEN:
        edition.add(maker, shows_bodies=False)
    for maker in LAST:
        edition.add(maker, shows_titles=False)


def register() -> None:
    """Pelican calls this. There is nothing to connect: `briefs`, which comes first, asks each plugin for what it contributes."""
