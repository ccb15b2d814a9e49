"""Pages of topics and measures. Writes ``topics/<id>/`` and ``measures/<id>/``: ``index.html`` and ``page/<n>/index.html``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from plugins.domain.brief import digest_heads
from plugins.domain.collection import Index
from plugins.domain.standing import find_standing, find_start, stand_by_country
from plugins.edition.edition import Edition
from plugins.indexes.parts import Values, add_url, dates_ahead, index_output, list_sheets, page_key, view_countries
from plugins.indexes.standing_table import table_of_countries
from plugins.indexes.tile_map import map_values
from plugins.indexes.timeline import build_timeline, stages_reached
from plugins.press.output import Output, Sheet, key_of


def make_topics(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each topic."""
    common, topics = page_key(edition, "topic.html"), edition.collection.indexes.topics
    beside = edition.recall("beside topics", lambda: dict(_digest_beside(edition)), shows_titles=False)
    for id, index in topics.items():
        own = bytes.fromhex(beside[id])
        yield Sheet(f"page/topic/{id}", key_of(common, index.heads, own), partial(_topic_outputs, edition, index, own))
        yield from list_sheets(edition, index)


def _digest_beside(edition: Edition) -> Iterator[tuple[str, str]]:
    """For each topic a digest of what its page shows beside its briefs: their measures, and how many briefs narrower topics have."""
    vocabulary, measures, topics = edition.collection.vocabulary, edition.collection.indexes.measures, edition.collection.indexes.topics
    for id, index in topics.items():
        used = sorted({b.measure for b in index.briefs if b.measure})
        yield id, key_of(*[len(topics[t.id].briefs) for t in vocabulary.narrower(id)], *[measures[m].gist for m in used]).hex()


def _topic_outputs(edition: Edition, index: Index, beside: bytes) -> Iterable[Output]:
    beside = key_of(beside, digest_heads(stand_by_country(index.briefs).values()))
    return (index_output(edition, index, "topic.html", beside, partial(_topic, edition, index)),)


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
    common = page_key(edition, "measure.html")
    for id, index in edition.collection.indexes.measures.items():
        assert index.measure
        yield Sheet(f"page/measure/{id}", key_of(common, index.heads, index.measure.digest), partial(_measure_outputs, edition, index))
        yield from list_sheets(edition, index)


def _measure_outputs(edition: Edition, index: Index) -> Iterable[Output]:
    assert index.measure
    beside = key_of(index.heads, index.measure.digest)
    return (index_output(edition, index, "measure.html", beside, partial(_measure, edition, index)),)


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
