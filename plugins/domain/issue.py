"""A week as an issue of the digest: what was added, what changed, and what came next as it was known then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plugins.domain.brief import Brief
from plugins.domain.changes import Change
from plugins.domain.collection import Index
from plugins.domain.coming import Coming, without_repeats
from plugins.domain.dates import Week, week_of
from plugins.domain.stage import Status

LOOK_AHEAD = 2  # weeks after the week


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
        return min(b.added for b in self.index.every)

    @property
    def updated(self) -> str:
        """The newest day on which something joined or left it; a later correction of a brief is news of another week."""
        gone = (b.changed for b in self.index.withdrawn)
        return max([*(b.added for b in self.index.every), *gone, *(c.on for c in self.changes)])


class Almanac:
    """Changes, newest first, and coming dates by week. ``codes`` are all countries in the order of their names."""

    def __init__(self, codes: Iterable[str], changes: Iterable[Change], dates: Iterable[Coming]) -> None:
        self._place = {code: at for at, code in enumerate(codes)}
        self._changes: dict[Week, list[Change]] = {}
        self._dates: dict[Week, list[Coming]] = {}
        for change in changes:
            self._changes.setdefault(week_of(change.on), []).append(change)
        for coming in dates:
            if coming.date.on.is_exact:
                self._dates.setdefault(week_of(coming.date.on.text), []).append(coming)

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
        return tuple(self._changes.get(week, ()))

    def coming_after(self, week: Week) -> tuple[Coming, ...]:
        """The dates of the two weeks after a week as they stood then: of briefs that had been added by its end. No clock is asked.

        Only dates known to the day: a quarter or a year that begins in those weeks is no appointment.
        """
        last = week.last.isoformat()
        return without_repeats(c for w in week.next(LOOK_AHEAD) for c in self._dates.get(w, ()) if c.brief.added <= last)
