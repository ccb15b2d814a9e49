"""Whether the outputs of the last build are still there, asked of their folders.

The time stamp of a folder changes when something in it is made, deleted or exchanged. So a folder that is as it was answers for its files,
which are twice as many. Where it changed, was too young to tell, or the machine was started anew since (what was written last may be cut),
its files are looked at, each by its size. What somebody overwrites in place, as few programs do, the folders of a large site do not tell.
"""

from __future__ import annotations

import os
import time
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from itertools import chain

from plugins.press.kept import KeptBatch, folder_of

GRAIN = 100_000_000  # nanoseconds: what is as young as this may change again without a new time stamp
FEW = 2_000  # folders whose files are looked at each time; a small site has no more, and so notices everything
FOLDERS = "folders"  # the name of what the state keeps of them
_PART = 500  # folders that are compared at once
_BOOT = "/proc/sys/kernel/random/boot_id"  # Linux: random(4)


def count_there(root: str, batch: KeptBatch, folders: Set[str]) -> int | None:
    """How many outputs a batch has; None where one of those in the folders does not lie there with its size."""
    count = (batch.outputs.count(" ") + 1) // 2
    if not batch.outputs or folders.isdisjoint(batch.folders.split(" ")):
        return count
    words = batch.outputs.split(" ")
    paths, sizes = words[::2], words[1::2]
    if len(folders) <= FEW:
        inside = [at for at, path in enumerate(paths) if folder_of(path) in folders]
        paths, sizes = [paths[at] for at in inside], [sizes[at] for at in inside]
    try:
        there = [info.st_size for info in map(os.lstat, [f"{root}/{path}" for path in paths])]
    except OSError:
        return None
    return count if there == list(map(int, sizes)) else None


@contextmanager
def seen_from(folder: str, paths: Sequence[str]) -> Iterator[tuple[int | None, Sequence[str]]]:
    """Paths below a folder as ``os.lstat`` takes them: with the folder's descriptor, so that the way to it is found but once, if the system can.

    Raises OSError where the folder is gone.
    """
    if os.stat not in os.supports_dir_fd:
        yield None, [os.path.join(folder, path) for path in paths]
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor, paths
    finally:
        os.close(descriptor)


class Folders:
    """The folders of all outputs below a root, and the time stamps that they had when their files were looked at.

    ``text`` is what the last build kept, a line each: the boot of the machine, the paths with spaces between, and the stamps of all,
    8 bytes each in hexadecimal. It is empty where no build did.
    """

    def __init__(self, root: str, text: str) -> None:
        self._root = root
        boot, paths, stamps = text.split("\n") if text else ("", "", "")
        self._is_same_boot = boot == _read_boot()
        self._stamps: array[int] = array("q", bytes.fromhex(stamps))
        self._paths = paths.split(" ") if self._stamps else []  # in order; the root itself is named by no letter
        self._seen: dict[str, int] = {}

    def find_changed(self) -> Set[str]:
        """The folders whose files are to be looked at."""
        try:
            with seen_from(self._root, [path or "." for path in self._paths]) as (at, paths):
                look = os.lstat
                found = array("q", [look(path, dir_fd=at).st_mtime_ns for path in paths])
        except OSError:
            found = array("q", [_stamp(f"{self._root}/{path}") for path in self._paths])
        if found != self._stamps or not self._is_same_boot:
            parts = [slice(at, at + _PART) for at in range(0, len(found), _PART)]
            changed = [part for part in parts if not self._is_same_boot or found[part] != self._stamps[part]]
            each = chain.from_iterable(zip(self._paths[part], found[part], self._stamps[part], strict=True) for part in changed)
            self._seen = {path: now for path, now, then in each if now != then or not self._is_same_boot}
        return self._seen.keys()

    def follow(self, made: Iterable[str], written: Iterable[str], deleted: Iterable[str]) -> str | None:
        """What to keep after a build that made, wrote and deleted these outputs; None where nothing of it changed.

        Those that were found changed are settled where they are many: until then it costs less to look at their files.
        """
        new = {folder for folder in set(map(folder_of, made)) if not self._knows(folder)}
        left = {folder for folder in set(map(folder_of, deleted)) if self._knows(folder)}
        gone = {folder for folder in left if not os.path.isdir(f"{self._root}/{folder}")}
        is_settling = len(self._seen) + len(new) > FEW
        if not (new or gone or is_settling):
            return None
        stamps = dict(zip(self._paths, self._stamps, strict=True)) | dict.fromkeys(new, 0)
        for folder in gone:
            del stamps[folder]
        if is_settling:
            now, touched = time.time_ns(), set(map(folder_of, written))
            seen = {folder: stamp for folder, stamp in self._seen.items() if folder not in touched and folder in stamps and stamp >= 0}
            seen |= {folder: _stamp(f"{self._root}/{folder}") for folder in new}
            stamps.update((folder, stamp if now - stamp > GRAIN else 0) for folder, stamp in seen.items())
        paths = sorted(stamps)
        return f"{_read_boot()}\n{' '.join(paths)}\n{array('q', map(stamps.__getitem__, paths)).tobytes().hex()}"

    def _knows(self, folder: str) -> bool:
        at = bisect_left(self._paths, folder)
        return self._paths[at : at + 1] == [folder]


def _stamp(folder: str) -> int:
    """The time stamp of a folder in nanoseconds; -1 where it is gone."""
    try:
        return os.lstat(folder).st_mtime_ns
    except OSError:
        return -1


def _read_boot() -> str:
    """What tells this run of the machine from others, where the system says so."""
    try:
        with open(_BOOT, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""
