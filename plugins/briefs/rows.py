"""Readings as the state keeps them: those of one year's folder in three columns, which are read at once.

What is written by ``pack_readings`` is read by ``unpack_readings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from plugins.domain.brief import Brief
from plugins.domain.faults import Fault, Severity
from plugins.domain.stage import Grade, Stage, Status

_STAGES = {s.value: s for s in Stage}
_STATUSES = {s.value: s for s in Status}
_GRADES = {g.value: g for g in Grade}
_DIGEST = 12  # bytes
Row = tuple[Any, ...]
Packed = tuple[str, bytes, str]
"""Values as JSON, a list for each field; digests; the details of briefs, each a line (they are JSON, and hold none)."""


class Reading(NamedTuple):
    """What reading a file gave: a brief or None, and faults as JSON (empty where there are none), with the stamps and digest of the file."""

    path: str  # below the content folder
    mtime: int
    size: int
    raw: bytes
    faults: str
    brief: Brief | None
    before_body: bytes = b""  # a digest of what stands before the body; empty where there is no brief


def row_of(b: Brief) -> Row:
    """The fields of a brief as plain values; its digests and details stand last."""
    return (
        b.id,
        b.title,
        b.date,
        b.added,
        " ".join(b.countries),
        " ".join(b.topics),
        b.stage.value,
        b.measure,
        b.summary,
        b.status.value,
        b.grade.value,
        " ".join(b.dates),
        b.changed,
        b.revision_count,
        " ".join(b.links),
        " ".join(b.replaces),
        b.facts,
        b.head,
        b.digest,
        b.packed,
    )


def load_briefs(columns: Sequence[Sequence[Any]]) -> Iterator[Brief]:
    """The briefs of rows, given as columns: what many share is made once."""
    c = list(columns) or [()] * 20
    for at, known in ((6, _STAGES), (9, _STATUSES), (10, _GRADES)):
        c[at] = [known[value] for value in c[at]]
    for at in (4, 5, 11, 14, 15):
        lists = {text: tuple(text.split(" ")) if text else () for text in set(c[at])}
        c[at] = [lists[text] for text in c[at]]
    return map(Brief._make, zip(*c, strict=True))


def pack_readings(readings: Iterable[Reading]) -> Packed:
    """The readings of a folder."""
    every = list(readings)
    refused = [[r.path, r.mtime, r.size, r.raw.hex(), r.faults] for r in every if r.brief is None]
    good = [(r.path, r.mtime, r.size, r.faults, *row_of(r.brief)) for r in every if r.brief is not None]
    *columns, _, _, _, details = zip(*good, strict=True) if good else [()] * 24
    digests = [(r.raw, r.before_body, r.brief.facts, r.brief.head, r.brief.digest) for r in every if r.brief is not None]
    return orjson.dumps([refused, *columns]).decode(), b"".join([part for some in digests for part in some]), "\n".join(details)


def unpack_readings(packed: Packed) -> Iterator[Reading]:
    """The readings of a folder, as they were packed."""
    values, digests, details = packed
    refused, paths, mtimes, sizes, faults, *columns = orjson.loads(values)
    for path, mtime, size, raw, problems in refused:
        yield Reading(path, mtime, size, bytes.fromhex(raw), problems, None)
    if paths:
        size = 5 * _DIGEST
        raws, befores, *own = ([digests[at : at + _DIGEST] for at in range(n * _DIGEST, len(digests), size)] for n in range(5))
        briefs = load_briefs([*columns, *own, details.split("\n")])
        yield from map(Reading, paths, mtimes, sizes, raws, faults, briefs, befores)


def load_faults(text: str, shown: str) -> Iterator[Fault]:
    """The faults of a reading; ``shown`` is how they name the file."""
    for line, code, message, hint, severity in orjson.loads(text):
        yield Fault(shown, line, code, message, hint, Severity(severity))
