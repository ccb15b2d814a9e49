"""Digests of the code and of the packages that readings and outputs depend on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from plugins.domain.folders import Listed

READERS = ("domain", "briefs/joining.py", "briefs/reading.py", "briefs/rows.py", "briefs/shelf.py")
MAKERS = ("domain", "press", "edition", "briefs", "indexes", "feeds", "calendars", "opendata", "search")
_PACKAGES = frozenset(
    {"jinja2", "markdown", "markupsafe", "nh3", "orjson", "pelican", "pydantic", "pydantic_core", "python_slugify", "pyyaml"}
)


def digest_stamps(listed: Listed) -> bytes:
    """A digest of names and stamps of our code, and of the packages that it uses; empty where it may not be trusted.

    ``listed`` are folders that were looked at a moment ago.
    """
    root = str(Path(__file__).resolve().parent.parent)
    stamps = {folder: own for folder, (_, _, own) in listed.items() if folder == root or folder.startswith(root + os.sep)}
    if root not in stamps or not all(stamps.values()):
        return b""
    found = hashlib.blake2b(repr(list_installed(_PACKAGES)).encode(), digest_size=12)
    for folder in sorted(stamps):
        found.update(stamps[folder])  # the name of the folder is in it
    return found.digest()


@cache
def digest_code(rooms: tuple[str, ...]) -> bytes:
    """A digest of the code of some rooms, and of the packages that it uses."""
    found = hashlib.blake2b(digest_size=12)
    root = Path(__file__).resolve().parent.parent
    for room in rooms:
        place = root / room
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            found.update(file.relative_to(root).as_posix().encode())
            found.update(_read(file))
    found.update(repr(list_installed(_PACKAGES)).encode())
    return found.digest()


_read = cache(Path.read_bytes)  # of the rooms that read, makers need some too


@cache
def list_installed(packages: frozenset[str]) -> tuple[str, ...]:
    """Names and versions of the packages that are installed, from the names of the folders that tell of them (PEP 376).

    What the standard library has for this reads the folders' files, and takes longer than the rest of the digest.
    """
    found = []
    for place in sys.path:
        with contextlib.suppress(OSError):
            found += [name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))]  # noqa: PTH208 - a Path for each takes ten times as long
    return tuple(sorted(name for name in found if name.partition("-")[0].lower().replace(".", "_") in packages))


def digest_folder(folder: Path) -> bytes:
    """A digest of all files of a folder."""
    found = hashlib.blake2b(digest_size=12)
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and not f.name.startswith(".")):
        found.update(file.relative_to(folder).as_posix().encode())
        found.update(hashlib.blake2b(file.read_bytes(), digest_size=12).digest())
    return found.digest()
