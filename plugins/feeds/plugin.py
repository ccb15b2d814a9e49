"""Feeds, the outline of all feeds, and the page that lists them."""

from __future__ import annotations

from plugins.edition.edition import Edition
from plugins.edition.offers import Link
from plugins.feeds import opml, subscribe
from plugins.feeds.index_feeds import OFFERS, make_index_feeds
from plugins.feeds.series import make_series, series_links


def contribute(edition: Edition) -> None:
    """What pages may link to, and what makes it."""
    for offer in OFFERS:
        edition.offers.add(offer)
    for url, link in series_links():
        edition.offers.add_beside_page(url, link)
    edition.offers.add_page(subscribe.URL, subscribe.LABEL)
    edition.offers.add_beside_page(subscribe.URL, Link(opml.FILE, opml.LABEL, opml.MEDIA_TYPE, opml.LABEL, "outline"))
    edition.add_batches(make_index_feeds)
    edition.add(make_series, shows_bodies=False)
    for maker in (opml.make_opml, subscribe.make_subscribe):
        edition.add(maker, shows_titles=False)


def register() -> None:
    """Pelican calls this. There is nothing to connect: `briefs`, which comes first, asks each plugin for what it contributes."""
