"""Files read, by two processes where there are many."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from plugins.briefs.rows import PackedBriefs, Reading, load_briefs, pack_briefs
from plugins.domain.reader import LARGEST, Known, import_parts, read_in_steps
from plugins.domain.reader import Reading as Found
from plugins.domain.steps import finish_all
from plugins.press.companion import stay_with_parent

Task = tuple[str, str, str, int, int, bytes, Known | None]
"""Path, name for faults, key, time stamp, size and digest of a file that is to be read, and what it gave before, if that was good."""
_Packed = tuple[list[tuple[Reading, str]], PackedBriefs]
MANY = 400  # files from which on a second process pays
SOME = 50  # files that are read side by side


@contextmanager
def read_files(tasks: list[Task]) -> Iterator[Iterator[tuple[Reading, str]]]:
    """Reading and HTML of each file, in order; where there are many, two other processes read them, from now on."""
    chunks = [tasks[at : at + SOME] for at in range(0, len(tasks), SOME)]
    if len(tasks) < MANY or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        yield chain.from_iterable(map(_read_some, chunks))
        return
    import multiprocessing

    import_parts()  # once, and not in each of the two
    with multiprocessing.get_context("fork").Pool(2, stay_with_parent) as pool:
        yield _receive(pool.imap(_read_and_pack, chunks))


def _receive(chunks: Iterable[_Packed]) -> Iterator[tuple[Reading, str]]:
    for found, packed in chunks:
        briefs = iter(load_briefs(packed))
        for reading, html in found:
            yield (reading._replace(brief=next(briefs)) if reading.before_body else reading), html


def _read_and_pack(tasks: list[Task]) -> _Packed:
    """What goes from process to process is plain: readings without their briefs, and these packed."""
    found = _read_some(tasks)
    briefs = [reading.brief for reading, _ in found if reading.brief]
    return [(reading._replace(brief=None), html) for reading, html in found], pack_briefs(briefs)


def _read_some(tasks: list[Task]) -> list[tuple[Reading, str]]:
    found = finish_all(read_in_steps(path, shown, known) for path, shown, _, _, _, _, known in tasks)
    return [_describe(task, reading) for task, reading in zip(tasks, found, strict=True)]


def _describe(task: Task, found: Found) -> tuple[Reading, str]:
    _, _, key, stamp, size, seen, _ = task
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
