"""What single briefs look like in a large file, kept from build to build: an edit changes one of ten thousand."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from itertools import accumulate, islice, pairwise
from operator import attrgetter

from plugins.domain.brief import Brief
from plugins.edition.edition import Edition
from plugins.press.output import KEY_BYTES, key_of

Row = tuple[bytes, ...]
"""The texts of one brief: as many as whoever builds it needs."""

_HEAD = attrgetter("head")


class KeptRows:
    """The rows of briefs, each built once, and kept by year under the digest of the brief's front matter, which tells all that it shows.

    ``about`` is a digest of all else that they show. The state may lose any of them at any time.
    """

    def __init__(self, edition: Edition, name: str, about: bytes, build: Callable[[Brief], Row]) -> None:
        self._edition = edition
        self._name = name
        self._about = key_of(edition.code, about)
        self._build = build
        self._rows: dict[bytes, Row] = {}
        self._years: set[str] = set()  # which were looked up
        self._changed: set[str] = set()

    def all(self, briefs: Iterable[Brief]) -> list[Row]:
        """The rows of some briefs."""
        every = list(briefs)
        missing = [b for b in every if b.head not in self._rows]
        if missing:
            self._bring(missing)
        return [self._rows[head] for head in map(_HEAD, every)]

    def _bring(self, briefs: Iterable[Brief]) -> None:
        for year in sorted({b.id[:4] for b in briefs} - self._years):
            self._years.add(year)
            self._rows |= self._load(year)
        for brief in briefs:
            if brief.head not in self._rows:
                self._rows[brief.head] = self._build(brief)
                self._changed.add(brief.id[:4])

    def _load(self, year: str) -> dict[bytes, Row]:
        name, texts = f"{self._name}/{year}", self._edition.texts
        text = b"" if texts is None else texts.texts([name]).get(name, b"")
        return unpack_rows(text[KEY_BYTES:]) if text.startswith(self._about) else {}

    def keep(self) -> None:
        """Hands the rows of each year that changed to who keeps them."""
        texts = self._edition.texts
        if texts is None:
            return
        years: dict[str, dict[bytes, Row]] = {year: {} for year in sorted(self._changed)}
        for brief in self._edition.collection.briefs if years else ():
            if brief.id[:4] in years and brief.head in self._rows:
                years[brief.id[:4]][brief.head] = self._rows[brief.head]
        texts.put_texts((f"{self._name}/{year}", self._about + pack_rows(rows)) for year, rows in years.items())


def pack_rows(rows: dict[bytes, Row]) -> bytes:
    """Rows by digests as one text: how many, their digests, how many texts each has, the lengths of all texts, the texts."""
    texts = [text for row in rows.values() for text in row]
    numbers = array("I", (len(rows), *map(len, rows.values()), *map(len, texts)))
    return b"".join([numbers[:1].tobytes(), *rows, numbers[1:].tobytes(), *texts])


def unpack_rows(raw: bytes) -> dict[bytes, Row]:
    """The rows that ``pack_rows`` wrote, by their digests."""
    size = array("I").itemsize
    count = array("I", raw[:size])[0]
    at = size + count * KEY_BYTES
    heads = [raw[a : a + KEY_BYTES] for a in range(size, at, KEY_BYTES)]
    widths = array("I", raw[at : at + count * size])
    at += count * size
    lengths = array("I", raw[at : at + sum(widths) * size])
    ends = list(accumulate(lengths, initial=at + sum(widths) * size))
    texts = iter([raw[a:b] for a, b in pairwise(ends)])
    return {head: tuple(islice(texts, width)) for head, width in zip(heads, widths, strict=True)}
