"""Glue with Pelican: registers the search page."""

from __future__ import annotations

from collections.abc import Sequence

from pelican import signals
from pelican.generators import Generator

from plugins.edition.edition import Edition
from plugins.search.page import URL, make_search


class SearchGenerator(Generator):  # type: ignore[misc]
    """Registers the search page with the edition."""

    def generate_context(self) -> None:
        """Nothing is indexed here: `digest build --search` does that over the finished files."""
        edition: Edition = self.context["edition"]
        edition.offers.add_page(URL, "Search")
        edition.add(make_search, shows_bodies=False)


def get_generators(pelican: object) -> Sequence[type[Generator]]:
    """Our generator."""
    return (SearchGenerator,)


def register() -> None:
    """Connects the plugin."""
    signals.get_generators.connect(get_generators)
