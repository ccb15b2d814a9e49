"""The press: decides which outputs changed, and writes them safely.

A build keeps a journal of the paths that it touches; the state is committed last. After a crash the journal names
what may be half done: those outputs are made again, or deleted where nothing claims them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from plugins.press.files import TEMPORARY, Folder
from plugins.press.output import ClaimError, Output, Sheet
from plugins.press.state import JOURNAL, State

LEFT_ALONE = frozenset({"pagefind"})  # pagefind keeps its own folder
MARK = ".digest-output"
_MARK_TEXT = b"This folder is written by the Policy Digest; what is put here by hand is deleted.\n"

Row = tuple[str, bytes, int]  # path, key, size
Known = tuple[bytes, int]  # key, size


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
        self._names: set[str] = set()
        self._claims: dict[str, str] = {}  # of the sheets that are made again
        self._kept: set[str] = set()  # names of the sheets that are not
        self._new_sheets: list[tuple[str, bytes]] = []
        self._new_outputs: list[tuple[str, str, bytes, int]] = []
        self._journal: int | None = None

    def run(self, sheets: Iterable[Sheet], progress: Callable[[int], None] = lambda n: None) -> Report:
        """Brings the folder to what the sheets say.

        Raises ClaimError, BadPathError, ForeignFolderError, and whatever a render function raises; the state is then as it was.
        """
        self._begin()
        old_sheets, old_rows = self._load()
        owners = {path: sheet for sheet, rows in old_rows.items() for path, _, _ in rows} if old_rows else {}
        for number, sheet in enumerate(sheets):
            if sheet.name in self._names:
                raise ClaimError(f"two sheets are called {sheet.name}")
            self._names.add(sheet.name)
            old = old_rows.get(sheet.name, [])
            if old_sheets.get(sheet.name) == sheet.key and self._are_there(old):
                self._kept.add(sheet.name)
                self._report.unchanged += len(old)
            else:
                self._make(sheet, {path: (key, size) for path, key, size in old}, owners, old_rows)
            if number % 64 == 0:
                progress(number)
        self._check_claims(owners)
        self._delete_vanished(old_sheets, old_rows)
        self._commit()
        return self._report

    def _load(self) -> tuple[dict[str, bytes], dict[str, list[Row]]]:
        """What the last build left: keys of sheets, and their outputs. Those of another edition are known without keys."""
        is_same = self._state.get("edition") == self._edition
        self._state.set("edition", self._edition)
        sheets = dict(self._state.rows("SELECT name, key FROM sheets"))
        rows: dict[str, list[Row]] = {}
        for path, sheet, key, size in self._state.rows("SELECT path, sheet, key, size FROM outputs"):
            row = (path, key if is_same else b"", size)
            if sheet in rows:
                rows[sheet].append(row)
            else:
                rows[sheet] = [row]
        return (sheets if is_same else dict.fromkeys(sheets, b"")), rows

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
        self._stale = self._folder.walk(LEFT_ALONE) if self._state.is_new or self._state.get("output") != self._folder.root else []
        if self._stale and not self._state.is_new:  # the state speaks of another folder
            self._state.put("DELETE FROM outputs", [()])
            self._state.put("DELETE FROM sheets", [()])
        self._state.set("output", self._folder.root)
        self._state.set("inputs", "")  # whoever asked for this build says again what it was made from
        self._recover()

    def _recover(self) -> None:
        """Forgets what an unfinished build touched."""
        journal = self._state.folder / JOURNAL
        if not journal.exists():
            return
        touched = [p for p in journal.read_text("utf-8", "replace").split("\n") if p]
        rows = [(p,) for p in touched]
        self._state.put("DELETE FROM sheets WHERE name IN (SELECT sheet FROM outputs WHERE path=?)", rows)
        self._state.put("UPDATE outputs SET key=x'' WHERE path=?", rows)
        self._stale += [p for p in touched] + [p + TEMPORARY for p in touched]

    def _make(self, sheet: Sheet, before: dict[str, Known], owners: dict[str, str], rows: dict[str, list[Row]]) -> None:
        for output in sheet.outputs():
            other = self._claims.setdefault(output.path, sheet.name)
            if other != sheet.name:
                raise ClaimError(f"`{output.path}` is claimed by {other} and by {sheet.name}")
            known = before.get(output.path)
            if known is None and owners.get(output.path):  # it moved here from another sheet
                known = next(((key, size) for path, key, size in rows[owners[output.path]] if path == output.path), None)
            self._publish(output, sheet.name, known)
        self._new_sheets.append((sheet.name, sheet.key))

    def _check_claims(self, owners: dict[str, str]) -> None:
        """Raises ClaimError where a sheet that was made again took the path of one that was kept."""
        for path, name in self._claims.items():
            other = owners.get(path, name)
            if other != name and other in self._kept:
                raise ClaimError(f"`{path}` is claimed by {other} and by {name}")

    def _publish(self, output: Output, sheet: str, known: Known | None) -> None:
        if known and known[0] == output.key and self._folder.size(output.path) == known[1]:
            self._report.unchanged += 1
            self._new_outputs.append((output.path, sheet, output.key, known[1]))
            return
        self._folder.check(output.path)
        content = output.render()
        self._report.rendered += 1
        if (known is not None or self._stale) and self._folder.size(output.path) == len(content) and self._folder.holds(output.path, content):
            self._report.unchanged += 1
        else:
            self._note(output.path)
            self._folder.write(output.path, content)
            self._report.written += 1
            if self._keep_paths:
                self._report.paths.append(output.path)
        self._new_outputs.append((output.path, sheet, output.key, len(content)))

    def _note(self, path: str) -> None:
        if self._journal is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._journal = os.open(self._state.folder / JOURNAL, flags, 0o644)
        os.write(self._journal, path.encode("utf-8") + b"\n")

    def _delete_vanished(self, old_sheets: dict[str, bytes], old_rows: dict[str, list[Row]]) -> None:
        gone = [path for name, rows in old_rows.items() if name not in self._kept for path, _, _ in rows if path not in self._claims]
        kept = {path for name in self._kept for path, _, _ in old_rows.get(name, ())} if self._stale else set()
        stale = [path for path in dict.fromkeys(self._stale) if path not in self._claims and path not in kept and path != MARK]
        for path in [*gone, *stale]:
            self._note(path)
            if self._folder.delete(path):
                self._report.deleted += 1
                if self._keep_paths:
                    self._report.paths.append(path)
        self._state.put("DELETE FROM outputs WHERE path=?", [(p,) for p in [*gone, *stale]])
        self._state.put("DELETE FROM sheets WHERE name=?", [(n,) for n in old_sheets if n not in self._names])

    def _commit(self) -> None:
        self._state.put("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", self._new_outputs)
        self._state.put("INSERT OR REPLACE INTO sheets VALUES (?, ?)", self._new_sheets)
        self._state.commit()
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None
        (self._state.folder / JOURNAL).unlink(missing_ok=True)
