"""Glue with Pelican: registers feeds, the outline of all feeds, and the page that lists them."""

from __future__ import annotations

from collections.abc import Sequence

from pelican import signals
from pelican.generators import Generator

from plugins.edition.edition import Edition
from plugins.edition.offers import Link
from plugins.feeds import opml, subscribe
from plugins.feeds.index_feeds import OFFERS, make_index_feeds
from plugins.feeds.series import make_series, series_links


class FeedsGenerator(Generator):  # type: ignore[misc]
    """Registers with the edition."""

    def generate_context(self) -> None:
        """Runs after the edition is in the context."""
        register_feeds(self.context["edition"])


def register_feeds(edition: Edition) -> None:
    """What pages may link to, and what makes it."""
    for offer in OFFERS:
        edition.offers.add(offer)
    for url, link in series_links():
        edition.offers.add_beside_page(url, link)
    edition.offers.add_page(subscribe.URL, subscribe.LABEL)
    edition.offers.add_beside_page(subscribe.URL, Link(opml.FILE, opml.LABEL, opml.MEDIA_TYPE, opml.LABEL, "outline"))
    edition.add_batches(make_index_feeds)
    for maker in (make_series, opml.make_opml, subscribe.make_subscribe):
        edition.add(maker, shows_bodies=False)


def get_generators(pelican: object) -> Sequence[type[Generator]]:
    """Our generator."""
    return (FeedsGenerator,)


def register() -> None:
    """Connects the plugin."""
    signals.get_generators.connect(get_generators)
