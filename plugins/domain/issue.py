"""A week as an issue of the digest: what was added, what changed, and what came next as it was known then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from plugins.domain.brief import Brief
from plugins.domain.changes import Change
from plugins.domain.collection import Index
from plugins.domain.coming import Coming, without_repeats
from plugins.domain.stage import Status

LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Issue:
    """The briefs of a week under their first country, the changes of its days, and the dates of the two weeks after it."""

    index: Index
    countries: tuple[tuple[str, tuple[Brief, ...]], ...]  # code and briefs, in the order of the names
    changes: tuple[Change, ...]
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


def build_issue(index: Index, order: Iterable[str], changes: Iterable[Change], dates: Iterable[Coming]) -> Issue:
    """The issue of a week. ``order`` are all codes in the order of their names.

    No clock: a date counts as known when its brief had been added by the end of the week. Only dates known to the day are
    listed; a quarter or a year that begins in those weeks is no appointment.
    """
    assert index.week is not None
    first, last = index.week.first.isoformat(), index.week.last.isoformat()
    end = index.week.last + LOOK_AHEAD
    known = (d for d in dates if d.date.on.is_exact and index.week.last < d.date.on.first <= end and d.brief.added <= last)
    found: dict[str, list[Brief]] = {}
    for brief in index.briefs:
        if brief.status is not Status.DRAFT:
            found.setdefault(brief.countries[0], []).append(brief)
    grouped = tuple((code, tuple(found[code])) for code in order if code in found)
    return Issue(index, grouped, tuple(c for c in changes if first <= c.on <= last), without_repeats(known))
