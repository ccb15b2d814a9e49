"""Digests of the code and of the packages that readings and outputs depend on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

READERS = ("domain", "briefs/reading.py", "briefs/rows.py", "briefs/shelf.py")
MAKERS = ("domain", "press", "edition", "briefs", "indexes", "feeds", "calendars", "opendata", "search")
_PACKAGES = ("markdown", "nh3", "pydantic", "PyYAML", "jinja2", "pelican", "python-slugify")


@cache
def digest_code(rooms: tuple[str, ...]) -> bytes:
    """A digest of the code of some rooms, and of the packages that it uses."""
    found = hashlib.blake2b(digest_size=12)
    root = Path(__file__).resolve().parent.parent
    for room in rooms:
        place = root / room
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            found.update(file.relative_to(root).as_posix().encode())
            found.update(file.read_bytes())
    for package in _PACKAGES:
        try:
            found.update(f"{package}={version(package)}".encode())
        except PackageNotFoundError:
            continue
    return found.digest()


def digest_folder(folder: Path) -> bytes:
    """A digest of all files of a folder."""
    found = hashlib.blake2b(digest_size=12)
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and not f.name.startswith(".")):
        found.update(file.relative_to(folder).as_posix().encode())
        found.update(hashlib.blake2b(file.read_bytes(), digest_size=12).digest())
    return found.digest()
