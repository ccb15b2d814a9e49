"""What the last build left: SQLite under the cache folder. Lost or damaged state is made anew, never trusted."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from plugins.press.files import remove_tree

VERSION = "1"
FILE = "state.sqlite"
SEAL = "seal"
JOURNAL = "journal"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sheets (name TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (path TEXT PRIMARY KEY, sheet TEXT NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
"""


class State:
    """The tables of one cache folder, in one transaction from ``open`` to ``commit``."""

    def __init__(self, cache: Path) -> None:
        self.folder = cache
        self.is_new = False
        self.statements = 0
        self._is_kept = False
        self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / FILE
        try:
            return self._connect(file)
        except sqlite3.DatabaseError:
            for name in (FILE, f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm", SEAL):
                remove_tree(self.folder / name)
            return self._connect(file)

    def _connect(self, file: Path) -> sqlite3.Connection:
        self.is_new = not file.exists()
        db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA trusted_schema=OFF")
            db.execute("PRAGMA synchronous=OFF")
            db.execute("PRAGMA journal_mode=MEMORY")
            db.execute("PRAGMA cache_size=-16000")
            if not self.is_new:
                if not is_whole(self.folder):
                    raise sqlite3.DatabaseError("changed by somebody else, by decay, or by a run that did not end")
                version = db.execute("SELECT value FROM meta WHERE name='version'").fetchone()
                if version != (VERSION,):
                    raise sqlite3.DatabaseError("another version")
            db.execute("BEGIN")
            for statement in _TABLES.split(";"):
                if statement.strip():
                    db.execute(statement)
            db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (VERSION,))
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query."""
        self.statements += 1
        return iter(self._db.execute(query, values).fetchall())

    def put(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement for many rows."""
        self.statements += 1
        self._db.executemany(statement, rows)

    def get(self, name: str) -> str | None:
        """A named value."""
        row = self._db.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Keeps a named value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def keep(self, table: str) -> None:
        """Makes or drops a table that another room keeps here; ``table`` is the statement."""
        self._db.execute(table)

    def values(self, query: str, names: Iterable[str]) -> dict[str, Any]:
        """For some names their values; ``query`` selects name and value and ends in ``IN``."""
        wanted = list(names)
        found: dict[str, Any] = {}
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            self.statements += 1
            found.update(self._db.execute(f"{query} ({','.join('?' * len(some))})", some))
        return found

    def commit(self) -> None:
        """Ends the transaction; the state is what this build leaves."""
        self._db.execute("COMMIT")
        self._is_kept = True
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Drops what was not committed, and seals what was."""
        sealed = self._is_kept or is_sealed(self.folder)
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("ROLLBACK")
        self._db.close()
        if sealed:
            seal(self.folder)


def seal(cache: Path) -> None:
    """Notes time stamp, size and checksum of the state as a run of ours left it."""
    (cache / SEAL).write_text(f"{stamp_of(cache)} {_checksum(cache)}\n", "ascii")


def is_sealed(cache: Path) -> bool:
    """Whether time stamp and size are those of a run of ours: enough to see that nothing is to be done."""
    try:
        return (cache / SEAL).read_bytes().startswith(f"{stamp_of(cache)} ".encode("ascii"))
    except OSError:
        return False


def is_whole(cache: Path) -> bool:
    """Whether the state is, byte for byte, as a run of ours left it: cut, flipped, exchanged or half written state is of no use."""
    try:
        return (cache / SEAL).read_bytes() == f"{stamp_of(cache)} {_checksum(cache)}\n".encode("ascii")
    except OSError:
        return False


def stamp_of(cache: Path) -> str:
    """Modification time and size of the state: another one after every build."""
    info = os.stat(cache / FILE, follow_symlinks=False)
    return f"{info.st_mtime_ns} {info.st_size}"


def _checksum(cache: Path) -> int:
    """Against decay, not against people: who can write here can write the code as well."""
    found = 0
    with open(cache / FILE, "rb") as file:
        while block := file.read(1 << 20):
            found = zlib.crc32(block, found)
    return found
