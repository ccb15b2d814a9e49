"""Glue with Pelican: registers the index pages, and takes Pelican's prose pages."""

from __future__ import annotations

from collections.abc import Sequence

from pelican import signals
from pelican.generators import Generator

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
MAKERS = (make_home, make_countries, make_topics, make_measures, make_weeks, make_overviews, make_prose, make_rules, make_sitemap)


class IndexesGenerator(Generator):  # type: ignore[misc]
    """Registers the makers of index pages with the edition."""

    def generate_context(self) -> None:
        """Runs after Pelican has read the prose pages."""
        edition: Edition = self.context["edition"]
        for url, label in PAGES.items():
            edition.offers.add_page(url, label)
        for page in sorted(self.context.get("pages", ()), key=lambda p: str(p.slug)):
            edition.prose[f"/{page.slug}/"] = Prose(str(page.title), str(getattr(page, "summary", "") or ""), _link_to_root(page.content))
        for maker in MAKERS:
            edition.add(maker)


def _link_to_root(html: str) -> str:
    from plugins.domain.markup import ROOT

    return html.replace('href="/', f'href="{ROOT}')


def get_generators(pelican: object) -> Sequence[type[Generator]]:
    """Our generator."""
    return (IndexesGenerator,)


def register() -> None:
    """Connects the plugin."""
    signals.get_generators.connect(get_generators)
