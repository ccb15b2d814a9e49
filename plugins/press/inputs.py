"""Whether anything changed at all since the last build: answered from time stamps and sizes, before anything large is imported."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR

from plugins.press.kept import KeptBatch
from plugins.press.lock import BusyError, hold
from plugins.press.looking import FOLDERS, GRAIN, Folders, count_there, seen_from
from plugins.press.state import FILE, JOURNAL, VERSION, is_sealed, stamp_of

FILE_OF_INPUTS = "inputs"
_PASSING = frozenset({"_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TERM_SESSION_ID", "WINDOWID"})


Listed = dict[str, tuple[list[str], "array[int]", bytes]]
"""The names in folders, in order; modification time in nanoseconds and size of each, one after the other; and a digest of all that, which is
empty where a file is too young to tell."""


def digest_inputs(paths: Iterable[Path], environment: Mapping[str, str], more: str, listed: Listed) -> str | None:
    """A digest of the stamps of all files below some paths, and of the environment; None where a file is too young to tell.

    What was looked at is put to ``listed``: who reads the files need not look a second time.
    """
    found = hashlib.blake2b(digest_size=16)
    found.update(f"{sys.version} {more}\n".encode())
    for name in sorted(set(environment) - _PASSING):
        found.update(f"{name}={environment[name]}\n".encode("utf-8", "surrogateescape"))
    newest = max([_stamp(str(path), listed, found.update) for path in paths], default=0)
    return None if time.time_ns() - newest < GRAIN else found.hexdigest()


def _stamp(path: str, listed: Listed, update: Callable[[bytes], object]) -> int:
    """Hands path, modification time and size of every file below a path to ``update``; the newest of the times."""
    newest, folders = 0, [path]
    if os.path.isfile(path):
        info = os.stat(path)
        update(f"{path} {info.st_mtime_ns} {info.st_size}".encode("utf-8", "surrogateescape"))
        return info.st_mtime_ns
    while folders:
        folder = folders.pop()
        try:
            names = sorted(os.listdir(folder))
            stamps, inside = _look_at(folder, names)
        except OSError:
            continue
        folders += [os.path.join(folder, name) for name in inside if name != "__pycache__"]
        files = [name for name in names if name not in inside] if inside else names
        own = hashlib.blake2b("/".join([folder, *files]).encode("utf-8", "surrogateescape"), digest_size=16)
        own.update(stamps.tobytes())
        update(own.digest())
        youngest = max(stamps[::2], default=0)
        listed[folder] = names, stamps, b"" if time.time_ns() - youngest < GRAIN else own.digest()
        newest = max(newest, youngest)
    return newest


def _look_at(folder: str, names: Sequence[str]) -> tuple[array[int], list[str]]:
    """Modification time and size of what lies in a folder, one after the other, with zeros for folders; and the names of these folders.

    What the system says is not kept: it takes more room than all else that is known of a file. Raises OSError where something is gone.
    """
    found: array[int] = array("q")
    inside = []
    with seen_from(folder, names) as (at, paths):
        look, add = os.lstat, found.append
        for name, path in zip(names, paths, strict=True):
            info = look(path, dir_fd=at)
            if S_ISDIR(info.st_mode):
                inside.append(name)
                found.extend((0, 0))
                continue
            add(info.st_mtime_ns)
            add(info.st_size)
    return found, inside


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
            folders = Folders(str(output), meta.get(FOLDERS, "")).find_changed()
            for row in db.execute("SELECT key, outputs, folders FROM batches") if folders else ():
                if count_there(str(output), KeptBatch(*row), folders) is None:
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
