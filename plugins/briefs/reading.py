"""Files read into rows, by two processes where there are many."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from plugins.briefs.rows import Row, row_of
from plugins.domain.reader import LARGEST, read_brief
from plugins.press.companion import stay_with_parent

Task = tuple[str, str, str, int, int, bytes]
"""Path, name for faults, key, time stamp, size and digest of a file that is to be read."""
MANY = 400  # files from which on a second process pays


def read_files(tasks: list[Task]) -> Iterator[tuple[Row, str]]:
    """Row and HTML of each file, in order; where there are many, another process reads half of them."""
    if len(tasks) < MANY or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        yield from map(_read_file, tasks)
        return
    import multiprocessing

    chunks = [tasks[at : at + 50] for at in range(0, len(tasks), 50)]
    with multiprocessing.get_context("fork").Pool(2, stay_with_parent) as pool:
        for rows in pool.imap(_read_some, chunks):
            yield from rows


def _read_some(tasks: list[Task]) -> list[tuple[Row, str]]:
    return [_read_file(task) for task in tasks]


def _read_file(task: Task) -> tuple[Row, str]:
    path, shown, key, stamp, size, seen = task
    reading = read_brief(Path(path), shown)
    raw = hashlib.blake2b(reading.raw, digest_size=12).digest() if reading.raw else b""
    if seen and raw != seen:  # edited since it was looked at: if that is taken back, it is read again
        stamp = 0
    faults = json.dumps([[f.line, f.code, f.message, f.hint, f.severity.value] for f in reading.faults]) if reading.faults else ""
    if reading.brief is None:
        return (key, stamp, size, raw, faults, *[None] * 19), ""
    return (key, stamp, size, raw, faults, *row_of(reading.brief)), reading.html


def digest_file(path: str, size: int) -> bytes:
    """A digest of a file's bytes; empty where it is too large or cannot be read."""
    if size > LARGEST:
        return b""
    try:
        with open(path, "rb") as file:
            return hashlib.blake2b(file.read(LARGEST + 1), digest_size=12).digest()
    except OSError:
        return b""
