"""Data beside indexes, citations beside briefs, and the page of downloads."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.edition.edition import Edition
from plugins.opendata import citations, page
from plugins.opendata.lists import make_lists
from plugins.opendata.package import make_package
from plugins.opendata.schema import make_schema
from plugins.opendata.tables import OFFERS, Rows, make_tables, published
from plugins.press.output import Sheet


def contribute(edition: Edition) -> None:
    """What pages may link to, and what makes it."""
    for offer in OFFERS:
        edition.offers.add(offer)
    edition.offers.add_page(page.URL, page.LABEL)
    edition.offers.add_brief_file(citations.FILE, citations.LABEL)
    edition.add(make_data, shows_bodies=False)
    edition.add(make_lists, shows_titles=False)
    edition.add(make_descriptions, shows_titles=False)
    edition.add_batches(citations.make_citations, shows_bodies=False)


def make_data(edition: Edition) -> Iterator[Sheet]:
    """Tables of briefs, and the page; the rows of briefs are made once for all of them."""
    rows = Rows(edition)
    edition.before.append(lambda: rows.bring(published(edition.collection.listed)))
    edition.after.append(rows.keep)
    yield from make_tables(edition, rows)
    yield from page.make_page(edition, rows)


def make_descriptions(edition: Edition) -> Iterator[Sheet]:
    """What says how the data is built."""
    yield from make_schema(edition)
    yield from make_package(edition)


def register() -> None:
    """Pelican calls this. There is nothing to connect: `briefs`, which comes first, asks each plugin for what it contributes."""
