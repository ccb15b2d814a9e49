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
from plugins.press.output import Sheet, key_of


def make_countries(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each country and each pair."""
    indexes = edition.collection.indexes
    vocabulary = edition.collection.vocabulary
    common, pair = index_key(edition, "country.html"), index_key(edition, "pair.html")
    line = cache(partial(_measure_line, edition))
    through: dict[str, list[Index]] = {}
    for index in indexes.countries.values():
        for member in index.country.members if index.country and index.briefs else ():
            through.setdefault(member, []).append(index)
    parts: dict[str, list[Index]] = {}
    for index in indexes.countries.values():
        if index.country and index.country.parent and index.briefs:
            parts.setdefault(index.country.parent, []).append(index)
    for code, index in indexes.countries.items():
        unions = tuple(through.get(code, ()))
        measures = [m for m in dict.fromkeys(b.measure for b in index.briefs) if m]
        digests = (vocabulary.measures[m].digest + indexes.measures[m].heads for m in measures)
        key = key_of(common, index.heads, *(u.heads for u in unions), *digests)
        yield Sheet(
            f"page/country/{code}",
            key,
            partial(
                index_outputs,
                edition,
                index,
                "country.html",
                key,
                partial(_country, edition, index, unions, tuple(parts.get(code, ())), line),
            ),
        )
    for index in indexes.pairs.values():
        measures = [m for m in dict.fromkeys(b.measure for b in index.briefs) if m]
        key = key_of(pair, index.heads, *(vocabulary.measures[m].digest + indexes.measures[m].heads for m in measures))
        yield Sheet(
            f"page/pair/{index.id}", key, partial(index_outputs, edition, index, "pair.html", key, partial(_pair, edition, index, line))
        )


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
        "topics": [indexes.pairs[code, t] for t in indexes.topics_of.get(code, ())],
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
    return edition.templates.part("partials/measure.html", {"index": index, "standing": find_standing(index.briefs), "stages": stages})


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
