"""What the last build left: SQLite under the cache folder. Lost or damaged state is made anew, never trusted.

The state is read by every build, and so sealed with one checksum. Texts, such as what briefs of a year say, are many times larger, and a
build asks for some of them: they lie in a file of their own, each with its own checksum; one that is lost or damaged is not found.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from plugins.press.files import remove_tree

VERSION = "8"
FILE, TEXTS = "state.sqlite", "texts.sqlite"
SEAL = "seal"
JOURNAL = "journal"
_BLOCK = 1 << 17  # bytes read at once, into the same room each time: new room costs more than the reading
_LARGE = 200_000  # bytes of a text that is read apart from others
PAGE = 65_536  # bytes; most of what is kept is long, and a table WITHOUT ROWID would keep it in small pieces, which takes six times as long to read
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS batches (name TEXT PRIMARY KEY, key BLOB NOT NULL, outputs TEXT NOT NULL, folders TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sheets (batch TEXT PRIMARY KEY, names TEXT NOT NULL, keys BLOB NOT NULL, outputs BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS beside.texts (name TEXT PRIMARY KEY, sum INTEGER NOT NULL, value BLOB NOT NULL);
"""


class State:
    """The tables of one cache folder, in one transaction from ``open`` to ``commit``."""

    def __init__(self, cache: Path) -> None:
        self.folder = cache
        self.is_new = False
        self.statements = 0
        self._is_kept = self._is_damaged = self._is_closed = False
        self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            for name in (FILE, TEXTS):
                for ending in ("", "-journal", "-wal", "-shm"):
                    remove_tree(self.folder / f"{name}{ending}")
            remove_tree(self.folder / SEAL)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        file = self.folder / FILE
        self.is_new = not file.exists()
        if not self.is_new:
            if not is_whole(self.folder):
                raise sqlite3.DatabaseError("changed by somebody else, by decay, or by a run that did not end")
        db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA trusted_schema=OFF")
            db.execute("ATTACH ? AS beside", (str(self.folder / TEXTS),))
            for name in ("main", "beside"):
                db.execute(f"PRAGMA {name}.page_size={PAGE}")
                db.execute(f"PRAGMA {name}.synchronous=OFF")
                db.execute(f"PRAGMA {name}.journal_mode=MEMORY")
                db.execute(f"PRAGMA {name}.cache_size=-4000")  # kibibytes
            if not self.is_new:
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

    def texts(self, names: Iterable[str]) -> dict[str, bytes]:
        """Those of some texts that are there and whole, by name."""
        wanted = list(names)
        found: dict[str, bytes] = {}
        with self._if_whole():
            for at in range(0, len(wanted), 500):
                some = wanted[at : at + 500]
                value = f"CASE WHEN length(value) < {_LARGE} THEN value END"
                query = f"SELECT name, sum, rowid, {value} FROM beside.texts WHERE name IN ({','.join('?' * len(some))})"  # noqa: S608 - marks only
                for name, sum, row, small in self.rows(query, some):
                    text = self._read(row) if small is None else small
                    if zlib.crc32(text) == sum:
                        found[name] = text
        return found

    def _read(self, row: int) -> bytes:
        """A large text; it is not put together first, as a query would."""
        with self._db.blobopen("texts", "value", row, readonly=True, name="beside") as blob:
            return blob.read()

    def put_texts(self, texts: Iterable[tuple[str, bytes]]) -> None:
        """Keeps texts under their names."""
        with self._if_whole():
            self.put("INSERT OR REPLACE INTO beside.texts VALUES (?, ?, ?)", ((n, zlib.crc32(value), value) for n, value in texts))

    def drop_texts(self, names: Iterable[str] | None = None) -> None:
        """Drops some texts, or all."""
        with self._if_whole():
            if names is None:
                self.put("DELETE FROM beside.texts", [()])
            else:
                self.put("DELETE FROM beside.texts WHERE name=?", ((name,) for name in names))

    @contextlib.contextmanager
    def _if_whole(self) -> Iterator[None]:
        """Texts that cannot be read are not there, and nothing of this state is used again."""
        try:
            yield
        except sqlite3.DatabaseError:
            self._is_damaged = True

    def commit(self) -> None:
        """Ends the transaction; the state is what this build leaves. A damaged one leaves nothing: the next build makes it anew."""
        if self._is_damaged:
            return
        self._db.execute("COMMIT")
        self._is_kept = True
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Drops what was not committed, and seals what was. Nothing happens the second time."""
        if self._is_closed:
            return
        self._is_closed = True
        sealed = not self._is_damaged and (self._is_kept or is_sealed(self.folder))
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("ROLLBACK")
        self._db.close()
        if sealed:
            seal(self.folder)
        elif self._is_damaged:
            remove_tree(self.folder / SEAL)


def seal(cache: Path) -> None:
    """Notes time stamp, size and checksum of the state as a run of ours left it."""
    (cache / SEAL).write_text(f"{stamp_of(cache)} {_checksum(cache)}\n", "ascii")


def is_sealed(cache: Path) -> bool:
    """Whether time stamp and size are those of a run of ours: enough to see that nothing is to be done."""
    try:
        stamp = stamp_of(cache)
        return stamp != "" and (cache / SEAL).read_bytes().startswith(f"{stamp} ".encode("ascii"))
    except OSError:
        return False


def is_whole(cache: Path) -> bool:
    """Whether the state is, byte for byte, as a run of ours left it: cut, flipped, exchanged or half written state is of no use."""
    try:
        return (cache / SEAL).read_bytes() == f"{stamp_of(cache)} {_checksum(cache)}\n".encode("ascii")
    except OSError:
        return False


def stamp_of(cache: Path) -> str:
    """Modification times and sizes of the state and its texts: others after every build. Empty where there is none."""
    try:
        files = [os.stat(cache / name, follow_symlinks=False) for name in (FILE, TEXTS)]
    except FileNotFoundError:
        return ""
    return " ".join(f"{info.st_mtime_ns} {info.st_size}" for info in files)


def _checksum(cache: Path) -> int:
    """Against decay, not against people: who can write here can write the code as well."""
    found, room = 0, memoryview(bytearray(_BLOCK))
    with open(cache / FILE, "rb", buffering=0) as file:
        while count := file.readinto(room):
            found = zlib.crc32(room[:count], found)
    return found
