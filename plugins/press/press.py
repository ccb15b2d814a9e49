"""The press: decides which outputs changed, and writes them safely.

A build keeps a journal of the paths that it touches; the state is committed last. After a crash the journal names
what may be half done: those outputs are made again, or deleted where nothing claims them.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from plugins.press.files import TEMPORARY, Folder, is_plain
from plugins.press.kept import Kept, count_there, pack_outputs, parse_kept
from plugins.press.output import Batch, ClaimError, Sheet
from plugins.press.printing import MANY, Job, Journal, Known, Made, Printer
from plugins.press.state import JOURNAL, State

LEFT_ALONE = frozenset({"pagefind"})  # pagefind keeps its own folder
MARK = ".digest-output"
_MARK_TEXT = b"This folder is written by the Policy Digest; what is put here by hand is deleted.\n"


class ForeignFolderError(Exception):
    """The output folder holds files that no build of ours wrote."""


@dataclass(slots=True)
class Report:
    """What one run did."""

    written: int = 0
    deleted: int = 0
    unchanged: int = 0
    rendered: int = 0
    paths: list[str] = field(default_factory=list)  # written or deleted, where asked for

    @property
    def files(self) -> int:
        """How many outputs there are now."""
        return self.written + self.unchanged


class Press:
    """Publishes sheets into a folder. ``edition`` is a digest of code, templates and settings: with another one every key is void."""

    def __init__(self, output: Path, state: State, edition: bytes, *, keep_paths: bool = False) -> None:
        self._folder = Folder(output)
        self._state = state
        self._edition = edition.hex()
        self._keep_paths = keep_paths
        self._report = Report()
        self._journal = Journal(state.folder / JOURNAL)
        self._names: set[str] = set()
        self._kept: set[str] = set()  # names of the sheets that are not made again
        self._touched: set[str] = set()  # by a build that did not end
        self._old: dict[str, Kept] = {}
        self._batches: dict[str, tuple[str, int]] = {}  # key and number of sheets of each, as the last build left them
        self._new_batches: dict[str, tuple[str, int]] = {}
        self._batch_of: dict[str, str] = {}

    def run(
        self,
        sheets: Iterable[Sheet | Batch],
        progress: Callable[[int], None] = lambda n: None,
        prepare: Callable[[], None] = lambda: None,
    ) -> Report:
        """Brings the folder to what the sheets and batches of sheets say. ``prepare`` is called before very many of them are made.

        Raises ClaimError, BadPathError, ForeignFolderError, and whatever a render function raises; the state is then as it was.
        """
        self._begin()
        self._load()
        jobs: list[Job] = []
        for some in sheets:
            if isinstance(some, Sheet):
                self._choose([some], "", jobs)
            elif not self._keep_batch(some):
                before = len(self._names)
                self._choose(some.sheets(), some.name, jobs)
                self._new_batches[some.name] = some.key.hex(), len(self._names) - before
        if len(jobs) >= MANY:
            prepare()
        made = Printer(self._folder, self._journal, bool(self._stale), self._moved).make(jobs, progress)
        self._check_claims(made, jobs)
        self._delete_vanished(made)
        self._commit(made)
        return self._report

    def _keep_batch(self, batch: Batch) -> bool:
        """Keeps all sheets of a batch as they are, if its key is the same and all their outputs are there."""
        key, size = self._batches.get(batch.name, ("", 0))
        if not batch.key or key != batch.key.hex():
            return False
        names = self._members.get(batch.name, [])
        count = count_there(self._folder.root, [self._old[name][1] for name in names]) if len(names) == size else None
        if count is None:
            return False
        self._new_batches[batch.name] = key, size
        if not self._names.isdisjoint(names):
            raise ClaimError(f"two sheets are called {min(self._names.intersection(names))}")
        self._names.update(names)
        self._kept.update(names)
        self._report.unchanged += count
        return True

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        """The names of the sheets of each batch, as the last build left them."""
        found = defaultdict(list)
        for name, kept in self._old.items():
            found[kept[3]].append(name)
        return found

    def _choose(self, sheets: Iterable[Sheet], batch: str, jobs: list[Job]) -> None:
        """Keeps the sheets that did not change; the others are put to the jobs."""
        root, kept, known, names = self._folder.root, self._kept, self._old, self._names
        for sheet in sheets:
            name = sheet.name
            if name in names:
                raise ClaimError(f"two sheets are called {name}")
            names.add(name)
            old = known.get(name)
            if old and old[0] == sheet.key and old[3] == batch and (count := count_there(root, old[1:2])) is not None:
                kept.add(name)
                self._report.unchanged += count
            else:
                self._batch_of[name] = batch
                jobs.append(Job(sheet, parse_kept(old) if old else {}))

    def _moved(self, path: str) -> Known | None:
        """What is known of an output that another sheet had."""
        return self._owners[path][1] if path in self._paths else None

    @cached_property
    def _paths(self) -> set[str]:
        """All outputs of the last build. Asked for where an output is new; hardly ever is it one of these."""
        return {path for old in self._old.values() for path in old[1].split(" ")[::2]}

    @cached_property
    def _owners(self) -> dict[str, tuple[str, Known]]:
        """For each output of the last build its sheet, and what is known of it."""
        return {path: (name, known) for name, old in self._old.items() for path, known in parse_kept(old).items()}

    def _load(self) -> None:
        """What the last build left. Sheets of another edition are known without keys, and those that an unfinished build touched."""
        is_same = self._state.get("edition") == self._edition
        self._state.set("edition", self._edition)
        old = self._old = {row[0]: row[1:] for row in self._state.rows("SELECT name, key, outputs, keys, batch FROM sheets")}
        if is_same and not self._touched:
            self._batches = json.loads(self._state.get("batches") or "{}")
            return
        for name, (_, outputs, _, batch) in old.items():
            if not is_same or not self._touched.isdisjoint(outputs.split(" ")):
                old[name] = (b"", outputs, b"", batch)

    def _begin(self) -> None:
        root = Path(self._folder.root)
        root.mkdir(parents=True, exist_ok=True)
        marked = (root / MARK).is_file()
        if not marked:
            if set(os.listdir(root)) - LEFT_ALONE:
                raise ForeignFolderError(f"{root} holds files that no build wrote; empty it, or name another folder")
            self._folder.write(MARK, _MARK_TEXT)
        is_unknown = self._state.is_new or self._state.get("output") != self._folder.root
        self._stale = [path for path in self._folder.walk(LEFT_ALONE) if path != MARK] if is_unknown else []
        if not self._state.is_new and self._state.get("output") != self._folder.root:  # the state speaks of another folder
            self._state.put("DELETE FROM sheets", [()])
            self._state.set("batches", "{}")
        self._state.set("output", self._folder.root)
        self._recover()

    def _recover(self) -> None:
        """Forgets what an unfinished build touched."""
        journal = self._state.folder / JOURNAL
        if not journal.exists():
            return
        touched = [p for p in journal.read_text("utf-8", "replace").split("\n") if is_plain(p)]  # a torn line may say anything
        self._touched = set(touched)
        self._stale += [*touched, *(p + TEMPORARY for p in touched)]

    def _check_claims(self, made: Made, jobs: Iterable[Job]) -> None:
        """Raises ClaimError where a sheet that was made again took the path of one that was kept."""
        before = {job.sheet.name: job.before for job in jobs}
        for path, name in made.claims.items() if self._old else ():
            other = "" if path in before[name] or path not in self._paths else self._owners[path][0]
            if other in self._kept:
                raise ClaimError(f"`{path}` is claimed by {other} and by {name}")

    def _delete_vanished(self, made: Made) -> None:
        left = {name: old for name, old in self._old.items() if name not in self._kept}
        gone = [path for old in left.values() for path in parse_kept(old) if path not in made.claims]
        kept = {path for name in self._kept for path in parse_kept(self._old[name])} if self._stale else set()
        stale = [path for path in dict.fromkeys(self._stale) if path not in made.claims and path not in kept and path != MARK]
        for path in [*gone, *stale]:
            self._journal.note(path)
            if self._folder.delete(path):
                self._report.deleted += 1
                if self._keep_paths:
                    self._report.paths.append(path)
        self._state.put("DELETE FROM sheets WHERE name=?", [(name,) for name in left if name not in self._names])

    def _commit(self, made: Made) -> None:
        found: dict[str, list[tuple[str, bytes, int]]] = {name: [] for name, _ in made.sheets}
        for path, sheet, key, size in made.outputs:
            found[sheet].append((path, key, size))
        rows = ((name, key, *pack_outputs(found[name]), self._batch_of[name]) for name, key in made.sheets)
        self._state.put("INSERT OR REPLACE INTO sheets VALUES (?, ?, ?, ?, ?)", rows)
        self._state.set("batches", json.dumps(self._new_batches))
        self._state.commit()
        self._journal.end()
        self._report.written = len(made.written)
        self._report.unchanged += made.unchanged
        self._report.rendered = made.rendered
        if self._keep_paths:
            self._report.paths += made.written
