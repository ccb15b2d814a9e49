"""Which files of ``content/briefs`` are briefs; everything else that lies there is a fault."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plugins.domain.faults import Fault, printable
from plugins.domain.reader import FINGERPRINT

Listed = Mapping[str, tuple[list[str], Sequence[int], bytes]]
"""Folders that were looked at a moment ago: the names in them, in order; modification time in nanoseconds and size of each, one after the
other; and a digest of all that (empty where it may not be trusted)."""
Found = tuple[os.DirEntry[str], str]
"""A file or folder, and the path that faults name."""
Stamp = tuple[int, int]
"""When a file was modified, in nanoseconds, and its size in bytes."""


def find_briefs(folder: Path, faults: list[Fault], shown: str) -> Iterator[Found]:
    """The files of briefs in year folders, with the path that faults name, in order; everything else is a fault (F101 to F103, F107)."""
    seen: dict[str, str] = {}
    for year in find_years(folder, faults, shown):
        yield from find_briefs_of(year, faults, seen)


def find_years(folder: Path, faults: list[Fault], shown: str) -> Iterator[Found]:
    """The folders of years, in order; everything beside them is a fault (F102, F103)."""
    linked = check_folder(folder, shown)
    faults += linked
    if linked or not folder.is_dir():
        return
    for year in sorted_entries(folder):
        path = f"{shown}/{printable(year.name, limit=None)}"
        if year.is_dir(follow_symlinks=False) and re.fullmatch(r"\d{4}", year.name, re.ASCII):
            yield year, path
            continue
        faults.append(
            Fault(path, 1, "F103", "does not belong among the briefs", "briefs lie in folders named for their year: content/briefs/2026/")
        )
        if year.is_dir(follow_symlinks=False):
            faults += [
                Fault(f"{path}/{printable(e.name, limit=None)}", 1, "F102", "lies in no year's folder", "move it")
                for e in sorted_entries(year)
                if e.name.endswith(".md")
            ]


def find_briefs_of(year: Found, faults: list[Fault], seen: dict[str, str]) -> Iterator[Found]:
    """The files of briefs in the folder of a year; ``seen`` are the names met in other years, with their paths."""
    entries, path = sorted_entries(year[0]), year[1]
    for entry in entries:
        named = f"{path}/{printable(entry.name, limit=None)}"
        fault = _check_entry(entry, named)
        if fault:
            faults.append(fault)
            continue
        if entry.name.endswith(FINGERPRINT):
            continue
        if entry.name in seen:
            faults.append(Fault(named, 1, "F107", f"has the name of {seen[entry.name]}", "give one of them another name"))
            continue
        seen[entry.name] = named
        yield entry, named


def check_folder(folder: Path, shown: str) -> list[Fault]:
    """A folder of content that is a link could lead anywhere on the machine that builds (F103)."""
    return [Fault(shown, 1, "F103", "is a link", "put the folder itself here")] if folder.is_symlink() else []


def sorted_entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda e: e.name)


def _check_entry(entry: os.DirEntry[str], named: str) -> Fault | None:
    if entry.is_symlink() or not entry.is_file(follow_symlinks=False):
        return Fault(named, 1, "F103", "is a link or a folder", "put the file itself here")
    if entry.name.endswith(".md"):
        return None
    if entry.name.endswith(FINGERPRINT):
        if not os.path.exists(entry.path[: -len(FINGERPRINT)] + ".md"):
            return Fault(named, 1, "C703", "there is no brief beside this fingerprint", "take the file away, or add its brief")
        return None
    if entry.name.lower().endswith(".md"):
        return Fault(named, 1, "F101", f"`{printable(entry.name)}` is no name of a brief", "end the name in .md, in small letters")
    return Fault(named, 1, "F103", "is no brief", "only .md files and fingerprints lie here: take it away")
