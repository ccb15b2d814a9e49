"""Pages of countries and of country x topic pairs.

Writes ``countries/<slug>/index.html``, ``countries/<slug>/<topic>/index.html`` and their list pages ``…/page/<n>/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import groupby

from markupsafe import Markup

from plugins.domain.collection import Index
from plugins.domain.stage import CountryKind
from plugins.domain.standing import find_standing, find_start, stand_by_topic
from plugins.edition.edition import Edition
from plugins.indexes.parts import Values, add_url, dates_ahead, index_key, index_outputs, view_of
from plugins.indexes.standing_table import build_cell, table_of_topics
from plugins.indexes.timeline import build_timeline, stages_reached
from plugins.press.output import Batch, Sheet, key_of


def make_countries(edition: Edition) -> Iterator[Batch]:
    """A batch for each country, with its pairs."""
    maker = _Maker(edition)
    for code, index in edition.collection.indexes.countries.items():
        key = maker.country_key(index)
        yield Batch(code, key_of(key, maker.pair_common), partial(maker.sheets, index, key))


class _Maker:
    """Makes the pages of countries and pairs of one build."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._common, self.pair_common = index_key(edition, "country.html"), index_key(edition, "pair.html")
        self._line = cache(partial(_measure_line, edition))
        self._through: dict[str, list[Index]] = {}  # for each country the unions with briefs that it is a member of
        self._parts: dict[str, list[Index]] = {}  # for each country its subdivisions with briefs
        for index in edition.collection.indexes.countries.values():
            if index.country and index.briefs:
                for member in index.country.members:
                    self._through.setdefault(member, []).append(index)
                if index.country.parent:
                    self._parts.setdefault(index.country.parent, []).append(index)

    def country_key(self, index: Index) -> bytes:
        """A digest of what a country and its pairs show beside templates: their briefs are among those of the country."""
        return self._key(self._common, index, *(u.heads for u in self._through.get(index.id, ())))

    def _key(self, common: bytes, index: Index, *more: bytes) -> bytes:
        gists = self._edition.collection.gists
        return key_of(common, index.heads, *more, *[gists[m] for m in dict.fromkeys([b.measure for b in index.briefs]) if m])

    def sheets(self, index: Index, key: bytes) -> Iterator[Sheet]:
        """A sheet for a country, and one for each of its pairs."""
        edition, code = self._edition, index.id
        through, parts = (tuple(some.get(code, ())) for some in (self._through, self._parts))
        values = partial(_country, edition, index, through, parts, self._line)
        yield Sheet(f"page/country/{code}", key, partial(index_outputs, edition, index, "country.html", key, values))
        for pair in edition.collection.indexes.pairs_of(code):
            key = self._key(self.pair_common, pair)
            values = partial(_pair, edition, pair, self._line)
            yield Sheet(f"page/pair/{pair.id}", key, partial(index_outputs, edition, pair, "pair.html", key, values))


Line = Callable[[str], Markup]  # the line of a measure, by its id


def _country(edition: Edition, index: Index, unions: tuple[Index, ...], parts: tuple[Index, ...], line: Line) -> Values:
    assert index.country
    indexes, code = edition.collection.indexes, index.id
    own = tuple(b for b in index.briefs if code in b.countries)
    name = index.country.name
    view = view_of(edition, own, stand_by_topic(own, code), lambda b: b.topics)
    return {
        "country": index.country,
        "table": table_of_topics(view, edition.collection.vocabulary, index.country),
        "topics": list(indexes.pairs_of(code)),
        "measures": [line(m) for m in dict.fromkeys(b.measure for b in own) if m],
        "coming": dates_ahead(edition, index),
        "through": [(u, [edition.row(b) for b in u.briefs[:5]], find_standing(u.briefs) is not None) for u in unions],
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


def _pair(edition: Edition, index: Index, line: Line) -> Values:
    assert index.country
    assert index.topic
    code = index.country.code
    own = tuple(b for b in index.briefs if code in b.countries)
    standing = find_standing(own)
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
