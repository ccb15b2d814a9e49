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
from plugins.edition.kept_table import KeptTable, Layout
from plugins.edition.offers import Offer
from plugins.edition.site import Site
from plugins.opendata.record import COLUMNS, build_cells, build_record
from plugins.press.output import Output, Sheet, key_of

JSON, CSV, LINES = "briefs.json", "briefs.csv", "briefs.jsonl"
_COMMA, _CRLF = b",\n", b"\r\n"  # what stands between two rows of JSON and of CSV
_PUBLISHED = Status.PUBLISHED
_KINDS = frozenset({IndexKind.COUNTRY, IndexKind.TOPIC, IndexKind.MEASURE})


def has_data(index: Index) -> bool:
    """Whether an index has briefs to publish as data."""
    return index.kind in _KINDS and any(b.status is _PUBLISHED for b in index.briefs)


OFFERS = (Offer(JSON, "JSON", "application/json", "data", has_data), Offer(CSV, "CSV", "text/csv", "data", has_data))


class Rows:
    """The rows of one build: how each brief stands in the files, and when a person last checked it."""

    def __init__(self, edition: Edition) -> None:
        self._site = edition.site
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, lineterminator="")
        self._table = KeptTable(edition, "rows", data_key(edition), self._build, (_COMMA, _CRLF, b"\n"))
        self.header = self._line(COLUMNS)
        self.bring, self.keep = self._table.bring, self._table.keep
        self.lay_out = self._table.lay_out

    def objects(self, layout: Layout, head: bytes, end: bytes) -> bytes:
        """Briefs as JSON, one a line with commas between, after a head and before an end."""
        return self._table.join(layout, 0, head, end)

    def lines(self, layout: Layout, head: bytes, end: bytes) -> bytes:
        """Briefs as CSV, after a head and before an end."""
        return self._table.join(layout, 1, head, end)

    def checked(self, briefs: tuple[Brief, ...]) -> list[str]:
        """The day on which a person last checked each of some briefs; empty where nobody did."""
        return self._table.join(self.lay_out(briefs), 2).decode().split("\n") if briefs else []

    def _build(self, brief: Brief) -> tuple[bytes, bytes, bytes]:
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


Format = Callable[[Site, Rows, Layout], bytes]


def _sheet(edition: Edition, rows: Rows, index: Index, folder: str, key: bytes, formats: dict[str, Format]) -> Sheet:
    def outputs() -> Iterator[Output]:
        are_all = index.kind is IndexKind.HOME
        find = cache(lambda: rows.lay_out(published(index.briefs), are_all=are_all))  # once for all formats, if any is rendered
        for file, render in formats.items():
            yield Output(folder + file, key, lambda render=render: render(edition.site, rows, find()))  # type: ignore[misc]

    return Sheet(f"data/{folder}", key, outputs)


def render_json(site: Site, rows: Rows, layout: Layout) -> bytes:
    """``{"licence": …, "briefs": […]}``, newest first."""
    return rows.objects(layout, *frame_rows(site, "briefs"))


def render_lines(site: Site, rows: Rows, layout: Layout) -> bytes:
    """One record a line."""
    return rows.objects(layout, b"", _COMMA).replace(_COMMA, b"\n") if layout else b""  # no record holds the end of a line


def render_csv(site: Site, rows: Rows, layout: Layout) -> bytes:
    """A header, then one row a brief (RFC 4180, UTF-8)."""
    return rows.lines(layout, rows.header + _CRLF, _CRLF if layout else b"")


def frame_rows(site: Site, name: str) -> tuple[bytes, bytes]:
    """What stands before and after encoded rows, one a line with commas between, in an object with the licence."""
    return encode({"licence": site.licence_url, name: []}).removesuffix(b"]}") + b"\n", b"\n]}\n"
