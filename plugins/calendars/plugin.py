"""Calendars beside indexes."""

from __future__ import annotations

from plugins.calendars.calendars import DATES, DATES_LINK, OFFER, make_calendars
from plugins.edition.edition import Edition


def contribute(edition: Edition) -> None:
    """What pages may link to, and what makes it."""
    edition.offers.add(OFFER)
    if edition.collection.indexes.home.has_dates:
        edition.offers.add_beside_page(DATES, DATES_LINK)
    edition.add(make_calendars, shows_bodies=False)


def register() -> None:
    """Pelican calls this. There is nothing to connect: `briefs`, which comes first, asks each plugin for what it contributes."""
