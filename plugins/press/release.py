"""Releases: complete folders, switched in with one rename, so that readers see the old site or the new one, never a mixture.

Writes ``releases/<number>/``, ``releases/<number>.zip`` and the link ``public``.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plugins.press.files import remove_tree
from plugins.press.press import MARK

KEPT = 3
_NUMBER = re.compile(r"\d{6}", re.ASCII)
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say: equal releases give equal archives


class ReleaseError(Exception):
    """A release could not be made or switched in; the message says why. The last one is still served."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where releases lie: ``root`` holds ``releases`` and the link ``public``."""

    root: Path

    @property
    def releases(self) -> Path:
        """The folder of releases."""
        return self.root / "releases"

    @property
    def public(self) -> Path:
        """The link that is served."""
        return self.root / "public"

    def current(self) -> str | None:
        """The number of the release that is served."""
        return self.public.readlink().name if self.public.is_symlink() else None

    def numbers(self) -> list[str]:
        """The complete releases, oldest first."""
        if not self.releases.is_dir():
            return []
        return sorted(f.name for f in self.releases.iterdir() if f.is_dir() and not f.is_symlink() and _NUMBER.fullmatch(f.name))


def begin(place: Place) -> Path:
    """A fresh folder for the next release; leftovers of unfinished ones are taken away."""
    place.releases.mkdir(parents=True, exist_ok=True)
    if place.public.exists() and not place.public.is_symlink():
        raise ReleaseError(f"{place.public} is no link; move it away, so that releases can be switched in there")
    clear(place)
    numbers = place.numbers()
    folder = place.releases / f"{int(numbers[-1]) + 1 if numbers else 1:06}.part"
    folder.mkdir()
    return folder


def clear(place: Place) -> None:
    """Takes away what unfinished releases left."""
    for left in sorted(place.releases.glob("*.part")):
        remove_tree(left)
    remove_tree(place.root / "public.new")


def finish(place: Place, folder: Path, switch: Callable[[str, str], None] = os.replace) -> str:
    """Flushes a checked release, switches it in, and drops the oldest ones; its number."""
    number = folder.name.removesuffix(".part")
    (folder / MARK).unlink(missing_ok=True)
    pack(folder, place.releases / f"{number}.zip")
    os.sync()
    final = place.releases / number
    folder.rename(final)
    fresh = place.root / "public.new"
    fresh.symlink_to(Path("releases") / number)
    switch(str(fresh), str(place.public))
    _flush_folder(place.root)
    prune(place)
    return number


def pack(folder: Path, archive: Path) -> None:
    """The release as an archive for those who host by upload: equal releases, equal bytes."""
    part = archive.with_name(archive.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for file in sorted(f for f in folder.rglob("*") if f.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _MOMENT)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.read_bytes())
    part.replace(archive)


def prune(place: Place) -> None:
    """Keeps the last releases and the one that is served."""
    numbers = place.numbers()
    for number in numbers[:-KEPT]:
        if number != place.current():
            remove_tree(place.releases / number)
    kept = {f"{number}.zip" for number in place.numbers()}
    for archive in sorted(place.releases.glob("*.zip")):
        if _NUMBER.fullmatch(archive.stem) and archive.name not in kept:
            remove_tree(archive)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
