"""Editions in memory for tests of what is published: briefs on a few real countries, the real templates, all files at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plugins.briefs.run import share_navigation
from plugins.domain.brief import Brief, ComingDate, Detail, Revision, Source, build_brief
from plugins.domain.collection import build_collection, sort_briefs
from plugins.domain.dates import day_label, parse_partial_date
from plugins.domain.markup import Rendered
from plugins.domain.stage import Authorship, CountryKind, MeasureKind, RevisionKind, SourceKind, Stage, Status
from plugins.domain.vocabulary import Country, Measure, Topic, Vocabulary
from plugins.edition.edition import Edition
from plugins.edition.site import Site
from plugins.edition.templates import Templates

THEME = Path(__file__).resolve().parent.parent / "theme" / "templates"
SOURCE = Source("https://ministry.example/notice", "Notice 7", "Ministry of Finance", SourceKind.GOVERNMENT)
BODY = "<p>The ministry published a notice.</p>"
SITE = Site("Policy Digest", "Rules in short", "https://digest.example.org", "policy-digest.example,2026", date(2026, 11, 23))


def make_revision(on: str, kind: str, note: str) -> Revision:
    """A revision."""
    return Revision(on, RevisionKind(kind), note)


def make_date(on: str, what: str) -> ComingDate:
    """A coming date."""
    return ComingDate(parse_partial_date(on, periods=True), what)


def make_brief(**changes: Any) -> Brief:
    """A brief on Russia and mining of 23 November 2026; ``changes`` are keys of the front matter, ``id`` or ``body``."""
    values: dict[str, Any] = {
        "title": "Russia: the ministry publishes a notice on mining",
        "date": "2026-11-23",
        "added": None,
        "countries": ("RU",),
        "topics": ("mining",),
        "stage": Stage.PROPOSAL,
        "measure": None,
        "summary": "The notice says who has to register, and by when they have to do so.",
        "status": Status.PUBLISHED,
    }
    parts: dict[str, Any] = {"sources": (SOURCE,), "ai": Authorship.NONE}
    id, body = changes.pop("id", "2026-11-23-russia-notice"), changes.pop("body", BODY)
    for key, value in changes.items():
        (values if key in values else parts)[key] = value
    detail = Detail(**parts)
    return build_brief(id, values, detail, Rendered(body, ()))


def make_words(*measures: Measure) -> Vocabulary:
    """Five countries, three topics and a measure."""
    countries = (
        Country("FR", "France", "france", CountryKind.STATE, "Western Europe"),
        Country("US-ND", "North Dakota", "us-north-dakota", CountryKind.SUBDIVISION, "Northern America"),
        Country("NO", "Norway", "norway", CountryKind.STATE, "Northern Europe"),
        Country("RU", "Russia", "russia", CountryKind.STATE, "Eastern Europe"),
        Country("US", "United States", "united-states", CountryKind.STATE, "Northern America"),
    )
    topics = (
        Topic("mining", "Mining", "Making coins", digest=b"m"),
        Topic("payments", "Payments", "Paying with coins", digest=b"p"),
        Topic("russia", "Russia", "A topic named like a country", digest=b"r"),
    )
    found = measures or (Measure("ru-mining-law", "Law on mining", ("RU",), MeasureKind.LAW, digest=b"l"),)
    return Vocabulary({c.code: c for c in countries}, {t.id: t for t in topics}, {m.id: m for m in found})


class Bodies(dict[str, str]):
    """Bodies in memory; a brief that is not in it has BODY."""

    def html(self, id: str) -> str:
        """The body of a brief."""
        return self.get(id, BODY)

    def fetch(self, ids: Iterable[str]) -> None:
        """Nothing is to be brought."""


def make_edition(
    briefs: Iterable[Brief], *, vocabulary: Vocabulary | None = None, site: Site = SITE, bodies: Bodies | None = None
) -> Edition:
    """An edition of briefs with the real templates; drafts among the briefs are shown, as in a preview."""
    environment = Environment(
        loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    collection = build_collection(sort_briefs(briefs), vocabulary or make_words(), drafts=True)
    return Edition(collection, site, Templates(environment, {"site": site, "day_label": day_label}), bodies or Bodies())


def publish(edition: Edition) -> dict[str, bytes]:
    """All files that the registered makers publish, by path."""
    edition.offers.add_page("/countries/", "Countries")  # as if the plugin `indexes` were there
    share_navigation(edition)
    return {output.path: output.render() for sheet in edition.sheets() for output in sheet.outputs()}


def keys_of(edition: Edition) -> dict[str, bytes]:
    """The keys of all outputs, by path."""
    return {output.path: output.key for sheet in edition.sheets() for output in sheet.outputs()}
