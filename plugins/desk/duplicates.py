"""Warning D1: whether a news article tells what a brief on the shelf tells already.

The containment of two texts is the number of their common shingles by that of the smaller one, less the hits that chance brings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plugins.desk.fingerprint import Fingerprint, scale_hashes
from plugins.desk.golomb import K, decode_set
from plugins.desk.name_words import GENERIC
from plugins.desk.shelf import ShelfEntry, canonical_or_none, read_shelf

SAME = 0.15  # containment from which two articles tell the same; unrelated ones stay under .09
COPY = 0.30  # containment from which one is a copy of the other
_LIKELY = 0.09  # containment that is enough where the names agree as well
_NAMES = 0.4  # share of the names that must agree then
_LEAST_NAMES = 4
_LEAST_COMMON = 4  # shingles beyond chance; fewer tell nothing
_EXACT_UP_TO = 200  # briefs that are all compared whole; of more, those whose smallest values agree
_HEAD = 96  # smallest values of a fingerprint that are compared first
_MOST_NAMED = 3  # duplicates that are reported


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A brief that tells the same: its id, the containment (1.0 for an equal address), and why it is named."""

    id: str
    share: float
    why: str

    @property
    def message(self) -> str:
        """What the warning says, with the brief's id."""
        if self.why == "address":
            return f"the brief {self.id} cites this page already"
        if self.share >= COPY:
            return f"looks like a syndicated copy of the source of {self.id} ({self.share:.0%} of its wording)"
        return f"same measure: {self.id} seems to tell the same news"

    @property
    def hint(self) -> str:
        """What to do about it."""
        if self.why == "address" or self.share >= COPY:
            return f"add it as a source to {self.id} instead of a second brief"
        return f"if it adds nothing, add it as a source to {self.id}; if it does, give both the same measure"


class Shelf:
    """The briefs that new articles are compared with. Read it once for many articles."""

    def __init__(self, entries: Iterable[ShelfEntry]) -> None:
        self._entries = tuple(entries)
        self._printed = tuple(entry for entry in self._entries if entry.n)
        self._heads: dict[int, list[tuple[ShelfEntry, tuple[int, ...]]]] = {}
        if len(self._printed) > _EXACT_UP_TO:
            for entry in self._printed:
                head = tuple(decode_set(entry.data, entry.n << K, _HEAD))
                self._heads.setdefault(entry.n, []).append((entry, head))

    @classmethod
    def read(cls, briefs: Path, cache: Path | None) -> Shelf:
        """The shelf of a folder of briefs; ``cache`` is the folder where its state is kept."""
        return cls(read_shelf(briefs, cache))

    def find(self, fingerprint: Fingerprint, urls: Iterable[str] = (), own_id: str | None = None) -> tuple[Duplicate, ...]:
        """The briefs that tell what an article tells, likest first. ``own_id`` is the brief that is being drafted again."""
        addresses = {address for url in urls for address in [canonical_or_none(url)] if address}
        found = [Duplicate(entry.id, 1.0, "address") for entry in self._entries if entry.addresses & addresses]
        names = _own_names(fingerprint.names.words)
        for entry in self._find_candidates(fingerprint):
            share = _contain(fingerprint, entry)
            if share >= SAME or (share >= _LIKELY and _share_names(names, _own_names(entry.names))):
                found.append(Duplicate(entry.id, share, "wording"))
        best: dict[str, Duplicate] = {}
        for duplicate in sorted(found, key=lambda d: (-d.share, d.why, d.id)):
            if duplicate.id != own_id:
                best.setdefault(duplicate.id, duplicate)
        return tuple(best.values())[:_MOST_NAMED]

    def _find_candidates(self, fingerprint: Fingerprint) -> Iterable[ShelfEntry]:
        if not self._heads:
            return self._printed
        found = []
        for n, entries in self._heads.items():
            span = n << K
            end = max(head[-1] for _, head in entries if head) if any(head for _, head in entries) else -1
            first = bisect_left(fingerprint.hashes, -(-((end + 1) << 64) // span))
            ours = [(h * span) >> 64 for h in fingerprint.hashes[:first]]
            known = frozenset(ours)
            for entry, head in entries:
                hits = sum(value in known for value in head)
                compared = min(len(head), len(ours))
                if hits >= 1 and hits - compared / 256 >= 0.03 * compared:
                    found.append(entry)
        return found


def find_duplicates(
    fingerprint: Fingerprint, addresses: Iterable[str], briefs_dir: Path, cache_dir: Path | None, own_id: str | None = None
) -> tuple[Duplicate, ...]:
    """The briefs of a folder that tell what one article tells; for many articles, read a ``Shelf`` once."""
    return Shelf.read(briefs_dir, cache_dir).find(fingerprint, addresses, own_id)


def _contain(fingerprint: Fingerprint, entry: ShelfEntry) -> float:
    """The containment of an article in what a brief's fingerprint holds, 0 where too little is common or the data is bad."""
    ours = frozenset(scale_hashes(fingerprint.hashes, entry.n))
    try:
        theirs = frozenset(decode_set(entry.data, entry.n << K))
    except ValueError:
        return 0.0
    common = len(ours & theirs) - len(ours) * len(theirs) / (entry.n << K)
    smaller = min(len(ours), len(theirs))
    return min(1.0, common / smaller) if smaller and common >= _LEAST_COMMON else 0.0


def _own_names(names: frozenset[str]) -> frozenset[str]:
    """The names that tell one story from another: no institution words, no skeletons or capitals kept for other checks."""
    return frozenset(name for name in names if name not in GENERIC and name.islower() and name[0] != "~")


def _share_names(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    common = len(ours & theirs)
    return common >= _LEAST_NAMES and common >= _NAMES * min(len(ours), len(theirs))
