"""The search page. Nothing is indexed here: `digest build --search` does that over the finished files."""

from __future__ import annotations

from plugins.edition.edition import Edition
from plugins.search.page import URL, make_search


def contribute(edition: Edition) -> None:
    """What pages may link to, and what makes it."""
    edition.offers.add_page(URL, "Search")
    edition.add(make_search, shows_bodies=False)


def register() -> None:
    """Pelican calls this. There is nothing to connect: `briefs`, which comes first, asks each plugin for what it contributes."""
