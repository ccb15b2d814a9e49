"""Pages of ISO weeks: the briefs added in a week as an issue of the digest. Writes ``weeks/<week>/index.html``, ``weeks/index.html``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from plugins.domain.brief import Brief, digest_facts, digest_heads
from plugins.domain.changes import list_moves, list_revisions, sort_changes
from plugins.domain.collection import Index
from plugins.domain.coming import list_coming
from plugins.domain.dates import week_of
from plugins.domain.issue import Almanac
from plugins.edition.edition import Edition
from plugins.edition.templates import file_of
from plugins.indexes.parts import Values, page_key, place_dates
from plugins.press.output import Batch, Output, Sheet, key_of

_EXACT = len("YYYY-MM-DD")
_NAMED = 3  # titles that the archive gives of each week


@dataclass(slots=True)
class _Year:
    """The weeks of one ISO year, each with the next newer and the next older one, and the briefs with revisions that they may tell of."""

    weeks: list[tuple[Index, str | None, str | None]] = field(default_factory=list)
    revised: list[Brief] = field(default_factory=list)

    def key(self) -> bytes:
        """A digest of what the pages show of these briefs."""
        return key_of(repr([(index.heads, newer, older) for index, newer, older in self.weeks]), digest_heads(self.revised))


class _Beside(NamedTuple):
    """What the weeks of a year tell of beside: of most of these neither title nor summary."""

    dated: list[Brief]  # with a day of this year or the next: issues look ahead
    measures: list[Index]  # of the briefs that were added in the year

    def key(self) -> bytes:
        """A digest of all that but titles and summaries."""
        return key_of(digest_facts(self.dated), *[digest_facts(index.briefs) for index in self.measures])


def make_weeks(edition: Edition) -> Iterator[Batch]:
    """A batch for the weeks of each year, and one for the archive."""
    measures = [m.digest for m in edition.collection.vocabulary.measures.values()]  # dates name them too
    common, laws = page_key(edition, "week.html"), key_of(*measures)
    years = _sort_by_year(edition)
    beside = edition.recall(
        "beside weeks", lambda: {year: some.key().hex() for year, some in _find_beside(edition, years).items()}, shows_titles=False
    )
    for year, found in years.items():
        yield Batch(year, key_of(common, laws, found.key(), beside[year]), partial(_week_sheets, edition, common, year, found))
    listed = [(i.id, len(i.briefs), digest_heads(i.briefs[:_NAMED])) for i in edition.collection.indexes.weeks.values()]
    key = key_of(page_key(edition, "weeks.html"), repr(listed))
    yield Batch("archive", key, lambda: [Sheet("page/weeks", key, lambda: [Output("weeks/index.html", key, partial(_archive, edition))])])


def _sort_by_year(edition: Edition) -> dict[str, _Year]:
    """The years with weeks, newest first. A brief with revisions stands in each year whose weeks may tell of it."""
    indexes = edition.collection.indexes
    found: dict[str, _Year] = {}
    around = [None, *indexes.weeks, None]
    for at, (id, index) in enumerate(indexes.weeks.items()):
        found.setdefault(id[:4], _Year()).weeks.append((index, around[at], around[at + 2]))
    for brief in edition.collection.briefs:
        if brief.revision_count:
            for number in range(week_of(brief.added).year, week_of(brief.changed).year + 1):
                if str(number) in found:
                    found[str(number)].revised.append(brief)
    return found


def _find_beside(edition: Edition, years: Mapping[str, _Year]) -> dict[str, _Beside]:
    """For some years what their weeks tell of beside. Briefs and measures stand in each year whose weeks may tell of them."""
    dated = defaultdict[str, list[Brief]](list)
    for brief in edition.collection.briefs:
        if brief.dates:
            for year in {on[:4] for on in brief.dates if len(on) == _EXACT}:
                dated[year].append(brief)
    found = {}
    for name, one in years.items():
        ahead = dated[str(int(name) + 1)]
        used = {b.measure for index, _, _ in one.weeks for b in index.briefs}
        measures = [index for id, index in edition.collection.indexes.measures.items() if id in used]
        found[name] = _Beside(list({b.id: b for b in (*dated[name], *ahead)}.values()), measures)
    return found


def _week_sheets(edition: Edition, common: bytes, name: str, year: _Year) -> Iterator[Sheet]:
    """A sheet for each week of a year."""
    words, beside = edition.collection.vocabulary, _find_beside(edition, {name: year})[name]
    moves = [c for i in beside.measures for c in list_moves(i.briefs, i.title)]
    changes = sort_changes([*list_revisions(year.revised), *moves])
    almanac = Almanac(words.countries, changes, list_coming(beside.dated))
    for index, newer, older in year.weeks:
        key = key_of(common, index.heads, newer, older, _facts_key(edition, almanac, index))
        yield Sheet(f"page/week/{index.id}", key, partial(_week_output, edition, index, almanac, newer, older, key))


def _facts_key(edition: Edition, almanac: Almanac, index: Index) -> bytes:
    """A digest of what a week shows beside its own briefs."""
    assert index.week
    changes = (f"{c.on}{c.mark}{c.note}".encode() + c.brief.head for c in almanac.changes_in(index.week))
    measures = edition.collection.vocabulary.measures
    dates = almanac.coming_after(index.week)
    return key_of(
        *changes,
        *(c.brief.facts for c in dates),
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
    weeks = [(i, [b.title for b in i.briefs[:_NAMED]]) for i in edition.collection.indexes.weeks.values()]
    return edition.templates.page("weeks.html", "/weeks/", {"weeks": weeks, "links": edition.links_of("/weeks/")})
