"""The shelf: all briefs of a content folder, read again only where a file changed since the last build."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import orjson

from plugins.briefs.bodies import BodyStore
from plugins.briefs.memory import Looked
from plugins.briefs.reading import Task, digest_file, read_files
from plugins.briefs.rows import Reading, load_faults, pack_readings, unpack_readings
from plugins.domain.brief import Brief
from plugins.domain.characters import line_of
from plugins.domain.checks import (
    check_links,
    check_references,
    check_replaced,
    check_stated,
    check_titles,
    check_words,
    known_addresses,
    name_codes,
)
from plugins.domain.collection import Collection, build_collection
from plugins.domain.faults import Fault, printable, sort_faults
from plugins.domain.folders import Listed, find_briefs
from plugins.domain.loading import Entry, load_vocabulary
from plugins.domain.prose import Page, check_pages, load_pages
from plugins.domain.reader import Known, read_brief
from plugins.domain.vocabulary import Vocabulary
from plugins.press.looking import GRAIN
from plugins.press.state import State

_READINGS = """CREATE TABLE IF NOT EXISTS readings (
    folder TEXT PRIMARY KEY, stated TEXT NOT NULL, digests BLOB NOT NULL, details TEXT NOT NULL)"""
_DIGEST = attrgetter("id", "digest")
_WORDS = "words"  # what the files of the vocabularies and of prose gave


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
    """Reads ``content``. ``shown`` is how faults name the folder; ``code`` a digest of everything that reading depends on.

    ``listed`` are folders that were looked at a moment ago; ``looked`` is what was found when all files were looked at, and ``changed``
    are the paths that changed since.
    """

    content: Path
    state: State
    shown: str
    code: bytes = b""
    listed: Listed | None = None
    looked: Looked | None = None
    changed: frozenset[str] = frozenset()
    _words: dict[str, Any] = field(default_factory=dict)
    _seen: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bodies = BodyStore(self.content, self.state)

    def read(self, *, drafts: bool = False, progress: Callable[[int, int], None] = lambda done, all: None) -> Stock:
        """The stock as it is now. Faulty briefs are left out and named in the faults."""
        self._check_reader()
        edited = self._find_edited()
        known = dict(self.looked.readings) if self.looked else self._recall()
        stray: list[Fault] = []
        files = list(find_briefs(self.content / "briefs", stray, f"{self.shown}/briefs", self.listed)) if edited is None else edited
        kept, changed, to_read = self._compare(files, known)
        if edited is not None:
            kept += known.values()
            known = {}
        with read_files(to_read) as readings:  # while others may read, this process has time
            looked = self.looked if self.looked and edited is not None else self._look(stray, tuple([shown for _, shown in files]))
            for reading, html in readings:
                changed.append(reading)
                if reading.brief:
                    self.bodies.add(reading.brief, html)
                progress(len(changed), len(files))
        kept += changed
        self._keep(kept, changed, known)
        self.looked = replace(looked, readings={reading.path: reading for reading in kept})
        vocabulary, pages, faults = looked.vocabulary, looked.pages, list(looked.faults)
        briefs, paths = [], {}
        for path, _, _, _, problems, brief, _ in kept:
            if problems:
                faults += load_faults(problems, f"{self.shown}/{path}")
            if brief:
                briefs.append(brief)
                paths[brief.id] = f"{self.shown}/{path}"
            else:
                faults += self._check_refused(path, vocabulary)
        self.bodies.digests = dict(map(_DIGEST, briefs))
        collection, more = self._join(briefs, vocabulary, paths, drafts)
        ask = _find_addresses(collection)
        vocabulary, dead = check_words(vocabulary, ask, self.shown, self._line_of_link)
        collection = replace(collection, vocabulary=vocabulary) if dead else collection
        more += dead
        pages, dead = check_pages(pages, ask, f"{self.shown}/pages")
        more += dead
        return Stock(
            collection,
            tuple(sort_faults(name_codes([*faults, *more], vocabulary))),
            len(looked.paths),
            len(changed),
            len(to_read),
            tuple([shown[len(self.shown) + 1 :] for shown in looked.paths]),
            pages,
        )

    def _look(self, stray: list[Fault], paths: tuple[str, ...]) -> Looked:
        """What the folders of vocabularies and prose hold, beside the paths of the briefs and the faults of their folders."""
        self._words = orjson.loads(self.state.get(_WORDS) or "{}")
        vocabulary, faults = load_vocabulary(self.content, self._remember)
        pages, more = load_pages(self.content, self._remember)
        named = [replace(f, path=self._named(f.path)) for f in faults + more]
        return Looked({}, paths, (*stray, *named), vocabulary, pages)

    def _find_edited(self) -> list[tuple[os.DirEntry[str], str]] | None:
        """The files that changed since all were looked at; None where something else changed than what briefs say."""
        if not self.looked:
            return None
        top, found = f"{self.content}{os.sep}", []
        folders: dict[str, set[str]] = {}
        for path in self.changed:
            if not path.startswith(top) or path[len(top) :].replace(os.sep, "/") not in self.looked.readings:
                return None
            folders.setdefault(os.path.dirname(path), set()).add(path)
        for folder, files in folders.items():
            try:
                found += [(e, f"{self.shown}/{e.path[len(top) :].replace(os.sep, '/')}") for e in os.scandir(folder) if e.path in files]
            except OSError:
                return None
        is_plain = len(found) == len(self.changed) and all(e.is_file(follow_symlinks=False) for e, _ in found)
        return found if is_plain else None

    def _compare(
        self, files: list[tuple[os.DirEntry[str], str]], known: dict[str, Reading]
    ) -> tuple[list[Reading], list[Reading], list[Task]]:
        """Readings that stand, those whose files have new stamps only, and the files that are to be read; ``known`` is left with the rest."""
        kept, stamped, to_read = [], [], []
        below = len(self.shown) + 1
        for entry, shown in files:
            key = shown[below:]
            reading = known.pop(key, None)
            info = entry.stat(follow_symlinks=False)
            if reading and reading[1] == info.st_mtime_ns and reading[2] == info.st_size:
                kept.append(reading)
                continue
            young = time.time_ns() - info.st_mtime_ns < GRAIN
            stamp = 0 if young else info.st_mtime_ns
            raw = digest_file(entry.path, info.st_size) if reading else b""
            if reading and raw and reading.raw == raw:
                stamped.append(reading._replace(mtime=stamp, size=info.st_size))
            else:
                known_brief = reading.brief if reading and not reading.faults else None
                before = Known(known_brief, reading.before_body) if reading and known_brief else None
                to_read.append((entry.path, shown, key, stamp, info.st_size, raw, before))
        return kept, stamped, to_read

    def _named(self, path: str) -> str:
        inside = os.path.relpath(path, self.content)
        return f"{self.shown}/{inside}".replace(os.sep, "/")

    def _check_reader(self) -> None:
        """What other code read is forgotten."""
        if self.state.get("reader") != self.code.hex():
            self.looked = None
            self.state.keep("DROP TABLE IF EXISTS readings")
            self.state.keep(_READINGS)
            self.state.drop_texts()
            self.state.set(_WORDS, "{}")
            self.state.set("reader", self.code.hex())

    def _recall(self) -> dict[str, Reading]:
        """What the last run read, by path."""
        packed = self.state.rows("SELECT stated, digests, details FROM readings")
        return {reading[0]: reading for columns in packed for reading in unpack_readings(columns)}

    def _remember(self, entry: os.DirEntry[str], read: Callable[[], Entry]) -> Entry:
        """What a vocabulary file gave when it was read last, unless it changed."""
        info = entry.stat(follow_symlinks=False)
        key = printable(entry.path[len(str(self.content)) :], limit=None)  # a name may be no text
        known = self._words.get(key)
        if not known or known[:2] != [info.st_mtime_ns, info.st_size]:
            stamp = 0 if time.time_ns() - info.st_mtime_ns < GRAIN else info.st_mtime_ns
            known = [stamp, info.st_size, read()]
        self._seen[key] = known
        found: Entry = known[2]
        return found

    def _keep(self, kept: list[Reading], changed: list[Reading], vanished: Iterable[str]) -> None:
        """Hands to the state what changed."""
        if self._seen != self._words:
            self.state.set(_WORDS, orjson.dumps(self._seen).decode())
        folders = {os.path.dirname(path) for path in (*(r.path for r in changed), *vanished)}
        left: dict[str, list[Reading]] = {folder: [] for folder in folders}
        for reading in kept if folders else ():
            folder = reading[0][: reading[0].rfind("/")]
            if folder in left:
                left[folder].append(reading)
        self.state.put("DELETE FROM readings WHERE folder=?", [(folder,) for folder, some in left.items() if not some])
        rows = ((folder, *pack_readings(some)) for folder, some in left.items() if some)
        self.state.put("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", rows)
        self.bodies.drop(Path(path).stem for path in vanished)
        self.bodies.keep()

    def _join(self, briefs: list[Brief], vocabulary: Vocabulary, paths: dict[str, str], drafts: bool) -> tuple[Collection, list[Fault]]:
        """The collection of the briefs that fit together, and the faults of those that don't."""

        faults: list[Fault] = []
        if not _are_known(briefs, vocabulary):
            for brief in briefs:
                faults += check_references(brief, vocabulary, paths[brief.id], self._line)
        faults += check_titles(briefs, paths, self._line)
        faults += check_replaced(briefs, paths, self._line)
        bad = {f.path for f in faults if not f.is_warning}
        while True:
            good = [b for b in briefs if paths[b.id] not in bad] if bad else briefs
            collection = build_collection(good, vocabulary, drafts=drafts)
            known = _find_addresses(collection)
            linking = [b for b in good if b.links and b.id in collection.by_id]
            dead = [f for b in linking for f in check_links(b, known, paths[b.id], self._line)]
            if not dead:
                return collection, faults
            faults += dead
            bad |= {f.path for f in dead}

    def _check_refused(self, path: str, vocabulary: Vocabulary) -> Iterator[Fault]:
        """What a file that is refused for other faults names and nobody knows: all is told at once."""
        shown = f"{self.shown}/{path}"
        front = read_brief(self.content / path, shown).front
        if front is not None:
            yield from check_stated(front.data, vocabulary, shown, front.line)

    def _line_of_link(self, shown: str, url: str) -> int:
        """The line of a file of content that holds a link."""
        text = (self.content / shown[len(self.shown) + 1 :]).read_text("utf-8")
        return line_of(text, max(text.rfind(url), 0))  # the front matter above holds none

    def _line(self, id: str, at: tuple[str | int, ...]) -> int:
        file = self.content / "briefs" / id[:4] / f"{id}.md"
        front = read_brief(file, str(file)).front
        if front is None:
            return 1
        if at[0] == "body":
            index = front.body.find(str(at[1]))
            return front.body_line + front.body.count("\n", 0, max(index, 0))
        return front.line(*at)


def _are_known(briefs: list[Brief], words: Vocabulary) -> bool:
    """Whether all countries, topics and measures of all briefs are known: nearly always, and told at once."""
    return (
        {code for codes in {b.countries for b in briefs} for code in codes} <= words.countries.keys()
        and {topic for topics in {b.topics for b in briefs} for topic in topics} <= words.topics.keys()
        and {b.measure for b in briefs if b.measure} <= words.measures.keys()
    )


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
