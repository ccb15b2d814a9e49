"""The folders of years: those that lie there as the last build left them give their briefs at once, the others their files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import orjson

from plugins.briefs.rows import KeptYear, PackedBriefs, Reading, load_briefs, pack_year, readings_of, told_of
from plugins.domain.brief import Brief
from plugins.domain.faults import Fault
from plugins.domain.folders import Found, Listed, Stamp, find_briefs_of, find_years, sorted_entries
from plugins.press.state import State

_LISTINGS = "years"  # JSON: for each folder a digest of names and stamps of all that lies in it; empty where it may not be trusted
_SHOWN = (*PackedBriefs._fields, "told")  # the parts of a year that briefs are made of


class Years:
    """What the state keeps of readings: the parts of each folder of a year as texts, of which many are as they were."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.whole: dict[str, list[Brief]] = {}  # the briefs of folders that are as they were
        self.told: list[tuple[str, str, bool]] = []  # path and faults of each of their files that has any, and whether it was refused
        self.stamps: dict[str, Stamp] = {}  # of the files of the others, by path, where somebody looked at them a moment ago
        self._others: dict[str, KeptYear] = {}
        self._listings: dict[str, str] = {}  # of the others, where nothing strange lies in them

    def forget(self) -> None:
        """Drops what other code read."""
        self._state.set(_LISTINGS, "{}")

    def find(self, content: Path, shown: str, listed: Listed | None, stray: list[Fault]) -> list[Found]:
        """The files of briefs that are to be looked at one by one; what is no brief is put to the faults ``stray``.

        Years that ``listed`` shows to be as they were are ``whole``, and need no look.
        """
        kept = self._recall()
        years = list(find_years(content / "briefs", stray, f"{shown}/briefs"))
        listings = {year.name: listed[year.path][2].hex() for year, _ in years if listed and year.path in listed}
        whole = {name for name, listing in listings.items() if listing and kept.get(f"briefs/{name}") == listing}
        if any(_has_strangers(year, listed) for year, _ in years if year.name not in whole):
            whole = set()  # a name may stand in two of them
        for folder, kept_year in self._load([f"briefs/{name}" for name in sorted(whole)], _SHOWN):
            self.whole[folder] = load_briefs(kept_year.briefs)
            self.told += told_of(kept_year)
        self._others = dict(self._load([folder for folder in kept if folder not in self.whole], KeptYear._fields))
        files: list[Found] = []
        seen: dict[str, str] = {}
        for year in years:
            folder, before = f"briefs/{year[0].name}", len(stray)
            if folder not in self.whole:
                files += find_briefs_of(year, stray, seen)
                self.stamps |= stamps_in(year[0].path, listed)
                if len(stray) == before and not _has_strangers(year[0], listed):
                    self._listings[folder] = listings.get(year[0].name, "")
        return files

    def readings(self) -> dict[str, Reading]:
        """What the files of the other years gave when they were read, by path."""
        return {reading.path: reading for folder, year in self._others.items() for reading in readings_of(folder, year)}

    def keep(self, kept: list[Reading], changed: Iterable[str], vanished: Iterable[str]) -> None:
        """Hands to the state what changed: ``kept`` are all readings of years that are not whole, among them those of the paths ``changed``."""
        before = self._recall()
        left: dict[str, list[Reading]] = {path[: path.rfind("/")]: [] for path in (*changed, *vanished)}
        for reading in kept if left else ():
            folder = reading[0][: reading[0].rfind("/")]
            if folder in left:
                left[folder].append(reading)
        listings = before | {folder: listing for folder, listing in self._listings.items() if listing and folder in before}
        for folder, some in left.items():
            listings[folder] = self._listings.get(folder, "") if all(r.mtime for r in some) else ""
            if not some:
                del listings[folder]
        self._state.drop_texts(_name(folder, part) for folder, some in left.items() if not some for part in KeptYear._fields)
        packed = [(folder, pack_year(some)) for folder, some in left.items() if some]
        self._state.put_texts((_name(folder, part), value) for folder, year in packed for part, value in year._asdict().items())
        if listings != before:
            self._state.set(_LISTINGS, orjson.dumps(listings).decode())

    def _recall(self) -> dict[str, str]:
        """The folders that the last build kept."""
        found: dict[str, str] = orjson.loads(self._state.get(_LISTINGS) or "{}")
        return found

    def _load(self, folders: Iterable[str], parts: Collection[str]) -> Iterator[tuple[str, KeptYear]]:
        """Some parts of some folders, one after the other, as they are large; without those folders of which a part was lost."""
        for folder in folders:
            texts = self._state.texts(_name(folder, part) for part in parts)
            if len(texts) == len(parts):
                yield folder, KeptYear(**{part: texts[_name(folder, part)] for part in parts})


def _name(folder: str, part: str) -> str:
    return f"{folder} {part}"


def _has_strangers(year: os.DirEntry[str], listed: Listed | None) -> bool:
    """Whether a name in the folder of a year is not of that year."""
    names = listed[year.path][0] if listed and year.path in listed else [entry.name for entry in sorted_entries(year)]
    return any(name[:4] != year.name for name in names)


def stamps_in(folder: str, listed: Listed | None) -> dict[str, Stamp]:
    """The stamps of what lies in a folder, by path, where somebody looked at it a moment ago."""
    if not listed or folder not in listed:
        return {}
    names, stamps, _ = listed[folder]
    return dict(zip([f"{folder}{os.sep}{name}" for name in names], zip(stamps[::2], stamps[1::2], strict=True), strict=True))
