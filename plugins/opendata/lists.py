"""Measures, countries, topics and coming dates as JSON.

Writes ``data/measures.json``, ``data/countries.json``, ``data/topics.json`` and ``data/dates.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from plugins.domain.brief import digest_facts
from plugins.domain.dates import PartialDate
from plugins.domain.stage import Status
from plugins.domain.standing import find_standing
from plugins.edition.edition import Edition
from plugins.edition.encoding import encode
from plugins.opendata.tables import data_key, frame_rows, published
from plugins.press.output import Output, Sheet, key_of

Rows = list[dict[str, Any]]


def make_lists(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each list."""
    indexes = edition.collection.indexes
    common = key_of(data_key(edition), edition.key())
    measures = [part for i in indexes.measures.values() if i.measure for part in (i.measure.digest, i.heads)]
    keys = {
        "measures": key_of(common, *measures),
        "countries": key_of(common, repr([(code, len(published(i.briefs))) for code, i in indexes.countries.items()])),
        "topics": key_of(common, repr([len(published(i.briefs)) for i in indexes.topics.values()])),
        "dates": key_of(common, digest_facts(b for b in edition.collection.briefs if b.dates)),
    }
    for name, list_rows in LISTS.items():
        yield Sheet(f"data/{name}", keys[name], partial(_outputs, edition, keys[name], name, list_rows))


def _outputs(edition: Edition, key: bytes, name: str, list_rows: Callable[[Edition], Rows]) -> Iterator[Output]:
    def render() -> bytes:
        head, end = frame_rows(edition.site, name)
        return head + b",\n".join(map(encode, list_rows(edition))) + end

    yield Output(f"data/{name}.json", key, render)


def list_measures(edition: Edition) -> Rows:
    """The measures with their current stage, by title."""
    rows = []
    for index in edition.collection.indexes.measures.values():
        measure = index.measure
        assert measure is not None
        briefs = published(index.briefs)
        standing = find_standing(briefs)
        rows.append(
            {
                "id": measure.id,
                "title": measure.title,
                "countries": measure.countries,
                "kind": measure.kind.value,
                "official_id": measure.official_id,
                "official_url": measure.url,
                "stage": standing.stage.value if standing else None,
                "stage_date": standing.date if standing else None,
                "stage_brief": standing.id if standing else None,
                "briefs": len(briefs),
                "url": edition.site.absolute(index.url),
            }
        )
    return rows


def list_countries(edition: Edition) -> Rows:
    """All countries by name; ``url`` is null where the digest has no page yet."""
    rows = []
    for code, country in edition.collection.vocabulary.countries.items():
        index = edition.collection.indexes.countries.get(code)
        rows.append(
            {
                "code": code,
                "name": country.name,
                "kind": country.kind.value,
                "region": country.region or None,
                "members": country.members,
                "briefs": len(published(index.briefs)) if index else 0,
                "url": edition.site.absolute(index.url) if index else None,
            }
        )
    return rows


def list_topics(edition: Edition) -> Rows:
    """The topics by title."""
    rows = []
    for index in edition.collection.indexes.topics.values():
        topic = index.topic
        assert topic is not None
        rows.append(
            {
                "id": topic.id,
                "title": topic.title,
                "definition": topic.definition,
                "broader": topic.broader,
                "briefs": len(published(index.briefs)),
                "url": edition.site.absolute(index.url),
            }
        )
    return rows


def list_dates(edition: Edition) -> Rows:
    """The coming and past dates that briefs state, the last first; ``first`` and ``last`` are the days that a date spans."""
    return [
        {
            **_spell(coming.date.on),
            "what": coming.date.what,
            "brief": coming.brief.id,
            "countries": coming.brief.countries,
            "topics": coming.brief.topics,
            "measure": coming.brief.measure,
            "url": edition.site.absolute(coming.brief.url),
        }
        for coming in reversed(edition.collection.coming)
        if coming.brief.status is Status.PUBLISHED
    ]


def _spell(on: PartialDate) -> dict[str, str]:
    return {"on": on.text, "precision": on.precision.value, "first": on.first.isoformat(), "last": on.last.isoformat()}


LISTS: dict[str, Callable[[Edition], Rows]] = {
    "measures": list_measures,
    "countries": list_countries,
    "topics": list_topics,
    "dates": list_dates,
}
