"""Whether anything changed at all since the last build: answered from time stamps and sizes, before anything large is imported."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.press.lock import BusyError, hold
from plugins.press.state import FILE, JOURNAL, VERSION, is_sealed, is_whole, seal

GRAIN = 100_000_000  # nanoseconds: a file as young as this may change again without a new time stamp
_PASSING = frozenset({"_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TERM_SESSION_ID", "WINDOWID"})


def digest_inputs(paths: Iterable[Path], environment: Mapping[str, str], more: str) -> str | None:
    """A digest of the stamps of all files below some paths, and of the environment; None where a file is too young to tell."""
    found = hashlib.blake2b(digest_size=16)
    found.update(f"{sys.version} {more}\n".encode())
    for name in sorted(set(environment) - _PASSING):
        found.update(f"{name}={environment[name]}\n".encode("utf-8", "surrogateescape"))
    newest = 0
    for path in paths:
        lines, young = _stamp(str(path))
        newest = max(newest, young)
        found.update("\n".join(lines).encode("utf-8", "surrogateescape"))
    return None if time.time_ns() - newest < GRAIN else found.hexdigest()


def _stamp(path: str) -> tuple[list[str], int]:
    """Path, modification time and size of every file below a path, and the newest of the times."""
    lines, newest, folders = [], 0, [path]
    if os.path.isfile(path):
        info = os.stat(path)
        return [f"{path} {info.st_mtime_ns} {info.st_size}"], info.st_mtime_ns
    while folders:
        folder = folders.pop()
        lines.append(folder)
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
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
    file = cache / FILE
    if not is_sealed(cache) or (cache / JOURNAL).exists():
        return None
    try:
        db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            meta = dict(db.execute("SELECT name, value FROM meta"))
            if (meta.get("version"), meta.get("inputs"), meta.get("output")) != (VERSION, inputs, str(output)):
                return None
            for path, size in db.execute("SELECT path, size FROM outputs"):
                if os.stat(f"{output}/{path}", follow_symlinks=False).st_size != size:
                    return None
            return str(meta.get("closing", "")) or None
        finally:
            db.close()
    except (sqlite3.Error, OSError):
        return None


def remember_inputs(cache: Path, inputs: str, closing: str) -> None:
    """Keeps the digest of the inputs of a build that ended well, and its closing line; not while another build runs."""
    with contextlib.suppress(BusyError, sqlite3.Error), hold(cache, wait=False):
        if not is_whole(cache):
            return
        db = sqlite3.connect(cache / FILE, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=OFF")
            db.execute("BEGIN")
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [("inputs", inputs), ("closing", closing)])
            db.execute("COMMIT")
        finally:
            db.close()
        seal(cache)
