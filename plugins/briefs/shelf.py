"""The shelf: all briefs of a content folder, read again only where a file changed since the last build."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from plugins.briefs.reading import Task, digest_file, read_files
from plugins.briefs.rows import Row, load_brief, load_faults
from plugins.domain.brief import Brief
from plugins.domain.checks import check_links, check_references, check_replaced, check_titles, known_addresses, name_codes
from plugins.domain.collection import Collection, build_collection
from plugins.domain.faults import Fault, sort_faults
from plugins.domain.folders import find_briefs
from plugins.domain.loading import Entry, load_vocabulary
from plugins.domain.prose import Page, check_pages, load_pages
from plugins.domain.reader import read_brief
from plugins.domain.vocabulary import Vocabulary
from plugins.press.state import State

# A file as young as this when it was read may change again without a new time stamp: it is compared by its bytes.
GRAIN = 100_000_000  # nanoseconds
_TABLE = """CREATE TABLE IF NOT EXISTS readings (
    path TEXT PRIMARY KEY, mtime INTEGER, size INTEGER, raw BLOB, faults TEXT, id TEXT, title TEXT, date TEXT, added TEXT,
    countries TEXT, topics TEXT, stage TEXT, measure TEXT, summary TEXT, status TEXT, grade TEXT, dates TEXT, changed TEXT,
    revisions INTEGER, links TEXT, replaces TEXT, head BLOB, digest BLOB, packed TEXT) WITHOUT ROWID"""
_BODIES = "CREATE TABLE IF NOT EXISTS bodies (id TEXT PRIMARY KEY, html TEXT) WITHOUT ROWID"
_WORDS = "CREATE TABLE IF NOT EXISTS words (path TEXT PRIMARY KEY, mtime INTEGER, size INTEGER, value TEXT) WITHOUT ROWID"
_TABLES = {"readings": _TABLE, "bodies": _BODIES, "words": _WORDS}


@dataclass(frozen=True, slots=True)
class Stock:
    """What the shelf holds: the collection, its faults, and how many files were looked at and read."""

    collection: Collection
    faults: tuple[Fault, ...]
    found: int
    read: int
    converted: int
    paths: tuple[str, ...] = ()  # of all files that may be briefs, below the content folder
    pages: tuple[Page, ...] = ()  # prose

    @property
    def refused(self) -> tuple[str, ...]:
        """The files of briefs that have faults and are left out."""
        return tuple(sorted({f.path for f in self.faults if not f.is_warning}))


@dataclass
class Shelf:
    """Reads ``content``. ``shown`` is how faults name the folder; ``code`` a digest of everything that reading depends on."""

    content: Path
    state: State
    shown: str
    code: bytes = b""
    _html: dict[str, str] = field(default_factory=dict)
    _fresh: dict[str, str] = field(default_factory=dict)
    _words: dict[str, Row] = field(default_factory=dict)

    def read(self, *, drafts: bool = False, progress: Callable[[int, int], None] = lambda done, all: None) -> Stock:
        """The stock as it is now. Faulty briefs are left out and named in the faults."""
        self._prepare()
        vocabulary, faults = load_vocabulary(self.content, self._remember)
        pages, more = load_pages(self.content, self._remember)
        faults += more
        faults = [Fault(self._named(f.path), f.line, f.code, f.message, f.hint, f.severity) for f in faults]
        files = list(find_briefs(self.content / "briefs", faults, f"{self.shown}/briefs"))
        rows = {str(row[0]): row for row in self.state.rows("SELECT * FROM readings")}
        briefs: list[Brief] = []
        paths: dict[str, str] = {}
        changed: list[Row] = []
        to_read: list[Task] = []
        kept: list[tuple[Row, str]] = []
        for entry, shown in files:
            key = shown[len(self.shown) + 1 :]
            row = rows.pop(key, None)
            info = entry.stat(follow_symlinks=False)
            if row and row[1] == info.st_mtime_ns and row[2] == info.st_size:
                kept.append((row, shown))
                continue
            young = time.time_ns() - info.st_mtime_ns < GRAIN
            stamp = 0 if young else info.st_mtime_ns
            raw = digest_file(entry.path, info.st_size) if row else b""
            if row and raw and row[3] == raw:
                changed.append((key, stamp, info.st_size, *row[3:]))
                kept.append((changed[-1], shown))
                continue
            to_read.append((entry.path, shown, key, stamp, info.st_size, raw))
        for row, html in read_files(to_read):
            changed.append(row)
            if row[5]:
                self._fresh[str(row[5])] = html
            kept.append((row, f"{self.shown}/{row[0]}"))
            progress(len(changed), len(files))
        self._html.update(self._fresh)
        for row, shown in kept:
            if row[4]:
                faults += load_faults(str(row[4]), shown)
            if row[5]:
                brief = load_brief(row)
                briefs.append(brief)
                paths[brief.id] = shown
        self._keep(changed, rows)
        collection, more = self._join(briefs, vocabulary, paths, drafts)
        known = _find_addresses(collection)
        more += self._check_links_of_words(vocabulary, known)
        pages, dead = check_pages(pages, known, f"{self.shown}/pages")
        more += dead
        return Stock(
            collection,
            tuple(sort_faults(name_codes([*faults, *more], vocabulary))),
            len(files),
            len(changed),
            len(to_read),
            tuple(shown[len(self.shown) + 1 :] for _, shown in files),
            pages,
        )

    def _named(self, path: str) -> str:
        inside = os.path.relpath(path, self.content)
        return f"{self.shown}/{inside}".replace(os.sep, "/")

    def _prepare(self) -> None:
        """The tables of this shelf; those of other code are dropped, for their columns may differ."""
        is_known = self.state.get("reader") == self.code.hex()
        for name, table in _TABLES.items():
            if not is_known:
                self.state.keep(f"DROP TABLE IF EXISTS {name}")
            self.state.keep(table)
        self.state.set("reader", self.code.hex())
        self._words = {str(row[0]): row for row in self.state.rows("SELECT path, mtime, size, value FROM words")}

    def _remember(self, entry: os.DirEntry[str], read: Callable[[], Entry]) -> Entry:
        """What a vocabulary file gave when it was read last, unless it changed."""
        info = entry.stat(follow_symlinks=False)
        key = os.path.relpath(entry.path, self.content)
        row = self._words.get(key)
        if row and row[1] == info.st_mtime_ns and row[2] == info.st_size:
            found: Entry = json.loads(str(row[3]))
            return found
        fresh = read()
        stamp = 0 if time.time_ns() - info.st_mtime_ns < GRAIN else info.st_mtime_ns
        self.state.put("INSERT OR REPLACE INTO words VALUES (?, ?, ?, ?)", [(key, stamp, info.st_size, json.dumps(fresh))])
        return fresh

    def _keep(self, changed: Iterable[Row], vanished: dict[str, Row]) -> None:
        marks = ",".join("?" * 24)
        self.state.put(f"INSERT OR REPLACE INTO readings VALUES ({marks})", changed)  # noqa: S608 - question marks only
        self.state.put("INSERT OR REPLACE INTO bodies VALUES (?, ?)", self._fresh.items())
        self.state.put("DELETE FROM readings WHERE path=?", [(path,) for path in vanished])
        self._fresh = {}

    def _join(self, briefs: list[Brief], vocabulary: Vocabulary, paths: dict[str, str], drafts: bool) -> tuple[Collection, list[Fault]]:
        """The collection of the briefs that fit together, and the faults of those that don't."""

        faults: list[Fault] = []
        for brief in briefs:
            faults += check_references(brief, vocabulary, paths[brief.id], self._line)
        faults += check_titles(briefs, paths, self._line)
        faults += check_replaced(briefs, paths, self._line)
        bad = {f.path for f in faults if not f.is_warning}
        good = [b for b in briefs if paths[b.id] not in bad]
        linking = [b for b in good if b.links]
        while linking:
            collection = build_collection(good, vocabulary, drafts=drafts)
            known = _find_addresses(collection)
            dead = [f for b in linking if b.id in collection.by_id for f in check_links(b, known, paths[b.id], self._line)]
            faults += dead
            bad = {f.path for f in dead}
            if not bad:
                break
            good = [b for b in good if paths[b.id] not in bad]
            linking = [b for b in linking if paths[b.id] not in bad]
        return build_collection(good, vocabulary, drafts=drafts), faults

    def _check_links_of_words(self, words: Vocabulary, known: Callable[[str], bool]) -> list[Fault]:
        """Links of topics and measures to pages of ours that do not exist."""
        faults = []
        for folder, things in (("topics", words.topics), ("measures", words.measures)):
            for thing in things.values():
                for url in thing.links:
                    if not known(url):
                        shown = f"{self.shown}/{folder}/{thing.id}.md"
                        hint = "correct the address, or take the link out"
                        faults.append(Fault(shown, 1, "M603", f"a link to `{url}`, which does not exist", hint))
        return faults

    def _line(self, id: str, at: tuple[str | int, ...]) -> int:
        file = self.content / "briefs" / id[:4] / f"{id}.md"
        front = read_brief(file, str(file)).front
        if front is None:
            return 1
        if at[0] == "body":
            index = front.body.find(str(at[1]))
            return front.body_line + front.body.count("\n", 0, max(index, 0))
        return front.line(*at)

    def html(self, id: str) -> str:
        """The body of a brief as HTML."""
        if id not in self._html:
            self.fetch([id])
        return self._html[id]

    def fetch(self, ids: Iterable[str]) -> None:
        """Brings bodies into memory, many at once."""
        wanted = [i for i in ids if i not in self._html]
        self._html.update(self.state.values("SELECT id, html FROM bodies WHERE id IN", wanted))

    def sweep(self) -> None:
        """Drops the bodies of files that are gone; drafts and refused briefs keep theirs, they may be shown without being read again."""
        kept = {id for (id,) in self.state.rows("SELECT id FROM readings")}
        gone = [(str(i),) for (i,) in self.state.rows("SELECT id FROM bodies") if i not in kept]
        if gone:
            self.state.put("DELETE FROM bodies WHERE id=?", gone)


def _find_addresses(collection: Collection) -> Callable[[str], bool]:
    """Whether an address of ours exists; worked out when somebody asks."""
    known: Callable[[str], bool] | None = None

    def ask(url: str) -> bool:
        nonlocal known
        known = known or known_addresses(collection.vocabulary, collection.by_id, _pairs_of(collection))
        return known(url)

    return ask


def _pairs_of(collection: Collection) -> set[tuple[str, str]]:
    """Each country with each topic that a page tells of, without the indexes, which take longer to make."""
    return {(c, t) for b in collection.briefs for c in collection.codes_of(b) for t in b.topics}
