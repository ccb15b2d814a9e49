"""The shelf: all briefs of a content folder, read again only where a file changed since the last build."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from plugins.briefs.bodies import BodyStore
from plugins.briefs.joining import Joiner, ShownPaths, find_addresses
from plugins.briefs.memory import Looked
from plugins.briefs.reading import Task, digest_file, read_files
from plugins.briefs.rows import Reading, load_faults
from plugins.briefs.years import Years, stamps_in
from plugins.domain.brief import Brief, digest_heads
from plugins.domain.checks import check_words, name_codes
from plugins.domain.collection import Collection, sort_briefs
from plugins.domain.faults import Fault, printable, sort_faults
from plugins.domain.folders import Found, Listed, Stamp
from plugins.domain.loading import Entry, load_vocabulary
from plugins.domain.prose import Page, check_pages, load_pages
from plugins.domain.reader import Known
from plugins.domain.vocabulary import Vocabulary
from plugins.press.looking import GRAIN
from plugins.press.output import key_of
from plugins.press.state import State

_DIGEST = itemgetter(*map(Brief._fields.index, ("id", "digest")))
_FITTING = "fitting"  # a digest of front matters and vocabularies that fit together
_WORDS = "words"  # what the files of the vocabularies and of prose gave
_WORDY = ("topics", "measures", "pages")  # the folders of these files


class Stock(NamedTuple):
    """What the shelf holds: the collection, its faults, and how many files were looked at and read."""

    collection: Collection
    faults: tuple[Fault, ...]
    found: int
    read: int
    converted: int
    whole: tuple[Brief, ...] = ()  # of years that are as they were
    others: tuple[str, ...] = ()  # the paths of all other files that may be briefs, below the content folder
    pages: tuple[Page, ...] = ()  # prose

    @property
    def paths(self) -> tuple[str, ...]:
        """Those of all files that may be briefs, below the content folder."""
        return (*[f"briefs/{b.id[:4]}/{b.id}.md" for b in self.whole], *self.others)

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
    _stamps: dict[str, Stamp] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bodies = BodyStore(self.content, self.state)
        self._years = Years(self.state)
        self._joiner = Joiner(self.content, self.shown)

    def read(self, *, drafts: bool = False) -> Stock:
        """The stock as it is now. Faulty briefs are left out and named in the faults."""
        self._check_reader()
        edited = self._find_edited()
        stray: list[Fault] = []
        files = self._years.find(self.content, self.shown, self.listed, stray) if edited is None else edited
        known = dict(self.looked.readings) if self.looked else self._years.readings()
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
        kept += changed
        self._keep(kept, changed, known)
        self.looked = looked._replace(readings={reading.path: reading for reading in kept})
        vocabulary, pages, faults = looked.vocabulary, looked.pages, list(looked.faults)
        whole = tuple(chain.from_iterable(self._years.whole.values()))
        told = [*self._years.told]
        others = [path for path, _, is_refused in told if is_refused] + [shown[len(self.shown) + 1 :] for shown in looked.paths]
        briefs = [*whole]
        briefs += [reading.brief for reading in kept if reading.brief]
        told += [(reading.path, reading.faults, not reading.brief) for reading in kept if reading.faults]
        for path, problems, is_refused in told:
            faults += load_faults(problems, f"{self.shown}/{path}")
            if is_refused:
                faults += self._joiner.check_refused(path, vocabulary)
        briefs = sort_briefs(briefs)
        self.bodies.digests = dict(map(_DIGEST, briefs))
        paths = ShownPaths(self.shown, self.bodies.digests.keys())
        collection, more = self._joiner.join(briefs, vocabulary, paths, drafts, self._check(briefs, vocabulary, paths))
        ask = find_addresses(collection)
        vocabulary, dead = check_words(vocabulary, ask, self.shown, self._joiner.line_of_link)
        collection = replace(collection, vocabulary=vocabulary) if dead else collection
        more += dead
        pages, dead = check_pages(pages, ask, f"{self.shown}/pages")
        more += dead
        return Stock(
            collection,
            tuple(sort_faults(self._joiner.name_left_out(name_codes([*faults, *more], vocabulary)))),
            len(whole) + len(others),
            len(changed),
            len(to_read),
            whole,
            tuple(others),
            pages,
        )

    def _check(self, briefs: list[Brief], vocabulary: Vocabulary, paths: ShownPaths) -> list[Fault]:
        """The faults of front matters that do not fit together. Where the last build found none, and none of them changed, there are none."""
        names = (tuple(known) for known in (vocabulary.countries, vocabulary.topics, vocabulary.measures))
        fitting = key_of(self.code, *map(repr, names), digest_heads(briefs)).hex()
        if self.state.get(_FITTING) == fitting:
            return []
        faults = self._joiner.check(briefs, vocabulary, paths)
        self.state.set(_FITTING, "" if faults else fitting)
        return faults

    def _look(self, stray: list[Fault], paths: tuple[str, ...]) -> Looked:
        """What the folders of vocabularies and prose hold, beside the paths of the briefs and the faults of their folders."""
        self._words = orjson.loads(self.state.get(_WORDS) or "{}")
        self._stamps = {path: stamp for name in _WORDY for path, stamp in stamps_in(str(self.content / name), self.listed).items()}
        vocabulary, faults = load_vocabulary(self.content, self._remember)
        pages, more = load_pages(self.content, self._remember)
        named = [f._replace(path=self._named(f.path)) for f in faults + more]
        return Looked({}, paths, (*stray, *named), vocabulary, pages)

    def _find_edited(self) -> list[Found] | None:
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

    def _compare(self, files: list[Found], known: dict[str, Reading]) -> tuple[list[Reading], list[Reading], list[Task]]:
        """Readings that stand, those whose files have new stamps only, and the files that are to be read; ``known`` is left with the rest."""
        kept, stamped, to_read = [], [], []
        below = len(self.shown) + 1
        for entry, shown in files:
            key = shown[below:]
            reading = known.pop(key, None)
            mtime, size = self._years.stamps.get(entry.path) or _stamp_of(entry)
            if reading and reading[1] == mtime and reading[2] == size:
                kept.append(reading)
                continue
            stamp = 0 if time.time_ns() - mtime < GRAIN else mtime
            raw = digest_file(entry.path, size) if reading else b""
            if reading and raw and reading.raw == raw:
                stamped.append(reading._replace(mtime=stamp, size=size))
            else:
                known_brief = reading.brief if reading and not reading.faults else None
                before = Known(known_brief, reading.before_body) if reading and known_brief else None
                to_read.append((entry.path, shown, key, stamp, size, raw, before))
        return kept, stamped, to_read

    def _named(self, path: str) -> str:
        inside = os.path.relpath(path, self.content)
        return f"{self.shown}/{inside}".replace(os.sep, "/")

    def _check_reader(self) -> None:
        """What other code read is forgotten."""
        if self.state.get("reader") != self.code.hex():
            self.looked = None
            self._years.forget()
            self.state.drop_texts()
            self.state.set(_WORDS, "{}")
            self.state.set("reader", self.code.hex())

    def _remember(self, entry: os.DirEntry[str], read: Callable[[], Entry]) -> Entry:
        """What a vocabulary file gave when it was read last, unless it changed."""
        mtime, size = self._stamps.get(entry.path) or _stamp_of(entry)
        key = printable(entry.path[len(str(self.content)) :], limit=None)  # a name may be no text
        known = self._words.get(key)
        if not known or known[0] != mtime or known[1] != size:
            known = [0 if time.time_ns() - mtime < GRAIN else mtime, size, read()]
        self._seen[key] = known
        found: Entry = known[2]
        return found

    def _keep(self, kept: list[Reading], changed: list[Reading], vanished: Iterable[str]) -> None:
        """Hands to the state what changed."""
        if self._seen != self._words:
            self.state.set(_WORDS, orjson.dumps(self._seen).decode())
        self._years.keep(kept, [reading.path for reading in changed], vanished)
        self.bodies.drop(Path(path).stem for path in vanished)
        self.bodies.keep()


def _stamp_of(entry: os.DirEntry[str]) -> Stamp:
    info = entry.stat(follow_symlinks=False)
    return info.st_mtime_ns, info.st_size
