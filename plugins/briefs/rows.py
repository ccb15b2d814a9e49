"""Readings as the state keeps them: those of one year's folder in few columns, which are read at once.

What is written by ``pack_year`` is read by ``briefs_of``, ``readings_of`` and ``told_of``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
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
_MAKE = partial(tuple.__new__, Brief)  # as `Brief._make`, which counts the fields each time


class Reading(NamedTuple):
    """What reading a file gave: a brief or None, and faults as JSON (empty where there are none), with the stamps and digest of the file."""

    path: str  # below the content folder
    mtime: int
    size: int
    raw: bytes
    faults: str
    brief: Brief | None
    before_body: bytes = b""  # a digest of what stands before the body; empty where there is no brief


class KeptYear(NamedTuple):
    """The readings of the files in one folder, in parts that are kept each by itself."""

    stated: bytes  # what briefs state: JSON, a list for each field
    digests: bytes  # `facts` of all briefs, then `head` of all, then `digest`
    details: bytes  # the details of briefs, each a line (they are JSON, and hold none)
    told: bytes  # JSON: faults by file, and for refused files their stamp, size and digest
    stamps: bytes = b""  # JSON: time stamps of the files of briefs, and their sizes
    raws: bytes = b""  # digests of these files, then of what stands before their bodies


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
        c[at] = [lists[text] for text in c[at]] if lists.keys() != {""} else [()] * len(c[at])
    return map(_MAKE, zip(*c, strict=True))


def pack_year(readings: Iterable[Reading]) -> KeptYear:
    """The readings of a folder."""
    every = list(readings)
    good = [r for r in every if r.brief is not None]
    briefs = [r.brief for r in every if r.brief is not None]
    *columns, facts, heads, digests, details = zip(*map(row_of, briefs), strict=True) if briefs else [()] * 20
    warned = [[r.path, r.faults] for r in good if r.faults]
    refused = [[r.path, r.faults, r.mtime, r.size, r.raw.hex()] for r in every if r.brief is None]
    return KeptYear(
        stated=orjson.dumps(columns),
        digests=b"".join([*facts, *heads, *digests]),
        details=b"\n".join(details),
        told=orjson.dumps([warned, refused]),
        stamps=orjson.dumps([[r.mtime for r in good], [r.size for r in good]]),
        raws=b"".join([*[r.raw for r in good], *[r.before_body for r in good]]),
    )


def briefs_of(year: KeptYear) -> list[Brief]:
    """The briefs of a folder."""
    columns = orjson.loads(year.stated)
    if not columns[0]:
        return []
    return list(load_briefs([*columns, *_split(year.digests, 3), year.details.split(b"\n")]))


def readings_of(folder: str, year: KeptYear) -> Iterator[Reading]:
    """The readings of a folder, which is named as seen from the content folder."""
    warned, refused = orjson.loads(year.told)
    for path, faults, mtime, size, raw in refused:
        yield Reading(path, mtime, size, bytes.fromhex(raw), faults, None)
    faults_of = dict(warned)
    columns = zip(*orjson.loads(year.stamps), *_split(year.raws, 2), briefs_of(year), strict=True)
    for mtime, size, raw, before, brief in columns:
        path = f"{folder}/{brief.id}.md"
        yield Reading(path, mtime, size, raw, faults_of.get(path, "") if warned else "", brief, before)


def told_of(year: KeptYear) -> Iterator[tuple[str, str, bool]]:
    """Path and faults of each file of a folder that has any, and whether it was refused."""
    warned, refused = orjson.loads(year.told)
    yield from ((path, faults, False) for path, faults in warned)
    yield from ((path, faults, True) for path, faults, *_ in refused)


def _split(digests: bytes, kinds: int) -> list[list[bytes]]:
    """Digests of several kinds, which stand one kind after the other."""
    every = [digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST)]
    count = len(every) // kinds
    return [every[at : at + count] for at in range(0, len(every), count)] if count else [[]] * kinds


def load_faults(text: str, shown: str) -> Iterator[Fault]:
    """The faults of a reading; ``shown`` is how they name the file."""
    for line, code, message, hint, severity in orjson.loads(text):
        yield Fault(shown, line, code, message, hint, Severity(severity))
