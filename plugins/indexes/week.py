"""Pages of ISO weeks: the briefs added in a week as an issue of the digest. Writes ``weeks/<week>/index.html``, ``weeks/index.html``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, partial

from plugins.domain.brief import Brief
from plugins.domain.changes import Change, list_changes
from plugins.domain.coming import Coming, list_coming, without_repeats
from plugins.domain.collection import Index
from plugins.domain.dates import week_of
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
    """Changes and coming dates by week, gathered once a build; details are unpacked only for weeks that are rendered."""

    def __init__(self, edition: Edition) -> None:
        collection = edition.collection
        self._changes: dict[str, list[Change]] = {}
        for change in list_changes(collection.briefs, collection.vocabulary.measures):
            self._changes.setdefault(week_of(change.on).id, []).append(change)
        self._dated: dict[str, list[Brief]] = {}
        for brief in collection.listed:
            for week in {w for on in brief.dates for w in _weeks_before(on)}:
                self._dated.setdefault(week, []).append(brief)

    def _known(self, index: Index) -> list[Brief]:
        """The briefs that had stated, by the end of the week, a date in the two weeks after it."""
        assert index.week
        last = index.week.last.isoformat()
        return [b for b in self._dated.get(index.id, ()) if b.added <= last]

    def of(self, index: Index) -> tuple[tuple[Change, ...], tuple[Coming, ...]]:
        """What changed in the week, and the dates of the two weeks after it as they were known then."""
        assert index.week
        last = index.week.last
        dates = without_repeats(list_coming(self._known(index)))
        ahead = tuple(d for d in dates if d.date.on.is_exact and last < d.date.on.first <= last + LOOK_AHEAD)
        return tuple(self._changes.get(index.id, ())), ahead

    def key(self, index: Index) -> bytes:
        """A digest of these facts."""
        changes = (f"{c.on}{c.mark}{c.note}".encode() + c.brief.head for c in self._changes.get(index.id, ()))
        return key_of(*changes, *(b.head for b in self._known(index)))


@cache
def _weeks_before(on: str) -> tuple[str, ...]:
    """The two weeks in whose issues an exact date is announced."""
    if len(on) != 10:
        return ()
    day = date.fromisoformat(on)
    return tuple(week_of((day - timedelta(days=n)).isoformat()).id for n in (7, 14))


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
    return edition.templates.page("weeks.html", "/weeks/", {"weeks": weeks, "links": edition.links_of("/weeks/")})
