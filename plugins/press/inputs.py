"""Whether anything changed at all since the last build: answered from time stamps and sizes, before anything large is imported."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path

from plugins.press.kept import count_there
from plugins.press.lock import BusyError, hold
from plugins.press.state import FILE, JOURNAL, VERSION, is_sealed, stamp_of

FILE_OF_INPUTS = "inputs"
GRAIN = 100_000_000  # nanoseconds: a file as young as this may change again without a new time stamp
_NAME = attrgetter("name")
_PASSING = frozenset({"_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TERM_SESSION_ID", "WINDOWID"})


Listed = dict[str, list[os.DirEntry[str]]]
"""What lies in folders, by name, each entry with its stamps as they were when it was looked at."""


def digest_inputs(paths: Iterable[Path], environment: Mapping[str, str], more: str, listed: Listed) -> str | None:
    """A digest of the stamps of all files below some paths, and of the environment; None where a file is too young to tell.

    What was looked at is put to ``listed``: who reads the files need not look a second time.
    """
    found = hashlib.blake2b(digest_size=16)
    found.update(f"{sys.version} {more}\n".encode())
    for name in sorted(set(environment) - _PASSING):
        found.update(f"{name}={environment[name]}\n".encode("utf-8", "surrogateescape"))
    newest = 0
    for path in paths:
        lines, young = _stamp(str(path), listed)
        newest = max(newest, young)
        found.update("\n".join(lines).encode("utf-8", "surrogateescape"))
    return None if time.time_ns() - newest < GRAIN else found.hexdigest()


def _stamp(path: str, listed: Listed) -> tuple[list[str], int]:
    """Path, modification time and size of every file below a path, and the newest of the times."""
    lines, newest, folders = [], 0, [path]
    if os.path.isfile(path):
        info = os.stat(path)
        return [f"{path} {info.st_mtime_ns} {info.st_size}"], info.st_mtime_ns
    while folders:
        folder = folders.pop()
        lines.append(folder)
        try:
            entries = listed[folder] = sorted(os.scandir(folder), key=_NAME)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    folders.append(entry.path)
                continue
            info = entry.stat(follow_symlinks=False)
            lines.append(f"{entry.name} {info.st_mtime_ns} {info.st_size}")
            newest = max(newest, info.st_mtime_ns)
    return lines, newest


def find_closing_line(cache: Path, output: Path, inputs: str) -> str | None:
    """What the last build said of itself, if its inputs were these and every output is still there with its size."""
    try:
        known, closing, stamp = (cache / FILE_OF_INPUTS).read_text("utf-8").split("\n")
        if (known, stamp) != (inputs, stamp_of(cache)) or not is_sealed(cache) or (cache / JOURNAL).exists():
            return None
        db = sqlite3.connect(f"file:{cache / FILE}?mode=ro", uri=True)
        try:
            meta = dict(db.execute("SELECT name, value FROM meta"))
            if (meta.get("version"), meta.get("output")) != (VERSION, str(output)):
                return None
            if count_there(str(output), [outputs for (outputs,) in db.execute("SELECT outputs FROM batches")]) is None:
                return None
        finally:
            db.close()
    except (sqlite3.Error, OSError, ValueError):
        return None
    return closing


def remember_inputs(cache: Path, inputs: str, closing: str) -> None:
    """Keeps the digest of the inputs of a build that ended well, and its closing line, for as long as the state stays as it is."""
    with contextlib.suppress(BusyError), hold(cache, wait=False):
        if is_sealed(cache):
            (cache / FILE_OF_INPUTS).write_text(f"{inputs}\n{closing}\n{stamp_of(cache)}", "utf-8")
