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
    """The rows of one build, each made once, and kept from build to build: an edit changes one of ten thousand."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._about = key_of(data_key(edition), *COLUMNS).hex()
        self._rows: dict[str, Row] = {}
        self._kept: dict[str, dict[str, tuple[str, Row]]] = {}  # by year: for each id digest and row
        self._changed: set[str] = set()
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, lineterminator="\r\n")
        self.header = self._line(COLUMNS)

    def of(self, brief: Brief) -> Row:
        """The row of a brief."""
        found = self._rows.get(brief.id)
        if found is None:
            found = self._rows[brief.id] = self._recall(brief) or self._build(brief)
        return found

    def _build(self, brief: Brief) -> Row:
        detail = brief.detail()
        record = build_record(brief, detail, self._edition.site)
        row = Row(_encode(record).encode(), self._line(build_cells(record)), detail.checked)
        year = brief.id[:4]
        self._kept[year][brief.id] = brief.head.hex(), row
        self._changed.add(year)
        return row

    def _recall(self, brief: Brief) -> Row | None:
        year = brief.id[:4]
        if year not in self._kept:
            self._kept[year] = self._load(year)
        head, row = self._kept[year].get(brief.id, ("", None))
        return row if head == brief.head.hex() else None

    def _load(self, year: str) -> dict[str, tuple[str, Row]]:
        name = f"rows/{year}"
        text = self._edition.texts.texts([name]).get(name, b"") if self._edition.texts else b""
        about, *lines = text.split(b"\n")
        if about.decode() != self._about or len(lines) % 3:
            return {}
        stated = (line.decode().split(" ") for line in lines[::3])
        rows = zip(stated, lines[1::3], lines[2::3], strict=True)
        return {id: (head, Row(record, cells + b"\n", checked or None)) for (id, head, checked), record, cells in rows}

    def keep(self) -> None:
        """Hands the rows of each year that changed to who keeps them: for each brief a line that says which, and its two rows."""
        texts = self._edition.texts
        if texts is None:
            return
        for year in sorted(self._changed):
            lines = [self._about.encode()]
            for id, (head, row) in self._kept[year].items():
                if id in self._edition.collection.by_id:
                    lines += [f"{id} {head} {row.checked or ''}".encode(), row.json, row.csv[:-1]]
            texts.put_texts([(f"rows/{year}", b"\n".join(lines))])

    def make_all(self) -> None:
        """Makes every row."""
        for brief in published(self._edition.collection.listed):
            self.of(brief)

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
