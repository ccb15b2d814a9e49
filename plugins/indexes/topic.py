"""Pages of topics and measures. Writes ``topics/<id>/`` and ``measures/<id>/``: ``index.html`` and ``page/<n>/index.html``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from plugins.domain.collection import Index
from plugins.domain.standing import find_standing, find_start
from plugins.edition.edition import Edition
from plugins.indexes.parts import Values, add_url, dates_ahead, index_key, index_outputs, view_countries
from plugins.indexes.standing_table import table_of_countries
from plugins.indexes.tile_map import map_values
from plugins.indexes.timeline import build_timeline, stages_reached
from plugins.press.output import Sheet, key_of


def make_topics(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each topic."""
    vocabulary, gists = edition.collection.vocabulary, edition.collection.gists
    for id, index in edition.collection.indexes.topics.items():
        used = sorted({b.measure for b in index.briefs if b.measure})
        narrower = (edition.collection.indexes.topics[t.id].heads for t in vocabulary.narrower(id))
        key = key_of(index_key(edition, "topic.html"), index.heads, *narrower, *[gists[m] for m in used])
        yield Sheet(f"page/topic/{id}", key, partial(index_outputs, edition, index, "topic.html", key, partial(_topic, edition, index)))


def _topic(edition: Edition, index: Index) -> Values:
    assert index.topic
    indexes, vocabulary, id = edition.collection.indexes, edition.collection.vocabulary, index.id
    view = view_countries(edition, index.briefs)
    counts: dict[str, int] = {}
    for brief in index.briefs:
        for code in brief.countries:
            counts[code] = counts.get(code, 0) + 1
    hrefs = {code: indexes.pairs.url(code, id)[1:] for code in indexes.countries if (code, id) in indexes.pairs}
    return {
        "topic": index.topic,
        "prose": index.topic.html,
        "table": table_of_countries(view, vocabulary, id, indexes.pairs),
        **map_values(edition, view, counts, hrefs),
        "narrower": [indexes.topics[t.id] for t in vocabulary.narrower(id)],
        "broader": vocabulary.topics.get(index.topic.broader or ""),
        "coming": dates_ahead(edition, index, places=True),
        "add_url": add_url(edition, "Country ", "", id, "country-"),
    }


def make_measures(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each measure."""
    for id, index in edition.collection.indexes.measures.items():
        assert index.measure
        key = key_of(index_key(edition, "measure.html"), index.heads, index.measure.digest)
        yield Sheet(
            f"page/measure/{id}", key, partial(index_outputs, edition, index, "measure.html", key, partial(_measure, edition, index))
        )


def _measure(edition: Edition, index: Index) -> Values:
    assert index.measure
    vocabulary = edition.collection.vocabulary
    measure, steps = index.measure, build_timeline(index.briefs)
    standing = find_standing(index.briefs)
    topics = dict.fromkeys(t for b in index.briefs for t in b.topics)
    countries = [vocabulary.countries[c] for c in measure.countries]
    path = f"content/measures/{measure.id}.md"
    return {
        "measure": measure,
        "prose": measure.html,
        "steps": steps,
        "reached": stages_reached(steps),
        "standing": standing,
        "since": find_start(index.briefs, standing),
        "coming": dates_ahead(edition, index),
        "countries": [(f"countries/{c.slug}/", c.name) for c in countries],
        "topics": [(f"topics/{t}/", vocabulary.topics[t].title) for t in topics],
        "structured": _describe_measure(edition, index),
        "edit_url": edition.site.edit_url(path),
        "report_url": edition.site.report_url(f"Error in measure {measure.id}", measure.id),
        "add_url": add_url(edition, f"{countries[0].name} ", measure.countries[0], "", f"{countries[0].slug}-"),
    }


def _describe_measure(edition: Edition, index: Index) -> dict[str, Any]:
    """The measure as schema.org Legislation."""
    assert index.measure
    measure, countries = index.measure, edition.collection.vocabulary.countries
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": edition.site.absolute(index.url),
        "url": edition.site.absolute(index.url),
        "name": measure.title,
        "legislationJurisdiction": [{"@type": "AdministrativeArea", "name": countries[c].name} for c in measure.countries],
        "legislationType": measure.kind.value,
    }
    if measure.official_id:
        found["legislationIdentifier"] = measure.official_id
    if measure.url:
        found["sameAs"] = measure.url
    return found
