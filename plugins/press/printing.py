"""Making sheets: each output rendered where its key changed, and written where its bytes did. A second process helps with many."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.press.companion import stay_with_parent
from plugins.press.files import Folder, write_all
from plugins.press.kept import Known
from plugins.press.output import ClaimError, Output, Sheet

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MANY = 3_000  # sheets from which on a second process pays
BLOCK = 100  # sheets that a process takes at a time
WAITING = 500_000  # bytes of outputs that wait to be written together, so that they are noted together


@dataclass(slots=True)
class Job:
    """A sheet that is to be made, and what is known of its outputs."""

    sheet: Sheet
    before: dict[str, Known]
    shares_little: bool = False  # see Batch


_Round = tuple[Sequence[Job], Any]
"""Sheets, and a shared array of the first of those that nobody took and of the end of them."""


@dataclass(slots=True)
class Made:
    """What making some sheets gave."""

    sheets: list[tuple[str, bytes]] = field(default_factory=list)
    outputs: list[tuple[str, str, bytes, int]] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    rendered: int = 0

    def claim(self, path: str, sheet: str) -> None:
        """Takes a path for a sheet. Raises ClaimError where another one has it."""
        other = self.claims.setdefault(path, sheet)
        if other != sheet:
            raise ClaimError(f"`{path}` is claimed by {other} and by {sheet}")

    def join(self, other: Made) -> None:
        """Takes over what another process made."""
        for path, sheet in other.claims.items():
            self.claim(path, sheet)
        self.sheets += other.sheets
        self.outputs += other.outputs
        self.written += other.written
        self.unchanged += other.unchanged
        self.rendered += other.rendered


class Journal:
    """The paths that an unfinished build may have touched, one a line."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle: int | None = None

    def note(self, *paths: str) -> None:
        """Notes paths before they are touched."""
        if self._handle is None:
            self._handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        write_all(self._handle, "".join([f"{path}\n" for path in paths]).encode("utf-8"))

    def end(self) -> None:
        """Takes the journal away: the build is complete."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self._file.unlink(missing_ok=True)


@dataclass(slots=True)
class Printer:
    """Makes sheets into a folder. ``look_first``: files of unknown builds may lie there already."""

    folder: Folder
    journal: Journal
    look_first: bool
    moved: Callable[[str], Known | None]  # what is known of an output that another sheet had
    _waiting: list[tuple[str, bytes]] = field(default_factory=list)
    _bytes_waiting: int = 0

    def make(self, jobs: Sequence[Job]) -> Made:
        """Makes all sheets, in two processes where there are many. Raises what rendering raises."""
        if len(jobs) >= MANY and hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1:
            return self._share(jobs)
        made = Made()
        for job in jobs:
            self._make_sheet(job, made)
        self._write_waiting()
        return made

    def _make_sheet(self, job: Job, made: Made) -> None:
        sheet = job.sheet
        for output in sheet.outputs():
            made.claim(output.path, sheet.name)
            known = job.before.get(output.path) or self.moved(output.path)
            self._make_output(output, sheet.name, known, made)
        made.sheets.append((sheet.name, sheet.key))

    def _make_output(self, output: Output, sheet: str, known: Known | None, made: Made) -> None:
        if known and known[0] == output.key and self.folder.size(output.path) == known[1]:
            made.unchanged += 1
            made.outputs.append((output.path, sheet, output.key, known[1]))
            return
        self.folder.check(output.path)
        content = output.render()
        made.rendered += 1
        if (known or self.look_first) and self.folder.size(output.path) == len(content) and self.folder.holds(output.path, content):
            made.unchanged += 1
        else:
            self._write(output.path, content)
            made.written.append(output.path)
        made.outputs.append((output.path, sheet, output.key, len(content)))

    def _write(self, path: str, content: bytes) -> None:
        self._waiting.append((path, content))
        self._bytes_waiting += len(content)
        if self._bytes_waiting > WAITING:
            self._write_waiting()

    def _write_waiting(self) -> None:
        if self._waiting:
            self.journal.note(*[path for path, _ in self._waiting])
            for path, content in self._waiting:
                self.folder.write(path, content)
        self._waiting, self._bytes_waiting = [], 0

    def _share(self, jobs: Sequence[Job]) -> Made:
        """Two processes take blocks of sheets, one from either end, until they meet: neighbours share much, which is made once.

        Sheets that share little are left for last: with them at one end, one process would come far into what the other one shares.
        The other process is forked: it has all values at hand.
        """
        import multiprocessing  # most builds make few sheets

        context = multiprocessing.get_context("fork")
        rounds: list[_Round] = []
        for some in ([job for job in jobs if not job.shares_little], [job for job in jobs if job.shares_little]):
            rounds.append((some, context.Array("i", (0, len(some)))))
        ours, theirs = context.Pipe(duplex=False)
        helper = context.Process(target=self._help, args=(rounds, theirs), daemon=True)
        helper.start()
        theirs.close()
        try:
            made = self._take_blocks(rounds)
            try:
                found = ours.recv()
            except EOFError as error:
                raise RuntimeError("the second process of the build ended without a word") from error
            if isinstance(found, BaseException):
                raise found
            made.join(found)
            return made
        finally:
            ours.close()
            helper.join(0 if sys.exc_info()[0] else 10)
            if helper.is_alive():
                helper.terminate()
            helper.join()

    def _help(self, rounds: list[_Round], to: Connection) -> None:
        stay_with_parent()
        try:
            to.send(self._take_blocks(rounds, from_end=True))
        except BaseException as error:  # noqa: BLE001 - told to the process that waits
            try:
                to.send(error)
            except Exception:  # noqa: BLE001 - an error that cannot be sent is told in words
                to.send(RuntimeError(f"{type(error).__name__}: {error}"))
        finally:
            to.close()

    def _take_blocks(self, rounds: list[_Round], *, from_end: bool = False) -> Made:
        made = Made()
        for jobs, left in rounds:
            while block := _take_block(left, from_end=from_end):
                for job in jobs[block]:
                    self._make_sheet(job, made)
        self._write_waiting()
        return made


def _take_block(left: Any, *, from_end: bool) -> slice | None:
    """The next sheets of those that are left, from their beginning or end; None where no more are."""
    with left.get_lock():
        first, end = left
        if first == end:
            return None
        if from_end:
            left[1] = max(end - BLOCK, first)
            return slice(left[1], end)
        left[0] = min(first + BLOCK, end)
        return slice(first, left[0])
