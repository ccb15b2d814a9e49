"""What the briefs on the shelf cite: addresses and fingerprints, kept in a SQLite file beside other state so that they are read once.

The state may be deleted at any time; it is made again from ``content/briefs``. A damaged one is replaced.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from plugins.desk.fingerprint import SUFFIX, parse_fingerprint
from plugins.domain.addresses import canonical_address
from plugins.domain.frontmatter import split_front_matter

STATE = "shelf.sqlite"
_FORM = 1  # of the table; another one is thrown away
_LARGEST_FILE = 300_000  # bytes
_TABLE = "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, stamp TEXT, addresses TEXT, n INTEGER, data BLOB, names TEXT)"
_INSERT = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)"
Row = tuple[str, str, str, int, bytes, str]


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One brief: its id, the canonical addresses that it cites, and its fingerprint's shingles and names (``n`` 0: none)."""

    id: str
    addresses: frozenset[str]
    n: int
    data: bytes
    names: frozenset[str]


def read_shelf(briefs: Path, cache: Path | None) -> tuple[ShelfEntry, ...]:
    """The entries of all briefs in a folder, by id. Only files that changed are read; ``cache`` is the folder of the state."""
    files = dict(_find_files(briefs))
    rows = _load_rows(files, cache)
    found = []
    for path in files:
        if not path.endswith(".md"):
            continue
        _, _, addresses, _, _, _ = rows[path]
        _, _, _, n, data, names = rows.get(path.removesuffix(".md") + SUFFIX, ("", "", "", 0, b"", ""))
        found.append(ShelfEntry(Path(path).stem, frozenset(addresses.split()), n, data, frozenset(names.split())))
    return tuple(sorted(found, key=lambda entry: entry.id))


def _find_files(briefs: Path) -> Iterator[tuple[str, str]]:
    """Briefs and fingerprints as paths, each with a stamp that changes with the file. Symbolic links are left alone."""
    for folder, folders, names in os.walk(briefs):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".md", SUFFIX)):
                path = f"{folder}{os.sep}{name}"
                try:
                    status = os.lstat(path)
                except OSError:
                    continue
                if stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST_FILE:
                    yield path, f"{status.st_mtime_ns} {status.st_size} {status.st_ino}"


def _load_rows(files: dict[str, str], cache: Path | None) -> dict[str, Row]:
    """A row for each file, from the state where the file has not changed; the state is brought up to date."""
    kept: dict[str, Row] = {}
    try:
        with closing(_open_state(cache)) as state:
            kept = {row[0]: row for row in state.execute("SELECT * FROM files")}
            fresh = [_read_row(path, stamp) for path, stamp in files.items() if path not in kept or kept[path][1] != stamp]
            gone = [(path,) for path in kept if path not in files]
            if fresh or gone:
                with state:
                    state.executemany(_INSERT, fresh)
                    state.executemany("DELETE FROM files WHERE path = ?", gone)
            return {**kept, **{row[0]: row for row in fresh}}
    except (sqlite3.Error, OSError):  # locked, full or damaged: the state is a convenience
        if cache is not None:
            (cache / STATE).unlink(missing_ok=True)
        return {path: _read_row(path, stamp) for path, stamp in files.items()}


def _open_state(cache: Path | None) -> sqlite3.Connection:
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    state = sqlite3.connect(":memory:" if cache is None else cache / STATE, timeout=5)
    try:
        if state.execute("PRAGMA user_version").fetchone()[0] != _FORM:
            with state:
                state.execute("DROP TABLE IF EXISTS files")
                state.execute(f"PRAGMA user_version = {_FORM}")
        state.execute(_TABLE)
    except sqlite3.Error:
        state.close()
        raise
    return state


def _read_row(path: str, stamp: str) -> Row:
    """What one file tells; nothing where it cannot be read, for ``digest check`` says why."""
    try:
        text = Path(path).read_text("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return path, stamp, "", 0, b"", ""
    if path.endswith(".md"):
        return path, stamp, " ".join(sorted(_read_addresses(text, path))), 0, b"", ""
    try:
        fingerprint = parse_fingerprint(text)
    except ValueError:
        return path, stamp, "", 0, b"", ""
    return path, stamp, "", fingerprint.n, fingerprint.data, " ".join(sorted(fingerprint.names.words))


def _read_addresses(text: str, path: str) -> set[str]:
    front, _ = split_front_matter(text, path)
    sources = front.data.get("sources") if front else None
    urls = [source.get("url") for source in sources if isinstance(source, dict)] if isinstance(sources, list) else []
    return {address for url in urls if isinstance(url, str) for address in [canonical_or_none(url)] if address}


def canonical_or_none(url: str) -> str | None:
    """The canonical form of an address without blanks; None for what is no address."""
    try:
        address = canonical_address(url)
    except ValueError:
        return None
    return address if address and len(address.split()) == 1 else None
