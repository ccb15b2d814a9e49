"""Columns of text of which every brief has a cell, kept from build to build: an edit changes one of ten thousand.

What is kept of a year are its columns as they stand in the largest file, each brief after the other. So most of that file is copied from
there in a few pieces; the cells are told apart only where a brief changed, or where some briefs are wanted and not all.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from operator import itemgetter

from plugins.domain.brief import Brief
from plugins.edition.edition import Edition
from plugins.press.output import KEY_BYTES, key_of

_HEAD = itemgetter(Brief._fields.index("head"))
_NUMBER = array("Q").itemsize


class _Year:
    """What is kept of a year: columns of text, the places of their cells, and which briefs they are of."""

    def __init__(self, text: memoryview, count: int) -> None:
        """``text`` is what ``_pack`` made of ``count`` columns."""
        at = _NUMBER * (1 + count)
        rows, *lengths = text[:at].cast("Q").tolist()
        self.heads = bytes(text[at : at + rows * KEY_BYTES])
        at += rows * KEY_BYTES
        self.columns, self._ends = [], []
        for length in lengths:
            self._ends.append(text[at : at + rows * _NUMBER].cast("Q"))
            at += rows * _NUMBER
            self.columns.append(text[at : at + length])
            at += length

    @cached_property
    def places(self) -> dict[bytes, int]:
        """The place of each brief, by the digest of its front matter."""
        heads = self.heads
        return {heads[at : at + KEY_BYTES]: at // KEY_BYTES for at in range(0, len(heads), KEY_BYTES)}

    def cell(self, column: int, place: int, between: int) -> memoryview:
        """A cell; ``between`` is how many bytes stand between two of them."""
        ends = self._ends[column]
        return self.columns[column][ends[place - 1] + between if place else 0 : ends[place]]


def _pack(heads: Sequence[bytes], columns: Sequence[Sequence[bytes]], breaks: Sequence[bytes]) -> bytes:
    """A year as text: how many briefs, the length of each column, the digests; for each column the ends of its cells, then the cells."""
    joined = [between.join(cells) for cells, between in zip(columns, breaks, strict=True)]
    parts = [array("Q", (len(heads), *map(len, joined))).tobytes(), *heads]
    for cells, between, text in zip(columns, breaks, joined, strict=True):
        widths = (len(cell) + len(between) for cell in cells)
        parts += [array("Q", (end - len(between) for end in accumulate(widths))).tobytes(), text]
    return b"".join(parts)


Layout = Sequence["_Year | tuple[Brief, ...]"]
"""Briefs in their order: years that are wanted as they stand, and single briefs."""
_NOTHING = _Year(memoryview(bytes(_NUMBER)), 0)


class KeptTable:
    """The cells of briefs, each built once, and kept by year under the digest of the brief's front matter, which tells all that they show.

    ``about`` is a digest of all else that they show. ``breaks`` says for each column what stands between its cells. The state may lose
    any of this at any time.
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
        self._built: dict[bytes, Sequence[bytes]] = {}  # cells of briefs that are not kept, by digest
        self._changed: dict[str, list[Brief]] = {}  # years that are to be kept anew, with all their briefs

    def lay_out(self, briefs: Iterable[Brief], *, are_all: bool = False) -> Layout:
        """Some briefs as ``join`` takes them, once for all columns; ``are_all`` says that no brief but these has cells."""
        layout: list[_Year | tuple[Brief, ...]] = []
        odd: dict[str, list[Brief]] = {}
        for year, some in groupby(briefs, lambda brief: brief.id[:4]):
            run, kept = tuple(some), self._look_up(year)
            is_whole = kept.heads == b"".join(map(_HEAD, run))
            layout.append(kept if is_whole else run)
            if not is_whole:
                odd.setdefault(year, []).extend(run)
        if are_all:
            self._changed = {year: some for year, some in odd.items() if b"".join(map(_HEAD, some)) != self._look_up(year).heads}
        return layout

    def join(self, layout: Layout, column: int, head: bytes = b"", end: bytes = b"") -> bytes:
        """The cells of some briefs with their break between, after a head and before an end.

        Where all of a year are wanted as they stand they are copied at one go.
        """
        parts: list[bytes | memoryview] = [head]
        for some in layout:
            for cell in (some.columns[column],) if isinstance(some, _Year) else self._find(some, column):
                parts += cell, self._breaks[column]
        if len(parts) > 1:
            parts.pop()
        return b"".join([*parts, end])

    def bring(self, briefs: Iterable[Brief]) -> None:
        """Builds the cells that are not kept of all briefs that have any: before a second process joins in, whose cells do not come back."""
        for some in self.lay_out(briefs, are_all=True):
            if not isinstance(some, _Year):
                deque(self._find(some, 0), maxlen=0)

    def keep(self) -> None:
        """Hands the columns of each year that changed to who keeps them."""
        texts = self._edition.texts
        if texts is None:
            return
        packed = {}
        for year, briefs in self._changed.items():
            columns = [[bytes(cell) for cell in self._find(briefs, column)] for column in range(len(self._breaks))]
            packed[year] = self._about + _pack(list(map(_HEAD, briefs)), columns, self._breaks)
        texts.put_texts((f"{self._name}/{year}", text) for year, text in packed.items())

    def _find(self, briefs: Iterable[Brief], column: int) -> Iterator[bytes | memoryview]:
        """The cells of some briefs."""
        between = len(self._breaks[column])
        for brief in briefs:
            kept = self._look_up(brief.id[:4])
            place = kept.places.get(brief.head)
            if place is not None:
                yield kept.cell(column, place, between)
                continue
            if brief.head not in self._built:
                self._built[brief.head] = self._build(brief)
            yield self._built[brief.head][column]

    def _look_up(self, year: str) -> _Year:
        """What is kept of a year."""
        found = self._years.get(year)
        if found is None:
            name, texts = f"{self._name}/{year}", self._edition.texts
            text = b"" if texts is None else texts.texts([name]).get(name, b"")
            known = text.startswith(self._about)
            found = self._years[year] = _Year(memoryview(text)[KEY_BYTES:], len(self._breaks)) if known else _NOTHING
        return found
