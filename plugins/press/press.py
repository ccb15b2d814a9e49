"""The press: decides which outputs changed, and writes them safely.

A build keeps a journal of the paths that it touches; the state is committed last. After a crash the journal names
what may be half done: those outputs are made again, or deleted where nothing claims them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from plugins.press.files import TEMPORARY, Folder, is_plain
from plugins.press.output import ClaimError, Sheet
from plugins.press.printing import MANY, Job, Journal, Known, Made, Printer
from plugins.press.state import JOURNAL, State

LEFT_ALONE = frozenset({"pagefind"})  # pagefind keeps its own folder
MARK = ".digest-output"
_MARK_TEXT = b"This folder is written by the Policy Digest; what is put here by hand is deleted.\n"

Row = tuple[str, bytes, int]  # path, key, size


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
        self._owners: dict[str, tuple[str, Known]] | None = None
        self._old: dict[str, list[Row]] = {}

    def run(
        self,
        sheets: Iterable[Sheet],
        progress: Callable[[int], None] = lambda n: None,
        prepare: Callable[[], None] = lambda: None,
    ) -> Report:
        """Brings the folder to what the sheets say. ``prepare`` is called before very many of them are made.

        Raises ClaimError, BadPathError, ForeignFolderError, and whatever a render function raises; the state is then as it was.
        """
        self._begin()
        old_sheets = self._load()
        jobs = []
        for sheet in sheets:
            if sheet.name in self._names:
                raise ClaimError(f"two sheets are called {sheet.name}")
            self._names.add(sheet.name)
            old = self._old.get(sheet.name, [])
            if old_sheets.get(sheet.name) == sheet.key and self._are_there(old):
                self._kept.add(sheet.name)
                self._report.unchanged += len(old)
            else:
                jobs.append(Job(sheet, {path: (key, size) for path, key, size in old}))
        if len(jobs) >= MANY:
            prepare()
        made = Printer(self._folder, self._journal, bool(self._stale), self._moved).make(jobs, progress)
        self._check_claims(made)
        self._delete_vanished(made, old_sheets)
        self._commit(made)
        return self._report

    def _moved(self, path: str) -> Known | None:
        """What is known of an output that another sheet had."""
        return self._owner(path)[1] if self._old else None

    def _owner(self, path: str) -> tuple[str, Known | None]:
        if self._owners is None:
            self._owners = {p: (sheet, (key, size)) for sheet, rows in self._old.items() for p, key, size in rows}
        return self._owners.get(path, ("", None))

    def _load(self) -> dict[str, bytes]:
        """What the last build left: the keys of sheets; their outputs are kept. Those of another edition are known without keys."""
        is_same = self._state.get("edition") == self._edition
        self._state.set("edition", self._edition)
        sheets = dict(self._state.rows("SELECT name, key FROM sheets"))
        rows = self._old
        for path, sheet, key, size in self._state.rows("SELECT path, sheet, key, size FROM outputs"):
            row = (path, key if is_same else b"", size)
            if sheet in rows:
                rows[sheet].append(row)
            else:
                rows[sheet] = [row]
        return sheets if is_same else dict.fromkeys(sheets, b"")

    def _are_there(self, rows: Iterable[Row]) -> bool:
        """Whether all outputs of a sheet still lie in the folder with their sizes."""
        root = self._folder.root
        try:
            return all(os.stat(f"{root}/{path}", follow_symlinks=False).st_size == size for path, _, size in rows)
        except OSError:
            return False

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
            self._state.put("DELETE FROM outputs", [()])
            self._state.put("DELETE FROM sheets", [()])
        self._state.set("output", self._folder.root)
        self._recover()

    def _recover(self) -> None:
        """Forgets what an unfinished build touched."""
        journal = self._state.folder / JOURNAL
        if not journal.exists():
            return
        touched = [p for p in journal.read_text("utf-8", "replace").split("\n") if is_plain(p)]  # a torn line may say anything
        rows = [(p,) for p in touched]
        self._state.put("DELETE FROM sheets WHERE name IN (SELECT sheet FROM outputs WHERE path=?)", rows)
        self._state.put("UPDATE outputs SET key=x'' WHERE path=?", rows)
        self._stale += [*touched, *(p + TEMPORARY for p in touched)]

    def _check_claims(self, made: Made) -> None:
        """Raises ClaimError where a sheet that was made again took the path of one that was kept."""
        for path, name in made.claims.items() if self._old else ():
            other, _ = self._owner(path)
            if other and other != name and other in self._kept:
                raise ClaimError(f"`{path}` is claimed by {other} and by {name}")

    def _delete_vanished(self, made: Made, old_sheets: dict[str, bytes]) -> None:
        gone = [path for name, rows in self._old.items() if name not in self._kept for path, _, _ in rows if path not in made.claims]
        kept = {path for name in self._kept for path, _, _ in self._old.get(name, ())} if self._stale else set()
        stale = [path for path in dict.fromkeys(self._stale) if path not in made.claims and path not in kept and path != MARK]
        for path in [*gone, *stale]:
            self._journal.note(path)
            if self._folder.delete(path):
                self._report.deleted += 1
                if self._keep_paths:
                    self._report.paths.append(path)
        self._state.put("DELETE FROM outputs WHERE path=?", [(p,) for p in [*gone, *stale]])
        self._state.put("DELETE FROM sheets WHERE name=?", [(n,) for n in old_sheets if n not in self._names])

    def _commit(self, made: Made) -> None:
        self._state.put("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", made.outputs)
        self._state.put("INSERT OR REPLACE INTO sheets VALUES (?, ?)", made.sheets)
        self._state.commit()
        self._journal.end()
        self._report.written = len(made.written)
        self._report.unchanged += made.unchanged
        self._report.rendered = made.rendered
        if self._keep_paths:
            self._report.paths += made.written
