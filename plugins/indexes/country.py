"""Pages of countries and of country x topic pairs.

Writes ``countries/<slug>/index.html``, ``countries/<slug>/<topic>/index.html`` and their list pages ``…/page/<n>/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import groupby

from markupsafe import Markup

from plugins.domain.brief import Brief, digest_heads
from plugins.domain.collection import Index
from plugins.domain.stage import CountryKind
from plugins.domain.standing import find_report, find_standing, find_start, stand_by_topic
from plugins.edition.edition import Edition
from plugins.indexes.parts import LIST, Values, add_url, dates_ahead, index_output, list_sheets, page_key, view_of
from plugins.indexes.standing_table import build_cell, table_of_topics
from plugins.indexes.timeline import build_timeline, stages_reached
from plugins.press.output import Batch, Output, Sheet, key_of

BROUGHT = 5  # briefs of a union that the page of a member shows


def make_countries(edition: Edition) -> Iterator[Batch]:
    """A batch for each country, with its pairs."""
    maker = _Maker(edition)
    for code, index in edition.collection.indexes.countries.items():
        key = maker.country_key(index)
        yield Batch(code, key_of(key, maker.pair_common, maker.list_common), partial(maker.sheets, index, key))


class _Maker:
    """Makes the pages of countries and pairs of one build."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._common, self.pair_common = page_key(edition, "country.html"), page_key(edition, "pair.html")
        self.list_common = page_key(edition, LIST)
        self._line = cache(partial(_measure_line, edition))
        countries = edition.collection.indexes.countries
        self._gists = edition.recall(
            "gists by country", lambda: {code: self._gather_gists(index) for code, index in countries.items()}, shows_titles=False
        )
        self._through: dict[str, list[Index]] = {}  # for each country the unions with briefs that it is a member of
        self._parts: dict[str, list[Index]] = {}  # for each country its subdivisions with briefs
        for index in countries.values():
            assert index.country
            members, parent = index.country.members, index.country.parent
            if (members or parent) and index.briefs:
                for member in members:
                    self._through.setdefault(member, []).append(index)
                if parent:
                    self._parts.setdefault(parent, []).append(index)

    def country_key(self, index: Index) -> bytes:
        """A digest of what a country and its pairs show beside templates: their briefs are among those of the country."""
        return key_of(self._common, index.heads, self._beside(index))

    def _beside(self, index: Index) -> bytes:
        """A digest of what the page of an index shows beside its own briefs: measures, and what unions bring."""
        gists = self._gather_gists(index) if index.topic else self._gists[index.id]
        unions = [] if index.topic else self._through.get(index.id, ())
        through = [(digest_heads(u.briefs[:BROUGHT]), find_standing(u.briefs) is not None) for u in unions]
        return key_of(gists, repr(through))

    def _gather_gists(self, index: Index) -> str:
        """A digest of what is shown of the measures of an index."""
        measures = self._edition.collection.indexes.measures
        return key_of(*[measures[m].gist for m in dict.fromkeys([b.measure for b in index.briefs]) if m]).hex()

    def sheets(self, index: Index, key: bytes) -> Iterator[Sheet]:
        """A sheet for a country, and one for each of its pairs."""
        yield Sheet(f"page/country/{index.id}", key, partial(self._country, index))
        yield from list_sheets(self._edition, index)
        for pair in self._edition.collection.indexes.pairs_of(index.id):
            beside = self._beside(pair)
            yield Sheet(f"page/pair/{pair.id}", key_of(self.pair_common, pair.heads, beside), partial(self._pair, pair, beside))
            yield from list_sheets(self._edition, pair)

    def _country(self, index: Index) -> Iterable[Output]:
        edition, code = self._edition, index.id
        through, parts = (tuple(some.get(code, ())) for some in (self._through, self._parts))
        standing = stand_by_topic(index.briefs, code)
        values = partial(_country, edition, index, through, parts, standing, self._line)
        return (index_output(edition, index, "country.html", key_of(self._beside(index), digest_heads(standing.values())), values),)

    def _pair(self, index: Index, beside: bytes) -> Iterable[Output]:
        edition, code = self._edition, index.country.code if index.country else ""
        standing = find_report(index.briefs, code)
        shown = key_of(beside, standing.head if standing else None)
        return (index_output(edition, index, "pair.html", shown, partial(_pair, edition, index, standing, self._line)),)


Line = Callable[[str], Markup]  # the line of a measure, by its id


def _country(
    edition: Edition, index: Index, unions: tuple[Index, ...], parts: tuple[Index, ...], standing: Mapping[str, Brief], line: Line
) -> Values:
    assert index.country
    indexes, code = edition.collection.indexes, index.id
    own = tuple(b for b in index.briefs if code in b.countries)
    name = index.country.name
    view = view_of(edition, own, standing, lambda b: b.topics)
    return {
        "country": index.country,
        "table": table_of_topics(view, edition.collection.vocabulary, index.country),
        "topics": list(indexes.pairs_of(code)),
        "measures": [line(m) for m in dict.fromkeys(b.measure for b in own) if m],
        "coming": dates_ahead(edition, index),
        "through": [(u, [edition.row(b) for b in u.briefs[:BROUGHT]], find_standing(u.briefs) is not None) for u in unions],
        "parts": parts,
        "members": _members(edition, index),
        "unions": [(f"countries/{u.slug}/", u.name) for u in edition.collection.vocabulary.unions_of(code) if u.code in indexes.countries],
        "parent": edition.collection.vocabulary.countries.get(index.country.parent or ""),
        "years": [(year, len(tuple(group))) for year, group in groupby(index.briefs, key=lambda b: b.date[:4])],
        "is_body": index.country.kind is CountryKind.BODY,
        "add_url": add_url(edition, f"{name} ", code, "", f"{index.country.slug}-"),
    }


def _members(edition: Edition, index: Index) -> list[tuple[str, str]]:
    countries = edition.collection.vocabulary.countries
    members = (countries[m] for m in (index.country.members if index.country else ()) if m in countries)
    return [(f"countries/{c.slug}/", c.name) for c in sorted(members, key=lambda c: c.name)]


def _measure_line(edition: Edition, id: str) -> Markup:
    """A measure with its standing and the stages that it reached; many pages show it."""
    index = edition.collection.indexes.measures[id]
    stages = stages_reached(build_timeline(index.briefs))
    return edition.templates.part(
        "partials/measure.html", {"measure": index.measure, "standing": find_standing(index.briefs), "stages": stages}
    )


def _pair(edition: Edition, index: Index, standing: Brief | None, line: Line) -> Values:
    assert index.country
    assert index.topic
    code = index.country.code
    own = tuple(b for b in index.briefs if code in b.countries)
    view = view_of(edition, own, {code: standing} if standing else {}, lambda _: (code,))
    return {
        "country": index.country,
        "topic": index.topic,
        "standing": standing,
        "since": find_start(own, standing),
        "says": standing.detail().sources if standing else (),
        "cell": build_cell(index.topic.title, index.path, code, view, edition.collection.vocabulary) if standing else None,
        "measures": [line(m) for m in dict.fromkeys(b.measure for b in own) if m],
        "coming": dates_ahead(edition, index),
        "add_url": add_url(edition, f"{index.country.name} ", code, index.topic.id, f"{index.country.slug}-"),
    }
