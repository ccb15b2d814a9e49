"""Columns of text of which every brief has a cell, kept from build to build: an edit changes one of ten thousand.

What is kept of a year are its columns as they stand in the largest file, each brief after the other. So most of that file is copied from
there in a few pieces; the cells are told apart only where a brief changed, or where some briefs are wanted and not all.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.edition.edition import Edition
from plugins.press.output import KEY_BYTES, key_of

_HEAD = attrgetter("head")


class _Year(NamedTuple):
    heads: bytes = b""  # digests of the front matters of its briefs
    columns: tuple[bytes, ...] = ()


class KeptTable:
    """The cells of briefs, each built once, and kept by year under the digest of the brief's front matter, which tells all that they show.

    ``about`` is a digest of all else that they show. ``breaks`` says for each column what stands between its cells; no cell may hold it.
    The state may lose any of this at any time.
    """

    def __init__(
        self, edition: Edition, name: str, about: bytes, build: Callable[[Brief], Sequence[bytes]], breaks: Sequence[bytes]
    ) -> None:
        self._edition = edition
        self._name = name
        self._about = key_of(edition.code, about)
        self._build = build
        self._breaks = breaks
        self._years: dict[str, _Year] = {}  # which were looked up
        self._cells: list[dict[bytes, bytes]] = [{} for _ in breaks]  # for each column, by digest
        self._told_apart: list[set[str]] = [set() for _ in breaks]  # for each column the years whose cells are at hand

    def join(self, briefs: Iterable[Brief], column: int) -> bytes:
        """The cells of some briefs, with their break between."""
        parts: list[bytes] = []
        for year, some in groupby(briefs, lambda brief: brief.id[:4]):
            run, kept = tuple(some), self._look_up(year)
            if kept.heads == b"".join(map(_HEAD, run)):
                parts.append(kept.columns[column])
            else:
                parts += self.cells(run, column)
        return self._breaks[column].join(parts)

    def cells(self, briefs: Iterable[Brief], column: int) -> list[bytes]:
        """The cells of some briefs."""
        every, cells = list(briefs), self._cells[column]
        for year in {brief.id[:4] for brief in every} - self._told_apart[column]:
            self._told_apart[column].add(year)
            kept = self._look_up(year)
            if kept.heads:
                cells.update(zip(_split(kept.heads), kept.columns[column].split(self._breaks[column]), strict=True))
        for brief in every:
            if brief.head not in cells:
                for own, cell in zip(self._cells, self._build(brief), strict=True):
                    own[brief.head] = cell
        return [cells[head] for head in map(_HEAD, every)]

    def keep(self) -> None:
        """Hands the columns of each year that changed to who keeps them."""
        texts, briefs = self._edition.texts, dict[str, list[Brief]]()
        if texts is None or not self._years:
            return
        for brief in self._edition.collection.briefs:
            briefs.setdefault(brief.id[:4], []).append(brief)
        packed = {}
        for year, kept in self._years.items():
            known = {*_split(kept.heads), *self._cells[0]}
            shown = [brief for brief in briefs.get(year, ()) if brief.head in known]
            heads = b"".join(map(_HEAD, shown))
            if heads != kept.heads:
                columns = [end.join(self.cells(shown, at)) for at, end in enumerate(self._breaks)]
                if any(column.count(end) >= max(len(shown), 1) for column, end in zip(columns, self._breaks, strict=True)):
                    continue  # a cell holds the break: it could not be told apart again
                lengths = array("Q", (len(heads), *map(len, columns)))
                packed[year] = b"".join([self._about, lengths.tobytes(), heads, *columns])
        texts.put_texts((f"{self._name}/{year}", text) for year, text in packed.items())

    def _look_up(self, year: str) -> _Year:
        """What is kept of a year."""
        if year not in self._years:
            name, texts = f"{self._name}/{year}", self._edition.texts
            text = b"" if texts is None else texts.texts([name]).get(name, b"")
            self._years[year] = self._unpack(text) if text.startswith(self._about) else _Year()
        return self._years[year]

    def _unpack(self, text: bytes) -> _Year:
        lengths = array("Q")
        at = KEY_BYTES + lengths.itemsize * (1 + len(self._breaks))
        lengths.frombytes(text[KEY_BYTES:at])
        pieces = []
        for length in lengths:
            pieces.append(text[at : at + length])
            at += length
        return _Year(pieces[0], tuple(pieces[1:]))


def _split(heads: bytes) -> list[bytes]:
    return [heads[at : at + KEY_BYTES] for at in range(0, len(heads), KEY_BYTES)]
