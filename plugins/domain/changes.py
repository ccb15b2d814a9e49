"""Changes that subscribers should know of: revisions, withdrawals, and measures that moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.domain.stage import Status
from plugins.domain.vocabulary import Measure

_ADDED = attrgetter("added")
_JOINED = attrgetter("added", "date", "id")


class ChangeKind(Enum):
    """What changed."""

    CORRECTION = "correction"
    UPDATE = "update"
    STAGE = "stage"
    WITHDRAWAL = "withdrawal"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {"correction": "Correction", "update": "Update", "stage": "Stage change", "withdrawal": "Withdrawal"}[self.value]


class Change(NamedTuple):
    """One change. ``mark`` tells it from other changes of its brief for ever: ``revision/2``, ``stage``."""

    on: str
    kind: ChangeKind
    brief: Brief
    note: str
    mark: str

    @property
    def order(self) -> tuple[str, str, str]:
        """Oldest first."""
        return (self.on, self.brief.id, self.mark)


def list_changes(briefs: Iterable[Brief], measures: Mapping[str, Measure], since: str = "") -> tuple[Change, ...]:
    """All changes from a day on, newest first."""
    every = tuple(briefs)
    found = list_revisions(b for b in every if b.revision_count and b.changed >= since)
    moved = {b.measure for b in every if b.measure and b.added >= since}
    by_measure: dict[str, list[Brief]] = {}
    for brief in every:
        if brief.measure in moved and brief.measure:
            by_measure.setdefault(brief.measure, []).append(brief)
    for id, members in by_measure.items():
        found += list_moves(members, measures[id].title if id in measures else id)
    return sort_changes(c for c in found if c.on >= since)


def list_newest(briefs: Iterable[Brief], measures: Mapping[str, Measure], count: int) -> tuple[Change, ...]:
    """The newest changes. Not all are listed for that: on the day on which a brief changed after it was added stands a revision."""
    found = find_tellers(briefs)
    days = sorted([b.changed for b in found if b.revision_count and b.changed > b.added], reverse=True)
    return list_changes(found, measures, days[count - 1] if len(days) >= count else "")[:count]


def find_tellers(briefs: Iterable[Brief]) -> list[Brief]:
    """The briefs that changes may tell of: others have no revision, and move no measure."""
    return [b for b in briefs if b.revision_count or b.measure]


def sort_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, newest first."""
    return tuple(sorted(changes, key=lambda c: c.order, reverse=True))


def list_revisions(briefs: Iterable[Brief]) -> list[Change]:
    """The revisions and withdrawals of some briefs."""
    return [change for brief in briefs for change in _revisions(brief)]


def _revisions(brief: Brief) -> Iterable[Change]:
    revisions = brief.detail().revisions
    for number, revision in enumerate(revisions, 1):
        kind = ChangeKind(revision.kind.value)
        if brief.status is Status.WITHDRAWN and number == len(revisions):
            kind = ChangeKind.WITHDRAWAL
        yield Change(revision.on, kind, brief, revision.note, f"revision/{number}")


def list_moves(briefs: Iterable[Brief], title: str) -> list[Change]:
    """The moves of a measure, all of whose briefs are given, from one stage to another."""
    members = [b for b in briefs if b.stage.moves and b.is_listed]
    return list(_moves(members, title)) if any(b.stage is not members[0].stage for b in members) else []


def _moves(briefs: list[Brief], title: str) -> Iterable[Change]:
    """Days on which a brief joined that moved the measure's current stage; a late brief on the past moves nothing."""
    newest: Brief | None = None
    for day, group in groupby(sorted(briefs, key=_JOINED), key=_ADDED):
        before = newest
        for brief in group:
            if newest is None or brief.order > newest.order:
                newest = brief
        if before and newest and newest is not before and newest.stage is not before.stage:
            note = f"{title}: {before.stage.label.lower()} → {newest.stage.label.lower()}"
            yield Change(day, ChangeKind.STAGE, newest, note, "stage")
