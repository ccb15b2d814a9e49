"""Briefs as JSON, JSON lines and CSV.

Writes ``data/briefs.json``, ``data/briefs.jsonl`` and ``data/briefs.csv`` of all briefs, and ``briefs.json`` and ``briefs.csv`` beside
each country, topic and measure that has briefs. Drafts and withdrawn briefs are not in them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.domain.collection import Index, IndexKind
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.encoding import encode
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


class Row(NamedTuple):
    """A brief as it stands in the files (without the line's end), and when a person last checked it; ``head`` is that of the brief."""

    head: str
    json: bytes
    csv: bytes
    checked: str


class Rows:
    """The rows of one build, each made once, and kept from build to build: an edit changes one of ten thousand."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._about = key_of(data_key(edition), *COLUMNS).hex()
        self._rows: dict[str, Row] = {}
        self._kept: dict[str, dict[str, Row]] = {}  # by year and id
        self._changed: set[str] = set()
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, lineterminator="")
        self.header = self._line(COLUMNS)

    def of(self, brief: Brief) -> Row:
        """The row of a brief."""
        found = self._rows.get(brief.id)
        if found is None:
            found = self._rows[brief.id] = self._recall(brief) or self._build(brief)
        return found

    def all(self, briefs: Iterable[Brief]) -> list[Row]:
        """The rows of some briefs."""
        known = self._rows
        return [known.get(b.id) or self.of(b) for b in briefs]

    def _build(self, brief: Brief) -> Row:
        detail = brief.detail()
        record = build_record(brief, detail, self._edition.site)
        row = Row(brief.head.hex(), encode(record), self._line(build_cells(record)), detail.checked or "")
        year = brief.id[:4]
        self._kept[year][brief.id] = row
        self._changed.add(year)
        return row

    def _recall(self, brief: Brief) -> Row | None:
        year = brief.id[:4]
        if year not in self._kept:
            self._kept[year] = self._load(year)
        row = self._kept[year].get(brief.id)
        return row if row and row.head == brief.head.hex() else None

    def _load(self, year: str) -> dict[str, Row]:
        name = f"rows/{year}"
        text = self._edition.texts.texts([name]).get(name, b"") if self._edition.texts else b""
        about, *lines = text.split(b"\n")
        count, left = divmod(len(lines), 5)
        if about.decode() != self._about or left or not count:
            return {}
        ids, heads, checked, records, cells = (lines[at : at + count] for at in range(0, len(lines), count))
        rows = map(Row, b" ".join(heads).decode().split(" "), records, cells, b" ".join(checked).decode().split(" "))
        return dict(zip(b" ".join(ids).decode().split(" "), rows, strict=True))

    def keep(self) -> None:
        """Hands the rows of each year that changed to who keeps them: ids, heads, days, records and cells, each on lines of their own."""
        texts = self._edition.texts
        if texts is None:
            return
        for year in sorted(self._changed):
            rows = {id: row for id, row in self._kept[year].items() if id in self._edition.collection.by_id}
            told = [*rows, *(r.head for r in rows.values()), *(r.checked for r in rows.values())]
            lines = [text.encode() for text in (self._about, *told)]
            texts.put_texts([(f"rows/{year}", b"\n".join([*lines, *(r.json for r in rows.values()), *(r.csv for r in rows.values())]))])

    def make_all(self) -> None:
        """Makes every row."""
        self.all(published(self._edition.collection.listed))

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


Format = Callable[[Site, bytes, list[Row]], bytes]  # header of the table, and rows


def _sheet(edition: Edition, rows: Rows, index: Index, folder: str, key: bytes, formats: dict[str, Format]) -> Sheet:
    def outputs() -> Iterator[Output]:
        find = cache(lambda: rows.all(published(index.briefs)))  # once for all formats, if any is rendered
        for file, render in formats.items():
            yield Output(folder + file, key, lambda render=render: render(edition.site, rows.header, find()))  # type: ignore[misc]

    return Sheet(f"data/{folder}", key, outputs)


def render_json(site: Site, header: bytes, rows: list[Row]) -> bytes:
    """``{"licence": …, "briefs": […]}``, newest first."""
    return wrap_rows(site, "briefs", [row.json for row in rows])


def render_lines(site: Site, header: bytes, rows: list[Row]) -> bytes:
    """One record a line."""
    return b"\n".join([*[row.json for row in rows], b""])


def render_csv(site: Site, header: bytes, rows: list[Row]) -> bytes:
    """A header, then one row a brief (RFC 4180, UTF-8)."""
    return b"\r\n".join([header, *[row.csv for row in rows], b""])


def wrap_rows(site: Site, name: str, rows: list[bytes]) -> bytes:
    """Encoded rows as an object with the licence, one a line."""
    end = b"]}"
    head = encode({"licence": site.licence_url, name: []}).removesuffix(end)
    return head + b"\n" + b",\n".join(rows) + b"\n" + end + b"\n"
