"""The folders of years: those that lie there as the last build left them give their briefs at once, the others their files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from plugins.briefs.rows import KeptYear, Reading, pack_year, readings_of
from plugins.domain.faults import Fault
from plugins.domain.folders import Found, Listed, Stamp, find_briefs_of, find_years, sorted_entries
from plugins.press.state import State

_TABLE = """CREATE TABLE IF NOT EXISTS readings (
    folder TEXT PRIMARY KEY, listing BLOB NOT NULL, stated TEXT NOT NULL, digests BLOB NOT NULL, details TEXT NOT NULL,
    stamps TEXT NOT NULL, raws BLOB NOT NULL, told TEXT NOT NULL)"""


class Years:
    """What the state keeps of readings, a row for each folder of a year."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.whole: dict[str, KeptYear] = {}  # folders that are as they were
        self.stamps: dict[str, Stamp] = {}  # of the files of the others, by path, where somebody looked at them a moment ago
        self._others: dict[str, KeptYear] = {}
        self._listings: dict[str, bytes] = {}  # of the others, where nothing strange lies in them

    def forget(self) -> None:
        """Drops what other code read."""
        self._state.keep("DROP TABLE IF EXISTS readings")
        self._state.keep(_TABLE)

    def recall(self) -> None:
        """Gets what the last build kept. None of it is known to be whole."""
        rows = self._state.rows("SELECT folder, listing, stated, digests, details, stamps, raws, told FROM readings")
        self._others = {folder: KeptYear(*row) for folder, *row in rows}

    def find(self, content: Path, shown: str, listed: Listed | None, stray: list[Fault]) -> list[Found]:
        """The files of briefs that are to be looked at one by one; what is no brief is put to the faults ``stray``.

        Years that ``listed`` shows to be as they were are ``whole``, and need no look.
        """
        years = list(find_years(content / "briefs", stray, f"{shown}/briefs", listed))
        listings = {year.name: listed[year.path][2] for year, _ in years if listed and year.path in listed}
        whole = {name for name, listing in listings.items() if listing and self._is_kept(f"briefs/{name}", listing)}
        if any(_has_strangers(year, listed) for year, _ in years if year.name not in whole):
            whole = set()  # a name may stand in two of them
        self.whole = {f"briefs/{name}": self._others.pop(f"briefs/{name}") for name in sorted(whole)}
        files: list[Found] = []
        seen: dict[str, str] = {}
        for year in years:
            name, before = year[0].name, len(stray)
            if name not in whole:
                files += find_briefs_of(year, stray, seen, listed)
                self.stamps |= _stamps_in(year[0].path, listed)
                if len(stray) == before and not _has_strangers(year[0], listed):
                    self._listings[f"briefs/{name}"] = listings.get(name, b"")
        return files

    def _is_kept(self, folder: str, listing: bytes) -> bool:
        return folder in self._others and self._others[folder].listing == listing

    def readings(self) -> dict[str, Reading]:
        """What the files of the other years gave when they were read, by path."""
        return {reading.path: reading for folder, year in self._others.items() for reading in readings_of(folder, year)}

    def keep(self, kept: list[Reading], changed: Iterable[str], vanished: Iterable[str]) -> None:
        """Hands to the state what changed: ``kept`` are all readings of years that are not whole, among them those of the paths ``changed``."""
        folders = {path[: path.rfind("/")] for path in (*changed, *vanished)}
        settled = [
            (listing, folder) for folder, listing in self._listings.items() if folder not in folders and self._settles(folder, listing)
        ]
        self._state.put("UPDATE readings SET listing=? WHERE folder=?", settled)
        left: dict[str, list[Reading]] = {folder: [] for folder in folders}
        for reading in kept if folders else ():
            folder = reading[0][: reading[0].rfind("/")]
            if folder in left:
                left[folder].append(reading)
        self._state.put("DELETE FROM readings WHERE folder=?", [(folder,) for folder, some in left.items() if not some])
        rows = [(folder, *pack_year(some, self._listings.get(folder, b""))) for folder, some in left.items() if some]
        self._state.put("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _settles(self, folder: str, listing: bytes) -> bool:
        return listing != b"" and folder in self._others and self._others[folder].listing != listing


def _has_strangers(year: os.DirEntry[str], listed: Listed | None) -> bool:
    """Whether a name in the folder of a year is not of that year."""
    return any(entry.name[:4] != year.name for entry in sorted_entries(year, listed))


def _stamps_in(folder: str, listed: Listed | None) -> dict[str, Stamp]:
    """The stamps of what lies in a folder, by path."""
    if not listed or folder not in listed:
        return {}
    entries, stamps, _ = listed[folder]
    return dict(zip([entry.path for entry in entries], zip(stamps[::2], stamps[1::2], strict=True), strict=True))
