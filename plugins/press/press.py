"""The press: decides which outputs changed, and writes them safely.

A build keeps a journal of the paths that it touches; the state is committed last. After a crash the journal names
what may be half done: those outputs are made again, or deleted where nothing claims them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from plugins.press.files import TEMPORARY, Folder, is_plain
from plugins.press.kept import KeptBatch, KeptSheet, Known, Sheets, pack_batch, paths_of, unpack_sheets, without_keys
from plugins.press.looking import FOLDERS, Folders, count_there
from plugins.press.output import Batch, ClaimError, Group, Sheet
from plugins.press.printing import MANY, Job, Journal, Made, Printer
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


@dataclass(slots=True)
class _Asked:
    """A batch whose sheets are asked for."""

    key: bytes
    known: Sheets  # as the last build left them
    names: list[str] = field(default_factory=list)  # of its sheets now
    kept: set[str] = field(default_factory=set)  # of those that are not made again


_NOT_ASKED = _Asked(b"", {})


class Press:
    """Publishes sheets into a folder. ``edition`` is a digest of code, templates and settings: with another one every key is void.

    ``looks``: whether outputs that did not change are looked for; who just made them may know that they are there.
    """

    def __init__(self, output: Path, state: State, edition: bytes, *, keep_paths: bool = False, looks: bool = True) -> None:
        self._folder = Folder(output)
        self._state = state
        self._edition = edition.hex()
        self._keep_paths = keep_paths
        self._looks = looks
        self._doubtful: Set[str] = frozenset()  # folders whose files are looked at
        self._report = Report()
        self._journal = Journal(state.folder / JOURNAL)
        self._touched: set[str] = set()  # by a build that did not end
        self._is_void = False  # all keys of the last build
        self._deleted: list[str] = []
        self._fresh: set[str] = set()  # outputs that were not there before
        self._old: dict[str, KeptBatch] = {}
        self._kept: set[str] = set()  # names of the batches that are not asked, and of their groups
        self._groups: dict[str, bytes] = {}  # the others, with their keys
        self._asked: dict[str, _Asked] = {}
        self._names: set[str] = set()  # of the sheets of batches that are asked

    def run(self, sheets: Iterable[Sheet | Batch | Group], prepare: Callable[[], None] = lambda: None) -> Report:
        """Brings the folder to what the batches of sheets say, and single sheets. ``prepare`` is called before very many of them are made.

        Raises ClaimError, BadPathError, ForeignFolderError, and whatever a render function raises; the state is then as it was.
        """
        self._begin()
        self._load()
        jobs: list[Job] = []
        single: list[Sheet] = []
        for some in sheets:
            if isinstance(some, Sheet):
                single.append(some)
                continue
            for batch in [some] if isinstance(some, Batch) else self._open_group(some):
                if not self._keep_batch(batch):
                    self._ask(batch, jobs)
        self._ask(Batch("", b"", lambda: single), jobs)
        if len(jobs) >= MANY:
            prepare()
        made = Printer(self._folder, self._journal, bool(self._stale), self._moved).make(jobs)
        self._check_claims(made, jobs)
        jobs.clear()  # with all that the sheets held: what is committed takes as much again
        self._delete_vanished(made)
        self._commit(made)
        return self._report

    def _open_group(self, group: Group) -> Iterable[Batch]:
        """The batches of a group; none where it is kept as it is, as its key is the same and all outputs are there."""
        old = self._old.get(group.name)
        if group.key and old and old.key == group.key and not self._is_void:
            inside = [name for name in self._old if name.startswith(f"{group.name} ")]
            counts = [self._count(self._old[name]) if self._old[name].key else None for name in inside]
            if None not in counts:
                self._kept.update((group.name, *inside))
                self._report.unchanged += sum(filter(None, counts))
                return ()
        self._groups[group.name] = group.key
        return group.batches()

    def _keep_batch(self, batch: Batch) -> bool:
        """Keeps all sheets of a batch as they are, if its key is the same and all their outputs are there."""
        old = self._old.get(batch.name)
        if not batch.key or not old or old.key != batch.key or self._is_void:
            return False
        count = self._count(old)
        if count is None:
            return False
        self._kept.add(batch.name)
        self._report.unchanged += count
        return True

    def _count(self, batch: KeptBatch) -> int | None:
        """How many outputs a batch has; None where one of them is gone."""
        return count_there(self._folder.root, batch, self._doubtful)

    def _ask(self, batch: Batch, jobs: list[Job]) -> None:
        """Keeps the sheets of a batch that did not change; the others are put to the jobs."""
        if batch.name in self._asked or batch.name in self._kept:
            raise ClaimError(f"two batches are called {batch.name}")
        known = self._recall(batch.name)
        asked = self._asked[batch.name] = _Asked(batch.key, known)
        is_whole = bool(known) and self._count(self._old[batch.name]) is not None
        for sheet in batch.sheets():
            name = sheet.name
            if name in self._names:
                raise ClaimError(f"two sheets are called {name}")
            self._names.add(name)
            old = known.get(name)
            if old and old.key == sheet.key and (is_whole or self._is_there(old)):
                asked.kept.add(name)
                self._report.unchanged += len(old.outputs)
            else:
                jobs.append(Job(sheet, old.outputs if old else {}, batch.shares_little))
            asked.names.append(name)

    def _is_there(self, sheet: KeptSheet) -> bool:
        return all(self._folder.size(path) == size for path, (_, size) in sheet.outputs.items())

    def _recall(self, batch: str) -> Sheets:
        """The sheets of a batch, as the last build left them."""
        old = self._old.get(batch)
        if not old:
            return {}
        rows = self._state.rows("SELECT names, keys, outputs FROM sheets WHERE batch=?", (batch,))
        try:
            found = unpack_sheets(old.outputs, *rows)
        except (TypeError, ValueError):  # the state fits its seal, and was never ours
            return {"": KeptSheet(b"", dict.fromkeys(paths_of(old.outputs), (b"", -1)))}
        if self._is_void:
            return without_keys(found)
        if self._touched and not self._touched.isdisjoint(paths_of(old.outputs)):
            found |= without_keys({name: sheet for name, sheet in found.items() if not self._touched.isdisjoint(sheet.outputs)})
        return found

    def _moved(self, path: str) -> Known | None:
        """What is known of an output that another sheet had. What lies nowhere was nobody's: to know all outputs takes longer than a look."""
        if not self._old:
            return None
        if self._folder.size(path) < 0:
            self._fresh.add(path)
            return None
        return self._owners[path][2] if path in self._paths else None

    @cached_property
    def _paths(self) -> set[str]:
        """All outputs of the last build. Asked for where an output is new; hardly ever is it one of these."""
        return {path for old in self._old.values() for path in paths_of(old.outputs)}

    @cached_property
    def _owners(self) -> dict[str, tuple[str, str, Known]]:
        """For each output of the last build its batch, its sheet, and what is known of it."""
        return {
            path: (batch, name, known)
            for batch in self._old
            for name, sheet in self._recall(batch).items()
            for path, known in sheet.outputs.items()
        }

    def _load(self) -> None:
        """What the last build left. Where the edition is another one its keys are void; so are those of what an unfinished build touched."""
        self._is_void = self._state.get("edition") != self._edition
        self._folders = Folders(self._folder.root, self._state.get(FOLDERS) or "")
        if self._looks:
            self._doubtful = self._folders.find_changed()
        self._state.set("edition", self._edition)
        self._old = {name: KeptBatch(*row) for name, *row in self._state.rows("SELECT name, key, outputs, folders FROM batches")}
        if self._touched:
            self._old = {
                name: old if self._touched.isdisjoint(paths_of(old.outputs)) else old._replace(key=b"") for name, old in self._old.items()
            }

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
            self._state.put("DELETE FROM batches", [()])
            self._state.put("DELETE FROM sheets", [()])
            self._state.set(FOLDERS, "")
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
            if path not in before[name] and path not in self._fresh and path in self._paths:
                batch, other, _ = self._owners[path]
                if batch in self._kept or other in self._asked.get(batch, _NOT_ASKED).kept:
                    raise ClaimError(f"`{path}` is claimed by {other} and by {name}")

    def _delete_vanished(self, made: Made) -> None:
        gone = []
        for name in [name for name in self._old if name not in self._kept]:
            asked = self._asked.get(name, _NOT_ASKED)
            for sheet, old in (asked.known if name in self._asked else self._recall(name)).items():
                if sheet not in asked.kept:
                    gone += [path for path in old.outputs if path not in made.claims]
        stale = [path for path in dict.fromkeys(self._stale) if path not in made.claims and path != MARK]
        kept = self._kept_paths() if stale else ()
        for path in [*gone, *(p for p in stale if p not in kept)]:
            self._journal.note(path)
            if self._folder.delete(path):
                self._deleted.append(path)
        vanished = [(name,) for name in self._old if name not in self._kept and name not in self._asked and name not in self._groups]
        self._state.put("DELETE FROM batches WHERE name=?", vanished)
        self._state.put("DELETE FROM sheets WHERE batch=?", vanished)

    def _kept_paths(self) -> set[str]:
        """The outputs of all sheets that are not made again."""
        whole = (path for name in self._kept for path in paths_of(self._old[name].outputs))
        return {path for asked in self._asked.values() for sheet in asked.kept for path in asked.known[sheet].outputs}.union(whole)

    def _commit(self, made: Made) -> None:
        found = {name: KeptSheet(key, {}) for name, key in made.sheets}
        for path, sheet, key, size in made.outputs:
            found[sheet].outputs[path] = key, size
        batches, sheets = [(name, key, "", "") for name, key in self._groups.items() if key], []
        for batch, asked in self._asked.items():
            made_now = {name: asked.known[name] if name in asked.kept else found[name] for name in asked.names}
            kept, packed = pack_batch(asked.key, made_now)
            if asked.names or batch in self._old:
                batches.append((batch, *kept))
                sheets.append((batch, *packed))
        self._state.put("INSERT OR REPLACE INTO batches VALUES (?, ?, ?, ?)", batches)
        self._state.put("INSERT OR REPLACE INTO sheets VALUES (?, ?, ?, ?)", sheets)
        folders = self._folders.follow(made.claims, made.written, self._deleted)
        if folders is not None:
            self._state.set(FOLDERS, folders)
        self._state.commit()
        self._journal.end()
        self._report.written, self._report.deleted = len(made.written), len(self._deleted)
        self._report.unchanged += made.unchanged
        self._report.rendered = made.rendered
        if self._keep_paths:
            self._report.paths += [*self._deleted, *made.written]
