"""Small values for tests of pure modules, and an edition of them without Pelican."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plugins.briefs.run import share_navigation
from plugins.domain.brief import Brief, ComingDate, Detail, Revision, Source, build_brief
from plugins.domain.collection import Collection, build_collection, sort_briefs
from plugins.domain.dates import day_label, parse_partial_date
from plugins.domain.markup import Rendered
from plugins.domain.stage import CountryKind, MeasureKind, RevisionKind, SourceKind, Stage, Status
from plugins.domain.vocabulary import Country, Measure, Topic, Vocabulary
from plugins.edition.edition import Edition
from plugins.edition.site import Site
from plugins.edition.templates import Templates

THEME = Path(__file__).resolve().parent.parent / "theme"
SITE = Site("Policy Digest", "Rules, country by country", "https://digest.example.org", "policy-digest.example,2026", date(2026, 11, 24))
SOURCE = Source("https://ministry.example/notice", "Notice 7", "Ministry of Finance", SourceKind.GOVERNMENT)
PRESS = Source("https://news.example/a", "A report", "Example Gazette", SourceKind.PRESS)
BODY = "<p>The ministry has published a notice.</p>"

_VALUES: dict[str, Any] = {
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


def make_date(on: str, what: str = "Something happens") -> ComingDate:
    """A coming date."""
    return ComingDate(parse_partial_date(on, periods=True), what)


def make_revision(on: str, kind: str = "update", note: str = "Something was added.") -> Revision:
    """A revision."""
    return Revision(on, RevisionKind(kind), note)


def make_brief(id: str = "2026-11-23-russia-notice", *, body: str = BODY, links: tuple[str, ...] = (), **changes: Any) -> Brief:
    """A brief on Russia and mining; ``changes`` are keys of its front matter, or of its detail. ``body`` shows in its digest only."""
    values = {**_VALUES, **{k: v for k, v in changes.items() if k in _VALUES}}
    detail = Detail(**{"sources": (SOURCE,), **{k: v for k, v in changes.items() if k not in _VALUES}})
    return build_brief(id, values, detail, Rendered(body, links))


def make_vocabulary(*, countries: Iterable[Country] = (), topics: Iterable[Topic] = (), measures: Iterable[Measure] = ()) -> Vocabulary:
    """Four states, a part of one, three topics (one called as a country), a law; more may be given."""
    state = CountryKind.STATE
    places = [
        Country("FR", "France", "france", state, "Western Europe"),
        Country("NO", "Norway", "norway", state, "Northern Europe"),
        Country("RU", "Russia", "russia", state, "Eastern Europe"),
        Country("US", "United States", "united-states", state, "Northern America"),
        Country("US-ND", "North Dakota", "us-north-dakota", CountryKind.SUBDIVISION, "Northern America"),
        *countries,
    ]
    subjects = [
        Topic("mining", "Mining", "Running machines that confirm transactions.", digest=b"mining"),
        Topic("payments", "Payments", "Paying with crypto-assets.", digest=b"payments"),
        Topic("russia", "Russia", "A topic that is called as a country.", digest=b"russia"),
        *topics,
    ]
    laws = [Measure("ru-mining-law", "Law on mining", ("RU",), MeasureKind.LAW, digest=b"law"), *measures]
    return Vocabulary({c.code: c for c in places}, {t.id: t for t in subjects}, {m.id: m for m in laws})


def make_collection(*briefs: Brief, drafts: bool = False, vocabulary: Vocabulary | None = None) -> Collection:
    """The collection of some briefs."""
    return build_collection(sort_briefs(briefs), vocabulary or make_vocabulary(), drafts=drafts)


@dataclass
class Bodies:
    """Bodies by id; a brief that is not named has BODY."""

    known: dict[str, str] = field(default_factory=dict)

    def html(self, id: str) -> str:
        """The body of a brief."""
        return self.known.get(id, BODY)

    def fetch(self, ids: Iterable[str]) -> None:
        """Nothing is to be brought."""


def make_edition(
    briefs: Iterable[Brief], *, site: Site = SITE, bodies: Bodies | None = None, vocabulary: Vocabulary | None = None, drafts: bool = False
) -> Edition:
    """An edition of some briefs with the templates of our theme; nothing is registered yet."""
    environment = Environment(
        loader=FileSystemLoader(THEME / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    collection = build_collection(sort_briefs(briefs), vocabulary or make_vocabulary(), drafts=drafts)
    return Edition(collection, site, Templates(environment, {"site": site, "day_label": day_label}), bodies or Bodies())


def publish(edition: Edition) -> dict[str, bytes]:
    """The bytes of all outputs by path."""
    share_navigation(edition)
    return {output.path: output.render() for sheet in edition.sheets() for output in sheet.outputs()}


def keys_of(edition: Edition) -> dict[str, bytes]:
    """The keys of all outputs by path."""
    return {output.path: output.key for sheet in edition.sheets() for output in sheet.outputs()}
