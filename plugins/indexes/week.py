"""Pages of ISO weeks: the briefs added in a week as an issue of the digest. Writes ``weeks/<week>/index.html``, ``weeks/index.html``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.domain.brief import Brief
from plugins.domain.collection import Index
from plugins.domain.issue import Almanac
from plugins.edition.edition import Edition
from plugins.edition.templates import file_of
from plugins.indexes.parts import Values, page_key, place_dates
from plugins.press.output import Output, Sheet, key_of


def make_weeks(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each week, and one for the archive."""
    indexes = edition.collection.indexes
    collection = edition.collection
    almanac = Almanac(collection.vocabulary.countries, collection.changes, collection.coming)
    names = list(indexes.weeks)
    for at, (id, index) in enumerate(indexes.weeks.items()):
        newer = names[at - 1] if at else None
        older = names[at + 1] if at + 1 < len(names) else None
        key = key_of(page_key(edition, "week.html"), index.heads, newer, older, _facts_key(edition, almanac, index))
        yield Sheet(f"page/week/{id}", key, partial(_week_output, edition, index, almanac, newer, older, key))
    listing = key_of(
        page_key(edition, "weeks.html"),
        *(f"{i.id} {len(i.briefs)}" for i in indexes.weeks.values()),
        *(i.heads for i in indexes.weeks.values()),
    )
    yield Sheet("page/weeks", listing, lambda: [Output("weeks/index.html", listing, partial(_archive, edition))])


def _facts_key(edition: Edition, almanac: Almanac, index: Index) -> bytes:
    """A digest of what a week shows beside its own briefs."""
    assert index.week
    changes = (f"{c.on}{c.mark}{c.note}".encode() + c.brief.head for c in almanac.changes_in(index.week))
    measures = edition.collection.vocabulary.measures
    dates = almanac.coming_after(index.week)
    return key_of(
        *changes,
        *(c.brief.head for c in dates),
        *(measures[m].digest for m in sorted({c.brief.measure or "" for c in dates}) if m in measures),
    )


def group_by_country(edition: Edition, briefs: tuple[Brief, ...]) -> list[tuple[str, str, list[Brief]]]:
    """The briefs under their first country, by its name: address, name and briefs."""
    countries = edition.collection.vocabulary.countries
    found: dict[str, list[Brief]] = {}
    for brief in briefs:
        found.setdefault(brief.countries[0], []).append(brief)
    codes = sorted(found, key=lambda c: countries[c].name)
    return [(f"countries/{countries[c].slug}/", countries[c].name, found[c]) for c in codes]


def _week_output(edition: Edition, index: Index, almanac: Almanac, newer: str | None, older: str | None, key: bytes) -> Iterator[Output]:
    yield Output(file_of(index.url), key, partial(_render_week, edition, index, almanac, newer, older))


def _render_week(edition: Edition, index: Index, almanac: Almanac, newer: str | None, older: str | None) -> bytes:
    assert index.week
    changes, dates = almanac.changes_in(index.week), almanac.coming_after(index.week)
    groups = [(href, name, [edition.row(b) for b in briefs]) for href, name, briefs in group_by_country(edition, index.briefs)]
    values: Values = {
        "index": index,
        "week": index.week,
        "links": edition.offers.beside(index),
        "groups": groups,
        "changes": changes,
        "coming": place_dates(edition, dates),
        "newer": newer and f"weeks/{newer}/",
        "older": older and f"weeks/{older}/",
    }
    return edition.templates.page("week.html", index.url, values)


def _archive(edition: Edition) -> bytes:
    weeks = [(i, [b.title for b in i.briefs[:3]]) for i in edition.collection.indexes.weeks.values()]
    return edition.templates.page("weeks.html", "/weeks/", {"weeks": weeks, "links": edition.links_of("/weeks/")})
