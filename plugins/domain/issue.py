"""A week as an issue of the digest: what was added, what changed, and what came next as it was known then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from plugins.domain.brief import Brief
from plugins.domain.changes import Change
from plugins.domain.collection import Index
from plugins.domain.coming import Coming, without_repeats
from plugins.domain.dates import Week
from plugins.domain.stage import Status

LOOK_AHEAD = timedelta(days=14)  # after the week
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Issue:
    """The briefs of a week under their first country, the changes of its days, and the dates of the two weeks after it."""

    index: Index
    countries: tuple[tuple[str, tuple[Brief, ...]], ...]  # code and briefs, in the order of the names
    changes: tuple[Change, ...]  # newest first
    coming: tuple[Coming, ...]

    @property
    def published(self) -> str:
        """The day on which its first brief was added."""
        return min(b.added for b in self._briefs)

    @property
    def updated(self) -> str:
        """The newest day on which something joined or left it; a later correction of a brief is news of another week."""
        gone = (b.changed for b in self.index.withdrawn)
        return max([*(b.added for b in self._briefs), *gone, *(c.on for c in self.changes)])

    @property
    def _briefs(self) -> tuple[Brief, ...]:
        return (*self.index.briefs, *self.index.withdrawn)


class Almanac:
    """Changes and coming dates by day. ``codes`` are all countries in the order of their names."""

    def __init__(self, codes: Iterable[str], changes: Iterable[Change], dates: Iterable[Coming]) -> None:
        self._place = {code: at for at, code in enumerate(codes)}
        self._changes: dict[str, list[Change]] = {}
        self._dates: dict[date, list[Coming]] = {}
        for change in changes:
            self._changes.setdefault(change.on, []).append(change)
        for coming in dates:
            if coming.date.on.is_exact:
                self._dates.setdefault(coming.date.on.first, []).append(coming)

    def issue(self, index: Index) -> Issue:
        """The issue of a week; drafts are not in it."""
        assert index.week is not None
        found: dict[str, list[Brief]] = {}
        for brief in index.briefs:
            if brief.status is not Status.DRAFT:
                found.setdefault(brief.countries[0], []).append(brief)
        grouped = tuple((code, tuple(found[code])) for code in sorted(found, key=self._place.__getitem__))
        return Issue(index, grouped, self.changes_in(index.week), self.coming_after(index.week))

    def changes_in(self, week: Week) -> tuple[Change, ...]:
        """What changed in a week, newest first."""
        days = [(week.last - n * _DAY).isoformat() for n in range(7)]
        return tuple(c for day in days for c in self._changes.get(day, ()))

    def coming_after(self, week: Week) -> tuple[Coming, ...]:
        """The dates of the two weeks after a week as they stood then: of briefs that had been added by its end. No clock is asked.

        Only dates known to the day: a quarter or a year that begins in those weeks is no appointment.
        """
        days = [week.last + n * _DAY for n in range(1, LOOK_AHEAD.days + 1)]
        last = week.last.isoformat()
        return without_repeats(c for day in days for c in self._dates.get(day, ()) if c.brief.added <= last)
