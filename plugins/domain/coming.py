"""Coming dates of briefs, in order."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from plugins.domain.brief import Brief, ComingDate


class Coming(NamedTuple):
    """A coming date with the brief that states it; ``number`` is its place among the dates of the brief, from 1."""

    brief: Brief
    date: ComingDate
    number: int

    @property
    def order(self) -> tuple[datetime.date, datetime.date, str, int]:
        """By the last day that it spans, then the first, then the brief: what surely comes sooner stands first."""
        return _order(self)


def _order(coming: Coming) -> tuple[datetime.date, datetime.date, str, int]:
    brief, (on, _), number = coming
    return (on.last, on.first, brief.id, number)


def _last(coming: Coming) -> datetime.date:
    return coming.date.on.last


def list_coming(briefs: Iterable[Brief]) -> tuple[Coming, ...]:
    """All dates that the briefs state, in order."""
    found = [Coming(b, d, i) for b in briefs if b.dates and b.is_listed for i, d in enumerate(b.coming(), 1)]
    return tuple(sorted(found, key=_order))


def list_ahead(briefs: Iterable[Brief], day: datetime.date) -> tuple[Coming, ...]:
    """The dates that are not over on a day, in order. Briefs all of whose dates lie in years before it are not looked into."""
    year = f"{day.year}"
    found = list_coming(b for b in briefs if b.dates and max(b.dates) >= year)
    return tuple(c for c in found if c.date.on.last >= day)


def split_at(dates: Iterable[Coming], day: datetime.date) -> tuple[tuple[Coming, ...], tuple[Coming, ...]]:
    """Of dates in order those that are not over on a day, and the past ones, newest first."""
    every = tuple(dates)
    ahead = bisect_left(every, day, key=_last)
    return every[ahead:], every[:ahead][::-1]


def without_repeats(dates: Iterable[Coming]) -> tuple[Coming, ...]:
    """One entry where several briefs of a measure state one date for one thing; the newest brief speaks."""
    best: dict[tuple[str, str, str], Coming] = {}
    for coming in dates:
        key = (coming.brief.measure or coming.brief.id, coming.date.on.text, coming.date.what.casefold())
        known = best.get(key)
        if known is None or known.brief.order < coming.brief.order:
            best[key] = coming
    return tuple(sorted(best.values(), key=_order))
