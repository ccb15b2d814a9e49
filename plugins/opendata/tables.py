"""Briefs as JSON, JSON lines and CSV.

Writes ``data/briefs.json``, ``data/briefs.jsonl`` and ``data/briefs.csv`` of all briefs, and ``briefs.json`` and ``briefs.csv`` beside
each country, topic and measure that has briefs. Drafts and withdrawn briefs are not in them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from plugins.domain.brief import Brief
from plugins.domain.collection import Index, IndexKind
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.encoding import encode
from plugins.edition.kept_rows import KeptRows, Row
from plugins.edition.offers import Offer
from plugins.edition.site import Site
from plugins.opendata.record import COLUMNS, build_cells, build_record
from plugins.press.output import Output, Sheet, key_of

JSON, CSV, LINES = "briefs.json", "briefs.csv", "briefs.jsonl"
_PUBLISHED = Status.PUBLISHED
_KINDS = frozenset({IndexKind.COUNTRY, IndexKind.TOPIC, IndexKind.MEASURE})


def has_data(index: Index) -> bool:
    """Whether an index has briefs to publish as data."""
    return index.kind in _KINDS and any(b.status is _PUBLISHED for b in index.briefs)


OFFERS = (Offer(JSON, "JSON", "application/json", "data", has_data), Offer(CSV, "CSV", "text/csv", "data", has_data))


class Rows:
    """The rows of one build: how each brief stands in the files, without the end of its line, and when a person last checked it."""

    def __init__(self, edition: Edition) -> None:
        self._site = edition.site
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, lineterminator="")
        self._kept = KeptRows(edition, "rows", data_key(edition), self._build)
        self.header = self._line(COLUMNS)
        self.all, self.keep = self._kept.all, self._kept.keep

    def _build(self, brief: Brief) -> Row:
        detail = brief.detail()
        record = build_record(brief, detail, self._site)
        return encode(record), self._line(build_cells(record)), (detail.checked or "").encode()

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
    return tuple([b for b in briefs if b.status is _PUBLISHED])


def make_tables(edition: Edition, rows: Rows) -> Iterator[Sheet]:
    """A sheet for all briefs, and one for each index that has data."""
    indexes, common = edition.collection.indexes, data_key(edition)
    formats: dict[str, Format] = {JSON: render_json, CSV: render_csv, LINES: render_lines}
    yield _sheet(edition, rows, indexes.home, "data/", key_of(common, indexes.home.heads), formats)
    slices = {JSON: formats[JSON], CSV: formats[CSV]}
    for index in (*indexes.countries.values(), *indexes.topics.values(), *indexes.measures.values()):
        if has_data(index):
            yield _sheet(edition, rows, index, index.path, key_of(common, index.heads), slices)


Format = Callable[[Site, bytes, list[Row]], bytes]  # header of the table, and rows: JSON, cells, day of the last check


def _sheet(edition: Edition, rows: Rows, index: Index, folder: str, key: bytes, formats: dict[str, Format]) -> Sheet:
    def outputs() -> Iterator[Output]:
        find = cache(lambda: rows.all(published(index.briefs)))  # once for all formats, if any is rendered
        for file, render in formats.items():
            yield Output(folder + file, key, lambda render=render: render(edition.site, rows.header, find()))  # type: ignore[misc]

    return Sheet(f"data/{folder}", key, outputs)


def render_json(site: Site, header: bytes, rows: list[Row]) -> bytes:
    """``{"licence": …, "briefs": […]}``, newest first."""
    return wrap_rows(site, "briefs", [json for json, _, _ in rows])


def render_lines(site: Site, header: bytes, rows: list[Row]) -> bytes:
    """One record a line."""
    return b"\n".join([*[json for json, _, _ in rows], b""])


def render_csv(site: Site, header: bytes, rows: list[Row]) -> bytes:
    """A header, then one row a brief (RFC 4180, UTF-8)."""
    return b"\r\n".join([header, *[cells for _, cells, _ in rows], b""])


def wrap_rows(site: Site, name: str, rows: list[bytes]) -> bytes:
    """Encoded rows as an object with the licence, one a line."""
    head, end = encode({"licence": site.licence_url, name: []}).removesuffix(b"]}") + b"\n", b"\n]}\n"
    if not rows:
        return head + end
    *others, last = rows
    first = head + (others[0] if others else last + end)  # not joined twice: many megabytes
    return b",\n".join([first, *others[1:], last + end] if others else [first])
