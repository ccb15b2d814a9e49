"""Glue with Pelican: registers calendars beside indexes."""

from __future__ import annotations

from collections.abc import Sequence

from pelican import signals
from pelican.generators import Generator

from plugins.calendars.calendars import DATES, DATES_LINK, OFFER, make_calendars
from plugins.edition.edition import Edition


class CalendarsGenerator(Generator):  # type: ignore[misc]
    """Registers with the edition."""

    def generate_context(self) -> None:
        """Runs after the edition is in the context."""
        register_calendars(self.context["edition"])


def register_calendars(edition: Edition) -> None:
    """What pages may link to, and what makes it."""
    edition.offers.add(OFFER)
    if edition.collection.indexes.home.has_dates:
        edition.offers.add_beside_page(DATES, DATES_LINK)
    edition.add(make_calendars, shows_bodies=False)


def get_generators(pelican: object) -> Sequence[type[Generator]]:
    """Our generator."""
    return (CalendarsGenerator,)


def register() -> None:
    """Connects the plugin."""
    signals.get_generators.connect(get_generators)
