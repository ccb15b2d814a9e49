"""Readings as the state keeps them: those of one year's folder in few columns, which are read at once.

What is written by ``pack_briefs`` is read by ``load_briefs``, what is written by ``pack_year`` by ``readings_of`` and ``told_of``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from operator import attrgetter
from struct import Struct
from typing import Any, NamedTuple

import orjson

from plugins.domain.brief import Brief
from plugins.domain.faults import Fault, Severity
from plugins.domain.stage import Grade, Stage, Status

_OWN = ("id", "title", "summary")  # of which each brief has its own
_DIGESTS = ("facts", "head", "digest")
_SHARED = tuple(name for name in Brief._fields if name not in (*_OWN, *_DIGESTS, "packed"))  # of which many have the same
_LISTS = frozenset({"countries", "topics", "dates", "links", "replaces"})
_CHOICES: dict[str, type[Stage | Status | Grade]] = {"stage": Stage, "status": Status, "grade": Grade}
_DIGEST = 12  # bytes
_MANY = 1 << 16  # values that two bytes tell apart
_MAKE_BRIEF = partial(tuple.__new__, Brief)  # as `Brief._make`, which counts the fields each time


class Reading(NamedTuple):
    """What reading a file gave: a brief or None, and faults as JSON (empty where there are none), with the stamps and digest of the file."""

    path: str  # below the content folder
    mtime: int
    size: int
    raw: bytes
    faults: str
    brief: Brief | None
    before_body: bytes = b""  # a digest of what stands before the body; empty where there is no brief


_MAKE_READING = partial(tuple.__new__, Reading)


class PackedBriefs(NamedTuple):
    """Some briefs."""

    stated: bytes  # JSON: the fields of which each has its own, a list for each field, and of the others tables of all values
    places: bytes  # of the values of all briefs in the table of a field, field by field: 2 bytes each, or 4 where there are very many
    digests: bytes  # `facts` of all briefs, then `head` of all, then `digest`
    details: bytes  # the details of briefs, each a line (they are JSON, and hold none)


class KeptYear(NamedTuple):
    """The readings of the files in one folder, in parts that are kept each by itself: first those of its briefs."""

    stated: bytes
    places: bytes
    digests: bytes
    details: bytes
    told: bytes  # JSON: faults by file, and for refused files their stamp, size and digest
    stamps: bytes = b""  # JSON: time stamps of the files of briefs, and their sizes
    raws: bytes = b""  # digests of these files, then of what stands before their bodies

    @property
    def briefs(self) -> PackedBriefs:
        """The parts that make up its briefs."""
        return PackedBriefs._make(self[: len(PackedBriefs._fields)])


def pack_briefs(briefs: Sequence[Brief]) -> PackedBriefs:
    """Some briefs as few texts."""
    every = zip(*briefs, strict=True) if briefs else repeat(())
    columns: dict[str, Sequence[Any]] = dict(zip(Brief._fields, every))  # noqa: B905 - of no brief there are as many as are asked for
    tables: list[list[Any]] = []
    places: list[int] = []
    for name in _SHARED:
        column = list(map(attrgetter("_value_"), columns[name])) if name in _CHOICES else columns[name]
        place_of = {value: place for place, value in enumerate(dict.fromkeys(column))}
        tables.append([" ".join(value) for value in place_of] if name in _LISTS else list(place_of))
        places += map(place_of.__getitem__, column)
    return PackedBriefs(
        stated=orjson.dumps([[columns[name] for name in _OWN], tables]),
        places=array(_kind_of(len(briefs)), places).tobytes(),
        digests=b"".join([digest for name in _DIGESTS for digest in columns[name]]),
        details=b"\n".join(columns["packed"]),
    )


def load_briefs(packed: PackedBriefs) -> list[Brief]:
    """The briefs that were packed; what many share is made once."""
    own, tables = orjson.loads(packed.stated)
    count = len(own[0])
    if not count:
        return []
    places = array(_kind_of(count), packed.places)
    columns: dict[str, Iterable[Any]] = dict(zip(_OWN, own, strict=True))
    for at, (name, table) in enumerate(zip(_SHARED, tables, strict=True)):
        columns[name] = map(_load_table(name, table).__getitem__, places[at * count : (at + 1) * count])
    columns |= zip(_DIGESTS, _split(packed.digests, len(_DIGESTS)), strict=True)
    columns["packed"] = packed.details.split(b"\n")
    return list(map(_MAKE_BRIEF, zip(*map(columns.__getitem__, Brief._fields), strict=True)))


def _kind_of(count: int) -> str:
    """The type of a place among as many: two bytes, or four."""
    return "H" if count <= _MANY else "I"


def _load_table(name: str, table: list[Any]) -> list[Any]:
    if name in _LISTS:
        return [tuple(text.split(" ")) if text else () for text in table]
    return list(map(_CHOICES[name], table)) if name in _CHOICES else table


def pack_year(readings: Iterable[Reading]) -> KeptYear:
    """The readings of a folder."""
    every = list(readings)
    good = [r for r in every if r.brief is not None]
    warned = [[r.path, r.faults] for r in good if r.faults]
    refused = [[r.path, r.faults, r.mtime, r.size, r.raw.hex()] for r in every if r.brief is None]
    return KeptYear(
        *pack_briefs([r.brief for r in every if r.brief is not None]),
        told=orjson.dumps([warned, refused]),
        stamps=orjson.dumps([[r.mtime for r in good], [r.size for r in good]]),
        raws=b"".join([*[r.raw for r in good], *[r.before_body for r in good]]),
    )


def readings_of(folder: str, year: KeptYear) -> list[Reading]:
    """The readings of a folder, which is named as seen from the content folder."""
    warned, refused = orjson.loads(year.told)
    found = [Reading(path, mtime, size, bytes.fromhex(raw), faults, None) for path, faults, mtime, size, raw in refused]
    briefs, (mtimes, sizes), (raws, before) = load_briefs(year.briefs), orjson.loads(year.stamps), _split(year.raws, 2)
    paths = [f"{folder}/{brief.id}.md" for brief in briefs]
    faults_of = dict(warned)
    faults = [faults_of.get(path, "") for path in paths] if warned else [""] * len(paths)
    return found + list(map(_MAKE_READING, zip(paths, mtimes, sizes, raws, faults, briefs, before, strict=True)))


def told_of(year: KeptYear) -> Iterator[tuple[str, str, bool]]:
    """Path and faults of each file of a folder that has any, and whether it was refused."""
    warned, refused = orjson.loads(year.told)
    yield from ((path, faults, False) for path, faults in warned)
    yield from ((path, faults, True) for path, faults, *_ in refused)


def _split(digests: bytes, kinds: int) -> list[tuple[bytes, ...]]:
    """Digests of several kinds, which stand one kind after the other."""
    of_kind = Struct(f"{_DIGEST}s" * (len(digests) // _DIGEST // kinds))
    return [of_kind.unpack_from(digests, at * of_kind.size) for at in range(kinds)]


def load_faults(text: str, shown: str) -> Iterator[Fault]:
    """The faults of a reading; ``shown`` is how they name the file."""
    for line, code, message, hint, severity in orjson.loads(text):
        yield Fault(shown, line, code, message, hint, Severity(severity))
