"""The page of downloads, fields and work that is due. Writes ``data/index.html``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any, NamedTuple

from plugins.domain.brief import Brief, digest_facts, digest_heads
from plugins.domain.freshness import Review, describe_review
from plugins.domain.standing import find_standing
from plugins.edition.edition import Edition
from plugins.edition.templates import file_of
from plugins.opendata.record import CHANGES, FIELDS, VERSION
from plugins.opendata.tables import Rows, published
from plugins.press.output import Output, Sheet, key_of

URL, LABEL = "/data/", "Data"
MOST_DUE = 100


class Download(NamedTuple):
    """A file of ``/data/``."""

    file: str
    media_type: str
    meaning: str


DOWNLOADS = (
    Download("briefs.csv", "text/csv", "All briefs as a table: one row a brief, lists joined by semicolons"),
    Download("briefs.json", "application/json", "All briefs with every field"),
    Download("briefs.jsonl", "application/jsonl", "The same, one brief a line"),
    Download("measures.json", "application/json", "Laws and bills with their last reported stage"),
    Download("countries.json", "application/json", "Countries, subdivisions, unions and bodies with their codes"),
    Download("topics.json", "application/json", "Topics with their definitions"),
    Download("dates.json", "application/json", "Coming and past dates, as precisely as the sources state them"),
    Download("brief.schema.json", "application/schema+json", "JSON Schema of the front matter of a brief; editors can use it"),
    Download("datapackage.json", "application/json", "The table described for programs (Data Package)"),
)


class Due(NamedTuple):
    """A brief with the day on which it is to be checked again."""

    brief: Brief
    review: Review


def make_page(edition: Edition, rows: Rows) -> Iterator[Sheet]:
    """One sheet."""
    prose = edition.prose.get(URL)
    words = key_of(prose.title, prose.summary, prose.html) if prose else b""
    due = cache(partial(list_due, edition, rows))
    first = edition.recall_briefs("due", lambda: {"first": [d.brief for d in due()[:MOST_DUE]]})["first"]
    key = key_of(edition.key("data.html"), words, digest_facts(edition.collection.briefs), digest_heads(first))
    yield Sheet("page/data", key, lambda: [Output(file_of(URL), key, lambda: render_page(edition, due()))])


def render_page(edition: Edition, due: list[Due]) -> bytes:
    """The page; the prose of ``content/pages/data.md`` is its introduction."""
    count = len(published(edition.collection.listed))
    values = {
        "prose": edition.prose.get(URL),
        "downloads": DOWNLOADS,
        "fields": FIELDS,
        "version": VERSION,
        "changes": CHANGES,
        "count": count,
        "due": due[:MOST_DUE],
        "more_due": max(len(due) - MOST_DUE, 0),
        "never": count - len(due),
        "structured": describe_dataset(edition),
        "links": edition.links_of(URL),
    }
    return edition.templates.page("data.html", URL, values)


def list_due(edition: Edition, rows: Rows) -> list[Due]:
    """The briefs that a person has checked, by the day on which that is due again; no clock is asked."""
    briefs = published(edition.collection.listed)
    checked = [(b, day) for b, day in zip(briefs, rows.checked(briefs), strict=True) if day]
    measures = edition.collection.indexes.measures
    standing = {m: find_standing(measures[m].briefs) for m in {b.measure for b, _ in checked if b.measure}}
    found = [Due(b, describe_review(b, day, standing.get(b.measure or ""))) for b, day in checked]
    return sorted(found, key=lambda d: (d.review.due or "", d.brief.id))


def describe_dataset(edition: Edition) -> dict[str, Any]:
    """The data as schema.org sees it (Dataset)."""
    site = edition.site
    publisher = {"@type": "Organization", "name": site.name, "url": site.url + "/"}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": site.absolute(URL),
        "url": site.absolute(URL),
        "name": f"{site.name}: briefs",
        "description": f"{site.tagline or site.name}. One record a brief: countries, topics, stage, measure, sources, coming dates.",
        "license": site.licence_url,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "version": VERSION,
        "creator": publisher,
        "publisher": publisher,
        "dateModified": edition.collection.indexes.home.changed or None,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": site.absolute(URL + d.file), "encodingFormat": d.media_type, "name": d.file}
            for d in DOWNLOADS[:3]
        ],
    }
