"""Pages of ISO weeks: the briefs added in a week as an issue of the digest. Writes ``weeks/<week>/index.html``, ``weeks/index.html``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from plugins.domain.brief import Brief
from plugins.domain.changes import Change, list_changes
from plugins.domain.coming import Coming, list_coming, without_repeats
from plugins.domain.collection import Index
from plugins.edition.edition import Edition
from plugins.edition.templates import file_of
from plugins.indexes.parts import Values, edition_key, place_dates
from plugins.press.output import Output, Sheet, key_of

LOOK_AHEAD = timedelta(days=14)


def make_weeks(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each week, and one for the archive."""
    indexes = edition.collection.indexes
    facts = _Facts(edition)
    names = list(indexes.weeks)
    for at, (id, index) in enumerate(indexes.weeks.items()):
        newer = names[at - 1] if at else None
        older = names[at + 1] if at + 1 < len(names) else None
        key = key_of(edition_key(edition), index.heads, newer, older, facts.key(index))
        yield Sheet(f"page/week/{id}", key, partial(_week_output, edition, index, facts, newer, older, key))
    listing = key_of(edition_key(edition), *(f"{i.id} {len(i.briefs)}" for i in indexes.weeks.values()), *(i.heads for i in indexes.weeks.values()))
    yield Sheet("page/weeks", listing, lambda: [Output("weeks/index.html", listing, partial(_archive, edition))])


class _Facts:
    """Changes and coming dates by week, gathered once a build."""

    def __init__(self, edition: Edition) -> None:
        collection = edition.collection
        self.changes = list_changes(collection.briefs, collection.vocabulary.measures)
        self.dates = without_repeats(list_coming(collection.listed))

    def of(self, index: Index) -> tuple[tuple[Change, ...], tuple[Coming, ...]]:
        """What changed in the week, and the dates of the two weeks after it as they were known then."""
        assert index.week
        first, last = index.week.first.isoformat(), index.week.last.isoformat()
        changes = tuple(c for c in self.changes if first <= c.on <= last)
        end = index.week.last + LOOK_AHEAD
        dates = tuple(d for d in self.dates if d.brief.added <= last and d.date.on.last > index.week.last and d.date.on.first <= end and d.date.on.is_exact)
        return changes, dates

    def key(self, index: Index) -> bytes:
        """A digest of these facts."""
        changes, dates = self.of(index)
        return key_of(*(f"{c.on}{c.mark}{c.note}".encode() + c.brief.head for c in changes), *(d.brief.head for d in dates))


def group_by_country(edition: Edition, briefs: tuple[Brief, ...]) -> list[tuple[str, str, list[Brief]]]:
    """The briefs under their first country, by its name: address, name and briefs."""
    countries = edition.collection.vocabulary.countries
    found: dict[str, list[Brief]] = {}
    for brief in briefs:
        found.setdefault(brief.countries[0], []).append(brief)
    codes = sorted(found, key=lambda c: countries[c].name)
    return [(f"countries/{countries[c].slug}/", countries[c].name, found[c]) for c in codes]


def _week_output(edition: Edition, index: Index, facts: _Facts, newer: str | None, older: str | None, key: bytes) -> Iterator[Output]:
    yield Output(file_of(index.url), key, partial(_render_week, edition, index, facts, newer, older))


def _render_week(edition: Edition, index: Index, facts: _Facts, newer: str | None, older: str | None) -> bytes:
    changes, dates = facts.of(index)
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
    return edition.templates.page("weeks.html", "/weeks/", {"weeks": weeks})
