"""A brief, and the faults of a file, as the state keeps them: one row a file. What is written by ``row_of`` is read by ``load_brief``."""

from __future__ import annotations

import json
from collections.abc import Iterator

from plugins.domain.brief import Brief
from plugins.domain.faults import Fault, Severity
from plugins.domain.stage import Grade, Stage, Status

_STAGES = {s.value: s for s in Stage}
_STATUSES = {s.value: s for s in Status}
_GRADES = {g.value: g for g in Grade}
Row = tuple[object, ...]


def row_of(b: Brief) -> tuple[object, ...]:
    """The columns of a brief, from `id` on."""
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
        b.head,
        b.digest,
        b.packed,
    )


def load_brief(row: Row) -> Brief:
    """The brief of a whole row."""
    r: tuple[str, ...] = row  # type: ignore[assignment]
    return Brief(
        r[5],
        r[6],
        r[7],
        r[8],
        tuple(r[9].split(" ")),
        tuple(r[10].split(" ")),
        _STAGES[r[11]],
        r[12],
        r[13],
        _STATUSES[r[14]],
        _GRADES[r[15]],
        tuple(r[16].split(" ")) if r[16] else (),
        r[17],
        int(r[18]),
        tuple(r[19].split(" ")) if r[19] else (),
        tuple(r[20].split(" ")) if r[20] else (),
        r[21],  # type: ignore[arg-type]
        r[22],  # type: ignore[arg-type]
        r[23],
    )


def load_faults(text: str, shown: str) -> Iterator[Fault]:
    """The faults of a row; ``shown`` is how they name the file."""
    for line, code, message, hint, severity in json.loads(text):
        yield Fault(shown, line, code, message, hint, Severity(severity))
