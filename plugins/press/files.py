"""Files of the output folder: replaced by writing beside them and renaming, deleted with the folders that they leave empty."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from plugins.press.output import BadPathError

_NAME = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._@-]{1,200}"  # safe on every file system and in every address
_PATH = re.compile(rf"{_NAME}(?:/{_NAME})*", re.ASCII)
TEMPORARY = ".writing"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW


def is_plain(path: str) -> bool:
    """Whether a path is made of safe names only, and so stays below the output folder."""
    return _PATH.fullmatch(path) is not None


class UnwritableError(Exception):
    """The output folder cannot be written; the message says why."""


class Folder:
    """The output folder."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._made: set[str] = set()

    def place(self, path: str) -> str:
        """Where an output lies. Raises BadPathError for a path that is not plain or leaves the folder."""
        return f"{self.root}/{path}"

    def check(self, path: str) -> None:
        """Raises BadPathError for a path that is not plain."""
        if not is_plain(path):
            raise BadPathError(f"`{path}` is no plain path below the output folder")

    def size(self, path: str) -> int:
        """Bytes of an output as it lies there, -1 where there is none."""
        try:
            return os.stat(f"{self.root}/{path}", follow_symlinks=False).st_size
        except OSError:
            return -1

    def holds(self, path: str, content: bytes) -> bool:
        """Whether an output is there with exactly these bytes."""
        try:
            with open(f"{self.root}/{path}", "rb") as file:
                return file.read() == content
        except OSError:
            return False

    def write(self, path: str, content: bytes) -> None:
        """Makes a file, or replaces it at one go: nobody ever reads half of a page that was there before."""
        target = f"{self.root}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            self._make(folder)
        try:
            _write_file(os.open(target, _NEW | os.O_EXCL, 0o644), content)
        except FileExistsError:
            self._replace(target, content)

    def _replace(self, target: str, content: bytes) -> None:
        temporary = target + TEMPORARY
        _write_file(os.open(temporary, _NEW | os.O_TRUNC, 0o644), content)
        try:
            os.replace(temporary, target)
        except IsADirectoryError:
            remove_tree(Path(target))
            os.replace(temporary, target)

    def _make(self, folder: str) -> None:
        try:
            os.mkdir(folder)  # nearly always the folder around it is there
            is_there = True
        except FileExistsError:
            is_there = os.path.isdir(folder)  # another process made it
        except (FileNotFoundError, NotADirectoryError):
            is_there = False
        if not is_there:
            self._make_way(folder)
        self._made.add(folder)

    def _make_way(self, folder: str) -> None:
        try:
            os.makedirs(folder, exist_ok=True)
        except (FileExistsError, NotADirectoryError):  # a file of an earlier edition stands where a folder is needed
            at = folder
            while len(at) > len(self.root) and not os.path.isfile(at):
                at = at.rpartition("/")[0]
            if os.path.isfile(at):
                with suppress(FileNotFoundError, IsADirectoryError, PermissionError):  # another process was sooner
                    os.unlink(at)
            os.makedirs(folder, exist_ok=True)

    def delete(self, path: str) -> bool:
        """Deletes an output and the folders that it leaves empty; whether it was there."""
        target = f"{self.root}/{path}"
        try:
            os.unlink(target)
        except FileNotFoundError:
            return False
        except (IsADirectoryError, PermissionError, NotADirectoryError):
            return False
        folder = target.rpartition("/")[0]
        while len(folder) > len(self.root):
            try:
                os.rmdir(folder)
            except OSError:
                break
            self._made.discard(folder)
            folder = folder.rpartition("/")[0]
        return True

    def walk(self, leave: frozenset[str]) -> list[str]:
        """The paths of all files, but for those in top folders named in ``leave``."""
        found = []
        for at, folders, names in os.walk(self.root):
            below = os.path.relpath(at, self.root).replace(os.sep, "/")
            if below == ".":
                folders[:] = sorted(f for f in folders if f not in leave)
            found += [n if below == "." else f"{below}/{n}" for n in sorted(names)]
        return found


def _write_file(handle: int, content: bytes) -> None:
    try:
        write_all(handle, content)
    finally:
        os.close(handle)


def write_all(handle: int, content: bytes) -> None:
    """Writes to an open file, however many calls the system needs for it."""
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def remove_tree(folder: Path) -> None:
    """Deletes a folder with all that is in it; a link is deleted, not followed."""
    if folder.is_symlink() or not folder.is_dir():
        folder.unlink(missing_ok=True)
        return
    for entry in sorted(folder.iterdir()):
        remove_tree(entry)
    folder.rmdir()
