"""Briefs as JSON, JSON lines and CSV.

Writes ``data/briefs.json``, ``data/briefs.jsonl`` and ``data/briefs.csv`` of all briefs, and ``briefs.json`` and ``briefs.csv`` beside
each country, topic and measure that has briefs. Drafts and withdrawn briefs are not in them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from plugins.domain.brief import Brief
from plugins.domain.collection import Index, IndexKind
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.offers import Offer
from plugins.edition.site import Site
from plugins.opendata.record import COLUMNS, build_cells, build_record
from plugins.press.output import Output, Sheet, key_of

JSON, CSV, LINES = "briefs.json", "briefs.csv", "briefs.jsonl"
_KINDS = frozenset({IndexKind.COUNTRY, IndexKind.TOPIC, IndexKind.MEASURE})
_encode = json.JSONEncoder(ensure_ascii=False).encode


def has_data(index: Index) -> bool:
    """Whether an index has briefs to publish as data."""
    return index.kind in _KINDS and any(b.status is Status.PUBLISHED for b in index.briefs)


OFFERS = (Offer(JSON, "JSON", "application/json", "data", has_data), Offer(CSV, "CSV", "text/csv", "data", has_data))


@dataclass(frozen=True, slots=True)
class Row:
    """A brief as it stands in the files, and when a person last checked it."""

    json: bytes
    csv: bytes
    checked: str | None


class Rows:
    """The rows of one build, each made once."""

    def __init__(self, edition: Edition) -> None:
        self._site = edition.site
        self._rows: dict[str, Row] = {}
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, lineterminator="\r\n")
        self.header = self._line(COLUMNS)

    def of(self, brief: Brief) -> Row:
        """The row of a brief."""
        found = self._rows.get(brief.id)
        if found is None:
            detail = brief.detail()
            record = build_record(brief, detail, self._site)
            found = self._rows[brief.id] = Row(_encode(record).encode(), self._line(build_cells(record)), detail.checked)
        return found

    def _line(self, cells: Iterable[str]) -> bytes:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._writer.writerow(cells)
        return self._buffer.getvalue().encode()


def data_key(edition: Edition) -> bytes:
    """What data depends on beside content: names of countries and topics are not in it."""
    return key_of(edition.site.url, edition.site.licence_url)


def published(briefs: Iterable[Brief]) -> tuple[Brief, ...]:
    """The briefs that data shows."""
    return tuple(b for b in briefs if b.status is Status.PUBLISHED)


def make_tables(edition: Edition, rows: Rows) -> Iterator[Sheet]:
    """A sheet for all briefs, and one for each index that has data."""
    indexes, common = edition.collection.indexes, data_key(edition)
    formats: dict[str, Format] = {JSON: render_json, CSV: render_csv, LINES: render_lines}
    yield _sheet(edition, rows, indexes.home, "data/", key_of(common, indexes.home.heads), formats)
    slices = {JSON: formats[JSON], CSV: formats[CSV]}
    for index in (*indexes.countries.values(), *indexes.topics.values(), *indexes.measures.values()):
        if has_data(index):
            yield _sheet(edition, rows, index, index.path, key_of(common, index.heads), slices)


Format = Callable[[Site, Rows, tuple[Brief, ...]], bytes]


def _sheet(edition: Edition, rows: Rows, index: Index, folder: str, key: bytes, formats: dict[str, Format]) -> Sheet:
    def outputs() -> Iterator[Output]:
        briefs = published(index.briefs)
        for file, render in formats.items():
            yield Output(folder + file, key, partial(render, edition.site, rows, briefs))

    return Sheet(f"data/{folder}", key, outputs)


def render_json(site: Site, rows: Rows, briefs: tuple[Brief, ...]) -> bytes:
    """``{"licence": …, "briefs": […]}``, newest first."""
    return wrap_rows(site, "briefs", [rows.of(b).json for b in briefs])


def render_lines(site: Site, rows: Rows, briefs: tuple[Brief, ...]) -> bytes:
    """One record a line."""
    return b"".join([rows.of(b).json + b"\n" for b in briefs])


def render_csv(site: Site, rows: Rows, briefs: tuple[Brief, ...]) -> bytes:
    """A header, then one row a brief (RFC 4180, UTF-8)."""
    return b"".join([rows.header, *[rows.of(b).csv for b in briefs]])


def wrap_rows(site: Site, name: str, rows: list[bytes]) -> bytes:
    """Encoded rows as an object with the licence, one a line."""
    end = "]}"
    head = _encode({"licence": site.licence_url, name: []}).removesuffix(end).encode()
    return head + b"\n" + b",\n".join(rows) + b"\n" + end.encode() + b"\n"
