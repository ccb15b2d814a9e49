"""Files read, by two processes where there are many."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from plugins.briefs.rows import PackedBriefs, Reading, load_briefs, pack_briefs
from plugins.domain.reader import LARGEST, Known, import_parts, read_brief
from plugins.press.companion import stay_with_parent

Task = tuple[str, str, str, int, int, bytes, Known | None]
"""Path, name for faults, key, time stamp, size and digest of a file that is to be read, and what it gave before, if that was good."""
_Some = tuple[list[tuple[Reading, str]], PackedBriefs]
MANY = 400  # files from which on a second process pays


@contextmanager
def read_files(tasks: list[Task]) -> Iterator[Iterator[tuple[Reading, str]]]:
    """Reading and HTML of each file, in order; where there are many, two other processes read them, from now on."""
    if len(tasks) < MANY or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        yield map(_read_file, tasks)
        return
    import multiprocessing

    import_parts()  # once, and not in each of the two
    chunks = [tasks[at : at + 50] for at in range(0, len(tasks), 50)]
    with multiprocessing.get_context("fork").Pool(2, stay_with_parent) as pool:
        yield _receive(pool.imap(_read_some, chunks))


def _receive(chunks: Iterable[_Some]) -> Iterator[tuple[Reading, str]]:
    for found, packed in chunks:
        briefs = iter(load_briefs(packed))
        for reading, html in found:
            yield (reading._replace(brief=next(briefs)) if reading.before_body else reading), html


def _read_some(tasks: list[Task]) -> _Some:
    """What goes from process to process is plain: readings without their briefs, and these packed."""
    found = [_read_file(task) for task in tasks]
    briefs = [reading.brief for reading, _ in found if reading.brief]
    return [(reading._replace(brief=None), html) for reading, html in found], pack_briefs(briefs)


def _read_file(task: Task) -> tuple[Reading, str]:
    path, shown, key, stamp, size, seen, known = task
    found = read_brief(path, shown, known)
    raw = hashlib.blake2b(found.raw, digest_size=12).digest() if found.raw else b""
    if seen and raw != seen:  # edited since it was looked at: if that is taken back, it is read again
        stamp = 0
    faults = json.dumps([[f.line, f.code, f.message, f.hint, f.severity.value] for f in found.faults]) if found.faults else ""
    return Reading(key, stamp, size, raw, faults, found.brief, found.before_body if found.brief else b""), found.html


def digest_file(path: str, size: int) -> bytes:
    """A digest of a file's bytes; empty where it is too large or cannot be read."""
    if size > LARGEST:
        return b""
    try:
        with open(path, "rb") as file:
            return hashlib.blake2b(file.read(LARGEST + 1), digest_size=12).digest()
    except OSError:
        return b""
